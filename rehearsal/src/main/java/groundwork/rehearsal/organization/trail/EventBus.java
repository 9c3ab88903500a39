package groundwork.rehearsal.organization.trail;

import com.fasterxml.jackson.databind.JsonNode;
import software.amazon.awssdk.regions.Region;

/** The default event buses of the organization, seen from CloudTrail. */
@FunctionalInterface
public interface EventBus {
    /** Takes an event, in EventBridge's envelope, on the default bus of the account in the Region. */
    void put(String accountId, Region region, JsonNode event);
}
