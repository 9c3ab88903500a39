package groundwork.email.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.email.letter.Block;
import groundwork.email.letter.Message;
import groundwork.email.letter.Subject;
import groundwork.email.letter.TextRendering;
import groundwork.runtime.AwsErrors;
import groundwork.runtime.TryAgainException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.AuthorizationErrorException;
import software.amazon.awssdk.services.sns.model.EndpointDisabledException;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.InternalErrorException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.InvalidSecurityException;
import software.amazon.awssdk.services.sns.model.KmsAccessDeniedException;
import software.amazon.awssdk.services.sns.model.KmsDisabledException;
import software.amazon.awssdk.services.sns.model.KmsInvalidStateException;
import software.amazon.awssdk.services.sns.model.KmsNotFoundException;
import software.amazon.awssdk.services.sns.model.KmsOptInRequiredException;
import software.amazon.awssdk.services.sns.model.KmsThrottlingException;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sns.model.SubscribeRequest;
import software.amazon.awssdk.services.sns.model.SubscribeResponse;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sns.model.ThrottledException;

class SnsChannelTest {
    private static final String TOPIC = "arn:aws:sns:eu-central-1:111122223333:groundwork";
    private static final String CONFIRMED = TOPIC + ":0f0e0d0c";

    private final SnsClient sns = mock(SnsClient.class, CALLS_REAL_METHODS);
    private final Channel channel = new SnsChannel(sns, TOPIC, "ada@example.com", new Console(Region.EU_CENTRAL_1));

    @Test
    void askAgain_asksForTheAddressAlone() {
        doReturn(SubscribeResponse.builder().build()).when(sns).subscribe(any(SubscribeRequest.class));

        assertThat(channel.canAskAgain()).isTrue();
        assertThat(channel.askAgain()).isInstanceOf(Handover.Accepted.class);
        verify(sns)
                .subscribe(SubscribeRequest.builder()
                        .topicArn(TOPIC)
                        .protocol("email")
                        .endpoint("ada@example.com")
                        .build());
    }

    @Test
    void askAgain_whenTheTopicIsGone_isRefused() {
        doThrow(NotFoundException.builder().message("Topic does not exist").build())
                .when(sns)
                .subscribe(any(SubscribeRequest.class));

        assertThat(channel.askAgain()).isInstanceOf(Handover.Refused.class);
    }

    @BeforeEach
    void peopleConfirmByAClick() {
        Subscriptions.wereConfirmed(sns, false);
    }

    @Test
    void state_whenConfirmed_isDoneAndSaysWhatEndsIt() {
        subscribed(subscription("email", "ada@example.com", CONFIRMED));

        assertThat(channel.state())
                .isEqualTo(new Outcome.Done(
                        "ada@example.com is confirmed, by a click: the link at the end of each email ends"
                                + " it. Emails go out through Amazon SNS."));
        verify(sns)
                .getSubscriptionAttributes(GetSubscriptionAttributesRequest.builder()
                        .subscriptionArn(CONFIRMED)
                        .build());
    }

    @Test
    void state_whenConfirmedWithASignature_saysThatNoLinkEndsIt() {
        subscribed(subscription("email", "ada@example.com", CONFIRMED));
        Subscriptions.wereConfirmed(sns, true);

        assertThat(channel.state())
                .isEqualTo(new Outcome.Done(
                        "ada@example.com is confirmed, with a signature: no link in an email ends it. Emails go"
                                + " out through Amazon SNS."));
    }

    @Test
    void state_whenTheKindOfConfirmationCannotBeRead_saysWhy() {
        subscribed(subscription("email", "ada@example.com", CONFIRMED));
        doThrow(AwsErrors.denied(SnsException.builder(), "sns:GetSubscriptionAttributes"))
                .when(sns)
                .getSubscriptionAttributes(any(GetSubscriptionAttributesRequest.class));

        assertThat(channel.state())
                .isEqualTo(new Outcome.Done("ada@example.com is confirmed. How, could not be read: AWS denied"
                        + " sns:GetSubscriptionAttributes. Emails go out through Amazon SNS."));
    }

    @Test
    void state_whenAFilterPolicyDropsEmails_asksToRemoveIt() {
        subscribed(subscription("email", "ada@example.com", CONFIRMED));
        doReturn(GetSubscriptionAttributesResponse.builder()
                        .attributes(Map.of("ConfirmationWasAuthenticated", "false", "FilterPolicy", "{\"a\": [\"b\"]}"))
                        .build())
                .when(sns)
                .getSubscriptionAttributes(any(GetSubscriptionAttributesRequest.class));

        assertThat(channel.state()).isInstanceOfSatisfying(Outcome.Waiting.class, waiting -> {
            assertThat(waiting.what()).contains("filter policy").contains("without an error");
            assertThat(waiting.todo()).contains("remove the subscription filter policy");
        });
    }

