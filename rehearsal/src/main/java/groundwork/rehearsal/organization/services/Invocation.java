package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.Caller;
import java.time.Instant;
import software.amazon.awssdk.regions.Region;

/** The circumstances of one call, as its operation needs them. */
record Invocation(Caller caller, Region region, Instant now, String requestId) {
    String accountId() {
        return caller.accountId();
    }
}
