package groundwork.rehearsal.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.services.sts.model.StsException;

class NoAccessExceptionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ExpiredToken          | Your credentials have expired (ExpiredToken): sign in again, with aws login or aws sso login, and retry.
            InvalidClientTokenId  | AWS does not accept your credentials (InvalidClientTokenId): are they of this partition, is the Region enabled, is the clock right?
            ServiceUnavailable    | AWS does not say who you are: the words of AWS (Service: Sts, Status Code: 403, Request ID: null)
            """)
    void becauseOfAnAnswerOfAws(String code, String sentence) {
        StsException failure = (StsException) StsException.builder()
                .statusCode(403)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("the words of AWS")
                        .serviceName("Sts")
                        .build())
                .build();

        assertThat(NoAccessException.because(failure).getMessage().replaceAll(" \\(SDK.*", ""))
                .isEqualTo(sentence);
    }

    @Test
    void becauseThereIsNoNetwork() {
        SdkClientException failure = SdkClientException.create(
                "Unable to execute HTTP request: sts.amazonaws.com", new UnknownHostException("sts.amazonaws.com"));

        assertThat(NoAccessException.because(failure))
                .hasMessageStartingWith(
                        "AWS cannot be reached: Unable to execute HTTP request: sts.amazonaws.com. Is there");
    }

    @Test
    void withoutCredentials_whenTheProfileSignsInOnce_namesTheCommandThatSignsIn() {
        assertThat(NoAccessException.withoutCredentials(
                        SdkClientException.create("Token is expired"),
                        profile("dev", Map.of("sso_session", "corp")),
                        "dev",
                        true))
                .hasMessage("The single sign-on session of profile \"dev\" has expired or was never started:"
                        + " run aws sso login --profile dev.");
    }

    @Test
    void withoutCredentials_whenTheProfileIsOfAwsLogin_namesTheCommandThatSignsIn() {
        assertThat(NoAccessException.withoutCredentials(
                        SdkClientException.create("Login session not found"),
                        profile("default", Map.of("login_session", "arn:aws:iam::111122223333:root")),
                        "default",
                        false))
                .hasMessage(
                        "The sign-in session of profile \"default\" has expired or was never started: run aws login.");
    }

    @Test
    void withoutCredentials_whenNothingIsConfigured_saysHowToGetSome() {
        assertThat(NoAccessException.withoutCredentials(
                        SdkClientException.create("Unable to load credentials from any of the providers in the chain"),
                        Optional.empty(),
                        "default",
                        false))
                .hasMessage(
                        "No AWS credentials were found: run aws login, also as the root user, for which no access key"
                                + " should ever be made, or name a profile with --profile.");
    }

    private static Optional<Profile> profile(String name, Map<String, String> properties) {
        return Optional.of(Profile.builder().name(name).properties(properties).build());
    }
}
