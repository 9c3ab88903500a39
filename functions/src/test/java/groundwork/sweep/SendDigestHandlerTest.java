package groundwork.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.email.channel.Subscriptions;
import groundwork.state.AccountRecord;
import groundwork.state.RecentRepairs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.Subscription;

class SendDigestHandlerTest {
    private static final String HUB = "111122223333";
    private static final String PAYMENTS = "444455556666";
    private static final String SANDBOX = "555566667777";
    private static final String TOPIC = "arn:aws:sns:eu-central-1:111122223333:groundwork";
    private static final String EXECUTION =
            "arn:aws:states:eu-central-1:111122223333:execution:groundwork-OrganizationSweep:one";

    private final OrganizationTable table = new OrganizationTable();
    private final SnsClient sns = mock(SnsClient.class, CALLS_REAL_METHODS);
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private Instant now = Looks.AT.plus(Duration.ofHours(1));
    private final SweepTable sweeps = new SweepTable(table, "groundwork", () -> now);
    private final SendDigestHandler handler = new SendDigestHandler(
            Map.of(
                    "ACCOUNT_ID", HUB,
                    "AWS_REGION", "eu-central-1",
                    "TABLE_NAME", "groundwork",
                    "ORGANIZATION_ID", "o-a1b2c3d4e5",
                    "STACK_NAME", "groundwork",
                    "TOPIC_ARN", TOPIC,
                    "ADMINISTRATOR_EMAIL", "ada@example.com",
                    "GIVEN_NAME", "Ada"),
            () -> now,
            table,
            sns,
            () -> mock(SesV2Client.class),
            new PrintStream(log, true, StandardCharsets.UTF_8));

    @BeforeEach
    void everythingWorks() {
        table.put(HUB, "ACCOUNT", Map.of("record", Looks.ready().stored()));
        table.put(PAYMENTS, "ACCOUNT", Map.of("record", Looks.ready().stored()));
        subscribed(TOPIC + ":0f0e0d0c");
        Subscriptions.wereConfirmed(sns, true);
        doReturn(PublishResponse.builder().build()).when(sns).publish(any(PublishRequest.class));
    }

    private void subscribed(String arn) {
        doReturn(ListSubscriptionsByTopicResponse.builder()
                        .subscriptions(Subscription.builder()
                                .protocol("email")
                                .endpoint("ada@example.com")
                                .subscriptionArn(arn)
                                .build())
                        .build())
                .when(sns)
                .listSubscriptionsByTopic(any(ListSubscriptionsByTopicRequest.class));
    }

    private static Member member(String id, Member.Standing standing, Member.Marked mark) {
        return new Member(id, "Account " + id, standing, List.of(), false, mark);
    }

    private static Member active(String id) {
        return member(id, Member.Standing.ACTIVE, null);
    }

    /** A sweep over these members, all compared. */
    private SendDigestHandler.Report swept(boolean whole, Member... members) {
        now = now.plusSeconds(1);
        Batch batch = new Batch(Looks.KNOWN, List.of(members));
        List<String> keys = sweeps.begin(whole, List.of(batch)).keys();
        sweeps.keep(keys.getFirst(), batch.compared(List.of(), now));
        return handler.handleRequest(new SendDigestHandler.Request(keys, whole, EXECUTION), null);
    }

    private List<PublishRequest> emails() {
        ArgumentCaptor<PublishRequest> published = ArgumentCaptor.forClass(PublishRequest.class);
        verify(sns, atLeast(0)).publish(published.capture());
        return published.getAllValues();
    }

    @Test
    void tellsOnceWhatChanged() {
        assertThat(swept(true, active(PAYMENTS), member(SANDBOX, Member.Standing.NOT_ACTIVE, null)))
                .isEqualTo(new SendDigestHandler.Report(2, 1, 0, 0, 0, 0, 1, true));
        assertThat(swept(true, active(PAYMENTS), member(SANDBOX, Member.Standing.NOT_ACTIVE, null))
                        .told())
                .isFalse();

        assertThat(emails()).hasSize(1);
        assertThat(emails().getFirst().subject()).isEqualTo("AWS 111122223333: 1 of 2 accounts are ready");
        assertThat(emails().getFirst().message()).contains("555566667777 (Account 555566667777)");
    }

    @Test
    void ofMarkedAccountsTheOthersStayWhereTheyWere() {
        swept(true, active(PAYMENTS), active(SANDBOX));

        assertThat(swept(false, active(PAYMENTS))).isEqualTo(new SendDigestHandler.Report(2, 1, 0, 0, 1, 0, 0, false));
        assertThat(swept(false, member(SANDBOX, Member.Standing.GONE, null)).accounts())
                .isEqualTo(1);
        assertThat(emails().getLast().message()).contains("Left the organization", SANDBOX);
    }

    @Test
    void countsByKind() {
        table.put(
                PAYMENTS,
                "ACCOUNT",
                Map.of(
                        "record",
                        Looks.with(Prerequisite.CHANGE_EVENTS, new Outcome.Unknown("Not seen."))
                                .stored()));
        table.put(SANDBOX, "ACCOUNT", Map.of("record", Looks.ready().stored(), "failure", "GrantAccess"));

        assertThat(swept(true, active(PAYMENTS), active(SANDBOX)))
                .isEqualTo(new SendDigestHandler.Report(2, 0, 0, 0, 1, 1, 0, true));
    }

