package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.EmailSending;
import groundwork.rehearsal.organization.store.Mail;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.sesv2.model.AccountSuspendedException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.EmailContent;
import software.amazon.awssdk.services.sesv2.model.GetAccountRequest;
import software.amazon.awssdk.services.sesv2.model.GetAccountResponse;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityRequest;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.IdentityType;
import software.amazon.awssdk.services.sesv2.model.InternalServiceErrorException;
import software.amazon.awssdk.services.sesv2.model.LimitExceededException;
import software.amazon.awssdk.services.sesv2.model.Message;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailResponse;
import software.amazon.awssdk.services.sesv2.model.SendQuota;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;
import software.amazon.awssdk.services.sesv2.model.VerificationStatus;

/** Amazon SES: https://docs.aws.amazon.com/ses/latest/APIReference-V2/Welcome.html */
final class SesService extends Service {
    SesService(Cloud cloud) {
        super(cloud, AwsService.SES);
        read("GetAccount", GetAccountRequest.class, anyResource(), this::getAccount);
        read(
                "GetEmailIdentity",
                GetEmailIdentityRequest.class,
                (call, r) -> List.of(identityArn(call, r.emailIdentity())),
                this::getEmailIdentity);
        send("SendEmail", SendEmailRequest.class, this::sentThrough, this::sendEmail);
    }

    /**
     * The identity and, if it has a default configuration set, that too.
     *
     * @see <a href="https://docs.aws.amazon.com/ses/latest/dg/managing-configuration-sets-default-sets.html">Default
     *     configuration sets</a>
     */
    private List<String> sentThrough(Invocation call, SendEmailRequest request) {
        String identity = identityArn(call, sendingIdentity(call, address(request.fromEmailAddress())));
        return Stream.concat(
                        Stream.of(identity),
                        cloud.account(call.accountId()).emailSending(call.region()).configurationSet().stream()
                                .map(name -> cloud.arn(
                                        "ses", call.region().id(), call.accountId(), "configuration-set/" + name)))
                .toList();
    }

    /**
     * The addresses without display names.
     *
     * @see <a href="https://docs.aws.amazon.com/ses/latest/dg/sending-authorization-policy-examples.html">Conditions specific
     *     to sending</a>
     */
    @Override
    Map<String, List<String>> multivalued(AwsRequest request) {
        return request instanceof SendEmailRequest send
                ? Map.of(
                        "ses:FromAddress", List.of(address(send.fromEmailAddress())),
                        "ses:Recipients",
                                recipients(send).map(SesService::address).toList())
                : Map.of();
    }

    private static Stream<String> recipients(SendEmailRequest request) {
        return Stream.of(
                        request.destination().toAddresses(),
                        request.destination().ccAddresses(),
                        request.destination().bccAddresses())
                .flatMap(List::stream);
    }

    private GetAccountResponse getAccount(Invocation call, GetAccountRequest request) {
        EmailSending sending = sending(call);
        return GetAccountResponse.builder()
                .productionAccessEnabled(sending.hasProductionAccess())
                .sendingEnabled(sending.isEnabled())
                .enforcementStatus(sending.isSuspended() ? "SHUTDOWN" : "HEALTHY")
                .sendQuota(SendQuota.builder()
                        .max24HourSend(sending.dailyQuota())
                        .maxSendRate(sending.perSecond())
                        .sentLast24Hours((double) sending.sentLastDay(call.now()))
                        .build())
                .build();
    }

    private GetEmailIdentityResponse getEmailIdentity(Invocation call, GetEmailIdentityRequest request) {
        String identity = request.emailIdentity();
        boolean verified = sending(call)
                .verification(identity)
                .orElseThrow(() -> failure(
                        ServiceFault.NOT_FOUND, "Email identity " + identity + " does not exist.", call.requestId()));
        return GetEmailIdentityResponse.builder()
                .identityType(identity.contains("@") ? IdentityType.EMAIL_ADDRESS : IdentityType.DOMAIN)
                .verifiedForSendingStatus(verified)
                .verificationStatus(verified ? VerificationStatus.SUCCESS : VerificationStatus.PENDING)
                .build();
    }

