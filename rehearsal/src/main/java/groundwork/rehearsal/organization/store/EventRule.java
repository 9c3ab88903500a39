package groundwork.rehearsal.organization.store;

import java.util.Map;
import software.amazon.awssdk.regions.Region;

/**
 * A rule of Amazon EventBridge on a default bus.
 *
 * @param targets the ARNs of its targets, by id
 */
public record EventRule(String accountId, Region region, String name, boolean enabled, Map<String, String> targets) {
    public EventRule {
        targets = Map.copyOf(targets);
    }

    /** Whether an event that matches reaches the target. */
    public boolean delivers(String targetId) {
        return enabled && targets.containsKey(targetId);
    }

    public EventRule withoutTargets() {
        return new EventRule(accountId, region, name, enabled, Map.of());
    }

    public EventRule withEnabled(boolean on) {
        return new EventRule(accountId, region, name, on, targets);
    }
}
