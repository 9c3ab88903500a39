package groundwork.email.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.email.letter.Block;
import groundwork.email.letter.HtmlRendering;
import groundwork.email.letter.Message;
import groundwork.email.letter.Subject;
import groundwork.email.letter.TextRendering;
import groundwork.runtime.TryAgainException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.AccountSuspendedException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.GetAccountRequest;
import software.amazon.awssdk.services.sesv2.model.GetAccountResponse;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityRequest;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.LimitExceededException;
import software.amazon.awssdk.services.sesv2.model.MailFromDomainNotVerifiedException;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailResponse;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;

class SesChannelTest {
    private final SesV2Client ses = mock(SesV2Client.class, CALLS_REAL_METHODS);
    private final Channel channel =
            new SesChannel(ses, "groundwork@mail.example.org", "ada@example.com", new Console(Region.EU_CENTRAL_1));

    @Test
    void state_whenSenderIsVerifiedAndTheAccountInProduction_isDone() {
        account(true, true, "HEALTHY");
        identities(Map.of("groundwork@mail.example.org", true));

        assertThat(channel.state()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void state_whenADomainAboveTheSenderIsVerified_isDone() {
        account(true, true, "PROBATION");
        identities(Map.of("groundwork@mail.example.org", false, "example.org", true));

        assertThat(channel.state()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void state_looksForTheSenderAndTheDomainsItMayBeIn() {
        account(true, true, "HEALTHY");
        identities(Map.of());

        channel.state();

        ArgumentCaptor<GetEmailIdentityRequest> asked = ArgumentCaptor.forClass(GetEmailIdentityRequest.class);
        verify(ses, times(3)).getEmailIdentity(asked.capture());
        assertThat(asked.getAllValues())
                .extracting(GetEmailIdentityRequest::emailIdentity)
                .containsExactly("groundwork@mail.example.org", "mail.example.org", "example.org");
    }

    @Test
    void state_whenTheSenderIsNotVerified_asksToVerifyIt() {
        account(true, true, "HEALTHY");
        identities(Map.of("mail.example.org", false));

        assertThat(channel.state())
                .isInstanceOfSatisfying(
                        Outcome.Waiting.class,
                        waiting -> assertThat(waiting.todo()).contains("verify groundwork@mail.example.org"));
    }

    @Test
    void state_whenInTheSandboxAndTheRecipientIsNotVerified_asksToVerifyTheRecipient() {
        account(true, false, "HEALTHY");
        identities(Map.of("example.org", true));

        assertThat(channel.state()).isInstanceOfSatisfying(Outcome.Waiting.class, waiting -> {
            assertThat(waiting.what()).contains("sandbox");
            assertThat(waiting.todo()).contains("verify ada@example.com");
        });
    }

    @Test
    void state_whenInTheSandboxAndBothAreVerified_isDone() {
        account(true, false, "HEALTHY");
        identities(Map.of("example.org", true, "ada@example.com", true));

        assertThat(channel.state()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void state_whenSendingIsOff_saysWhereToLook() {
        account(false, true, "HEALTHY");

        assertThat(channel.state())
                .isInstanceOfSatisfying(
                        Outcome.Waiting.class,
                        waiting -> assertThat(waiting.todo()).contains("Account dashboard"));
    }

    @Test
    void state_whenTheAccountIsShutDown_saysWhereToLook() {
        account(true, true, "SHUTDOWN");

        assertThat(channel.state()).isInstanceOf(Outcome.Waiting.class);
    }

    @Test
    void state_whenDenied_isUnknown() {
        doThrow(failed(
                        SesV2Exception.builder(),
                        "AccessDeniedException",
                        403,
                        "User: x is not authorized to perform: ses:GetAccount"))
                .when(ses)
                .getAccount(any(GetAccountRequest.class));

        assertThat(channel.state())
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.what()).contains("ses:GetAccount"));
    }

    @Test
    void send_sendsHtmlAndText() {
        doReturn(SendEmailResponse.builder().messageId("1").build()).when(ses).sendEmail(any(SendEmailRequest.class));

        assertThat(channel.send(message())).isEqualTo(new Handover.Accepted());

        ArgumentCaptor<SendEmailRequest> sent = ArgumentCaptor.forClass(SendEmailRequest.class);
        verify(ses).sendEmail(sent.capture());
        assertThat(sent.getValue().fromEmailAddress()).isEqualTo("groundwork@mail.example.org");
        assertThat(sent.getValue().destination().toAddresses()).containsExactly("ada@example.com");
        assertThat(sent.getValue().content().simple().subject().data()).isEqualTo("AWS 111122223333 (Größe): topic");
        assertThat(sent.getValue().content().simple().body().text().data()).isEqualTo(TextRendering.of(message()));
        assertThat(sent.getValue().content().simple().body().html().data()).isEqualTo(HtmlRendering.of(message()));
    }

    static Stream<AwsServiceException> removedByAPerson() {
        return Stream.of(
                failed(AccountSuspendedException.builder(), "AccountSuspendedException", 400),
                failed(SendingPausedException.builder(), "SendingPausedException", 400),
                failed(MessageRejectedException.builder(), "MessageRejected", 400),
                failed(MailFromDomainNotVerifiedException.builder(), "MailFromDomainNotVerifiedException", 400),
                failed(NotFoundException.builder(), "NotFoundException", 404),
                failed(BadRequestException.builder(), "BadRequestException", 400));
    }

    @ParameterizedTest
    @MethodSource("removedByAPerson")
    void send_whenAPersonHasToAct_isRefusedWithTheWayOut(AwsServiceException failure) {
        sendingFails(failure);

        assertThat(channel.send(message()))
                .isInstanceOfSatisfying(
                        Handover.Refused.class,
                        refused -> assertThat(refused.outcome()).isInstanceOf(Outcome.Waiting.class));
    }

    @Test
    void send_whenRejected_repeatsWhatAwsSays() {
        sendingFails(failed(
                MessageRejectedException.builder(),
                "MessageRejected",
                400,
                "Email address is not verified. The following identities failed the check: ada@example.com"));

        assertThat(channel.send(message()))
                .isInstanceOfSatisfying(
                        Handover.Refused.class,
                        refused -> assertThat(refused.outcome().what()).contains("failed the check: ada@example.com"));
    }

    static Stream<AwsServiceException> quotas() {
        return Stream.of(
                failed(LimitExceededException.builder(), "LimitExceededException", 400, "Too much."),
                failed(
                        TooManyRequestsException.builder(),
                        "TooManyRequestsException",
                        429,
                        "Daily message quota exceeded."),
                failed(SesV2Exception.builder(), "ThrottlingException", 429, "Daily message quota exceeded."));
    }

    @ParameterizedTest
    @MethodSource("quotas")
    void send_whenTheQuotaOfADayIsUsedUp_isRefused(AwsServiceException failure) {
        sendingFails(failure);

        assertThat(channel.send(message()))
                .isEqualTo(new Handover.Refused(Outcome.Blocked.because(
                        BlockedReason.SERVICE_QUOTA, failure.awsErrorDetails().errorMessage())));
    }

    @Test
    void send_whenDenied_isRefusedNamingTheAction() {
        sendingFails(failed(
                SesV2Exception.builder(),
                "AccessDeniedException",
                403,
                "User: x is not authorized to perform: ses:SendEmail on resource: y"));

        assertThat(channel.send(message()))
                .isEqualTo(new Handover.Refused(Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, "ses:SendEmail")));
    }

    static Stream<RuntimeException> passesByItself() {
        return Stream.of(
                failed(
                        TooManyRequestsException.builder(),
                        "TooManyRequestsException",
                        429,
                        "Maximum sending rate exceeded."),
                failed(SesV2Exception.builder(), "InternalFailure", 500),
                failed(SesV2Exception.builder(), "InternalFailure", 500, "The quota could not be read."),
                SdkClientException.create("Connection reset"));
    }

    @ParameterizedTest
    @MethodSource("passesByItself")
    void send_whenItPassesByItself_triesAgain(RuntimeException failure) {
        doThrow(failure).when(ses).sendEmail(any(SendEmailRequest.class));

        assertThatThrownBy(() -> channel.send(message())).isInstanceOf(TryAgainException.class);
    }

    private static Message message() {
        return new Message(
                new Subject("111122223333", "Größe", "topic"), List.of(new Block.Paragraph("Größe.")), List.of());
    }

    private void account(boolean sendingEnabled, boolean production, String enforcement) {
        doReturn(GetAccountResponse.builder()
                        .sendingEnabled(sendingEnabled)
                        .productionAccessEnabled(production)
                        .enforcementStatus(enforcement)
                        .build())
                .when(ses)
                .getAccount(any(GetAccountRequest.class));
    }

    private void identities(Map<String, Boolean> verified) {
        doAnswer(call -> {
                    Boolean found = verified.get(
                            call.<GetEmailIdentityRequest>getArgument(0).emailIdentity());
                    if (found == null) {
                        throw failed(NotFoundException.builder(), "NotFoundException", 404);
                    }
                    return GetEmailIdentityResponse.builder()
                            .verifiedForSendingStatus(found)
                            .build();
                })
                .when(ses)
                .getEmailIdentity(any(GetEmailIdentityRequest.class));
    }

    private void sendingFails(AwsServiceException failure) {
        doThrow(failure).when(ses).sendEmail(any(SendEmailRequest.class));
    }

    private static AwsServiceException failed(AwsServiceException.Builder builder, String code, int status) {
        return failed(builder, code, status, "AWS says " + code);
    }

    private static AwsServiceException failed(
            AwsServiceException.Builder builder, String code, int status, String message) {
        return builder.statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("SesV2")
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }
}
