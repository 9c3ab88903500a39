package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.call.ModelJson;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.states.TaskFailure;
import groundwork.rehearsal.states.TaskResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * What the Task states of the stack's definitions call, with the permissions of the state machine's role.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html">Optimized integrations</a>
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html">AWS SDK service
 *     integrations</a>
 */
final class ServiceIntegrations implements TaskResource {
    /** A warm invocation with a few calls to AWS; only so that virtual time shows an order. */
    private static final Duration INVOCATION = Duration.ofMillis(400);

    private static final Duration REQUEST = Duration.ofMillis(20);

    private final Caller role;
    private final RolePolicies policies;
    private final Map<String, LambdaFunction> functionsByArn;
    private final DynamoDbClient dynamoDb;
    private final SnsClient sns;
    private final EventBridgeClient events;
    private final NestedWorkflows nested;
    private final Simulation simulation;
    private final Metrics metrics;

    ServiceIntegrations(
            Caller role,
            RolePolicies policies,
            Map<String, LambdaFunction> functionsByArn,
            DynamoDbClient dynamoDb,
            SnsClient sns,
            EventBridgeClient events,
            NestedWorkflows nested,
            Simulation simulation,
            Metrics metrics) {
        this.role = role;
        this.policies = policies;
        this.functionsByArn = functionsByArn;
        this.dynamoDb = dynamoDb;
        this.sns = sns;
        this.events = events;
        this.nested = nested;
        this.simulation = simulation;
        this.metrics = metrics;
    }

    @Override
    public JsonNode call(String resource, JsonNode arguments) {
        // Only the partition may differ: arn:aws-cn:states:::lambda:invoke
        String api = resource.replaceFirst("^arn:[a-z-]+:states:::", "");
        return switch (api) {
            case "lambda:invoke" -> invoke(arguments);
            case "dynamodb:getItem" ->
                aws(
                        ErrorNames.DYNAMODB::of,
                        () -> dynamoDb.getItem(SdkJson.request(arguments, GetItemRequest.builder())));
            case "dynamodb:updateItem" ->
                aws(
                        ErrorNames.DYNAMODB::of,
                        () -> dynamoDb.updateItem(SdkJson.request(arguments, UpdateItemRequest.builder())));
            case "events:putEvents" -> putEvents(arguments);
            case "states:startExecution" -> {
                simulation.sleep(REQUEST);
                yield nested.start(arguments);
            }
            case "states:startExecution.sync:2" -> {
                simulation.sleep(REQUEST);
                yield nested.startAndWait(arguments);
            }
            case "aws-sdk:sfn:describeExecution" -> {
                simulation.sleep(REQUEST);
                yield nested.describe(arguments);
            }
            case "sns:publish" ->
                aws(ErrorNames.SNS::of, () -> sns.publish(SdkJson.request(arguments, PublishRequest.builder())));
            case "aws-sdk:sns:listSubscriptionsByTopic" ->
                aws(
                        failure -> ErrorNames.ofVersion2("Sns", failure),
                        () -> sns.listSubscriptionsByTopic(
                                SdkJson.request(arguments, ListSubscriptionsByTopicRequest.builder())));
            default -> throw new IllegalArgumentException("The rehearsal has no service integration " + resource);
        };
    }

    @Override
    public void startsMapRun(String stateMachineArn, String executionArn) {
        nested.startsMapRun(stateMachineArn, executionArn);
    }

    private JsonNode invoke(JsonNode arguments) {
        String arn = arguments.path("FunctionName").asText();
        LambdaFunction function = functionsByArn.get(arn);
        if (function == null) {
            throw new TaskFailure(ErrorNames.LAMBDA.named("ResourceNotFoundException"), "Function not found: " + arn);
        }
        policies.refusal(role, List.of(new AccessCheck("lambda:InvokeFunction", arn, Map.of(), false)))
                .ifPresent(refusal -> {
                    throw new TaskFailure(ErrorNames.LAMBDA.named("AccessDeniedException"), refusal.toString());
                });
        metrics.count(
                Metrics.invocations(arn.substring(arn.lastIndexOf(':') + 1)),
                simulation.clock().instant());
        simulation.sleep(INVOCATION);
        return JsonNodeFactory.instance
                .objectNode()
                .put("StatusCode", 200)
                .put("ExecutedVersion", "$LATEST")
                .set("Payload", invoke(function, arguments.path("Payload")));
    }

    private JsonNode invoke(LambdaFunction function, JsonNode payload) {
        try {
            // A payload of null is none, and a function that is invoked without one gets an empty object.
            return function.invoke(payload.isNull() ? JsonNodeFactory.instance.objectNode() : payload);
        } catch (FunctionStopped e) {
            simulation.sleep(e.knownAfter(function.timeout()));
            throw new TaskFailure(e.errorType(), e.cause(function.timeout()));
        }
    }

    /**
     * The execution and the state machine, which AWS appends to the resources of each entry, are left out here.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html">Add EventBridge events with
     *     Step Functions</a>
     */
    private JsonNode putEvents(JsonNode arguments) {
        ObjectNode request = arguments.deepCopy();
        ArrayNode entries = request.withArray("Entries");
        entries.forEach(
                entry -> ((ObjectNode) entry).put("Detail", entry.path("Detail").toString()));
        JsonNode answer = aws(
                ErrorNames.EVENTBRIDGE::of,
                () -> events.putEvents(SdkJson.request(request, PutEventsRequest.builder())));
        if (answer.path("FailedEntryCount").asInt() > 0) {
            throw new TaskFailure("EventBridge.FailedEntry", answer.toString());
        }
        return answer;
    }

    private JsonNode aws(Function<SdkException, String> errorName, Supplier<? extends SdkPojo> call) {
        simulation.sleep(REQUEST);
        try {
            return ModelJson.of(call.get());
        } catch (SdkException e) {
            throw new TaskFailure(errorName.apply(e), String.valueOf(e.getMessage()));
        }
    }
}
