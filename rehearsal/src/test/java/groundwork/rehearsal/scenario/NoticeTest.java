package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.GRACE;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.stack.EventCatalogue;
import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.model.SnsException;

/** What people are told by the state machine Notice, in a stack that has another Region than the root user's events. */
@Tag("slow")
class NoticeTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private World world;
    private int before;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aDeletion_isToldToBothAddresses() {
        ready(Map.of("OwnerEmail", GRACE));

        world.stack().delete();
        world.passes(Duration.ofHours(1));

        assertThat(world.stack().deletedAt()).isPresent();
        assertThat(told()).extracting(Mail::to).containsExactlyInAnyOrder(ADA, GRACE);
        assertThat(told()).allSatisfy(mail -> {
            assertThat(mail.subject()).isEqualTo("AWS 111122223333: Groundwork is being deleted");
            assertThat(mail.text()).startsWith("""
                    The CloudFormation stack groundwork of AWS account 111122223333 in eu-central-1 is being deleted. The deletion began on \
                    2 March 2026, 09:35 UTC.

                    Nobody looks after the sign-in to this account from now on, and Groundwork sends no more emails about it. \
                    Whoever has access through IAM Identity Center keeps it.

                    If this was intended, you need not do anything.

                    If it was not: the event history of AWS CloudTrail in eu-central-1 says who did it, under the event name DeleteStack. \
                    To have Groundwork again, deploy it again.
                    """);
        });
    }

    @Test
    void aDeletion_isToldOnceWhereThereIsOneAddress() {
        ready(Map.of());

        world.stack().delete();
        world.passes(Duration.ofHours(1));

        assertThat(told()).extracting(Mail::to).containsExactly(ADA);
    }

    @Test
    void anAddressThatCannotBeTold_doesNotKeepItFromTheOther() {
        ready(Map.of("OwnerEmail", GRACE));
        refusesToPublishTo(
                world.stack().template().resource("EscalationTopic").ref().orElseThrow());

        world.stack().delete();
        world.passes(Duration.ofHours(1));

        assertThat(told()).extracting(Mail::to).containsExactly(ADA);
        assertThat(world.stack().deletedAt()).isPresent();
    }

    @Test
    void aChangeThatWasNotForwarded_isToldToBothAddresses() {
        ready(Map.of("OwnerEmail", GRACE));

        world.organization()
                .eventBus()
                .put(MANAGEMENT, Region.US_EAST_1, notForwarded(world.ruleName("UndeliveredEvents")));
        world.settles();

        assertThat(told()).extracting(Mail::to).containsExactlyInAnyOrder(ADA, GRACE);
        assertThat(told()).allSatisfy(mail -> {
            assertThat(mail.subject()).isEqualTo("AWS 111122223333: a change was not forwarded");
            assertThat(mail.text())
                    .startsWith(
                            "Amazon EventBridge could not forward a change in AWS account 111122223333 from us-east-1"
                                    + " to the stack groundwork in eu-central-1.")
                    .contains("look at the queue " + world.ruleName("UndeliveredEvents") + " in us-east-1:");
        });
    }

    @Test
    void anAlarmThatWasChanged_isToldToBothAddressesWithWhatIsNotHeardAndTheWayBack() {
        ready(Map.of("OwnerEmail", GRACE));

        happens("events/groundwork/disable-alarm-actions.json");

        assertThat(told()).extracting(Mail::to).containsExactlyInAnyOrder(ADA, GRACE);
        assertThat(told()).allSatisfy(mail -> {
            assertThat(mail.subject()).isEqualTo("AWS 111122223333: an alarm of Groundwork was changed");
            assertThat(mail.text())
                    .contains("Of what this alarm was for you hear nothing now.")
                    .contains("can be enabled in Amazon CloudWatch, under All alarms");
        });
    }

    /** https://docs.aws.amazon.com/signin/latest/userguide/console-access-control.html */
    @Test
    void aPolicyOfAwsSignIn_isToldToBothAddressesWithWhomItKeepsOutAndTheWayBack() {
        ready(Map.of("OwnerEmail", GRACE));

        happens("events/access/put-resource-permission-statement.json");

        assertThat(told()).extracting(Mail::to).containsExactlyInAnyOrder(ADA, GRACE);
        assertThat(told()).allSatisfy(mail -> {
            assertThat(mail.subject()).isEqualTo("AWS 111122223333: from where people may sign in was changed");
            assertThat(mail.text())
                    .contains("keeps everybody out of the console who comes by the AWS access portal")
                    .contains("aws signin delete-console-authorization-configuration");
        });
    }

    /** Where it is recorded is not published. */
    @Test
    void aPolicyOfAwsSignIn_isHeardFromTheGlobalRegionToo() {
        ready(Map.of());

        happens("events/access/put-console-authorization-configuration.json");

        assertThat(told()).extracting(Mail::to).containsExactly(ADA);
    }

    private void happens(String sample) {
        JsonNode event = EventCatalogue.read(sample);
        world.organization()
                .eventBus()
                .put(MANAGEMENT, Region.of(event.path("region").asText()), event);
        world.settles();
    }

    /** EventBridge cannot set a subject: the email would come as "AWS Notification Message". */
    @Test
    void noRulePublishesByItself() {
        ready(Map.of("OwnerEmail", GRACE));

        assertThat(world.stack().template().resourcesOfType("AWS::Events::Rule"))
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.properties().path("Targets").findValuesAsText("Arn"))
                        .as(rule.logicalId())
                        .noneMatch(arn -> arn.contains(":sns:")));
    }

    private void ready(Map<String, String> parameters) {
        Scenario scenario = new Scenario(
                        "notice",
                        "",
                        MANAGEMENT,
                        organization -> {
                            Scenarios.company(organization);
                            organization.identityCenter(Region.EU_CENTRAL_1);
                        },
                        parameters,
                        unused -> {})
                .in(Region.EU_CENTRAL_1);
        world = new World(scenario, TEMPLATE, TABLES);
        Scenarios.ready(world);
        assertThat(world.expectations().broken()).isEmpty();
        before = world.seen().mails().size();
    }

    private List<Mail> told() {
        return world.seen().mails().subList(before, world.seen().mails().size());
    }

    private void refusesToPublishTo(String topic) {
        world.organization().observe(new CallObserver() {
            @Override
            public void before(Call call) {
                if (call.operation().equals("Publish")
                        && call.request().toString().contains(topic)) {
                    throw SnsException.builder()
                            .statusCode(500)
                            .awsErrorDetails(AwsErrorDetails.builder()
                                    .errorCode("InternalError")
                                    .errorMessage("Simulated")
                                    .serviceName("Sns")
                                    .build())
                            .build();
                }
            }
        });
    }

    /** The sample, of the alarm of this stack. */
    private static JsonNode notForwarded(String alarm) {
        return EventCatalogue.json(EventCatalogue.text("events/groundwork/undelivered-elsewhere.json")
                .replace("groundwork-5f8e2d10-UndeliveredEvents", alarm));
    }
}
