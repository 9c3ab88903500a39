package groundwork.request;

import java.time.Instant;

/**
 * Why Groundwork looks at an account now. Every field but the kind may be null.
 *
 * @param kind {@code BY_HAND}, {@code STACK}, {@code SCHEDULE}, {@code CHANGE} or {@code SELF_TEST}
 * @param event what happened, as CloudTrail names it
 * @param who the principal, as CloudTrail names it
 * @param when when it happened
 * @param region the Region that recorded it
 * @param eventId the CloudTrail event
 */
public record Cause(String kind, String event, String who, Instant when, String region, String eventId) {
    /** Whether a change in the account is the cause, so that people want to know which. */
    public boolean namesAChange() {
        return "CHANGE".equals(kind);
    }
}
