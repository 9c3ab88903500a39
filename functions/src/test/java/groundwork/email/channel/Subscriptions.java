package groundwork.email.channel;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willReturn;

import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;

/** What Amazon SNS says of the subscriptions of a mocked client. */
public final class Subscriptions {
    private Subscriptions() {}

    /** Nothing keeps alarms back. */
    static final Map<String, String> TOPIC =
            Map.of("Policy", "{\"Principal\": {\"Service\": \"cloudwatch.amazonaws.com\"}}");

    /** Whoever confirmed did so by a click, or with a signature. */
    public static void wereConfirmed(SnsClient sns, boolean withSignature) {
        topicHas(sns, TOPIC);
        willReturn(GetSubscriptionAttributesResponse.builder()
                        .attributes(Map.of("ConfirmationWasAuthenticated", Boolean.toString(withSignature)))
                        .build())
                .given(sns)
                .getSubscriptionAttributes(any(GetSubscriptionAttributesRequest.class));
    }

    /** The attributes of the topic. */
    static void topicHas(SnsClient sns, Map<String, String> attributes) {
        willReturn(GetTopicAttributesResponse.builder().attributes(attributes).build())
                .given(sns)
                .getTopicAttributes(any(GetTopicAttributesRequest.class));
    }
}
