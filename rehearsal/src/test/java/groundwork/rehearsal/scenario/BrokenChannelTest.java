package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.EMAIL_CHANNEL;
import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.GRACE;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** Who hears that emails do not reach the administrator any more. */
@Tag("slow")
class BrokenChannelTest {
    private static final String BROKEN = "emails no longer arrive";

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private World world;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theLinkInAnEmail_leavesNoEvent_andIsFoundByTheNextLook() {
        ready(Map.of("OwnerEmail", GRACE));
        unsubscribes(ADA, "Topic");

        world.passes(Duration.ofDays(1));

        assertThat(world.seen().status(EMAIL_CHANNEL)).isEqualTo("WAITING");
        assertThat(world.seen().mails(BROKEN)).extracting(Mail::to).containsExactly(GRACE);
        assertThat(requestsTo(ADA)).hasSize(2);
    }

    @Test
    void aFailureMeanwhile_isAnAlarmToTheSecondAddressAtOnce() {
        deploy(Map.of("OwnerEmail", GRACE));
        world.alarmsSound();
        Scenarios.ready(world);
        unsubscribes(ADA, "Topic");
        world.stack().breakFunction("CheckRootUserFunction");

        world.starts(JsonNodeFactory.instance.objectNode());
        world.passes(Duration.ofMinutes(15));

        assertThat(world.seen().alarms()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo(GRACE);
            assertThat(mail.subject()).startsWith("ALARM: \"Groundwork failed");
        });
    }

    @Test
    void eachTimeItBreaks_isToldAgain() {
        ready(Map.of("OwnerEmail", GRACE));
        for (int time = 1; time <= 3; time++) {
            unsubscribes(ADA, "Topic");
            world.passes(Duration.ofDays(1));
            assertThat(world.seen().mails(BROKEN)).hasSize(time);
            assertThat(requestsTo(ADA)).hasSize(time + 1);

            world.addressIsConfirmed(ADA);
            world.passes(Duration.ofDays(1));
            assertThat(world.seen().status(EMAIL_CHANNEL)).isEqualTo("DONE");
        }
    }

    @Test
    void withOneAddress_thatIsAskedAgainOnce_andNobodyElseIsTold() {
        ready(Map.of());
        int before = world.seen().mails().size();
        unsubscribes(ADA, "Topic");

        world.passes(Duration.ofDays(30));

        assertThat(world.seen().mails()).hasSize(before);
        assertThat(requestsTo(ADA)).hasSize(2);
    }

    @Test
    void whatNeverWorked_isNotBroken() {
        deploy(Map.of("OwnerEmail", GRACE));
        world.organization()
                .emailRecipient(GRACE)
                .confirmsSubscription(
                        world.stack().template().resource("EscalationTopic").arn());
        world.stackIsCreated();

        world.passes(Duration.ofDays(3));

        assertThat(world.seen().status(EMAIL_CHANNEL)).isEqualTo("WAITING");
        assertThat(world.seen().mails(BROKEN)).isEmpty();
        assertThat(requestsTo(ADA)).hasSize(1);
    }

    @Test
    void whereAmazonSesRefuses_bothHearThroughAmazonSns() {
        deploy(Map.of("OwnerEmail", GRACE, "SenderEmail", "aws@example.com"));
        world.organization()
                .emailSending(MANAGEMENT, Region.US_EAST_1)
                .identity("example.com", true)
                .productionAccess(true);
        Scenarios.ready(world);
        world.organization().emailSending(MANAGEMENT, Region.US_EAST_1).identity("example.com", false);

        world.passes(Duration.ofDays(2));

        assertThat(world.seen().status(EMAIL_CHANNEL)).isEqualTo("WAITING");
        assertThat(world.seen().mails(BROKEN)).extracting(Mail::to).containsExactlyInAnyOrder(ADA, GRACE);
        assertThat(world.seen().mails(BROKEN))
                .allSatisfy(mail -> assertThat(mail.from()).contains("no-reply@sns.amazonaws.com"));
    }

    private void ready(Map<String, String> parameters) {
        deploy(parameters);
        Scenarios.ready(world);
        assertThat(world.expectations().broken()).isEmpty();
    }

    private void deploy(Map<String, String> parameters) {
        world = new World(
                new Scenario(
                        "broken-channel",
                        "",
                        MANAGEMENT,
                        organization -> {
                            Scenarios.company(organization);
                            organization.identityCenter(Region.US_EAST_1);
                        },
                        parameters,
                        unused -> {}),
                TEMPLATE,
                TABLES);
    }

    private void unsubscribes(String address, String topic) {
        world.organization()
                .emailRecipient(address)
                .unsubscribes(world.stack().template().resource(topic).arn());
    }

    private List<Mail> requestsTo(String address) {
        return world.seen().allMails().stream()
                .filter(mail -> mail.to().equals(address)
                        && mail.subject().equals("AWS Notification - Subscription Confirmation"))
                .toList();
    }
}
