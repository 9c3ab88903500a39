package groundwork.email.channel;

import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.email.letter.Message;
import groundwork.email.letter.TextRendering;
import groundwork.runtime.AwsFailure;
import groundwork.runtime.TryAgainException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.EndpointDisabledException;
import software.amazon.awssdk.services.sns.model.InvalidSecurityException;
import software.amazon.awssdk.services.sns.model.KmsAccessDeniedException;
import software.amazon.awssdk.services.sns.model.KmsDisabledException;
import software.amazon.awssdk.services.sns.model.KmsInvalidStateException;
import software.amazon.awssdk.services.sns.model.KmsNotFoundException;
import software.amazon.awssdk.services.sns.model.KmsOptInRequiredException;
import software.amazon.awssdk.services.sns.model.KmsThrottlingException;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sns.model.Subscription;

/**
 * Emails as plain text through a topic of Amazon SNS, whose one subscriber confirms by a click. What is published
 * before that is lost, so nothing is.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html">Email notifications of Amazon
 *     SNS</a>
 */
public final class SnsChannel implements Channel {
    private static final String CLOUDWATCH = "cloudwatch.amazonaws.com";

    private final SnsClient sns;
    private final String topicArn;
    private final String address;
    private final Console console;

    public SnsChannel(SnsClient sns, String topicArn, String address, Console console) {
        this.sns = sns;
        this.topicArn = topicArn;
        this.address = address;
        this.console = console;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public Outcome state() {
        List<String> subscriptions;
        try {
            subscriptions =
                    sns.listSubscriptionsByTopicPaginator(list -> list.topicArn(topicArn)).subscriptions().stream()
                            .filter(subscription -> "email".equals(subscription.protocol())
                                    && address.equalsIgnoreCase(subscription.endpoint()))
                            .map(Subscription::subscriptionArn)
                            .toList();
        } catch (NotFoundException e) {
            return topicGone();
        } catch (SdkException e) {
            return AwsFailure.unreadable(e, "whether " + address + " is confirmed");
        }
        Optional<String> confirmed =
                subscriptions.stream().filter(arn -> arn.startsWith("arn:")).findFirst();
        if (confirmed.isPresent()) {
            return confirmed(confirmed.get());
        }
        if (subscriptions.contains("PendingConfirmation")) {
            return new Outcome.Waiting(
                    "%s has not confirmed yet that it wants these emails.".formatted(address),
                    ("The email \"AWS Notification - Subscription Confirmation\" from no-reply@sns.amazonaws.com is in the mailbox"
                                    + " of %s, perhaps with the spam. Click \"Confirm subscription\" in it. AWS withdraws the request"
                                    + " after 48 hours.")
                            .formatted(address),
                    console.topic(topicArn));
        }
        // Unconfirmed subscriptions are deleted after 48 hours, and CloudFormation does not notice:
        // https://aws.amazon.com/about-aws/whats-new/2023/05/amazon-sns-automatic-deletion-unconfirmed-subscriptions/
        return new Outcome.Waiting(
                "%s is not subscribed: nobody confirmed within 48 hours, or somebody unsubscribed.".formatted(address),
                "If AWS has just sent \"AWS Notification - Subscription Confirmation\" to %1$s again, click the link in it. Otherwise open the topic, choose \"Create subscription\", protocol Email, endpoint %1$s, and click the link in the email that follows."
                        .formatted(address),
                console.topic(topicArn));
    }

    /**
     * Somebody has confirmed; what may still keep emails back.
     *
     * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html">Amazon SNS message filtering</a>
     */
    private Outcome confirmed(String subscriptionArn) {
        Map<String, String> attributes;
        try {
            attributes = sns.getSubscriptionAttributes(get -> get.subscriptionArn(subscriptionArn))
                    .attributes();
        } catch (SdkException e) {
            return confirmedAs(". How, could not be read: %s.".formatted(AwsFailure.briefly(e)));
        }
        // An empty one, which is how a policy is removed, lets everything through.
        if (!attributes.getOrDefault("FilterPolicy", "{}").matches("\\s*(\\{\\s*})?\\s*")) {
            return new Outcome.Waiting(
                    "The subscription of %s has a filter policy, which drops emails and alarms without an error."
                            .formatted(address),
                    "Open the topic, choose the subscription of %s, Edit, and remove the subscription filter policy."
                            .formatted(address),
                    console.topic(topicArn));
        }
        return confirmedAs(kind(attributes));
    }

    private Outcome confirmedAs(String how) {
        Outcome done = new Outcome.Done("%s is confirmed%s Emails go out through Amazon SNS.".formatted(address, how));
        return aboutAlarms().map(done::withRemark).orElse(done);
    }

    /**
     * Who confirmed by a click is unsubscribed by a click, also one of a program that follows links.
     *
     * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html">ConfirmSubscription</a>, for
     *     {@code AuthenticateOnUnsubscribe}
     */
    private static String kind(Map<String, String> attributes) {
        return "true".equals(attributes.get("ConfirmationWasAuthenticated"))
                ? ", with a signature: no link in an email ends it."
                : ", by a click: the link at the end of each email ends it.";
    }

    /**
     * What keeps alarms back, which CloudWatch publishes itself and nobody else notices. Groundwork's own emails do not need it.
     *
     * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html">Managing Amazon SNS encryption keys</a>, for
     *     services that publish to an encrypted topic
     */
    private Optional<String> aboutAlarms() {
        Map<String, String> attributes;
        try {
            attributes = sns.getTopicAttributes(get -> get.topicArn(topicArn)).attributes();
        } catch (SdkException e) {
            return Optional.of(
                    "Whether alarms reach the topic could not be read: %s.".formatted(AwsFailure.briefly(e)));
        }
        String key = attributes.getOrDefault("KmsMasterKeyId", "");
        if (!attributes.getOrDefault("Policy", "").contains(CLOUDWATCH)) {
            return Optional.of(
                    "Alarms do not arrive: the topic's policy does not let CloudWatch publish any more. Open the topic, Edit, Access policy, and let %s publish."
                            .formatted(CLOUDWATCH));
        }
        if (key.endsWith("alias/aws/sns")) {
            return Optional.of(
                    "Alarms do not arrive: the topic is encrypted with AWS's own key, which CloudWatch may not use. Open the topic, Edit, Encryption, and choose none.");
        }
        return key.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "The topic is encrypted with the key %s: alarms arrive only if the policy of that key lets %s use it."
                                .formatted(key, CLOUDWATCH));
    }

