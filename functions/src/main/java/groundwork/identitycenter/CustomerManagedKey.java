package groundwork.identitycenter;

import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.runtime.AwsFailure;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The customer managed KMS key of an Identity Center instance. Without it nothing can be read and nobody can sign in. What
 * is wrong with the key comes as the reason of quite ordinary exceptions, one of which would otherwise say that something
 * does not exist.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListPermissionSets.html#API_ListPermissionSets_Errors">Errors
 *     of ListPermissionSets</a>
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_DescribeUser.html#API_DescribeUser_Errors">Errors
 *     of DescribeUser</a>
 */
public final class CustomerManagedKey {
    private CustomerManagedKey() {}

    /**
     * The outcome of a prerequisite whose call to Identity Center failed: what a person has to do about the key, or
     * whatever else {@link AwsFailure#obstacle} makes of it.
     *
     * @param failure what the SDK threw
     */
    public static Outcome obstacle(SdkException failure, Console console) {
        return problem(failure, console).orElseGet(() -> AwsFailure.obstacle(failure));
    }

    /**
     * What is not found because it does not exist.
     *
     * @param failure with which a service says that it found nothing
     * @return always empty
     * @throws SdkException the failure itself, if the key is the reason
     */
    public static <T> Optional<T> absent(SdkException failure) {
        if (isReasonOf(failure)) {
            throw failure;
        }
        return Optional.empty();
    }

    /**
     * What a person has to do about the key.
     *
     * @param failure what the SDK threw
     * @return empty if the key is not the reason, or if it passes by itself
     */
    static Optional<Outcome> problem(SdkException failure, Console console) {
        return reason(failure)
                .flatMap(reason -> cure(reason)
                        .map(cure -> new Outcome.Waiting(
                                "IAM Identity Center cannot use its customer managed KMS key (%s).".formatted(reason),
                                cure,
                                console.identityCenter())));
    }

    /** Whether the key is the reason, so that the exception does not mean what it says. */
    public static boolean isReasonOf(SdkException failure) {
        return reason(failure).isPresent();
    }

    private static Optional<String> cure(String reason) {
        return switch (reason) {
            case "KMS_AccessDeniedException", "KMS_ACCESS_DENIED" ->
                Optional.of(
                        "Open the key in the AWS KMS console and allow kms:Decrypt in its key policy for the roles of"
                                + " Groundwork, as for everybody who works with IAM Identity Center.");
            case "KMS_DisabledException", "KMS_DISABLED" ->
                Optional.of("Open the key in the AWS KMS console and enable it.");
            case "KMS_InvalidStateException", "KMS_INVALID_STATE" ->
                Optional.of(
                        "Open the key in the AWS KMS console, cancel its deletion if one is scheduled, and enable it.");
            case "KMS_NotFoundException", "KMS_KEY_NOT_FOUND", "KMS_INVALID_ARN" ->
                Optional.of(
                        "The key is gone, or is not where IAM Identity Center looks for it. Choose another one in the"
                                + " settings of IAM Identity Center; if it does not let you, ask AWS Support.");
            case "KMS_InvalidKeyUsageException", "KMS_INVALID_KEY_USAGE" ->
                Optional.of(
                        "Choose a symmetric key for encryption and decryption in the settings of IAM Identity Center.");
            // Throttling passes. A reason that is not known yet is none of these.
            default -> Optional.empty();
        };
    }

    private static Optional<String> reason(SdkException failure) {
        return failure instanceof SdkPojo modelled
                ? modelled.sdkFields().stream()
                        .filter(field -> field.memberName().equals("Reason"))
                        .findFirst()
                        .flatMap(field -> value(field, failure))
                        .filter(reason -> reason.startsWith("KMS_"))
                : Optional.empty();
    }

    private static Optional<String> value(SdkField<?> field, SdkException failure) {
        return Optional.ofNullable(field.getValueOrDefault(failure)).map(Object::toString);
    }
}
