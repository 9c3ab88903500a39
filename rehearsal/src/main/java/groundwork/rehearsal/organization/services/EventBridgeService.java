package groundwork.rehearsal.organization.services;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.EventRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.eventbridge.model.ConcurrentModificationException;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.InternalException;
import software.amazon.awssdk.services.eventbridge.model.LimitExceededException;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** Amazon EventBridge, for those who look at rules and send events of their own: https://docs.aws.amazon.com/eventbridge/latest/APIReference/Welcome.html */
final class EventBridgeService extends Service {
    private static final ObjectMapper JSON = new ObjectMapper();

    EventBridgeService(Cloud cloud) {
        super(cloud, AwsService.EVENTBRIDGE);
        read(
                "DescribeRule",
                DescribeRuleRequest.class,
                (call, r) -> List.of(ruleArn(call, r.name())),
                this::describeRule);
        read(
                "ListTargetsByRule",
                ListTargetsByRuleRequest.class,
                (call, r) -> List.of(ruleArn(call, r.rule())),
                this::listTargetsByRule);
        send(
                "PutEvents",
                PutEventsRequest.class,
                (call, r) -> List.of(cloud.arn("events", call.region().id(), call.accountId(), "event-bus/default")),
                this::putEvents);
    }

    private DescribeRuleResponse describeRule(Invocation call, DescribeRuleRequest request) {
        EventRule rule = rule(call, request.name());
        return DescribeRuleResponse.builder()
                .name(rule.name())
                .arn(ruleArn(call, rule.name()))
                .eventBusName("default")
                .state(rule.enabled() ? RuleState.ENABLED : RuleState.DISABLED)
                .build();
    }

    private ListTargetsByRuleResponse listTargetsByRule(Invocation call, ListTargetsByRuleRequest request) {
        return ListTargetsByRuleResponse.builder()
                .targets(rule(call, request.rule()).targets().stream()
                        .map(id -> Target.builder().id(id).build())
                        .toList())
                .build();
    }

    private PutEventsResponse putEvents(Invocation call, PutEventsRequest request) {
        List<PutEventsResultEntry> results = new ArrayList<>();
        for (PutEventsRequestEntry entry : request.entries()) {
            // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
            if (entry.source().startsWith("aws.")) {
                results.add(PutEventsResultEntry.builder()
                        .errorCode("NotAuthorizedForSourceException")
                        .build());
            } else {
                String id = cloud.events.custom(
                        call.accountId(), call.region(), entry.source(), entry.detailType(), detail(call, entry));
                results.add(PutEventsResultEntry.builder().eventId(id).build());
            }
        }
        return PutEventsResponse.builder()
                .entries(results)
                .failedEntryCount((int) results.stream()
                        .filter(result -> result.errorCode() != null)
                        .count())
                .build();
    }

    private JsonNode detail(Invocation call, PutEventsRequestEntry entry) {
        try {
            return JSON.readTree(entry.detail());
        } catch (JsonProcessingException e) {
            throw invalid(call, "Detail is malformed.");
        }
    }

    private EventRule rule(Invocation call, String name) {
        return cloud.rules.stream()
                .filter(rule -> rule.accountId().equals(call.accountId())
                        && rule.region().equals(call.region())
                        && rule.name().equals(name))
                .findFirst()
                .orElseThrow(() -> failure(
                        ServiceFault.NOT_FOUND,
                        "Rule %s does not exist on EventBus default.".formatted(name),
                        call.requestId()));
    }

    private String ruleArn(Invocation call, String name) {
        return cloud.arn("events", call.region().id(), call.accountId(), "rule/" + name);
    }

    /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html */
    @Override
    Map<String, String> context(Invocation call, AwsRequest request) {
        Map<String, String> context = super.context(call, request);
        if (request instanceof PutEventsRequest put) {
            context.put(
                    "events:source",
                    put.entries().stream()
                            .map(PutEventsRequestEntry::source)
                            .distinct()
                            .collect(Collectors.joining(",")));
        }
        return context;
    }

    @Override
    Optional<ErrorShape> errorShape(ServiceFault fault) {
        return Optional.of(
                switch (fault) {
                    case ACCESS_DENIED -> new ErrorShape(EventBridgeException::builder, "AccessDeniedException", 400);
                    case THROTTLED -> new ErrorShape(EventBridgeException::builder, "ThrottlingException", 400);
                    case INTERNAL_ERROR -> new ErrorShape(InternalException::builder, "InternalException", 500);
                    case CONFLICT ->
                        new ErrorShape(
                                ConcurrentModificationException::builder, "ConcurrentModificationException", 400);
                    case VALIDATION -> new ErrorShape(EventBridgeException::builder, "ValidationException", 400);
                    case NOT_FOUND ->
                        new ErrorShape(ResourceNotFoundException::builder, "ResourceNotFoundException", 400);
                    case QUOTA_EXCEEDED ->
                        new ErrorShape(LimitExceededException::builder, "LimitExceededException", 400);
                });
    }
}
