package groundwork.rehearsal.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;

/** Whoever clicks the links in the mail of an address; nobody has to be signed in for that. */
public final class EmailRecipient {
    private final Cloud cloud;
    private final String address;

    EmailRecipient(Cloud cloud, String address) {
        this.cloud = cloud;
        this.address = address;
    }

    /** Follows the link of the subscription request; too late is too late. */
    public void confirmsSubscription(String topicArn) {
        cloud.act(() -> {
            Topics.Topic topic = topic(topicArn);
            List<Topics.Subscription> pending = cloud.topics.subscriptions(topic, cloud.now()).stream()
                    .filter(subscription -> subscription.address().equals(address) && !subscription.confirmed())
                    .toList();
            if (pending.isEmpty()) {
                throw new IllegalStateException(address + " has no subscription to confirm on " + topicArn);
            }
            pending.forEach(subscription -> topic.subscriptions().put(subscription.arn(), subscription.asConfirmed()));
            record(topic, "ConfirmSubscription", Map.of("topicArn", topicArn));
            return pending;
        });
    }

    /** Follows the unsubscribe link, or lets a link scanner do it. */
    public void unsubscribes(String topicArn) {
        cloud.act(() -> {
            Topics.Topic topic = topic(topicArn);
            cloud.topics.subscriptions(topic, cloud.now()).stream()
                    .filter(subscription -> subscription.address().equals(address) && subscription.confirmed())
                    .forEach(subscription -> {
                        topic.subscriptions().remove(subscription.arn());
                        record(topic, "Unsubscribe", Map.of("subscriptionArn", subscription.arn()));
                    });
            return topic;
        });
    }

    private Topics.Topic topic(String arn) {
        return cloud.topics.topic(arn).orElseThrow(() -> new IllegalArgumentException("There is no topic " + arn));
    }

    private void record(Topics.Topic topic, String eventName, Map<String, String> parameters) {
        var request = JsonNodeFactory.instance.objectNode();
        parameters.forEach(request::put);
        cloud.events.record(TrailEvent.apiCall(
                "sns.amazonaws.com", eventName, new Principal.Anonymous(), topic.accountId(), topic.region(), request));
    }
}
