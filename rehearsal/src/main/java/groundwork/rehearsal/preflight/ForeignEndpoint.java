package groundwork.rehearsal.preflight;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Reads the answers of an endpoint that is not AWS's: for an operation it lacks it may send a web page with status 404 or
 * 500, where AWS answers {@code UnknownOperationException}.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/APIReference/CommonErrors.html">Common errors</a>
 */
record ForeignEndpoint(String url) implements ExecutionInterceptor {
    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (context.exception() instanceof AwsServiceException failure && hasNoCode(failure)) {
            return failure.toBuilder()
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("UnknownOperationException")
                            .errorMessage("%s does not know %s of %s."
                                    .formatted(
                                            url,
                                            attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
                                            attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME)))
                            .serviceName(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME))
                            .build())
                    .build();
        }
        return context.exception();
    }

    private static boolean hasNoCode(AwsServiceException failure) {
        String code = failure.awsErrorDetails() == null
                ? null
                : failure.awsErrorDetails().errorCode();
        return code == null || code.isBlank() || code.equals(Integer.toString(failure.statusCode()));
    }
}
