package groundwork.sweep;

import java.time.Instant;
import java.util.List;

/**
 * A member account as a sweep lists it.
 *
 * @param id its 12 digits
 * @param name its name; the account itself may choose it
 * @param standing whether there is anything to look at
 * @param permissionSets the ARNs of what the administrators' group has there
 * @param outdated whether the permission set was changed after it was provisioned there
 * @param mark what marked it; null if it is looked at because all are
 */
public record Member(
        String id, String name, Standing standing, List<String> permissionSets, boolean outdated, Marked mark) {
    public Member {
        permissionSets = permissionSets == null ? List.of() : List.copyOf(permissionSets);
    }

    /** Where an account stands in the organization. */
    public enum Standing {
        ACTIVE,
        /** Suspended, closed, being closed or not activated yet: AWS refuses to work on it. */
        NOT_ACTIVE,
        /** It is not in the organization any more, or not among those that are looked after. */
        GONE
    }

    /**
     * What was noted about an account since it was looked at for the last time.
     *
     * @param events how many events there were
     * @param seenAt when the newest of the account's own was; null if there was none of its own
     */
    public record Marked(long events, Instant seenAt) {}
}