    private SendEmailResponse sendEmail(Invocation call, SendEmailRequest request) {
        EmailSending sending = sending(call);
        if (sending.isSuspended()) {
            throw error(
                    call,
                    new ErrorShape(AccountSuspendedException::builder, "AccountSuspendedException", 400),
                    "The account's ability to send email has been permanently restricted.");
        }
        if (!sending.isEnabled()) {
            throw error(
                    call,
                    new ErrorShape(SendingPausedException::builder, "SendingPausedException", 400),
                    "Email sending is paused for the account.");
        }
        Message message = Optional.ofNullable(request.content())
                .map(EmailContent::simple)
                .orElseThrow(() -> new UnsupportedOperationException(
                        "The embedded organization sends only simple messages, not raw or templated ones"));
        List<String> recipients = recipients(request).toList();
        if (recipients.isEmpty()) {
            throw invalid(call, "At least one destination is required");
        }
        String subject = message.subject().data();
        if (subject.chars().anyMatch(character -> character == '\r' || character == '\n')) {
            throw invalid(call, "Header values may not contain line breaks");
        }
        refuseUnverified(call, sending, address(request.fromEmailAddress()), recipients);
        if (sending.sentLastDay(call.now()) + recipients.size() > sending.dailyQuota()) {
            throw failure(ServiceFault.THROTTLED, "Daily message quota exceeded", call.requestId());
        }
        recipients.forEach(recipient -> {
            sending.count(call.now());
            cloud.mailbox.deliver(new Mail(
                    call.now(),
                    request.fromEmailAddress(),
                    address(recipient),
                    subject,
                    Optional.ofNullable(message.body().text())
                            .map(Content::data)
                            .orElse(""),
                    Optional.ofNullable(message.body().html()).map(Content::data)));
        });
        return SendEmailResponse.builder()
                .messageId(cloud.ids.hex(16) + "-" + cloud.ids.uuid() + "-000000")
                .build();
    }

    /** In the sandbox the recipients too: https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html */
    private void refuseUnverified(Invocation call, EmailSending sending, String from, List<String> recipients) {
        Stream<String> checked = sending.hasProductionAccess()
                ? Stream.of(from)
                : Stream.concat(
                        Stream.of(from),
                        recipients.stream()
                                .map(SesService::address)
                                .filter(recipient -> !recipient.endsWith("@simulator.amazonses.com")));
        List<String> unverified =
                checked.filter(address -> !sending.isVerified(address)).toList();
        if (!unverified.isEmpty()) {
            throw error(
                    call,
                    new ErrorShape(MessageRejectedException::builder, "MessageRejected", 400),
                    "Email address is not verified. The following identities failed the check in region %s: %s"
                            .formatted(call.region().id().toUpperCase(Locale.ROOT), String.join(", ", unverified)));
        }
    }

    private EmailSending sending(Invocation call) {
        return cloud.account(call.accountId()).emailSending(call.region());
    }

    /** The address itself or its domain, whichever is verified. */
    private String sendingIdentity(Invocation call, String address) {
        EmailSending sending = cloud.account(call.accountId()).emailSending(call.region());
        return sending.verification(address).isPresent() ? address : address.substring(address.indexOf('@') + 1);
    }

    private String identityArn(Invocation call, String identity) {
        return cloud.arn("ses", call.region().id(), call.accountId(), "identity/" + identity);
    }

    private static String address(String mailbox) {
        return mailbox.contains("<") ? mailbox.substring(mailbox.indexOf('<') + 1, mailbox.indexOf('>')) : mailbox;
    }

    private RuntimeException error(Invocation call, ErrorShape shape, String message) {
        return describe(shape.builder().get(), shape, message, call.requestId()).build();
    }

    @Override
    Optional<ErrorShape> errorShape(ServiceFault fault) {
        return switch (fault) {
            case ACCESS_DENIED -> Optional.of(new ErrorShape(SesV2Exception::builder, "AccessDeniedException", 403));
            case THROTTLED ->
                Optional.of(new ErrorShape(TooManyRequestsException::builder, "TooManyRequestsException", 429));
            case INTERNAL_ERROR ->
                Optional.of(
                        new ErrorShape(InternalServiceErrorException::builder, "InternalServiceErrorException", 500));
            case VALIDATION -> Optional.of(new ErrorShape(BadRequestException::builder, "BadRequestException", 400));
            case NOT_FOUND -> Optional.of(new ErrorShape(NotFoundException::builder, "NotFoundException", 404));
            case QUOTA_EXCEEDED ->
                Optional.of(new ErrorShape(LimitExceededException::builder, "LimitExceededException", 400));
            case CONFLICT -> Optional.empty();
        };
    }
}
