package groundwork.email.channel;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willReturn;

import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesResponse;

/** What Amazon SNS says of the subscriptions of a mocked client. */
public final class Subscriptions {
    private Subscriptions() {}

    /** Whoever confirmed did so by a click, or with a signature. */
    public static void wereConfirmed(SnsClient sns, boolean withSignature) {
        willReturn(GetSubscriptionAttributesResponse.builder()
                        .attributes(Map.of("ConfirmationWasAuthenticated", Boolean.toString(withSignature)))
                        .build())
                .given(sns)
                .getSubscriptionAttributes(any(GetSubscriptionAttributesRequest.class));
    }
}
