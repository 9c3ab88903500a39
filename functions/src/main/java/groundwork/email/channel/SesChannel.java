package groundwork.email.channel;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.email.letter.HtmlRendering;
import groundwork.email.letter.Message;
import groundwork.email.letter.TextRendering;
import groundwork.runtime.AwsFailure;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.AccountSuspendedException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.GetAccountResponse;
import software.amazon.awssdk.services.sesv2.model.LimitExceededException;
import software.amazon.awssdk.services.sesv2.model.MailFromDomainNotVerifiedException;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/**
 * Emails as HTML with a text alternative through Amazon SES, from a sender that somebody has verified there.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html">Identities in Amazon SES</a>
 */
public final class SesChannel implements Channel {
    private final SesV2Client ses;
    private final String sender;
    private final String address;
    private final Console console;

    public SesChannel(SesV2Client ses, String sender, String address, Console console) {
        this.ses = ses;
        this.sender = sender;
        this.address = address;
        this.console = console;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public Outcome state() {
        try {
            GetAccountResponse account = ses.getAccount(request -> {});
            if (Boolean.FALSE.equals(account.sendingEnabled()) || "SHUTDOWN".equals(account.enforcementStatus())) {
                return suspended("Amazon SES does not send for this account at the moment.");
            }
            if (!verified(sender)) {
                return unverified(
                        "The sender %s is not verified in Amazon SES in this Region.".formatted(sender), sender);
            }
            // https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html
            if (!Boolean.TRUE.equals(account.productionAccessEnabled()) && !verified(address)) {
                return unverified(
                        "Amazon SES is in its sandbox in this Region and sends to verified addresses only; %s is not."
                                .formatted(address),
                        address);
            }
            return new Outcome.Done("Emails to %s go out from %s through Amazon SES.".formatted(address, sender));
        } catch (SdkException e) {
            return AwsFailure.unreadable(e, "whether Amazon SES would send to " + address);
        }
    }

    /** A verified domain covers the addresses in it and below it. */
    private boolean verified(String emailAddress) {
        return identities(emailAddress).stream().anyMatch(identity -> {
            try {
                return Boolean.TRUE.equals(
                        ses.getEmailIdentity(get -> get.emailIdentity(identity)).verifiedForSendingStatus());
            } catch (NotFoundException e) {
                return false;
            }
        });
    }

    private static List<String> identities(String emailAddress) {
        List<String> identities = new ArrayList<>(List.of(emailAddress));
        String domain = emailAddress.substring(emailAddress.indexOf('@') + 1);
        while (domain.contains(".")) {
            identities.add(domain);
            domain = domain.substring(domain.indexOf('.') + 1);
        }
        return identities;
    }

    @Override
    public Handover send(Message message) {
        try {
            ses.sendEmail(send -> send.fromEmailAddress(sender)
                    .destination(to -> to.toAddresses(address))
                    .content(content -> content.simple(simple -> simple.subject(
                                    utf8(message.subject().line()))
                            .body(body -> body.text(utf8(TextRendering.of(message)))
                                    .html(utf8(HtmlRendering.of(message)))))));
            return new Handover.Accepted();
        } catch (AccountSuspendedException e) {
            return refused(suspended("Amazon SES has suspended this account."));
        } catch (SendingPausedException e) {
            return refused(suspended("Sending is paused in Amazon SES."));
        } catch (MailFromDomainNotVerifiedException e) {
            return refused(unverified("The MAIL FROM domain of %s is not verified.".formatted(sender), sender));
        } catch (MessageRejectedException | NotFoundException | BadRequestException e) {
            return refused(unverified("Amazon SES refused an email: " + AwsWords.of(e), sender));
        } catch (LimitExceededException e) {
            return refused(quota(e));
        } catch (SesV2Exception e) {
            // The daily quota passes by itself, but in longer than an execution is retried:
            // https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html
            return refused(
                    e.isThrottlingException() && AwsWords.of(e).contains("quota") ? quota(e) : AwsFailure.obstacle(e));
        } catch (SdkException e) {
            // AWS did not answer, so nothing is refused.
            throw AwsFailure.rethrown(e);
        }
    }

    private static Handover refused(Outcome outcome) {
        return new Handover.Refused(outcome);
    }

    private Outcome suspended(String what) {
        return new Outcome.Waiting(
                what,
                "Open Amazon SES, choose Account dashboard, and follow what it says. Or leave the sender address empty"
                        + " and update the stack: the emails then go through Amazon SNS.",
                console.sendingIdentities());
    }

    private Outcome unverified(String what, String identity) {
        return new Outcome.Waiting(
                what,
                ("Open the identities of Amazon SES and verify %s: create it if it is missing, then click the link that"
                                + " AWS sends to the address (it works for 24 hours), or publish the DNS records of the"
                                + " domain. Out of the sandbox, recipients need not be verified.")
                        .formatted(identity),
                console.sendingIdentities());
    }

    private static Outcome quota(AwsServiceException failure) {
        return Outcome.Blocked.because(BlockedReason.SERVICE_QUOTA, AwsWords.of(failure));
    }

    private static Content utf8(String data) {
        return Content.builder().data(data).charset("UTF-8").build();
    }
}
