package groundwork.changeevents;

import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** Clients of Amazon EventBridge by Region: Groundwork's rules are in up to two Regions. */
@FunctionalInterface
public interface EventBridgeClients {
    EventBridgeClient in(Region region);
}
