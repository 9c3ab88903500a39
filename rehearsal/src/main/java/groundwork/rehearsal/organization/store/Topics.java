package groundwork.rehearsal.organization.store;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/** The SNS topics of all accounts and their email subscriptions. */
public final class Topics {
    /** Amazon SNS deletes a subscription that nobody confirms: https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html */
    private static final Duration CONFIRMATION_DEADLINE = Duration.ofDays(2);

    /**
     * A topic.
     *
     * @param displayName the name that emails come from; empty if it has none
     */
    public record Topic(
            String arn, String accountId, Region region, String displayName, Map<String, Subscription> subscriptions) {
        /**
         * Who an email of the topic comes from. The guide tells it in passing: display name and sending address count
         * together. That the request to confirm has the display name too is inferred.
         *
         * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-create-topic.html">Creating an Amazon SNS topic</a>
         */
        String sender() {
            return (displayName.isEmpty() ? "AWS Notifications" : displayName) + " <no-reply@sns.amazonaws.com>";
        }

        /**
         * AWS's request to confirm a subscription. It is HTML; the plain text is what a reader sees, with the link in brackets.
         * AWS publishes no example; this is what people quote in public repositories (2020 to 2026), all in the same words.
         */
        Mail confirmation(Instant now, String address, String token) {
            return new Mail(
                    now,
                    sender(),
                    address,
                    "AWS Notification - Subscription Confirmation",
                    """
                    You have chosen to subscribe to the topic:
                    %s

                    To confirm this subscription, click or visit the link below (If this was in error no action is necessary):
                    Confirm subscription <https://sns.%s.amazonaws.com/confirmation.html?TopicArn=%s&Token=%s&Endpoint=%s>

                    Please do not reply directly to this email. If you wish to remove yourself from receiving all future SNS subscription confirmation requests please send an email to sns-opt-out <mailto:sns-opt-out@amazon.com>
                    """.formatted(arn, region.id(), arn, token, address),
                    Optional.empty());
        }
    }

    /**
     * An email subscription; it has its ARN from the start but shows it only when confirmed.
     *
     * @param authenticated whether it was confirmed with a signature, so that only its owner can end it
     */
    public record Subscription(
            String arn, String topicArn, String address, Instant createdAt, boolean confirmed, boolean authenticated) {
        public Subscription asConfirmed() {
            return new Subscription(arn, topicArn, address, createdAt, true, false);
        }

        public Subscription asConfirmedWithSignature() {
            return new Subscription(arn, topicArn, address, createdAt, true, true);
        }
    }

    private final Map<String, Topic> topics = new LinkedHashMap<>();
    private final Map<String, String> filters = new LinkedHashMap<>();
    private final Map<String, String> policies = new LinkedHashMap<>();

    public void add(Topic topic) {
        topics.put(topic.arn(), topic);
    }

    public void remove(String arn) {
        topics.remove(arn);
    }

    /** Gives a subscription a filter policy that none of the messages here fits, as they have no attributes. */
    public void filter(String subscriptionArn, String filterPolicy) {
        filters.put(subscriptionArn, filterPolicy);
    }

    /** The attributes of a subscription, with its filter policy if it has one. */
    public Map<String, String> withFilter(Subscription subscription, Map<String, String> attributes) {
        Map<String, String> all = new LinkedHashMap<>(attributes);
        Optional.ofNullable(filters.get(subscription.arn())).ifPresent(policy -> all.put("FilterPolicy", policy));
        return all;
    }

    /** Gives a topic a policy in place of its own. */
    public void policy(String topicArn, String policy) {
        policies.put(topicArn, policy);
    }

    /** The policy of a topic; of that which lets only its own account publish, which each has at first, no more than this. */
    public String policy(String topicArn) {
        return policies.getOrDefault(topicArn, "{\"Id\": \"__default_policy_ID\"}");
    }

    public Optional<Topic> topic(String arn) {
        return Optional.ofNullable(topics.get(arn));
    }

    public Optional<Subscription> subscription(String arn) {
        return topics.values().stream()
                .flatMap(topic -> Optional.ofNullable(topic.subscriptions().get(arn)).stream())
                .findFirst();
    }

    public List<Subscription> subscriptions(Topic topic, Instant now) {
        topic.subscriptions()
                .values()
                .removeIf(subscription -> !subscription.confirmed()
                        && !subscription.createdAt().plus(CONFIRMATION_DEADLINE).isAfter(now));
        return List.copyOf(topic.subscriptions().values());
    }

    /** Every confirmed subscriber gets the message as an email. */
    List<Mail> mails(Topic topic, Instant now, Optional<String> subject, String message) {
        return subscriptions(topic, now).stream()
                .filter(Subscription::confirmed)
                .filter(subscription -> !filters.containsKey(subscription.arn()))
                .map(subscription -> new Mail(
                        now,
                        topic.sender(),
                        subscription.address(),
                        subject.orElse("AWS Notification Message"),
                        message + footer(topic, subscription),
                        Optional.empty()))
                .toList();
    }

    /** As in the example of the Amazon Redshift Management Guide, "Monitoring the scheduled query". */
    private static String footer(Topic topic, Subscription subscription) {
        return """


                --
                If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:
                https://sns.%s.amazonaws.com/unsubscribe.html?SubscriptionArn=%s&Endpoint=%s

                Please do not reply directly to this email. If you have any questions or comments regarding this email, please contact us at https://aws.amazon.com/support
                """.formatted(topic.region().id(), subscription.arn(), subscription.address());
    }
}
