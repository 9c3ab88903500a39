package groundwork.rehearsal.organization.services;

import static java.nio.charset.StandardCharsets.UTF_8;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.Topics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.sns.model.AuthorizationErrorException;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.InternalErrorException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.SubscribeRequest;
import software.amazon.awssdk.services.sns.model.SubscribeResponse;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sns.model.ThrottledException;

/** Amazon SNS with email subscriptions: https://docs.aws.amazon.com/sns/latest/api/welcome.html */
final class SnsService extends Service {
    private static final int LONGEST_MESSAGE = 262_144;

    SnsService(Cloud cloud) {
        super(cloud, AwsService.SNS);
        read(
                "ListSubscriptionsByTopic",
                ListSubscriptionsByTopicRequest.class,
                (call, r) -> List.of(r.topicArn()),
                this::listSubscriptionsByTopic);
        read(
                "GetSubscriptionAttributes",
                GetSubscriptionAttributesRequest.class,
                (call, r) -> List.of(topicArn(r)),
                this::getSubscriptionAttributes);
        read(
                "GetTopicAttributes",
                GetTopicAttributesRequest.class,
                (call, r) -> List.of(r.topicArn()),
                this::getTopicAttributes);
        send("Subscribe", SubscribeRequest.class, (call, r) -> List.of(r.topicArn()), this::subscribe);
        send("Publish", PublishRequest.class, (call, r) -> List.of(topicArn(r)), this::publish);
    }

    private ListSubscriptionsByTopicResponse listSubscriptionsByTopic(
            Invocation call, ListSubscriptionsByTopicRequest request) {
        Topics.Topic topic = topic(call, request.topicArn());
        Paging.Page<Topics.Subscription> page = page(
                call, cloud.topics.subscriptions(topic, call.now()), request.nextToken(), OptionalInt.empty(), 100);
        return ListSubscriptionsByTopicResponse.builder()
                .subscriptions(page.items().stream()
                        .map(subscription -> Subscription.builder()
                                .subscriptionArn(subscription.confirmed() ? subscription.arn() : "PendingConfirmation")
                                .owner(topic.accountId())
                                .protocol("email")
                                .endpoint(subscription.address())
                                .topicArn(topic.arn())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    /** https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html */
    private GetSubscriptionAttributesResponse getSubscriptionAttributes(
            Invocation call, GetSubscriptionAttributesRequest request) {
        topic(call, topicArn(request));
        Topics.Subscription subscription = cloud.topics
                .subscription(request.subscriptionArn())
                .orElseThrow(() -> failure(ServiceFault.NOT_FOUND, "Subscription does not exist", call.requestId()));
        return GetSubscriptionAttributesResponse.builder()
                .attributes(cloud.topics.withFilter(
                        subscription,
                        Map.of(
                                "SubscriptionArn", subscription.arn(),
                                "TopicArn", subscription.topicArn(),
                                "Owner", call.accountId(),
                                "ConfirmationWasAuthenticated", Boolean.toString(subscription.authenticated()),
                                "PendingConfirmation", Boolean.toString(!subscription.confirmed()),
                                "RawMessageDelivery", "false")))
                .build();
    }

    /** https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
    private GetTopicAttributesResponse getTopicAttributes(Invocation call, GetTopicAttributesRequest request) {
        Topics.Topic topic = topic(call, request.topicArn());
        return GetTopicAttributesResponse.builder()
                .attributes(Map.of(
                        "TopicArn", topic.arn(),
                        "Owner", call.accountId(),
                        "DisplayName", topic.displayName(),
                        "Policy", cloud.topics.policy(topic.arn())))
                .build();
    }

    /** The ARN of a subscription is that of its topic and an id. */
    private static String topicArn(GetSubscriptionAttributesRequest request) {
        return request.subscriptionArn().substring(0, request.subscriptionArn().lastIndexOf(':'));
    }

    /** https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
    private SubscribeResponse subscribe(Invocation call, SubscribeRequest request) {
        if (!"email".equals(request.protocol())) {
            throw new UnsupportedOperationException("The embedded organization sends emails only");
        }
        String arn = cloud.subscribe(topic(call, request.topicArn()), request.endpoint());
        boolean shown = Boolean.TRUE.equals(request.returnSubscriptionArn());
        return SubscribeResponse.builder()
                .subscriptionArn(shown ? arn : "pending confirmation")
                .build();
    }

    /** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html */
    @Override
    Map<String, String> context(Invocation call, AwsRequest request) {
        Map<String, String> context = super.context(call, request);
        if (request instanceof SubscribeRequest subscribe) {
            context.put("sns:Endpoint", subscribe.endpoint());
            context.put("sns:Protocol", subscribe.protocol());
        }
        return context;
    }

    // Who has not confirmed gets nothing, now or later, and the publisher is not told:
    // https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html
    private PublishResponse publish(Invocation call, PublishRequest request) {
        Topics.Topic topic = topic(call, topicArn(request));
        refuseSubject(call, request.subject());
        if (request.message() == null || request.message().isEmpty()) {
            throw invalid(call, "Invalid parameter: Empty message");
        }
        if (request.message().getBytes(UTF_8).length > LONGEST_MESSAGE) {
            throw invalid(call, "Invalid parameter: Message too long");
        }
        cloud.publish(topic, Optional.ofNullable(request.subject()), request.message());
        return PublishResponse.builder().messageId(cloud.ids.uuid()).build();
    }

    /** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html, Subject */
    private void refuseSubject(Invocation call, String subject) {
        if (subject != null && !subject.matches("[A-Za-z0-9\\p{Punct}][\\x20-\\x7E]{0,98}")) {
            throw invalid(call, "Invalid parameter: Subject");
        }
    }

    private static String topicArn(PublishRequest request) {
        return Stream.of(request.topicArn(), request.targetArn())
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(
                        () -> new UnsupportedOperationException("The embedded organization sends no text messages"));
    }

    private Topics.Topic topic(Invocation call, String arn) {
        if (!arn.startsWith(
                "arn:" + cloud.partition.id() + ":sns:" + call.region().id() + ":")) {
            throw invalid(call, "Invalid parameter: TopicArn");
        }
        Topics.Topic topic = cloud.topics
                .topic(arn)
                .orElseThrow(() -> failure(ServiceFault.NOT_FOUND, "Topic does not exist", call.requestId()));
        if (!topic.accountId().equals(call.accountId())) {
            throw denied(
                    call,
                    "User: %s is not authorized to access the topic %s"
                            .formatted(call.caller().assumedRoleArn(), arn));
        }
        return topic;
    }

    @Override
    Optional<ErrorShape> errorShape(ServiceFault fault) {
        return switch (fault) {
            case ACCESS_DENIED ->
                Optional.of(new ErrorShape(AuthorizationErrorException::builder, "AuthorizationError", 403));
            case THROTTLED -> Optional.of(new ErrorShape(ThrottledException::builder, "Throttled", 429));
            case INTERNAL_ERROR -> Optional.of(new ErrorShape(InternalErrorException::builder, "InternalError", 500));
            case VALIDATION -> Optional.of(new ErrorShape(InvalidParameterException::builder, "InvalidParameter", 400));
            case NOT_FOUND -> Optional.of(new ErrorShape(NotFoundException::builder, "NotFound", 404));
            case CONFLICT, QUOTA_EXCEEDED -> Optional.empty();
        };
    }
}
