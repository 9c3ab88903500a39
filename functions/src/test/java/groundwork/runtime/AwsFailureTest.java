package groundwork.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.checklist.Outcome;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssoadmin.model.SsoAdminException;

class AwsFailureTest {
    private final AwsServiceException notOffered =
            failure("UnknownOperationException", "There is no operation ListTagsForResource.", 400);

    @Test
    void obstacle_whenAwsDoesNotOfferTheOperation_isUnknownRatherThanADefect() {
        assertThat(AwsFailure.obstacle(notOffered))
                .isEqualTo(
                        new Outcome.Unknown("AWS does not offer a call that is needed for this: There is no operation"
                                + " ListTagsForResource."));
    }

    @Test
    void unreadable_whenAwsDoesNotOfferTheOperation_isUnknownRatherThanADefect() {
        assertThat(AwsFailure.unreadable(notOffered, "the trails of the account"))
                .isEqualTo(new Outcome.Unknown(
                        "Could not read the trails of the account: There is no operation ListTagsForResource."));
    }

    private static AwsServiceException failure(String code, String message, int status) {
        return SsoAdminException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .serviceName("SSOAdmin")
                        .build())
                .build();
    }
}
