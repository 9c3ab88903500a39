package groundwork.runtime;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says what a failed call to AWS means: an obstacle a person has to remove, something that passes, or a defect. */
public final class AwsFailure {
    private static final Pattern DENIED_ACTION =
            Pattern.compile("not authorized to perform:? [`'\"]?([A-Za-z0-9-]+:[A-Za-z0-9]+)");
    private static final Set<String> DENIED =
            Set.of("AccessDeniedException", "AccessDenied", "AuthorizationError", "AuthorizationErrorException");
    private static final Set<String> SETTLING = Set.of("ConflictException", "ResourceNotFoundException");
    private static final Set<String> PASSING = Set.of(
            "ConflictException",
            "ConcurrentModificationException",
            "ResourceNotFoundException",
            "InternalServerException",
            "InternalFailure",
            "InternalError",
            "ServiceException",
            "ServiceUnavailable",
            "TransactionConflictException",
            "TransactionCanceledException");

    /**
     * How AWS says that a new account cannot use a service yet.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html">Common errors</a>
     */
    private static final Set<String> ACTIVATING = Set.of("OptInRequired", "SubscriptionRequiredException");

    /** How the protocols of AWS say that a service has no such operation, in this partition or at all. */
    private static final Set<String> NOT_OFFERED =
            Set.of("UnknownOperationException", "UnknownOperation", "InvalidAction", "NotImplemented");

    private AwsFailure() {}

    /**
     * The outcome of a prerequisite whose call failed for a reason that retrying does not remove.
     *
     * @param failure what the SDK threw
     * @return blocked with {@link BlockedReason#ACCESS_DENIED} or {@link BlockedReason#SERVICE_QUOTA}, waiting for a new
     *     account to be activated, or unknown if AWS does not offer the operation
     * @throws TryAgainException if the failure passes by itself
     * @throws SdkException the failure itself, if it is none of these
     */
    public static Outcome obstacle(SdkException failure) {
        if (failure instanceof AwsServiceException service) {
            Optional<String> denied = deniedAction(service);
            if (denied.isPresent()) {
                return Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, denied.get());
            }
            if (errorCode(service).equals("ServiceQuotaExceededException")) {
                return Outcome.Blocked.because(BlockedReason.SERVICE_QUOTA, message(service));
            }
            if (isActivating(service)) {
                return activating();
            }
            if (isNotOffered(service)) {
                return new Outcome.Unknown("AWS does not offer a call that is needed for this: " + message(service));
            }
        }
        throw rethrown(failure);
    }

    /**
     * The outcome of a prerequisite that could not be read.
     *
     * @param failure what the SDK threw
     * @param what what was being read, as the object of "could not read"
     * @return unknown, naming the denied action or the missing operation, or waiting for a new account to be activated
     * @throws TryAgainException if the failure passes by itself
     * @throws SdkException the failure itself, if it is none of these
     */
    public static Outcome unreadable(SdkException failure, String what) {
        if (failure instanceof AwsServiceException service) {
            Optional<String> denied = deniedAction(service);
            if (denied.isPresent()) {
                return new Outcome.Unknown("Could not read %s: AWS denied %s.".formatted(what, denied.get()));
            }
            if (isActivating(service)) {
                return activating();
            }
            if (isNotOffered(service)) {
                return new Outcome.Unknown("Could not read %s: %s".formatted(what, message(service)));
            }
        }
        throw rethrown(failure);
    }

    /** The failure to throw on: {@link TryAgainException} if it passes by itself, otherwise the failure itself. */
    public static RuntimeException rethrown(SdkException failure) {
        return passes(failure) ? new TryAgainException(failure) : failure;
    }

    /**
     * The answer of calls to AWS.
     *
     * @throws TryAgainException if they fail for a reason that passes by itself
     * @throws SdkException the failure itself, otherwise
     */
    public static <T> T answered(Supplier<T> calls) {
        try {
            return calls.get();
        } catch (SdkException e) {
            throw rethrown(e);
        }
    }

    /** The action AWS denied, or the service whose action it was when AWS does not name it; empty if nothing was denied. */
    public static Optional<String> deniedAction(AwsServiceException failure) {
        if (!DENIED.contains(errorCode(failure))) {
            return Optional.empty();
        }
        return Optional.of(deniedAction(message(failure)).orElseGet(() -> "a call to " + service(failure)));
    }

    /**
     * The action that IAM's refusal names, also where AWS passes the refusal on as the reason of something else.
     *
     * @param words what AWS said
     * @return such as {@code iam:CreateRole}; empty if it is no refusal, or one that names no action
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">Troubleshoot access
     *     denied error messages</a>
     */
    public static Optional<String> deniedAction(String words) {
        Matcher named = DENIED_ACTION.matcher(words);
        return named.find() ? Optional.of(named.group(1)) : Optional.empty();
    }

    private static boolean isActivating(AwsServiceException failure) {
        return ACTIVATING.contains(errorCode(failure));
    }

    /** A person is named because AWS may want something of one, and because people are waited for by the hour. */
    private static Outcome activating() {
        return new Outcome.Waiting(
                "AWS has not finished activating this new account.",
                "Nothing to do but wait: it takes minutes, and 24 hours at most. If it takes longer, see whether AWS still wants"
                        + " a payment method or the confirmation of a phone number of you.",
                Console.ACTIVATION);
    }

    /**
     * Why a call failed, in a few words: what AWS denied, the code of its error, or that it was not reached.
     *
     * @return such as {@code AWS denied sso:ListInstances}
     */
    public static String briefly(SdkException failure) {
        return failure instanceof AwsServiceException service
                ? deniedAction(service).map(action -> "AWS denied " + action).orElseGet(() -> errorCode(service))
                : "not reached";
    }

    /** Whether the service has no such operation. */
    public static boolean isNotOffered(AwsServiceException failure) {
        return NOT_OFFERED.contains(errorCode(failure));
    }

    /**
     * Whether the call came too early: it met another change under way, or something that is not visible yet. That may
     * take minutes, longer than throttling or a fault of the service.
     */
    public static boolean settles(SdkException failure) {
        return failure instanceof AwsServiceException service && SETTLING.contains(errorCode(service));
    }

    /** Whether the same call will work later without anybody doing anything. */
    public static boolean passes(SdkException failure) {
        if (failure instanceof SdkClientException) {
            return true;
        }
        return failure instanceof AwsServiceException service
                && (service.isThrottlingException()
                        || service.statusCode() >= 500
                        || PASSING.contains(errorCode(service)));
    }

    /** What AWS said, or where it said nothing, the SDK; empty if neither said anything. */
    public static String words(AwsServiceException failure) {
        String said = failure.awsErrorDetails() == null
                ? null
                : failure.awsErrorDetails().errorMessage();
        return Objects.toString(said == null ? failure.getMessage() : said, "");
    }

    private static String errorCode(AwsServiceException failure) {
        return failure.awsErrorDetails() == null || failure.awsErrorDetails().errorCode() == null
                ? ""
                : failure.awsErrorDetails().errorCode();
    }

    /** Asked only of failures with a code, which have details. */
    private static String message(AwsServiceException failure) {
        return failure.awsErrorDetails().errorMessage() == null
                ? ""
                : failure.awsErrorDetails().errorMessage();
    }

    private static String service(AwsServiceException failure) {
        return failure.awsErrorDetails().serviceName() == null
                ? "AWS"
                : failure.awsErrorDetails().serviceName();
    }
}
