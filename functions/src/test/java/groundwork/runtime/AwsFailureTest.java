package groundwork.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class AwsFailureTest {
    private static AwsServiceException.Builder failure() {
        return AwsServiceException.builder();
    }

    @ParameterizedTest(name = "{0} with status {1}: {2}")
    @CsvSource({
        "ThrottlingException, 400, passes",
        "TooManyRequestsException, 429, passes",
        "Throttling, 400, passes",
        "RequestLimitExceeded, 503, passes",
        "ProvisionedThroughputExceededException, 400, passes",
        "ConflictException, 409, passes",
        "ConcurrentModificationException, 400, passes",
        "ResourceNotFoundException, 404, passes",
        "InternalServerException, 500, passes",
        "InternalFailure, 400, passes",
        "InternalError, 400, passes",
        "ServiceException, 400, passes",
        "ServiceUnavailable, 400, passes",
        "TransactionConflictException, 400, passes",
        "Whatever, 500, passes",
        "Whatever, 502, passes",
        "AccessDeniedException, 400, stays",
        "AccessDenied, 403, stays",
        "AuthorizationError, 403, stays",
        "AuthorizationErrorException, 403, stays",
        "ServiceQuotaExceededException, 402, stays",
        "ValidationException, 400, stays",
        "InvalidClientTokenId, 403, stays",
        "Whatever, 499, stays"
    })
    void passes_saysWhetherTheSameCallWillWorkLater(String code, int status, String verdict) {
        AwsServiceException failure = failure()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();

        assertThat(AwsFailure.passes(failure)).isEqualTo(verdict.equals("passes"));
    }

    @Test
    void passes_whenAwsWasNotReached_isTrue() {
        assertThat(AwsFailure.passes(SdkClientException.create("Unable to execute HTTP request")))
                .isTrue();
        assertThat(AwsFailure.passes(ApiCallTimeoutException.create(10_000))).isTrue();
    }

    @Test
    void passes_whenAwsGaveNoDetails_isFalse() {
        assertThat(AwsFailure.passes(failure().build())).isFalse();
    }

    @Test
    void passes_whenNeitherAwsNorTheWayToItFailed_isFalse() {
        assertThat(AwsFailure.passes(SdkException.builder().build())).isFalse();
    }

    @Test
    void passes_whenAwsGaveNoCode_isFalse() {
        assertThat(AwsFailure.passes(failure()
                        .awsErrorDetails(AwsErrorDetails.builder().build())
                        .build()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ConflictException, true",
        "ResourceNotFoundException, true",
        "ThrottlingException, false",
        "InternalServerException, false",
        "AccessDeniedException, false"
    })
    void settles_saysWhetherTheCallCameTooEarly(String code, boolean tooEarly) {
        assertThat(AwsFailure.settles(AwsErrors.error(failure(), code, "Why"))).isEqualTo(tooEarly);
    }

    @Test
    void settles_whenAwsWasNotReached_isFalse() {
        assertThat(AwsFailure.settles(SdkClientException.create("Connection reset")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"AccessDeniedException", "AccessDenied", "AuthorizationError", "AuthorizationErrorException"})
    void obstacle_whenAwsDenied_isBlockedNamingTheAction(String code) {
        AwsServiceException denied = AwsErrors.error(
                failure(),
                code,
                "User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform: sso-admin:Do1 on"
                        + " resource: arn:aws:sso:::instance/ssoins-1 with an explicit deny in a service control policy");

        assertThat(AwsFailure.obstacle(denied))
                .isEqualTo(Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, "sso-admin:Do1"));
    }

    @Test
    void obstacle_whenSesDeniedWithTheActionInQuotes_namesTheAction() {
        AwsServiceException denied = AwsErrors.error(
                failure(),
                "AccessDeniedException",
                "User `arn:aws:sts::111122223333:assumed-role/r/s' is not authorized to perform `ses:SendEmail' on"
                        + " resource `arn:aws:ses:eu-central-1:111122223333:configuration-set/default'");

        assertThat(AwsFailure.obstacle(denied))
                .isEqualTo(Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, "ses:SendEmail"));
    }

    @Test
    void obstacle_whenAwsDeniedWithoutNamingTheAction_namesTheService() {
        AwsServiceException denied = AwsErrors.error(
                failure(), "AccessDeniedException", "You don't have permissions to access this resource.");

        assertThat(AwsFailure.obstacle(denied))
                .isEqualTo(Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, "a call to TheService"));
    }

    @Test
    void obstacle_whenAwsDeniedAndSaidNothingElse_isStillBlocked() {
        AwsServiceException denied = failure()
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode("AccessDenied").build())
                .build();

        assertThat(AwsFailure.obstacle(denied))
                .isEqualTo(Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, "a call to AWS"));
    }

    @Test
    void obstacle_whenAQuotaIsReached_isBlockedInAwssOwnWords() {
        AwsServiceException quota = AwsErrors.error(
                failure(), "ServiceQuotaExceededException", "You have reached the limit of 3500 permission sets.");

        assertThat(AwsFailure.obstacle(quota))
                .isEqualTo(Outcome.Blocked.because(
                        BlockedReason.SERVICE_QUOTA, "You have reached the limit of 3500 permission sets."));
    }

    @Test
    void obstacle_whenTheFailurePasses_asksToTryAgain() {
        AwsServiceException throttled = AwsErrors.throttled(failure());

        assertThatThrownBy(() -> AwsFailure.obstacle(throttled))
                .isInstanceOf(TryAgainException.class)
                .hasMessageContaining("Rate exceeded")
                .hasCause(throttled);
    }

    @Test
    void obstacle_whenTheFailureIsNeither_isTheFailureItself() {
        AwsServiceException invalid = AwsErrors.error(failure(), "ValidationException", "Bad name");

        assertThatThrownBy(() -> AwsFailure.obstacle(invalid)).isSameAs(invalid);
    }

    @Test
    void unreadable_whenAwsDenied_isUnknownAndSaysWhatAndWhy() {
        AwsServiceException denied = AwsErrors.denied(failure(), "iam:GetAccountSummary");

        assertThat(AwsFailure.unreadable(denied, "the root user's credentials"))
                .isEqualTo(new Outcome.Unknown(
                        "Could not read the root user's credentials: AWS denied iam:GetAccountSummary."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OptInRequired", "SubscriptionRequiredException"})
    void whileANewAccountIsBeingActivated_itIsWaitedFor(String code) {
        AwsServiceException notYet = AwsErrors.error(failure(), code, "The account is not signed up for the service");

        assertThat(AwsFailure.obstacle(notYet)).isInstanceOf(Outcome.Waiting.class);
        assertThat(AwsFailure.unreadable(notYet, "anything")).isEqualTo(AwsFailure.obstacle(notYet));
    }

    @Test
    void briefly_saysWhyACallFailed() {
        assertThat(AwsFailure.briefly(AwsErrors.denied(failure(), "sso:ListInstances")))
                .isEqualTo("AWS denied sso:ListInstances");
        assertThat(AwsFailure.briefly(AwsErrors.error(failure(), "UnrecognizedClientException", "Invalid token")))
                .isEqualTo("UnrecognizedClientException");
        assertThat(AwsFailure.briefly(SdkClientException.create("Connect timed out")))
                .isEqualTo("not reached");
    }

    @Test
    void unreadable_whenTheFailurePasses_asksToTryAgain() {
        SdkClientException unreachable = SdkClientException.create("Connection reset");

        assertThatThrownBy(() -> AwsFailure.unreadable(unreachable, "anything"))
                .isInstanceOf(TryAgainException.class)
                .hasCause(unreachable);
    }

    @Test
    void unreadable_whenTheFailureIsNeither_isTheFailureItself() {
        AwsServiceException invalid = AwsErrors.error(failure(), "ValidationException", "Bad name");

        assertThatThrownBy(() -> AwsFailure.unreadable(invalid, "anything")).isSameAs(invalid);
    }

    @Test
    void deniedAction_whenNothingWasDenied_isEmpty() {
        assertThat(AwsFailure.deniedAction(AwsErrors.throttled(failure()))).isEmpty();
        assertThat(AwsFailure.deniedAction(failure().build())).isEmpty();
    }

    @Test
    void obstacle_whenAwsDoesNotOfferTheOperation_isUnknownRatherThanADefect() {
        assertThat(AwsFailure.obstacle(notOffered()))
                .isEqualTo(
                        new Outcome.Unknown("AWS does not offer a call that is needed for this: There is no operation"
                                + " ListTagsForResource."));
    }

    @Test
    void unreadable_whenAwsDoesNotOfferTheOperation_isUnknownRatherThanADefect() {
        assertThat(AwsFailure.unreadable(notOffered(), "the trails of the account"))
                .isEqualTo(new Outcome.Unknown(
                        "Could not read the trails of the account: There is no operation ListTagsForResource."));
    }

    private static AwsServiceException notOffered() {
        return AwsErrors.error(failure(), "UnknownOperationException", "There is no operation ListTagsForResource.");
    }
}
