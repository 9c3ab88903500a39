package groundwork.root;

import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Gives clients that act in a member account. */
@FunctionalInterface
public interface MemberClients {
    /**
     * A client of IAM.
     *
     * @param credentials of a session that AWS STS has begun in the account
     */
    IamClient iam(Credentials credentials);
}
