package groundwork.conclusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.email.channel.Subscriptions;
import groundwork.runtime.AwsErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.GetAccountRequest;
import software.amazon.awssdk.services.sesv2.model.GetAccountResponse;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityRequest;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailResponse;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.Subscription;

/** A stack that was given a sender. The root user has no MFA. */
class SendEmailThroughSesTest {
    private static final String TOPIC = "arn:aws:sns:eu-central-1:111122223333:groundwork-Topic";
    private static final Map<String, String> OWNER =
            Map.of("OWNER_EMAIL", "owner@example.com", "OWNER_TOPIC_ARN", TOPIC + "-Owner");

    private Instant now = Samples.START;
    private final MemoryTable table = new MemoryTable();
    private final SnsClient sns = mock(SnsClient.class, CALLS_REAL_METHODS);
    private final SesV2Client ses = mock(SesV2Client.class, CALLS_REAL_METHODS);
    private final List<String> recipients = new ArrayList<>();
    private final Set<String> unverified = new HashSet<>(Set.of("example.com"));
    private final Set<String> refused = new HashSet<>();
    private String record;

    @BeforeEach
    void theSenderIsVerified() {
        productionAccess(true);
        Subscriptions.wereConfirmed(sns, false);
        subscription(TOPIC + ":1");
        willAnswer(call -> GetEmailIdentityResponse.builder()
                        .verifiedForSendingStatus(!unverified.contains(
                                call.<GetEmailIdentityRequest>getArgument(0).emailIdentity()))
                        .build())
                .given(ses)
                .getEmailIdentity(any(GetEmailIdentityRequest.class));
        willAnswer(call -> {
                    SendEmailRequest email = call.getArgument(0);
                    if (refused.containsAll(email.destination().toAddresses())) {
                        throw AwsErrors.error(MessageRejectedException.builder(), "MessageRejected", "Not now.");
                    }
                    recipients.addAll(email.destination().toAddresses());
                    return SendEmailResponse.builder().messageId("1").build();
                })
                .given(ses)
                .sendEmail(any(SendEmailRequest.class));
    }

    @Test
    void emailsGoOutFromTheSenderAndNotThroughSns() {
        Conclusion report = look(Map.of());

        assertThat(channel(report))
                .isEqualTo(new Outcome.Done(
                        "Emails to ada@example.com go out from groundwork@example.org through Amazon SES."));
        assertThat(report.sent()).containsExactly("what is waiting to ada@example.com");
        assertThat(recipients).containsExactly("ada@example.com");
        verify(sns, never()).publish(any(PublishRequest.class));
    }

    @Test
    void thatNobodyConfirmedTheTopicOfTheAlarms_isSaid() {
        subscription("PendingConfirmation");

        assertThat(channel(look(Map.of())))
                .isEqualTo(
                        new Outcome.Done("Emails to ada@example.com go out from groundwork@example.org through Amazon"
                                + " SES. What goes wrong with Groundwork itself is told through Amazon SNS, which does not work"
                                + " yet: ada@example.com has not confirmed yet that it wants these emails."));
    }

    @Test
    void theOwner_isToldThroughSesToo() {
        Conclusion report = look(OWNER);

        assertThat(channel(report).what()).contains("ada@example.com go out", "owner@example.com go out");
        assertThat(report.sent()).containsExactly("what is waiting to owner@example.com");
        assertThat(recipients).containsExactly("owner@example.com");
    }

    @Test
    void anOwnerWhoIsNotReached_isSaidAndTheAdministratorHearsOfIt() {
        productionAccess(false);
        unverified.add("owner@example.com");

        Conclusion report = look(OWNER);

        assertThat(channel(report))
                .isInstanceOf(Outcome.Waiting.class)
                .extracting(Outcome::what)
                .isEqualTo("Amazon SES is in its sandbox in this Region and sends to verified addresses only;"
                        + " owner@example.com is not.");
        assertThat(report.sent()).containsExactly("what is waiting to ada@example.com");
    }

    @Test
    void anOwnerWhomSesRefuses_isSaidAndTriedAgainAtTheNextLook() {
        refused.add("owner@example.com");

        Conclusion report = look(OWNER);
        refused.clear();

        assertThat(channel(report).what()).isEqualTo("Amazon SES refused an email: Not now.");
        assertThat(look(OWNER).sent()).containsExactly("what is waiting to owner@example.com");
    }

    @Test
    void withoutAnotherOwner_nobodyElseIsTold() {
        look(Map.of());
        now = now.plus(Duration.ofDays(15));

        assertThat(look(Map.of()).sent()).containsExactly("reminder to ada@example.com");
    }

    private void subscription(String arn) {
        willReturn(ListSubscriptionsByTopicResponse.builder()
                        .subscriptions(Subscription.builder()
                                .protocol("email")
                                .endpoint("ada@example.com")
                                .subscriptionArn(arn)
                                .build())
                        .build())
                .given(sns)
                .listSubscriptionsByTopic(any(ListSubscriptionsByTopicRequest.class));
    }

    private void productionAccess(boolean enabled) {
        willReturn(GetAccountResponse.builder()
                        .sendingEnabled(true)
                        .productionAccessEnabled(enabled)
                        .build())
                .given(ses)
                .getAccount(any(GetAccountRequest.class));
    }

    private static Outcome channel(Conclusion report) {
        return report.checklist().item(Prerequisite.EMAIL_CHANNEL).outcome();
    }

    private Conclusion look(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(Samples.environment(TOPIC));
        environment.put("SENDER_EMAIL", "groundwork@example.org");
        environment.putAll(settings);
        Conclusion report = new SendEmailHandler(environment, () -> now, table, sns, () -> ses, new EventHistory())
                .handleRequest(
                        new SendEmailHandler.Request(
                                "111122223333",
                                "Example",
                                false,
                                now,
                                Samples.EXECUTION,
                                null,
                                Samples.INSTANCE,
                                null,
                                null,
                                List.of(new SendEmailHandler.Report(
                                        Findings.of(new Finding(Prerequisite.ROOT_MFA, Samples.NO_MFA)))),
                                record,
                                List.of()),
                        null);
        record = report.record();
        return report;
    }
}
