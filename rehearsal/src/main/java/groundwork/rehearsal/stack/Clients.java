package groundwork.rehearsal.stack;

import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Where the handlers of a stack get their clients of AWS from: the embedded organization, or AWS itself. */
@FunctionalInterface
public interface Clients {
    /**
     * A client.
     *
     * @param type the interface of the SDK, such as {@code IamClient}
     * @param region the Region it calls
     */
    <C extends SdkClient> C client(Class<C> type, Region region);

    /**
     * A client of IAM with temporary credentials, which those have who were given a member account's role.
     *
     * @throws UnsupportedOperationException where nobody assumes roles
     */
    default IamClient iam(Credentials credentials) {
        throw new UnsupportedOperationException("No roles are assumed here");
    }
}
