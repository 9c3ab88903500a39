package groundwork.email;

import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What AWS said of a failed call, fit for a sentence. */
final class AwsWords {
    private static final int LIMIT = 300;

    private AwsWords() {}

    static String of(AwsServiceException failure) {
        String words = failure.awsErrorDetails() == null
                ? null
                : failure.awsErrorDetails().errorMessage();
        String line = ExternalText.line(words == null ? failure.getMessage() : words, LIMIT);
        return line.isEmpty() || line.endsWith(".") ? line : line + ".";
    }
}
