package groundwork.rehearsal.input;

import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.Scenarios;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.states.ExecutionResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

/** What somebody gets who may start the state machine and nothing else, and writes events by hand. */
@Tag("slow")
class MadeUpEventsTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    /** What every field is filled with: a host and an address, with the dots that browsers take for dots. */
    private static final String HOSTILE =
            "Your account is locked: www.evil.example https://evil.example/x evil\u3002example";

    @ParameterizedTest
    @ValueSource(strings = {"", "aws@example.com"})
    void noTextOfTheirs_looksLikeALinkInAnyEmail(String sender) {
        try (World world = readyWorld(Map.of("SenderEmail", sender))) {
            List<Mail> told = new ArrayList<>();
            for (ObjectNode hostile : hostileEvents()) {
                int before = world.seen().mails().size();
                world.adaIsRemoved();
                world.organization().rootUser(MANAGEMENT).deactivatesMfa();
                // After the events of the real changes, so that this is the change that is told.
                world.passes(Duration.ofSeconds(20));
                world.starts(hostile);
                world.passes(Duration.ofMinutes(10));
                told.addAll(world.seen()
                        .mails()
                        .subList(before, world.seen().mails().size()));
                world.organization().rootUser(MANAGEMENT).enablesPasskey();
                world.passes(Duration.ofMinutes(10));
            }

            assertThat(told).extracting(Mail::text).anyMatch(text -> text.contains("Undone and put back"));
            assertThat(told).extracting(Mail::subject).anyMatch(subject -> subject.contains("needs you again"));
            assertThat(told)
                    .filteredOn(mail -> mail.text().contains("evil[.]example"))
                    .hasSizeGreaterThan(3);
            for (Mail mail : world.seen().mails()) {
                // Amazon SNS puts a link of its own below each message.
                Emails.assertText(mail.text().replaceAll("https://sns\\.\\S+", ""));
                mail.html().ifPresent(Emails::assertHtml);
                Stream.concat(Stream.of(mail.subject(), mail.text()), mail.html().stream())
                        .forEach(part -> assertThat(part)
                                .doesNotContainPattern("(?i)(www|evil)[.\u2024\u3002\uFF0E\uFF61]")
                                .doesNotContain("://evil"));
            }
            assertThat(world.seen().executionStatuses()).doesNotContain("FAILED");
        }
    }

    @Test
    void aFieldOfAbsurdLength_isAnInvalidInput_andNoFailureOfGroundwork() {
        try (World world = readyWorld(Map.of())) {
            int mails = world.seen().mails().size();
            int executions = world.stack().executions().size();
            String absurd = "a".repeat(60_000);
            for (String field : List.of(
                    "/detail-type",
                    "/region",
                    "/detail/eventName",
                    "/detail/eventTime",
                    "/detail/awsRegion",
                    "/detail/eventID",
                    "/detail/userIdentity/arn",
                    "/detail/userIdentity/invokedBy",
                    "/detail/userIdentity/onBehalfOf/userId")) {
                ObjectNode event = event();
                String[] path = field.substring(1).split("/", -1);
                ObjectNode parent = event;
                for (int i = 0; i < path.length - 1; i++) {
                    parent = parent.withObject(path[i]);
                }
                parent.put(path[path.length - 1], absurd);
                world.starts(event);
            }
            world.starts(JsonNodeFactory.instance.objectNode().put("accountId", absurd));
            world.starts(JsonNodeFactory.instance.objectNode().put(absurd, true));
            world.passes(Duration.ofMinutes(10));

            assertThat(world.stack().executions().subList(executions, executions + 11))
                    .extracting(ExecutionRecord::result)
                    .allSatisfy(result -> assertThat(result)
                            .isInstanceOfSatisfying(ExecutionResult.Failed.class, failed -> {
                                assertThat(failed.error()).isEqualTo("InvalidRequest");
                                ExecutionInputTest.assertClear(failed.cause(), JsonNodeFactory.instance.nullNode());
                            }));
            assertThat(world.seen().mails()).hasSize(mails);
        }
    }

    @Test
    void anEventOfAnotherAccount_isRefusedWhereTheStackLooksAfterItsOwnAlone() {
        try (World world = readyWorld(Map.of())) {
            int before = world.seen().mails().size();
            world.starts(event().put("account", MEMBER));
            world.passes(Duration.ofMinutes(10));

            assertThat(world.stack().executions().getLast().result())
                    .isInstanceOfSatisfying(
                            ExecutionResult.Failed.class,
                            failed -> assertThat(failed.cause()).contains("MemberAccounts"));
            assertThat(world.identityCenter().assignments())
                    .extracting(assignment -> assignment.accountId())
                    .containsExactly(MANAGEMENT);
            assertThat(world.seen().mails()).hasSize(before);
        }
    }

    @Test
    void anEventOfAMemberThatNeverWas_getsItNoMoreThanWhatTheParametersMeanForIt() {
        try (World world = readyWorld(Scenarios.lookingAfter("all"))) {
            int before = world.seen().mails().size();
            world.starts(event().put("account", MEMBER));
            world.passes(Duration.ofMinutes(10));

            assertThat(world.identityCenter().assignments())
                    .extracting(assignment -> assignment.accountId())
                    .containsExactlyInAnyOrder(MANAGEMENT, MEMBER);
            assertThat(world.seen().mails()).hasSize(before);
        }
    }

    private static List<ObjectNode> hostileEvents() {
        ObjectNode everywhere = event();
        everywhere
                .put("source", HOSTILE)
                .put("region", HOSTILE.substring(0, 60))
                .put("id", HOSTILE);
        everywhere
                .withObject("/detail")
                .put("eventName", HOSTILE)
                .put("awsRegion", HOSTILE.substring(0, 60))
                .put("eventID", HOSTILE);
        everywhere.withObject("/detail/userIdentity").put("arn", HOSTILE);
        ObjectNode onBehalf = event();
        onBehalf.put("detail-type", HOSTILE);
        onBehalf.withObject("/detail").remove("eventName");
        onBehalf.withObject("/detail/userIdentity/onBehalfOf").put("userId", HOSTILE);
        ObjectNode invokedBy = event();
        invokedBy.withObject("/detail/userIdentity").put("invokedBy", HOSTILE);
        ObjectNode type = event();
        type.withObject("/detail/userIdentity").put("type", HOSTILE);
        return List.of(everywhere, onBehalf, invokedBy, type);
    }

    private static ObjectNode event() {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("detail-type", "AWS API Call via CloudTrail")
                .put("source", "aws.iam")
                .put("account", MANAGEMENT);
        event.putObject("detail").put("eventName", "DeactivateMFADevice");
        return event;
    }

    private static World readyWorld(Map<String, String> parameters) {
        Scenario scenario = new Scenario(
                "made-up-events",
                "",
                MANAGEMENT,
                organization -> organization
                        .managementAccount(MANAGEMENT, "Example", "root@example.com")
                        .memberAccount(MEMBER, "Workload", "workload@example.com")
                        .identityCenter(Region.US_EAST_1),
                parameters,
                unused -> {});
        World world = new World(scenario, TEMPLATE, TABLES);
        if (!parameters.getOrDefault("SenderEmail", "").isEmpty()) {
            world.organization()
                    .emailSending(MANAGEMENT, Region.US_EAST_1)
                    .identity("example.com", true)
                    .configurationSet("default")
                    .productionAccess(true);
        }
        world.organization().rootUser(MANAGEMENT).enablesPasskey();
        world.addressIsConfirmed();
        world.stackIsCreated();
        world.passes(Duration.ofMinutes(5));
        world.console()
                .resetsPassword(world.identityCenter().user("ada").orElseThrow().userId());
        world.organization().accessPortalUser("ada").signsIn();
        world.passes(Duration.ofMinutes(40));
        assertThat(world.seen().checklistStatus()).isEqualTo("READY");
        return world;
    }
}
