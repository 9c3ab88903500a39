package groundwork.rehearsal.organization.store;

import java.time.Duration;

/**
 * How slow, partial and strict the services are, where AWS leaves it open.
 *
 * @param provisioning how long an assignment or a provisioning stays IN_PROGRESS
 * @param visibility how long a new user, group or permission set cannot be found yet
 * @param pageSize the most items on a page; a service's own maximum if that is lower
 * @param emptyFirstPages whether every listing begins with an empty page that carries a token
 * @param throttling whether the documented request rates are enforced
 * @param membersSeeOrganizationInstance whether ListInstances in a member account shows the organization instance, as it
 *     does in some organizations
 */
public record Behavior(
        Duration provisioning,
        Duration visibility,
        int pageSize,
        boolean emptyFirstPages,
        boolean throttling,
        boolean membersSeeOrganizationInstance) {

    /** Ten seconds to provision, everything else at its easiest. */
    public static final Behavior USUAL = new Behavior(Duration.ofSeconds(10), Duration.ZERO, 1000, false, false, false);

    public Behavior {
        if (provisioning.isNegative() || visibility.isNegative() || pageSize < 1) {
            throw new IllegalArgumentException("Durations are not negative and a page holds at least one item");
        }
    }

    public Behavior withProvisioning(Duration time) {
        return new Behavior(time, visibility, pageSize, emptyFirstPages, throttling, membersSeeOrganizationInstance);
    }

    public Behavior withVisibility(Duration delay) {
        return new Behavior(provisioning, delay, pageSize, emptyFirstPages, throttling, membersSeeOrganizationInstance);
    }

    public Behavior withPageSize(int items) {
        return new Behavior(
                provisioning, visibility, items, emptyFirstPages, throttling, membersSeeOrganizationInstance);
    }

    public Behavior withEmptyFirstPages() {
        return new Behavior(provisioning, visibility, pageSize, true, throttling, membersSeeOrganizationInstance);
    }

    public Behavior withThrottling() {
        return new Behavior(provisioning, visibility, pageSize, emptyFirstPages, true, membersSeeOrganizationInstance);
    }

    public Behavior withMembersSeeingOrganizationInstance() {
        return new Behavior(provisioning, visibility, pageSize, emptyFirstPages, throttling, true);
    }
}
