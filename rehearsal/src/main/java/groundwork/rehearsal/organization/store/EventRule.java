package groundwork.rehearsal.organization.store;

import java.util.Map;
import software.amazon.awssdk.regions.Region;

/**
 * A rule of Amazon EventBridge.
 *
 * @param bus the name of its event bus
 * @param targets the ARNs of its targets, by id
 */
public record EventRule(
        String accountId, Region region, String bus, String name, boolean enabled, Map<String, String> targets) {
    /** The bus that an account has in every Region, and on which events of AWS arrive. */
    public static final String DEFAULT_BUS = "default";

    public EventRule {
        targets = Map.copyOf(targets);
    }

    /** Whether an event that matches reaches the target. */
    public boolean delivers(String targetId) {
        return enabled && targets.containsKey(targetId);
    }

    public EventRule withoutTargets() {
        return new EventRule(accountId, region, bus, name, enabled, Map.of());
    }

    public EventRule withEnabled(boolean on) {
        return new EventRule(accountId, region, bus, name, on, targets);
    }
}