    @Override
    public boolean canAskAgain() {
        return true;
    }

    /** Amazon SNS then sends "AWS Notification - Subscription Confirmation"; who is subscribed already gets nothing. */
    @Override
    public Handover askAgain() {
        return handOver(() -> sns.subscribe(
                subscribe -> subscribe.topicArn(topicArn).protocol("email").endpoint(address)));
    }

    @Override
    public Handover send(Message message) {
        return handOver(() -> sns.publish(publish ->
                publish.topicArn(topicArn).subject(message.subject().ascii()).message(TextRendering.of(message))));
    }

    private Handover handOver(Runnable call) {
        try {
            call.run();
            return new Handover.Accepted();
        } catch (KmsThrottlingException e) {
            throw new TryAgainException(e.getMessage());
        } catch (NotFoundException e) {
            return new Handover.Refused(topicGone());
        } catch (EndpointDisabledException
                | InvalidSecurityException
                | KmsAccessDeniedException
                | KmsDisabledException
                | KmsInvalidStateException
                | KmsNotFoundException
                | KmsOptInRequiredException e) {
            return new Handover.Refused(refused(e));
        } catch (SdkException e) {
            return new Handover.Refused(AwsFailure.obstacle(e));
        }
    }

    private Outcome topicGone() {
        return new Outcome.Waiting(
                "The topic that carries the emails does not exist any more.",
                "Delete the stack and deploy it again: CloudFormation does not replace a topic that was deleted by hand."
                        + " The administrator and the access stay.",
                console.topic(topicArn));
    }

    private Outcome refused(SnsException failure) {
        return new Outcome.Waiting(
                "Amazon SNS refuses to send: " + AwsWords.of(failure),
                "Open the topic and correct its encryption key or its subscription. Nothing is lost: the emails go out"
                        + " at the next look.",
                console.topic(topicArn));
    }
}
