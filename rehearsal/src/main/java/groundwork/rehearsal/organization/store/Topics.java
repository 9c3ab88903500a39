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

    public record Topic(String arn, String accountId, Region region, Map<String, Subscription> subscriptions) {}

    /** An email subscription; it has its ARN from the start but shows it only when confirmed. */
    public record Subscription(String arn, String topicArn, String address, Instant createdAt, boolean confirmed) {
        public Subscription asConfirmed() {
            return new Subscription(arn, topicArn, address, createdAt, true);
        }
    }

    private final Map<String, Topic> topics = new LinkedHashMap<>();

    public void add(Topic topic) {
        topics.put(topic.arn(), topic);
    }

    public void remove(String arn) {
        topics.remove(arn);
    }

    public Optional<Topic> topic(String arn) {
        return Optional.ofNullable(topics.get(arn));
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
                .map(subscription -> new Mail(
                        now,
                        "AWS Notifications <no-reply@sns.amazonaws.com>",
                        subscription.address(),
                        subject.orElse("AWS Notification Message"),
                        message + footer(topic, subscription),
                        Optional.empty()))
                .toList();
    }

    private static String footer(Topic topic, Subscription subscription) {
        return """


                --
                If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:
                https://sns.%s.amazonaws.com/unsubscribe.html?SubscriptionArn=%s&Endpoint=%s

                Please do not reply directly to this email. If you have any questions or comments regarding this email, please contact us at https://aws.amazon.com/support
                """.formatted(topic.region().id(), subscription.arn(), subscription.address());
    }
}
