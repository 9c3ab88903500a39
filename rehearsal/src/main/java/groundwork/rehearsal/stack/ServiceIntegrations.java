package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.account.AccessCheck;
import groundwork.rehearsal.account.Caller;
import groundwork.rehearsal.account.ModelJson;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.states.TaskFailure;
import groundwork.rehearsal.states.TaskResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * What the Task states of the stack's definitions call, with the permissions of the state machine's role.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html">Optimized integrations</a>
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
    private final Simulation simulation;

    ServiceIntegrations(
            Caller role,
            RolePolicies policies,
            Map<String, LambdaFunction> functionsByArn,
            DynamoDbClient dynamoDb,
            SnsClient sns,
            Simulation simulation) {
        this.role = role;
        this.policies = policies;
        this.functionsByArn = functionsByArn;
        this.dynamoDb = dynamoDb;
        this.sns = sns;
        this.simulation = simulation;
    }

    @Override
    public JsonNode call(String resource, JsonNode arguments) {
        // Only the partition may differ: arn:aws-cn:states:::lambda:invoke
        String api = resource.replaceFirst("^arn:[a-z-]+:states:::", "");
        return switch (api) {
            case "lambda:invoke" -> invoke(arguments);
            case "dynamodb:getItem" ->
                aws("DynamoDB", () -> dynamoDb.getItem(SdkJson.request(arguments, GetItemRequest.builder())));
            case "dynamodb:updateItem" ->
                aws("DynamoDB", () -> dynamoDb.updateItem(SdkJson.request(arguments, UpdateItemRequest.builder())));
            case "sns:publish" -> aws("SNS", () -> sns.publish(SdkJson.request(arguments, PublishRequest.builder())));
            default -> throw new IllegalArgumentException("The rehearsal has no service integration " + resource);
        };
    }

    private JsonNode invoke(JsonNode arguments) {
        String arn = arguments.path("FunctionName").asText();
        LambdaFunction function = functionsByArn.get(arn);
        if (function == null) {
            throw new TaskFailure("Lambda.ResourceNotFoundException", "Function not found: " + arn);
        }
        policies.refusal(role, List.of(new AccessCheck("lambda:InvokeFunction", arn, Map.of(), false)))
                .ifPresent(refusal -> {
                    throw new TaskFailure("Lambda.AWSLambdaException", refusal.toString());
                });
        simulation.sleep(INVOCATION);
        return JsonNodeFactory.instance
                .objectNode()
                .put("StatusCode", 200)
                .put("ExecutedVersion", "$LATEST")
                .set("Payload", invoke(function, arguments.path("Payload")));
    }

    private JsonNode invoke(LambdaFunction function, JsonNode payload) {
        try {
            return function.invoke(payload);
        } catch (FunctionStopped e) {
            simulation.sleep(e.knownAfter(function.timeout()));
            throw new TaskFailure(e.errorType(), String.valueOf(e.getMessage()));
        }
    }

    private JsonNode aws(String service, Supplier<? extends SdkPojo> call) {
        simulation.sleep(REQUEST);
        try {
            return ModelJson.of(call.get());
        } catch (AwsServiceException e) {
            throw new TaskFailure(service + "." + errorName(service, e), String.valueOf(e.getMessage()));
        } catch (SdkClientException e) {
            throw new TaskFailure(service + ".SdkClientException", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Step Functions names an error after its exception in the SDK for Java, not after the code on the wire: what
     * DynamoDB calls InternalServerError is DynamoDB.InternalServerErrorException. An error that the API does not model
     * carries the name of the service's own base class.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Handling errors in
     *     Step Functions workflows</a>
     */
    private static String errorName(String service, AwsServiceException e) {
        String name = e.getClass().getSimpleName();
        return e.getClass().getSuperclass() == AwsServiceException.class ? "Amazon" + service + "Exception" : name;
    }
}
