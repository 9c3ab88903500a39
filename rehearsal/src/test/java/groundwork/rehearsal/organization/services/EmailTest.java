package groundwork.rehearsal.organization.services;

import static groundwork.rehearsal.organization.Given.FUNCTION;
import static groundwork.rehearsal.organization.Given.HOME;
import static groundwork.rehearsal.organization.Given.MANAGEMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.Given;
import groundwork.rehearsal.organization.VirtualClock;
import groundwork.rehearsal.organization.store.Behavior;
import groundwork.rehearsal.organization.store.EmailSending;
import groundwork.rehearsal.organization.store.Mail;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.AccountSuspendedException;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Amazon SNS with email subscriptions, and Amazon SES. */
class EmailTest {
    private static final String ALICE = "alice@example.com";
    private final VirtualClock clock = new VirtualClock();
    private final EmbeddedOrganization aws = Given.withIdentityCenter(clock);
    private final String topic = aws.createTopic("groundwork", MANAGEMENT, HOME);
    private final SnsClient sns = aws.client(SnsClient.class, FUNCTION, HOME);
    private final SesV2Client ses = aws.client(SesV2Client.class, FUNCTION, HOME);

    @Test
    void subscribingSendsTheRequestToConfirm() {
        aws.subscribeEmail(topic, ALICE);

        assertThat(aws.mailbox().of(ALICE))
                .extracting(Mail::subject)
                .containsExactly("AWS Notification - Subscription Confirmation");
    }

    @Test
    void anUnconfirmedSubscriptionShowsNoArn() {
        aws.subscribeEmail(topic, ALICE);

        assertThat(subscriptionArns()).containsExactly("PendingConfirmation");
    }

    @Test
    void whatIsPublishedBeforeTheConfirmationIsLost() {
        aws.subscribeEmail(topic, ALICE);
        publish("too early");
        aws.emailRecipient(ALICE).confirmsSubscription(topic);
        publish("in time");

        assertThat(aws.mailbox().of(ALICE))
                .extracting(Mail::subject)
                .contains("in time")
                .doesNotContain("too early");
    }

    @Test
    void aConfirmedSubscriptionShowsItsArn() {
        String arn = aws.subscribeEmail(topic, ALICE);
        aws.emailRecipient(ALICE).confirmsSubscription(topic);

        assertThat(subscriptionArns()).containsExactly(arn);
    }

    @Test
    void anUnconfirmedSubscriptionDisappearsAfterTwoDays() {
        aws.subscribeEmail(topic, ALICE);
        clock.advance(Duration.ofDays(2));

        assertThat(subscriptionArns()).isEmpty();
    }

    @Test
    void whoUnsubscribesGetsNothingMore() {
        aws.subscribeEmail(topic, ALICE);
        aws.emailRecipient(ALICE).confirmsSubscription(topic);
        aws.emailRecipient(ALICE).unsubscribes(topic);
        publish("gone");

        assertThat(aws.mailbox().of(ALICE)).extracting(Mail::subject).doesNotContain("gone");
        assertThat(subscriptionArns()).isEmpty();
    }

    @Test
    void subscriptionsComeInPages() {
        aws.behave(Behavior.USUAL.withPageSize(1).withEmptyFirstPages());
        aws.subscribeEmail(topic, ALICE);
        aws.subscribeEmail(topic, "bob@example.com");

        assertThat(sns.listSubscriptionsByTopicPaginator(request -> request.topicArn(topic))
                        .subscriptions())
                .extracting(Subscription::endpoint)
                .containsExactly(ALICE, "bob@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " leading space", "two\nlines", "Gr\u00fc\u00dfe", "\u0007bell"})
    void aSubjectHasPrintableAsciiOnOneLine(String subject) {
        assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(() -> publish(subject));
    }

    @Test
    void aSubjectIsShorterThanAHundredCharacters() {
        publish("x".repeat(99));

        assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(() -> publish("x".repeat(100)));
    }

    @Test
    void aTopicThatDoesNotExistIsNotFound() {
        aws.deleteTopic(topic);

        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> publish("subject"));
    }

    @Test
    void aTopicOfAnotherRegionIsAnInvalidParameter() {
        SnsClient elsewhere = aws.client(SnsClient.class, FUNCTION, Region.US_EAST_1);

        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> elsewhere.listSubscriptionsByTopic(request -> request.topicArn(topic)));
    }

