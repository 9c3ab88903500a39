package groundwork.identitycenter;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.runtime.AwsErrors;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.identitystore.model.ConflictException;
import software.amazon.awssdk.services.identitystore.model.ConflictExceptionReason;
import software.amazon.awssdk.services.ssoadmin.model.AccessDeniedException;
import software.amazon.awssdk.services.ssoadmin.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssoadmin.model.ThrottlingException;
import software.amazon.awssdk.services.ssoadmin.model.ValidationException;

class CustomerManagedKeyTest {
    private static final Console CONSOLE = new Console(Region.EU_CENTRAL_1);

    /** Every reason of the two services' exceptions that is about the key, from the SDK, but throttling, which passes. */
    static Stream<AwsServiceException> reasons() {
        return Stream.of(
                        reasons(
                                software.amazon.awssdk.services.ssoadmin.model.AccessDeniedExceptionReason.values(),
                                reason -> AccessDeniedException.builder().reason(reason)),
                        reasons(
                                software.amazon.awssdk.services.ssoadmin.model.ValidationExceptionReason.values(),
                                reason -> ValidationException.builder().reason(reason)),
                        reasons(
                                software.amazon.awssdk.services.ssoadmin.model.ResourceNotFoundExceptionReason.values(),
                                reason -> ResourceNotFoundException.builder().reason(reason)),
                        reasons(
                                software.amazon.awssdk.services.identitystore.model.AccessDeniedExceptionReason
                                        .values(),
                                reason ->
                                        software.amazon.awssdk.services.identitystore.model.AccessDeniedException
                                                .builder()
                                                .reason(reason)),
                        reasons(
                                software.amazon.awssdk.services.identitystore.model.ValidationExceptionReason.values(),
                                reason ->
                                        software.amazon.awssdk.services.identitystore.model.ValidationException
                                                .builder()
                                                .reason(reason)),
                        reasons(
                                software.amazon.awssdk.services.identitystore.model.ResourceNotFoundExceptionReason
                                        .values(),
                                reason ->
                                        software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException
                                                .builder()
                                                .reason(reason)))
                .flatMap(each -> each);
    }

    private static <E extends Enum<E>> Stream<AwsServiceException> reasons(
            E[] reasons, java.util.function.Function<E, AwsServiceException.Builder> failure) {
        return Arrays.stream(reasons)
                .filter(reason -> !reason.name().equals("UNKNOWN_TO_SDK_VERSION"))
                .map(reason -> AwsErrors.error(failure.apply(reason), "WhateverException", reason.toString()));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void everyReasonHasACureAndIsNamed(AwsServiceException failure) {
        Optional<Outcome> problem = CustomerManagedKey.problem(failure, CONSOLE);

        assertThat(problem).get().isInstanceOf(Outcome.Waiting.class);
        assertThat(problem.get().what()).contains(failure.awsErrorDetails().errorMessage());
        assertThat(CustomerManagedKey.isReasonOf(failure)).isTrue();
    }

    @Test
    void throttlingOfTheKeyPasses() {
        assertThat(CustomerManagedKey.problem(
                        AwsErrors.error(
                                ThrottlingException.builder().reason("KMS_ThrottlingException"),
                                "ThrottlingException",
                                "Slow down"),
                        CONSOLE))
                .isEmpty();
    }

    @Test
    void reasonsAboutSomethingElseAreNotAboutTheKey() {
        AwsServiceException conflict = AwsErrors.error(
                ConflictException.builder().reason(ConflictExceptionReason.UNIQUENESS_CONSTRAINT_VIOLATION),
                "ConflictException",
                "Duplicate");

        assertThat(CustomerManagedKey.problem(conflict, CONSOLE)).isEmpty();
        assertThat(CustomerManagedKey.isReasonOf(conflict)).isFalse();
        assertThat(CustomerManagedKey.isReasonOf(AwsErrors.throttled(ThrottlingException.builder())))
                .isFalse();
    }
}
