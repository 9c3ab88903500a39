package groundwork.request;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Why an execution was started. It is told to people; it decides nothing.
 *
 * @param kind the way in
 * @param event what happened, as CloudTrail names it, such as {@code DeleteGroupMembership}; null unless a change
 * @param who the principal as CloudTrail names it; null when CloudTrail does not say
 * @param when when it happened; null unless a change
 * @param region the Region that recorded it; null unless a change
 * @param eventId CloudTrail's id of the event; null unless a change
 */
public record Cause(Kind kind, String event, String who, Instant when, String region, String eventId) {
    public Cause {
        requireNonNull(kind);
    }

    /** The way in. */
    public enum Kind {
        /** The console, the CLI or an API call. */
        BY_HAND,
        /** The stack was created or updated. */
        STACK,
        /** The schedule. */
        SCHEDULE,
        /** A test of the way that events take. */
        SELF_TEST,
        /** Something changed in the account. */
        CHANGE
    }

    /** Whether a change in the account set the execution off. */
    public boolean namesAChange() {
        return kind == Kind.CHANGE;
    }

    static Cause of(Kind kind) {
        return new Cause(kind, null, null, null, null, null);
    }
}