    /** That is how a filter policy is removed. */
    @Test
    void state_whenTheFilterPolicyIsEmpty_isDone() {
        subscribed(subscription("email", "ada@example.com", CONFIRMED));
        doReturn(GetSubscriptionAttributesResponse.builder()
                        .attributes(Map.of("FilterPolicy", " { } "))
                        .build())
                .when(sns)
                .getSubscriptionAttributes(any(GetSubscriptionAttributesRequest.class));

        assertThat(channel.state()).isInstanceOf(Outcome.Done.class);
    }

    static Stream<Arguments> whatKeepsAlarmsBack() {
        String policy = Subscriptions.TOPIC.get("Policy");
        return Stream.of(
                Arguments.of(Map.of("Policy", "{}"), "Alarms do not arrive: the topic's policy"),
                Arguments.of(
                        Map.of("Policy", policy, "KmsMasterKeyId", "alias/aws/sns"),
                        "Alarms do not arrive: the topic is encrypted with AWS's own key"),
                Arguments.of(
                        Map.of("Policy", policy, "KmsMasterKeyId", "1234abcd"),
                        "encrypted with the key 1234abcd: alarms arrive only if"));
    }

    @ParameterizedTest
    @MethodSource("whatKeepsAlarmsBack")
    void state_saysWhatKeepsAlarmsBack(Map<String, String> topic, String words) {
        subscribed(subscription("email", "ada@example.com", CONFIRMED));
        Subscriptions.topicHas(sns, topic);

        assertThat(channel.state())
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.what()).contains(words));
    }

    @Test
    void state_whenTheTopicCannotBeRead_saysSo() {
        subscribed(subscription("email", "ada@example.com", CONFIRMED));
        doThrow(AwsErrors.denied(SnsException.builder(), "sns:GetTopicAttributes"))
                .when(sns)
                .getTopicAttributes(any(GetTopicAttributesRequest.class));

        assertThat(channel.state().what())
                .endsWith("Whether alarms reach the topic could not be read: AWS denied sns:GetTopicAttributes.");
    }

    @Test
    void state_whenTheAddressIsSpeltOtherwise_isTheSameAddress() {
        subscribed(subscription("email", "Ada@Example.com", CONFIRMED));

        assertThat(channel.state()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void state_whenConfirmedOnTheSecondPage_isDone() {
        doReturn(page("more", subscription("email", "bob@example.com", CONFIRMED)))
                .doReturn(page(null, subscription("email", "ada@example.com", CONFIRMED)))
                .when(sns)
                .listSubscriptionsByTopic(any(ListSubscriptionsByTopicRequest.class));

        assertThat(channel.state()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void state_whenUnconfirmed_asksForTheClick() {
        subscribed(subscription("email", "ada@example.com", "PendingConfirmation"));

        assertThat(channel.state()).isInstanceOfSatisfying(Outcome.Waiting.class, waiting -> {
            assertThat(waiting.todo()).contains("\"Confirm subscription\"").contains("48 hours");
            assertThat(waiting.link()).asString().endsWith("#/topic/" + TOPIC);
        });
    }

    @Test
    void state_whenAnOldSubscriptionWasDeletedAndANewOneConfirmed_isDone() {
        subscribed(
                subscription("email", "ada@example.com", "Deleted"),
                subscription("email", "ada@example.com", CONFIRMED));

        assertThat(channel.state()).isInstanceOf(Outcome.Done.class);
    }

    static Stream<List<Subscription>> nobodyWhoReadsEmail() {
        return Stream.of(
                List.of(),
                List.of(subscription("email", "ada@example.com", "Deleted")),
                List.of(subscription("email", "bob@example.com", CONFIRMED)),
                List.of(subscription("sqs", "ada@example.com", CONFIRMED)));
    }

    @ParameterizedTest
    @MethodSource("nobodyWhoReadsEmail")
    void state_whenNotSubscribed_asksToSubscribe(List<Subscription> subscriptions) {
        subscribed(subscriptions.toArray(Subscription[]::new));

        assertThat(channel.state())
                .isInstanceOfSatisfying(
                        Outcome.Waiting.class,
                        waiting -> assertThat(waiting.todo())
                                .contains("Create subscription")
                                .contains("ada@example.com"));
    }

    @Test
    void state_whenTheTopicIsGone_asksToDeployAgain() {
        listingFails(failed(NotFoundException.builder(), "NotFound", 404));

        assertThat(channel.state())
                .isInstanceOfSatisfying(
                        Outcome.Waiting.class,
                        waiting -> assertThat(waiting.what()).contains("topic"));
    }

    @Test
    void state_whenDenied_isUnknown() {
        listingFails(failed(
                AuthorizationErrorException.builder(),
                "AuthorizationError",
                403,
                "User: x is not authorized to perform: SNS:ListSubscriptionsByTopic on resource: y"));

        assertThat(channel.state())
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.what()).contains("SNS:ListSubscriptionsByTopic"));
    }

    @Test
    void state_whenThrottled_triesAgain() {
        listingFails(failed(ThrottledException.builder(), "Throttled", 429));

        assertThatThrownBy(channel::state).isInstanceOf(TryAgainException.class);
    }

    @Test
    void send_publishesSubjectAndText() {
        doReturn(PublishResponse.builder().messageId("1").build()).when(sns).publish(any(PublishRequest.class));

        assertThat(channel.send(message())).isEqualTo(new Handover.Accepted());

        ArgumentCaptor<PublishRequest> published = ArgumentCaptor.forClass(PublishRequest.class);
        verify(sns).publish(published.capture());
        assertThat(published.getValue())
                .isEqualTo(PublishRequest.builder()
                        .topicArn(TOPIC)
                        .subject("AWS 111122223333 (Grosse): topic")
                        .message(TextRendering.of(message()))
                        .build());
    }

    static Stream<AwsServiceException> removedByAPerson() {
        return Stream.of(
                failed(EndpointDisabledException.builder(), "EndpointDisabled", 400),
                failed(InvalidSecurityException.builder(), "InvalidSecurity", 403),
                failed(KmsAccessDeniedException.builder(), "KMSAccessDenied", 400),
                failed(KmsDisabledException.builder(), "KMSDisabled", 400),
                failed(KmsInvalidStateException.builder(), "KMSInvalidState", 400),
                failed(KmsNotFoundException.builder(), "KMSNotFound", 400),
                failed(KmsOptInRequiredException.builder(), "KMSOptInRequired", 403),
                failed(NotFoundException.builder(), "NotFound", 404));
    }

    @ParameterizedTest
    @MethodSource("removedByAPerson")
    void send_whenAPersonHasToAct_isRefusedWithTheWayOut(AwsServiceException failure) {
        publishingFails(failure);

        assertThat(channel.send(message()))
                .isInstanceOfSatisfying(
                        Handover.Refused.class,
                        refused -> assertThat(refused.outcome()).isInstanceOf(Outcome.Waiting.class));
    }

    @Test
    void send_whenDenied_isRefusedNamingTheAction() {
        publishingFails(failed(
                AuthorizationErrorException.builder(),
                "AuthorizationError",
                403,
                "User: x is not authorized to perform: SNS:Publish on resource: y"));

        assertThat(channel.send(message()))
                .isEqualTo(new Handover.Refused(Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, "SNS:Publish")));
    }

    static Stream<RuntimeException> passesByItself() {
        return Stream.of(
                failed(ThrottledException.builder(), "Throttled", 429),
                failed(KmsThrottlingException.builder(), "KMSThrottling", 400),
                failed(InternalErrorException.builder(), "InternalError", 500),
                SdkClientException.create("Read timed out"));
    }

    @ParameterizedTest
    @MethodSource("passesByItself")
    void send_whenItPassesByItself_triesAgain(RuntimeException failure) {
        doThrow(failure).when(sns).publish(any(PublishRequest.class));

        assertThatThrownBy(() -> channel.send(message())).isInstanceOf(TryAgainException.class);
    }

    @Test
    void send_whenTheRequestIsWrong_fails() {
        AwsServiceException defect = failed(InvalidParameterException.builder(), "InvalidParameter", 400);
        publishingFails(defect);

        assertThatThrownBy(() -> channel.send(message())).isSameAs(defect);
    }

    private static Message message() {
        return new Message(
                new Subject("111122223333", "Größe", "topic"), List.of(new Block.Paragraph("Größe.")), List.of());
    }

    private void subscribed(Subscription... subscriptions) {
        doReturn(page(null, subscriptions))
                .when(sns)
                .listSubscriptionsByTopic(any(ListSubscriptionsByTopicRequest.class));
    }

    private void listingFails(AwsServiceException failure) {
        doThrow(failure).when(sns).listSubscriptionsByTopic(any(ListSubscriptionsByTopicRequest.class));
    }

    private void publishingFails(AwsServiceException failure) {
        doThrow(failure).when(sns).publish(any(PublishRequest.class));
    }

    private static ListSubscriptionsByTopicResponse page(String next, Subscription... subscriptions) {
        return ListSubscriptionsByTopicResponse.builder()
                .nextToken(next)
                .subscriptions(subscriptions)
                .build();
    }

    private static Subscription subscription(String protocol, String endpoint, String arn) {
        return Subscription.builder()
                .protocol(protocol)
                .endpoint(endpoint)
                .subscriptionArn(arn)
                .build();
    }

    private static AwsServiceException failed(AwsServiceException.Builder builder, String code, int status) {
        return failed(builder, code, status, "AWS says " + code);
    }

    private static AwsServiceException failed(
            AwsServiceException.Builder builder, String code, int status, String message) {
        return builder.statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("Sns")
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }
}
