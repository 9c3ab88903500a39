package groundwork.root;

import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.IamClientBuilder;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Gives clients that act in a member account. */
@FunctionalInterface
public interface MemberClients {
    /**
     * A client of IAM, which whoever asked for it closes: a sweep has one for each account.
     *
     * @param credentials of a session that AWS STS has begun in the account
     */
    IamClient iam(Credentials credentials);

    /** Builds the real one. */
    static IamClientBuilder builder(Credentials credentials) {
        return IamClient.builder()
                .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken())));
    }
}
