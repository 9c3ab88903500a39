package groundwork.email.channel;

import groundwork.email.ExternalText;
import groundwork.runtime.AwsFailure;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What AWS said of a failed call, fit for a sentence. */
final class AwsWords {
    private static final int LIMIT = 300;

    private AwsWords() {}

    static String of(AwsServiceException failure) {
        String line = ExternalText.line(AwsFailure.words(failure), LIMIT);
        return line.isEmpty() || line.endsWith(".") ? line : line + ".";
    }
}
