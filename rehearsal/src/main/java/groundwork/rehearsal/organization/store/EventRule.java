package groundwork.rehearsal.organization.store;

import java.util.List;
import software.amazon.awssdk.regions.Region;

/**
 * A rule of Amazon EventBridge on a default bus.
 *
 * @param targets the ids of its targets
 */
public record EventRule(String accountId, Region region, String name, boolean enabled, List<String> targets) {
    public EventRule {
        targets = List.copyOf(targets);
    }

    /** Whether an event that matches reaches the target. */
    public boolean delivers(String targetId) {
        return enabled && targets.contains(targetId);
    }

    public EventRule withoutTargets() {
        return new EventRule(accountId, region, name, enabled, List.of());
    }

    public EventRule withEnabled(boolean on) {
        return new EventRule(accountId, region, name, on, targets);
    }
}
