package groundwork.rehearsal.preflight;

import groundwork.rehearsal.organization.store.EventRule;
import groundwork.rehearsal.stack.Clients;
import java.util.List;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ListRuleNamesByTargetRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRuleNamesByTargetResponse;
import software.amazon.awssdk.services.eventbridge.model.ListRulesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.Subscription;

/**
 * Answers in this process for what the stack will have and does not have yet: an empty table, rules as the template makes
 * them, and topics that have asked the addresses to confirm. No call for them reaches AWS.
 *
 * @param clients for everything else
 * @param addresses which the stack will subscribe
 * @param rules which the stack will have, in every Region
 */
record NothingDeployed(Clients clients, List<String> addresses, List<EventRule> rules) implements Clients {
    NothingDeployed {
        addresses = List.copyOf(addresses);
        rules = List.copyOf(rules);
    }

    @Override
    public <C extends SdkClient> C client(Class<C> type, Region region) {
        if (type == DynamoDbClient.class) {
            return type.cast(new EmptyTable());
        }
        if (type == EventBridgeClient.class) {
            return type.cast(new RulesOfTheStack(
                    rules.stream().filter(rule -> rule.region().equals(region)).toList()));
        }
        return type == SnsClient.class ? type.cast(new UnconfirmedTopic(addresses)) : clients.client(type, region);
    }

    /** What it does not override throws {@link UnsupportedOperationException}, as the SDK's interface has it. */
    private static final class EmptyTable implements DynamoDbClient {
        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            return GetItemResponse.builder().build();
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            return QueryResponse.builder().count(0).scannedCount(0).build();
        }

        /** The definition records a failure in the table and copes when it cannot. */
        @Override
        public UpdateItemResponse updateItem(UpdateItemRequest request) {
            throw ResourceNotFoundException.builder()
                    .message("The table does not exist yet")
                    .build();
        }

        @Override
        public String serviceName() {
            return DynamoDbClient.SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private record RulesOfTheStack(List<EventRule> rules) implements EventBridgeClient {
        @Override
        public ListRulesResponse listRules(ListRulesRequest request) {
            return ListRulesResponse.builder()
                    .rules(rules.stream()
                            .filter(rule -> rule.name().startsWith(request.namePrefix()))
                            .map(rule -> Rule.builder()
                                    .name(rule.name())
                                    .state(RuleState.ENABLED)
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public ListRuleNamesByTargetResponse listRuleNamesByTarget(ListRuleNamesByTargetRequest request) {
            return ListRuleNamesByTargetResponse.builder()
                    .ruleNames(rules.stream()
                            .filter(rule -> rule.targets().containsValue(request.targetArn()))
                            .map(EventRule::name)
                            .toList())
                    .build();
        }

        @Override
        public String serviceName() {
            return EventBridgeClient.SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private record UnconfirmedTopic(List<String> addresses) implements SnsClient {
        @Override
        public ListSubscriptionsByTopicResponse listSubscriptionsByTopic(ListSubscriptionsByTopicRequest request) {
            return ListSubscriptionsByTopicResponse.builder()
                    .subscriptions(addresses.stream()
                            .map(address -> Subscription.builder()
                                    .protocol("email")
                                    .endpoint(address)
                                    .topicArn(request.topicArn())
                                    .subscriptionArn("PendingConfirmation")
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public String serviceName() {
            return SnsClient.SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
