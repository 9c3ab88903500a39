package groundwork.conclusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import groundwork.email.channel.Subscriptions;
import groundwork.runtime.RecordSerializer;
import groundwork.runtime.UnreadableInputException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.Subscription;

/** What somebody with {@code lambda:InvokeFunction} may send to the function, and what comes of it. */
class SendEmailHostilePayloadTest {
    private static final String TOPIC = "arn:aws:sns:eu-central-1:111122223333:groundwork";

    /** A page of the console that makes a stack of whatever template it is given. */
    private static final String QUICK_CREATE =
            "https://console.aws.amazon.com/cloudformation/home#/stacks/create/review?templateURL=https://evil.example/t";

    private final MemoryTable table = new MemoryTable();
    private final SnsClient sns = mock(SnsClient.class, CALLS_REAL_METHODS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                QUICK_CREATE,
                "https://console.aws.amazon.com.evil.example/iam/home#/security_credentials",
                "https://evil@console.aws.amazon.com/iam/home#/security_credentials",
                "https://console.aws.amazon.com:8443/iam/home#/security_credentials",
                "https://evil.console.aws.amazon.com/iam/home#/security_credentials",
                "http://console.aws.amazon.com/iam/home#/security_credentials"
            })
    void noEmailLeadsWhereThePayloadSays(String link) {
        String email =
                emailOf(payload().replace("https://console.aws.amazon.com/iam/home#/security_credentials", link));

        assertThat(email).doesNotContain("evil").doesNotContain(link).contains("Go to the AWS console");
    }

    @Test
    void aLinkThatGroundworkMakesItself_isKept() {
        assertThat(emailOf(payload())).contains("https://console.aws.amazon.com/iam/home#/security_credentials");
    }

    @Test
    void anExecutionThatIsNone_isNotLinkedTo() {
        assertThat(emailOf(
                        payload().replace("arn:aws:states:eu-central-1:111122223333:execution:groundwork:1", "/evil")))
                .doesNotContain("evil")
                .doesNotContain("What Groundwork did this time");
    }

    /** Who gets the email is a setting, and so is the topic. */
    @Test
    void noPayloadNamesTheRecipient() {
        emailOf(payload().replaceFirst("\\{", """
                {"to": "mallory@evil.example", "topicArn": "arn:aws:sns:eu-central-1:999999999999:evil", "email": "x@evil.example",
                """));

        ArgumentCaptor<PublishRequest> published = ArgumentCaptor.forClass(PublishRequest.class);
        verify(sns).publish(published.capture());
        assertThat(published.getValue().topicArn()).isEqualTo(TOPIC);
        assertThat(published.getValue().message()).doesNotContain("evil");
    }

    /** The portal's address is made of these. */
    @ParameterizedTest
    @CsvSource({
        "d-9067012345, d-9067012345.evil.example/",
        "d-9067012345, evil.example#d-9067012345",
        "ssoins-1234567890abcdef, ssoins-1234567890abcdef.evil.example",
        "ssoins-1234567890abcdef, evil.example/.........",
        "111122223333, evil.example"
    })
    void idsOfAnotherFormAreNotRead(String id, String hostile) {
        String payload = payload().replaceAll(Pattern.quote(id), hostile);

        assertThatThrownBy(() -> emailOf(payload)).isInstanceOf(UnreadableInputException.class);
    }

    private static String payload() {
        return """
                {
                  "accountId": "111122223333", "plan": false, "observedAt": "2026-11-20T08:00:00Z",
                  "executionArn": "arn:aws:states:eu-central-1:111122223333:execution:groundwork:1",
                  "instance": {
                    "instanceArn": "arn:aws:sso:::instance/ssoins-1234567890abcdef", "identityStoreId": "d-9067012345"
                  },
                  "reports": [{"findings": [{
                    "prerequisite": "ROOT_MFA",
                    "outcome": {
                      "status": "WAITING", "what": "Call us.", "todo": "Do it.",
                      "link": "https://console.aws.amazon.com/iam/home#/security_credentials"
                    }
                  }]}]
                }
                """;
    }

    private String emailOf(String payload) {
        Subscriptions.wereConfirmed(sns, false);
        doAnswer(call -> ListSubscriptionsByTopicResponse.builder()
                        .subscriptions(Subscription.builder()
                                .protocol("email")
                                .endpoint("ada@example.com")
                                .subscriptionArn(TOPIC + ":1")
                                .build())
                        .build())
                .when(sns)
                .listSubscriptionsByTopic(any(ListSubscriptionsByTopicRequest.class));
        StringBuilder email = new StringBuilder();
        doAnswer(call -> {
                    email.append(call.<PublishRequest>getArgument(0).message());
                    return PublishResponse.builder().build();
                })
                .when(sns)
                .publish(any(PublishRequest.class));
        SendEmailHandler.Request request = new RecordSerializer().fromJson(payload, SendEmailHandler.Request.class);
        new SendEmailHandler(
                        Samples.environment(TOPIC),
                        () -> Samples.START,
                        table,
                        sns,
                        () -> mock(SesV2Client.class),
                        new EventHistory())
                .handleRequest(request, null);
        return email.toString();
    }
}