    @Test
    void whatWasPutBackIsToldAlthoughTheAccountStandsWhereItStood() {
        swept(true, active(PAYMENTS), active(SANDBOX));
        now = now.plusSeconds(60);
        AccountRecord ready = Looks.ready();
        table.put(
                PAYMENTS,
                "ACCOUNT",
                Map.of(
                        "record",
                        new AccountRecord(
                                        ready.checklist(),
                                        ready.known(),
                                        null,
                                        null,
                                        new RecentRepairs(Map.of("ADMIN_ACCESS#assignment", List.of(now))),
                                        null,
                                        List.of())
                                .stored()));
        Batch batch = new Batch(Looks.KNOWN, List.of(active(PAYMENTS), active(SANDBOX)));
        List<String> keys = sweeps.begin(true, List.of(batch)).keys();

        sweeps.keep(keys.getFirst(), batch.compared(List.of(PAYMENTS), now.plusSeconds(1)));
        assertThat(handler.handleRequest(new SendDigestHandler.Request(keys, true, EXECUTION), null)
                        .told())
                .isFalse();

        sweeps.keep(keys.getFirst(), batch.compared(List.of(PAYMENTS, SANDBOX), now));
        assertThat(handler.handleRequest(new SendDigestHandler.Request(keys, true, EXECUTION), null)
                        .told())
                .isTrue();
        assertThat(emails().getLast().message())
                .contains("Undone and put back", "1 account: 444455556666 (Account 444455556666).");
    }

    @Test
    void whoCausesManyEventsIsNamed() {
        swept(
                true,
                member(PAYMENTS, Member.Standing.ACTIVE, new Member.Marked(1000, null)),
                member(SANDBOX, Member.Standing.ACTIVE, new Member.Marked(999, null)));

        assertThat(emails().getFirst().message())
                .contains("444455556666 (Account 444455556666): 1000 events")
                .doesNotContain("999 events");
    }

    @Test
    void whatNobodyCouldHearIsToldLater() {
        subscribed("PendingConfirmation");
        assertThat(swept(true, active(PAYMENTS)).told()).isFalse();

        subscribed(TOPIC + ":0f0e0d0c");
        assertThat(swept(true, active(PAYMENTS)).told()).isTrue();
        assertThat(emails()).hasSize(1);
    }

    @Test
    void whatIsRefusedIsToldLater() {
        doThrow(NotFoundException.builder().message("Topic does not exist").build())
                .when(sns)
                .publish(any(PublishRequest.class));
        assertThat(swept(true, active(PAYMENTS)).told()).isFalse();

        doReturn(PublishResponse.builder().build()).when(sns).publish(any(PublishRequest.class));
        assertThat(swept(true, active(PAYMENTS)).told()).isTrue();
    }

    /** The function was stopped between the email and what it keeps of it. */
    @Test
    void anEmailThatIsOutIsNotSentAgainByTheNextAttempt() {
        swept(true, active(PAYMENTS));
        sweeps.keep(Told.NOTHING);
        List<String> keys = new SweepTable.UnderWay(now, true, 1).keys();

        assertThat(handler.handleRequest(new SendDigestHandler.Request(keys, true, EXECUTION), null)
                        .told())
                .isTrue();
        assertThat(emails()).hasSize(1);
        assertThat(sweeps.told().summary()).isEqualTo(sweeps.summary());
    }

    @Test
    void howeverOftenAnAccountChangesTwelveEmailsGoOutWithinADay() {
        for (int change = 0; change < 20; change++) {
            swept(true, member(PAYMENTS, change % 2 == 0 ? Member.Standing.ACTIVE : Member.Standing.NOT_ACTIVE, null));
        }
        assertThat(emails()).hasSize(12);

        now = now.plus(Duration.ofDays(1));
        swept(true, active(PAYMENTS));
        swept(true, member(PAYMENTS, Member.Standing.NOT_ACTIVE, null));
        assertThat(emails()).hasSizeGreaterThan(12);
    }

    @Test
    void nothingSweptIsNothingToTell() {
        sweeps.keep(new Summary(Map.of("READY", new TreeSet<>(List.of(PAYMENTS)))));

        assertThat(handler.handleRequest(new SendDigestHandler.Request(null, false, EXECUTION), null)
                        .told())
                .isFalse();
        assertThat(emails()).isEmpty();
    }

    @Test
    void endsTheSweepUnlessABatchWasNotCompared() {
        swept(true, active(PAYMENTS));
        assertThat(sweeps.underWay()).isEmpty();

        List<String> keys = sweeps.begin(true, List.of(new Batch(Looks.KNOWN, List.of(active(PAYMENTS)))))
                .keys();
        handler.handleRequest(new SendDigestHandler.Request(keys, true, EXECUTION), null);
        assertThat(sweeps.underWay()).isPresent();
    }

    @Test
    void writesTheNumbersAsMetrics() throws Exception {
        swept(true, active(PAYMENTS), active(SANDBOX));

        JsonNode line = new ObjectMapper().readTree(log.toString(StandardCharsets.UTF_8));
        assertThat(line.at("/_aws/Timestamp").asLong()).isEqualTo(now.toEpochMilli());
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Namespace").asText()).isEqualTo("Groundwork");
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString()).isEqualTo("[[\"Stack\"]]");
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Metrics")).hasSize(6).allSatisfy(metric -> {
            assertThat(line.has(metric.path("Name").asText())).isTrue();
            assertThat(metric.path("Unit").asText()).isEqualTo("Count");
        });
        assertThat(line.path("Stack").asText()).isEqualTo("groundwork");
        assertThat(line.path("MemberAccounts").asInt()).isEqualTo(2);
        assertThat(line.path("Ready").asInt()).isEqualTo(1);
        assertThat(line.path("Failed").asInt()).isEqualTo(1);
    }
}
