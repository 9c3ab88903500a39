package groundwork.rehearsal.organization.people;

import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.Topics;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Whoever clicks the links in the mail of an address. Nobody has to be signed in for that, and CloudTrail does not record it.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/logging-using-cloudtrail.html">Logging Amazon SNS API calls</a>
 */
public final class EmailRecipient {
    private final Cloud cloud;
    private final String address;

    public EmailRecipient(Cloud cloud, String address) {
        this.cloud = cloud;
        this.address = address;
    }

    /** Follows the link of the subscription request; too late is too late. */
    public void confirmsSubscription(String topicArn) {
        confirms(topicArn, Topics.Subscription::asConfirmed);
    }

    /**
     * Confirms with a signature, so that no link in an email ends the subscription.
     *
     * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html">ConfirmSubscription</a>, for
     *     {@code AuthenticateOnUnsubscribe}
     */
    public void confirmsWithSignature(String topicArn) {
        confirms(topicArn, Topics.Subscription::asConfirmedWithSignature);
    }

    private void confirms(String topicArn, UnaryOperator<Topics.Subscription> confirmation) {
        cloud.act(() -> {
            Topics.Topic topic = topic(topicArn);
            List<Topics.Subscription> pending = cloud.topics.subscriptions(topic, cloud.now()).stream()
                    .filter(subscription -> subscription.address().equals(address) && !subscription.confirmed())
                    .toList();
            if (pending.isEmpty()) {
                throw new IllegalStateException(address + " has no subscription to confirm on " + topicArn);
            }
            pending.forEach(
                    subscription -> topic.subscriptions().put(subscription.arn(), confirmation.apply(subscription)));
            return pending;
        });
    }

    /** Follows the unsubscribe link, or lets a link scanner do it; after a confirmation with a signature it leads nowhere. */
    public void unsubscribes(String topicArn) {
        cloud.act(() -> {
            Topics.Topic topic = topic(topicArn);
            cloud.topics.subscriptions(topic, cloud.now()).stream()
                    .filter(subscription -> subscription.address().equals(address)
                            && subscription.confirmed()
                            && !subscription.authenticated())
                    .forEach(subscription -> topic.subscriptions().remove(subscription.arn()));
            return topic;
        });
    }

    private Topics.Topic topic(String arn) {
        return cloud.topics.topic(arn).orElseThrow(() -> new IllegalArgumentException("There is no topic " + arn));
    }
}
