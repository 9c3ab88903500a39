package groundwork.rehearsal.stack;

import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;

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
}
