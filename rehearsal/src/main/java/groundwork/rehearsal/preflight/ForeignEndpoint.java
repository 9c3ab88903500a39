package groundwork.rehearsal.preflight;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Reads the errors of an endpoint that is not AWS's and has its own way with them. AWS always sends a code; where there is
 * none, status 403 is a denial, and any other is taken for an operation the endpoint does not have.
 *
 * @param prefix the prefix of the service's actions, such as {@code sso}
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/APIReference/CommonErrors.html">Common errors</a>
 */
record ForeignEndpoint(String url, String prefix) implements ExecutionInterceptor {
    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        return context.exception() instanceof AwsServiceException failure && hasNoCode(failure)
                ? failure.toBuilder()
                        .awsErrorDetails(details(
                                failure.statusCode(),
                                prefix + ":" + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME)))
                        .build()
                : context.exception();
    }

    private AwsErrorDetails details(int statusCode, String action) {
        return statusCode == 403
                ? AwsErrorDetails.builder()
                        .errorCode("AccessDenied")
                        .errorMessage("You are not authorized to perform: " + action)
                        .build()
                : AwsErrorDetails.builder()
                        .errorCode("UnknownOperationException")
                        .errorMessage("%s does not know %s (status %d).".formatted(url, action, statusCode))
                        .build();
    }

    private static boolean hasNoCode(AwsServiceException failure) {
        String code = failure.awsErrorDetails() == null
                ? null
                : failure.awsErrorDetails().errorCode();
        return code == null || code.isBlank() || code.equals(Integer.toString(failure.statusCode()));
    }
}