    @Test
    void inTheSandboxTheRecipientHasToBeVerifiedToo() {
        aws.emailSending(MANAGEMENT, HOME).identity("sender@example.com", true);

        assertThatExceptionOfType(MessageRejectedException.class)
                .isThrownBy(() -> ses.sendEmail(mail("sender@example.com")))
                .withMessageContaining("The following identities failed the check in region EU-WEST-1: " + ALICE);
        aws.emailSending(MANAGEMENT, HOME).identity(ALICE, true);
        ses.sendEmail(mail("sender@example.com"));
        assertThat(aws.mailbox().of(ALICE)).hasSize(1);
    }

    @Test
    void withProductionAccessOnlyTheSenderIsChecked() {
        aws.emailSending(MANAGEMENT, HOME).identity("example.com", true).productionAccess(true);

        ses.sendEmail(mail("Groundwork <sender@example.com>"));

        assertThat(aws.mailbox().of(ALICE))
                .singleElement()
                .satisfies(mail -> assertThat(mail.html()).contains("<p>Hello</p>"));
        assertThatExceptionOfType(MessageRejectedException.class)
                .isThrownBy(() -> ses.sendEmail(mail("sender@example.org")));
    }

    @Test
    void theSandboxEndsAtTwoHundredMessagesADay() {
        aws.emailSending(MANAGEMENT, HOME).identity("example.com", true);
        for (int i = 0; i < 200; i++) {
            ses.sendEmail(mail("sender@example.com"));
        }

        assertThatExceptionOfType(TooManyRequestsException.class)
                .isThrownBy(() -> ses.sendEmail(mail("sender@example.com")));
        assertThat(ses.getAccount(request -> {}).sendQuota().sentLast24Hours()).isEqualTo(200.0);
    }

    @Test
    void pausedAndSuspendedSendingIsRefused() {
        EmailSending sending = aws.emailSending(MANAGEMENT, HOME).identity("example.com", true);

        sending.enabled(false);
        assertThatExceptionOfType(SendingPausedException.class)
                .isThrownBy(() -> ses.sendEmail(mail("sender@example.com")));
        sending.suspended(true);
        assertThatExceptionOfType(AccountSuspendedException.class)
                .isThrownBy(() -> ses.sendEmail(mail("sender@example.com")));
    }

    @Test
    void anIdentityTellsWhetherItIsVerified() {
        aws.emailSending(MANAGEMENT, HOME).identity("sender@example.com", false);

        assertThat(ses.getEmailIdentity(request -> request.emailIdentity("sender@example.com"))
                        .verifiedForSendingStatus())
                .isFalse();
        assertThatExceptionOfType(software.amazon.awssdk.services.sesv2.model.NotFoundException.class)
                .isThrownBy(() -> ses.getEmailIdentity(request -> request.emailIdentity("nobody@example.com")));
    }

    @Test
    void someRegionsHaveNoSes() {
        SesV2Client hongKong = aws.client(SesV2Client.class, FUNCTION, Region.AP_EAST_1);

        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> hongKong.getAccount(request -> {}));
    }

    private static SendEmailRequest mail(String from) {
        return SendEmailRequest.builder()
                .fromEmailAddress(from)
                .destination(to -> to.toAddresses(ALICE))
                .content(content -> content.simple(message -> message.subject(subject -> subject.data("Hello"))
                        .body(body -> body.text(text -> text.data("Hello")).html(html -> html.data("<p>Hello</p>")))))
                .build();
    }

    private void publish(String subject) {
        sns.publish(request -> request.topicArn(topic).subject(subject).message("Hello"));
    }

    private List<String> subscriptionArns() {
        return sns.listSubscriptionsByTopic(request -> request.topicArn(topic)).subscriptions().stream()
                .map(Subscription::subscriptionArn)
                .toList();
    }
}
