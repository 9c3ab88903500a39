package groundwork.runtime;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Errors as the SDK throws them when AWS answers with one. */
public final class AwsErrors {
    private AwsErrors() {}

    /**
     * @param failure the builder of the service's exception class
     * @param code the error code on the wire, such as {@code ConflictException}
     */
    public static AwsServiceException error(AwsServiceException.Builder failure, String code, String message) {
        return failure.statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .serviceName("TheService")
                        .build())
                .build();
    }

    /**
     * @param action what IAM denied, such as {@code sso:ListInstances}
     */
    public static AwsServiceException denied(AwsServiceException.Builder failure, String action) {
        return error(
                failure,
                "AccessDeniedException",
                "User: arn:aws:sts::111122223333:assumed-role/groundwork/function is not authorized to perform: "
                        + action + " because no identity-based policy allows the " + action + " action");
    }

    public static AwsServiceException throttled(AwsServiceException.Builder failure) {
        return error(failure, "ThrottlingException", "Rate exceeded");
    }
}
