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
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.eventbridge.model.ConcurrentModificationException;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.InternalException;
import software.amazon.awssdk.services.eventbridge.model.LimitExceededException;
import software.amazon.awssdk.services.eventbridge.model.ListRuleNamesByTargetRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRuleNamesByTargetResponse;
import software.amazon.awssdk.services.eventbridge.model.ListRulesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;

/** Amazon EventBridge, for those who look at rules and send events of their own: https://docs.aws.amazon.com/eventbridge/latest/APIReference/Welcome.html */
final class EventBridgeService extends Service {
    private static final ObjectMapper JSON = new ObjectMapper();

    EventBridgeService(Cloud cloud) {
        super(cloud, AwsService.EVENTBRIDGE);
        read("ListRules", ListRulesRequest.class, anyResource(), this::listRules);
        read("ListRuleNamesByTarget", ListRuleNamesByTargetRequest.class, anyResource(), this::listRuleNamesByTarget);
        send(
                "PutEvents",
                PutEventsRequest.class,
                (call, r) -> List.of(cloud.arn("events", call.region().id(), call.accountId(), "event-bus/default")),
                this::putEvents);
    }

    /** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html, which gives a hundred a page. */
    private ListRulesResponse listRules(Invocation call, ListRulesRequest request) {
        String prefix = Objects.requireNonNullElse(request.namePrefix(), "");
        String bus = bus(request.eventBusName());
        List<Rule> rules = rules(call, bus)
                .filter(rule -> rule.name().startsWith(prefix))
                .map(rule -> Rule.builder()
                        .name(rule.name())
                        .arn(cloud.arn(
                                "events",
                                call.region().id(),
                                call.accountId(),
                                "rule/" + (bus.equals(EventRule.DEFAULT_BUS) ? "" : bus + "/") + rule.name()))
                        .eventBusName(bus)
                        .state(rule.enabled() ? RuleState.ENABLED : RuleState.DISABLED)
                        .build())
                .toList();
        Paging.Page<Rule> page = page(call, rules, request.nextToken(), asked(request.limit()), 100);
        return ListRulesResponse.builder()
                .rules(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    /** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRuleNamesByTarget.html, likewise. */
    private ListRuleNamesByTargetResponse listRuleNamesByTarget(Invocation call, ListRuleNamesByTargetRequest request) {
        List<String> names = rules(call, bus(request.eventBusName()))
                .filter(rule -> rule.targets().containsValue(request.targetArn()))
                .map(EventRule::name)
                .toList();
        Paging.Page<String> page = page(call, names, request.nextToken(), asked(request.limit()), 100);
        return ListRuleNamesByTargetResponse.builder()
                .ruleNames(page.items())
                .nextToken(page.nextToken())
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

    private Stream<EventRule> rules(Invocation call, String bus) {
        return cloud.rules.stream()
                .filter(rule -> rule.accountId().equals(call.accountId())
                        && rule.region().equals(call.region())
                        && rule.bus().equals(bus));
    }

    private static String bus(String asked) {
        return Objects.requireNonNullElse(asked, EventRule.DEFAULT_BUS);
    }

    /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html */
    @Override
    Map<String, String> context(Invocation call, AwsRequest request) {
        Map<String, String> context = super.context(call, request);
        if (request instanceof PutEventsRequest put) {
            context.put("events:source", all(put, PutEventsRequestEntry::source));
            context.put("events:detail-type", all(put, PutEventsRequestEntry::detailType));
        }
        return context;
    }

    private static String all(PutEventsRequest put, Function<PutEventsRequestEntry, String> part) {
        return put.entries().stream().map(part).distinct().collect(Collectors.joining(","));
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
