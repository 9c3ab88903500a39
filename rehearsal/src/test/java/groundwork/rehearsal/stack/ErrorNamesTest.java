package groundwork.rehearsal.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sns.model.ThrottledException;

/** What the state machine's own calls fail with, and what the definition expects them to fail with. */
class ErrorNamesTest {
    /**
     * What Lambda itself reports of a function, for which no SDK has a class.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Handling errors in
     *     Step Functions workflows</a>
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-logs-api.html">Lambda runtime errors</a>
     */
    private static final Set<String> REPORTED_BY_LAMBDA =
            Set.of("Lambda.Unknown", "Sandbox.Timedout", "Runtime.ExitError");

    // localstack/localstack, tests/aws/services/stepfunctions/v2/error_handling/test_task_service_dynamodb and
    // test_aws_sdk: ConditionalCheckFailedException, ResourceNotFoundException and the unmodelled ValidationException.
    @Test
    void anErrorIsNamedAfterItsClassInVersion1_orAfterTheServiceWhereThatHasNone() {
        assertThat(ErrorNames.DYNAMODB.of(
                        ConditionalCheckFailedException.builder().build()))
                .isEqualTo("DynamoDB.ConditionalCheckFailedException");
        assertThat(ErrorNames.DYNAMODB.of(InternalServerErrorException.builder().build()))
                .isEqualTo("DynamoDB.InternalServerErrorException");
        assertThat(ErrorNames.DYNAMODB.of(
                        ProvisionedThroughputExceededException.builder().build()))
                .isEqualTo("DynamoDB.ProvisionedThroughputExceededException");
        assertThat(ErrorNames.DYNAMODB.of(
                        RequestLimitExceededException.builder().build()))
                .isEqualTo("DynamoDB.RequestLimitExceededException");
        assertThat(ErrorNames.DYNAMODB.of(ThrottlingException.builder().build()))
                .isEqualTo("DynamoDB.AmazonDynamoDBException");
        assertThat(ErrorNames.DYNAMODB.of(DynamoDbException.builder().build()))
                .isEqualTo("DynamoDB.AmazonDynamoDBException");
        assertThat(ErrorNames.DYNAMODB.of(SdkClientException.create("Read timed out")))
                .isEqualTo("DynamoDB.SdkClientException");
        assertThat(ErrorNames.SNS.of(ThrottledException.builder().build())).isEqualTo("SNS.ThrottledException");
        assertThat(ErrorNames.SNS.of(SnsException.builder().build())).isEqualTo("SNS.AmazonSNSException");
        assertThat(ErrorNames.LAMBDA.named("AccessDeniedException")).isEqualTo("Lambda.AWSLambdaException");
    }

    @Test
    void anErrorOfAnSdkIntegration_isNamedAfterItsClassInVersion2() {
        assertThat(ErrorNames.ofVersion2("Sns", SnsException.builder().build())).isEqualTo("Sns.SnsException");
        assertThat(ErrorNames.ofVersion2("Sns", ThrottledException.builder().build()))
                .isEqualTo("Sns.ThrottledException");
    }

    @Test
    void everyNameInTheDefinition_isOneThatTheIntegrationOfItsTaskRaises() throws IOException {
        List<String> unknown = new ArrayList<>();
        int names = 0;
        for (JsonNode state : definition().path("States")) {
            for (String name : errorEquals(state)) {
                names++;
                if (!isRaised(name, state.path("Resource").asText())) {
                    unknown.add(name + " at " + state.path("Resource").asText());
                }
            }
        }

        assertThat(unknown).isEmpty();
        assertThat(names).isPositive();
    }

    @Test
    void tasksOfAKind_areTriedAgainInTheSameWay() throws IOException {
        List<JsonNode> ofFunctions = new ArrayList<>();
        List<JsonNode> ofServices = new ArrayList<>();
        for (JsonNode state : definition().path("States")) {
            if (state.path("Type").asText().equals("Task")) {
                (state.path("Resource").asText().endsWith("lambda:invoke") ? ofFunctions : ofServices)
                        .add(state.path("Retry"));
            }
        }

        assertThat(ofFunctions.stream().distinct()).hasSize(1);
        assertThat(ofServices).isNotEmpty().allSatisfy(retry -> {
            JsonNode last = retry.get(retry.size() - 1);
            assertThat(last.path("ErrorEquals").valueStream().map(JsonNode::textValue))
                    .containsExactly("States.TaskFailed", "States.Timeout");
            assertThat(last.path("MaxAttempts"))
                    .isEqualTo(ofFunctions.getFirst().at("/0/MaxAttempts"));
        });
    }

    /** Otherwise the answer that somebody else was faster would be asked for six times. */
    @Test
    void whatATaskOfAServiceCatchesByName_isNotTriedAgain() throws IOException {
        for (JsonNode state : definition().path("States")) {
            if (state.path("Resource").asText().matches("arn:.*:states:::(?!lambda).*")) {
                List<JsonNode> expected = state.path("Catch")
                        .valueStream()
                        .map(catcher -> catcher.path("ErrorEquals"))
                        .filter(names -> !names.get(0).asText().equals("States.ALL"))
                        .toList();
                assertThat(state.path("Retry")
                                .valueStream()
                                .filter(retrier -> retrier.path("MaxAttempts").asInt() == 0)
                                .map(retrier -> retrier.path("ErrorEquals")))
                        .isEqualTo(expected);
            }
        }
    }

    private static boolean isRaised(String name, String resource) {
        if (name.startsWith("States.")) {
            return true;
        }
        if (resource.endsWith(":lambda:invoke")) {
            return ErrorNames.LAMBDA.raises(name)
                    || REPORTED_BY_LAMBDA.contains(name)
                    || (name.startsWith("groundwork.") && exists(name));
        }
        return resource.contains(":dynamodb:")
                && (ErrorNames.DYNAMODB.raises(name)
                        // What the integration would raise if it moved on to version 2.
                        || (name.startsWith("DynamoDb.")
                                && exists("software.amazon.awssdk.services.dynamodb.model."
                                        + name.substring("DynamoDb.".length()))));
    }

    private static boolean exists(String name) {
        try {
            return RuntimeException.class.isAssignableFrom(Class.forName(name));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static List<String> errorEquals(JsonNode state) {
        return Stream.of("Retry", "Catch")
                .flatMap(field -> state.path(field).valueStream())
                .flatMap(each -> each.path("ErrorEquals").valueStream())
                .map(JsonNode::textValue)
                .toList();
    }

    private static JsonNode definition() throws IOException {
        return new ObjectMapper()
                .readTree(
                        Path.of("..", "statemachine", "account-setup.asl.json").toFile());
    }
}
