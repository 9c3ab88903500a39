package groundwork.email.channel;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.runtime.AwsErrors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sns.model.SnsException;

class AwsWordsTest {
    @Test
    void whatAwsSaid_endsLikeASentence() {
        assertThat(AwsWords.of(AwsErrors.error(SnsException.builder(), "Code", "The key is disabled")))
                .isEqualTo("The key is disabled.");
        assertThat(AwsWords.of(AwsErrors.error(SnsException.builder(), "Code", "The key is disabled.")))
                .isEqualTo("The key is disabled.");
    }

    @Test
    void whereAwsSaidNothing_theSdkIsHeard() {
        assertThat(AwsWords.of(
                        SnsException.builder().message("Status Code: 403").build()))
                .isEqualTo("Status Code: 403.");
        assertThat(AwsWords.of(SnsException.builder()
                        .message("Status Code: 403")
                        .awsErrorDetails(
                                AwsErrorDetails.builder().errorCode("Code").build())
                        .build()))
                .startsWith("Status Code: 403");
    }

    @Test
    void whereNobodySaidAnything_nothingIsMadeUp() {
        assertThat(AwsWords.of(AwsErrors.error(SnsException.builder(), "Code", " ")))
                .isEmpty();
    }
}
