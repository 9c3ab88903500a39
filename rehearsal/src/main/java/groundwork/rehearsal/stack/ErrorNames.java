package groundwork.rehearsal.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What Step Functions calls an error of a service: the name of the service, a dot, and the class of the exception in an
 * SDK for Java. Optimized integrations use version 1 of the SDK, whose classes are listed in {@code sdk-v1-exceptions.txt},
 * and integrations with {@code aws-sdk} in their ARN use version 2. This is how executions on AWS were recorded in
 * localstack/localstack, {@code tests/aws/services/stepfunctions/v2/error_handling}.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Handling errors in
 *     Step Functions workflows</a>
 */
enum ErrorNames {
    /** {@code states:::dynamodb:...}. */
    DYNAMODB("DynamoDB", "com.amazonaws.services.dynamodbv2.model.", "AmazonDynamoDBException"),
    /** {@code states:::events:...}, apart from an entry that failed. */
    EVENTBRIDGE("EventBridge", "com.amazonaws.services.eventbridge.model.", "AmazonEventBridgeException"),
    /** {@code states:::lambda:...}, apart from what a function itself reports. */
    LAMBDA("Lambda", "com.amazonaws.services.lambda.model.", "AWSLambdaException"),
    /** {@code states:::sns:...}. */
    SNS("SNS", "com.amazonaws.services.sns.model.", "AmazonSNSException"),
    /** {@code states:::states:...}. */
    STEP_FUNCTIONS("StepFunctions", "com.amazonaws.services.stepfunctions.model.", "AWSStepFunctionsException");

    private static final Set<String> VERSION_1 = version1();

    private final String service;
    private final String classes;
    private final String unmodelled;

    /**
     * @param service what an error name begins with
     * @param classes what the names of the service's exception classes begin with
     * @param unmodelled the class of whatever the API does not model
     */
    ErrorNames(String service, String classes, String unmodelled) {
        this.service = service;
        this.classes = classes;
        this.unmodelled = unmodelled;
    }

    /** The name of an error of an optimized integration. */
    String of(SdkException failure) {
        return switch (failure) {
            case AwsServiceException answer -> named(answer.getClass().getSimpleName());
            case SdkClientException client -> service + ".SdkClientException";
            default -> throw new IllegalArgumentException(failure);
        };
    }

    /** The name of an error for which version 1 has this class, or has none. */
    String named(String exception) {
        return service + "." + (VERSION_1.contains(classes + exception) ? exception : unmodelled);
    }

    /** Whether the optimized integration raises errors of this name. */
    boolean raises(String name) {
        if (!name.startsWith(service + ".")) {
            return false;
        }
        String exception = name.substring(service.length() + 1);
        return VERSION_1.contains(classes + exception)
                || VERSION_1.stream()
                        .filter(each -> !each.startsWith("com.amazonaws.services."))
                        .anyMatch(each -> each.endsWith("." + exception));
    }

    /**
     * The name of an error of an {@code aws-sdk} integration.
     *
     * @param service the service as its integration's errors are called, such as {@code Sns}
     */
    static String ofVersion2(String service, SdkException failure) {
        return service + "." + failure.getClass().getSimpleName();
    }

    private static Set<String> version1() {
        try (InputStream list = ErrorNames.class.getResourceAsStream("sdk-v1-exceptions.txt")) {
            return new String(list.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
