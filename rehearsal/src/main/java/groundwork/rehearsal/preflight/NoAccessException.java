package groundwork.rehearsal.preflight;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.Profile;

/** The account cannot be looked at. The message is one sentence that says why and what to do. */
final class NoAccessException extends RuntimeException {
    private static final Set<String> EXPIRED =
            Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired");
    private static final Set<String> NOT_ACCEPTED = Set.of(
            "AuthFailure",
            "IncompleteSignature",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException");

    NoAccessException(String sentence) {
        super(sentence);
    }

    /** Says why a call failed that every caller may make. */
    static NoAccessException because(RuntimeException failure) {
        if (failure instanceof AwsServiceException answer) {
            return answered(answer);
        }
        return new NoAccessException(
                failure instanceof SdkClientException && isNetwork(failure)
                        ? "AWS cannot be reached: %s. Is there a network, a proxy (HTTPS_PROXY), a wrong AWS_ENDPOINT_URL?"
                                .formatted(words(failure).replaceAll("\\.$", ""))
                        : "The account cannot be looked at: " + words(failure));
    }

    private static NoAccessException answered(AwsServiceException failure) {
        String code = failure.awsErrorDetails() == null
                ? ""
                : String.valueOf(failure.awsErrorDetails().errorCode());
        if (EXPIRED.contains(code)) {
            return new NoAccessException(
                    "Your credentials have expired (%s): sign in again, with aws login or aws sso login, and retry."
                            .formatted(code));
        }
        if (NOT_ACCEPTED.contains(code)) {
            return new NoAccessException(
                    "AWS does not accept your credentials (%s): are they of this partition, is the Region enabled, is the clock right?"
                            .formatted(code));
        }
        return new NoAccessException("AWS does not say who you are: " + words(failure));
    }

    /** Says why no credentials were found. */
    static NoAccessException withoutCredentials(
            RuntimeException failure, Optional<Profile> profile, String name, boolean wanted) {
        if (failure instanceof AwsServiceException answer) {
            return answered(answer);
        }
        String option = name.equals("default") ? "" : " --profile " + name;
        if (isNetwork(failure)) {
            return because(failure);
        }
        if (has(profile, "sso_session") || has(profile, "sso_start_url")) {
            return new NoAccessException(
                    "The single sign-on session of profile \"%s\" has expired or was never started: run aws sso login%s."
                            .formatted(name, option));
        }
        if (has(profile, "login_session")) {
            return new NoAccessException(
                    "The sign-in session of profile \"%s\" has expired or was never started: run aws login%s."
                            .formatted(name, option));
        }
        return new NoAccessException(
                wanted
                        ? "The profile \"%s\" gives no credentials: %s".formatted(name, words(failure))
                        : "No AWS credentials were found: run aws login, also as the root user, for which no access key should ever be made, or name a profile with --profile.");
    }

    private static boolean has(Optional<Profile> profile, String property) {
        return profile.flatMap(found -> found.property(property)).isPresent();
    }

    private static boolean isNetwork(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof UnknownHostException
                        || cause instanceof ConnectException
                        || cause instanceof NoRouteToHostException
                        || cause instanceof SocketTimeoutException
                        || cause instanceof SSLException);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** The first line of what the SDK says. */
    static String words(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }
}
