package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.ROOT_MFA;
import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.HOME;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.people.AccountConsole;
import groundwork.rehearsal.organization.store.Mail;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Stories in which executions fail or are ended, because somebody takes away or spoils what Groundwork needs. */
final class FailureScenarios {

    private FailureScenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(failuresUnheard(), tableDeleted(), scheduleDisabled(), stackDeleted());
    }

    private static Scenario failuresUnheard() {
        return new Scenario(
                "failures-unheard",
                "Groundwork fails four times before Ada confirms her address: minutes after she does she learns of it, once.",
                Scenarios::companyWithIdentityCenter,
                world -> {
                    world.stackIsCreated();
                    world.after(
                            Duration.ofMinutes(10),
                            "Grace edits what Groundwork remembers, which nobody can read any more",
                            () -> record(world, "{\"checklist\": 7}"));
                    for (int failure = 0; failure < 3; failure++) {
                        world.after(Duration.ofMinutes(20), "Grace starts the state machine", () -> starts(world));
                    }
                    world.passes(Duration.ofMinutes(15));
                    world.expect(
                            "executions",
                            world.seen().executionStatuses(),
                            List.of("FAILED", "FAILED", "FAILED", "RUNNING"));
                    world.expect(
                            "emails while nobody can hear", world.seen().mails().size(), 0);
                    world.after(Duration.ofMinutes(5), "Ada confirms her email address", world::addressIsConfirmed);
                    world.passes(Duration.ofMinutes(10));
                    world.expect("emails", world.seen().mails().size(), 1);
                    Mail mail = world.seen().mails().getFirst();
                    world.expect("the email goes to", mail.to(), ADA);
                    world.expect(
                            "the email names the step and the newest execution",
                            mail.text().contains("at the step \"Provision the administrator\"")
                                    && mail.text().contains(":0004"));
                    world.expect(
                            "the newest execution",
                            world.seen().executionStatuses().getLast(),
                            "FAILED");
                    world.passes(Duration.ofDays(2));
                    world.expect(
                            "emails, as it fails in the same way every day",
                            world.seen().mails().size(),
                            1);
                });
    }

    private static Scenario tableDeleted() {
        return new Scenario(
                "table-deleted",
                "Somebody deletes Groundwork's table: Ada is told with every daily look, and not with each of fifty changes.",
                Scenarios::companyWithIdentityCenter,
                world -> {
                    Scenarios.ready(world);
                    int mails = world.seen().mails().size();
                    world.after(
                            Duration.ofHours(1),
                            "Grace deletes the table",
                            () -> table(world).deleteTable(table -> table.tableName(world.tableName())));
                    for (int signIn = 0; signIn < 50; signIn++) {
                        world.organization().rootUser(MANAGEMENT).signsIn();
                        world.passes(Duration.ofSeconds(1));
                    }
                    world.settles();
                    world.expect(
                            "executions that failed",
                            Collections.frequency(world.seen().executionStatuses(), "FAILED"),
                            50);
                    world.expect(
                            "emails because of the changes",
                            world.seen().mails().size() - mails,
                            0);
                    world.passes(Duration.ofDays(3));
                    world.expect(
                            "emails in three days",
                            world.seen().mails("Groundwork failed").size(),
                            3);
                    world.expect(
                            "the email says what is missing",
                            world.seen().mails().getLast().text().contains("DynamoDB.ResourceNotFoundException"));
                });
    }

    private static Scenario scheduleDisabled() {
        return new Scenario(
                "schedule-disabled",
                "Somebody disables all of Groundwork's rules, first the one that would tell of it: after two days an alarm tells"
                        + " Ada that nobody looks after the account.",
                Scenarios::companyWithIdentityCenter,
                world -> {
                    world.alarmsSound();
                    Scenarios.ready(world);
                    AccountConsole console = world.organization().accountConsole(world.person());
                    world.after(Duration.ofHours(1), "Grace disables the rules", () -> {
                        console.disablesRule(HOME, world.ruleName("GroundworkChanged"));
                        world.stack().template().resourcesOfType("AWS::Events::Rule").stream()
                                .map(rule -> rule.ref().orElseThrow())
                                .forEach(rule -> console.disablesRule(HOME, rule));
                    });
                    world.passes(Duration.ofDays(3));
                    world.expect("alarms", world.seen().alarms().size(), 1);
                    world.expect(
                            "the alarm says what is missing",
                            world.seen()
                                    .alarms()
                                    .getFirst()
                                    .text()
                                    .contains("has not completed a look at the account for 48 hours"));
                });
    }

    private static Scenario stackDeleted() {
        return new Scenario(
                "stack-deleted",
                "Somebody deletes the stack while it waits for people: it is gone within ten minutes, and Ada learns that"
                        + " nobody looks after the account any more.",
                Scenarios::companyWithIdentityCenter,
                world -> {
                    world.stackIsCreated();
                    world.after(Duration.ofMinutes(1), "Ada confirms her email address", world::addressIsConfirmed);
                    // The hour that the execution waits has just begun.
                    world.passes(Duration.ofMinutes(305));
                    world.expect("ROOT_MFA", world.seen().status(ROOT_MFA), "WAITING");
                    int mails = world.seen().mails().size();
                    world.after(Duration.ofMinutes(1), "Grace deletes the stack", world.stack()::delete);
                    Instant deletion = world.now();
                    world.passes(Duration.ofHours(2));
                    world.expect(
                            "the stack is gone within ten minutes",
                            world.stack()
                                    .deletedAt()
                                    .filter(deletion.plus(Duration.ofMinutes(10))::isAfter)
                                    .isPresent());
                    world.expect("executions", world.seen().executionStatuses(), List.of("FAILED"));
                    world.expect("emails", world.seen().mails().size() - mails, 1);
                    world.expect(
                            "its subject",
                            world.seen().mails().getLast().subject(),
                            "AWS " + MANAGEMENT + ": Groundwork is being deleted");
                    world.organization().rootUser(MANAGEMENT).signsIn();
                    world.passes(Duration.ofDays(2));
                    world.expect(
                            "executions after that", world.stack().executions().size(), 1);
                });
    }

    static void starts(World world) {
        world.starts(JsonNodeFactory.instance.objectNode());
    }

    /** Writes what Groundwork remembers of the account. */
    static void record(World world, String record) {
        table(world)
                .updateItem(update -> update.tableName(world.tableName())
                        .key(Map.of(
                                "accountId", AttributeValue.fromS(MANAGEMENT), "item", AttributeValue.fromS("ACCOUNT")))
                        .updateExpression("SET #record = :record")
                        .expressionAttributeNames(Map.of("#record", "record"))
                        .expressionAttributeValues(Map.of(":record", AttributeValue.fromS(record))));
    }

    private static DynamoDbClient table(World world) {
        return world.organization().client(DynamoDbClient.class, world.person(), HOME);
    }
}
