package groundwork.request;

import static java.util.Objects.requireNonNull;

import groundwork.json.Discriminator;
import java.time.Instant;

/** Why an execution was started. It is told to people; it decides nothing. */
@Discriminator("kind")
public sealed interface Cause {
    /** The console, the CLI or an API call. */
    record ByHand() implements Cause {}

    /** The stack was created or updated. */
    record Stack() implements Cause {}

    /** The schedule. */
    record Schedule() implements Cause {}

    /** A test of the way that events take. */
    record SelfTest() implements Cause {}

    /**
     * Something changed in the account.
     *
     * @param event what happened, as CloudTrail names it, such as {@code DeleteGroupMembership}
     * @param who the principal as CloudTrail names it; null when CloudTrail does not say
     * @param when when it happened; null when the event does not say
     * @param region the Region that recorded it; null when the event does not say
     * @param eventId CloudTrail's id of the event; null when the event does not say
     */
    record Change(String event, String who, Instant when, String region, String eventId) implements Cause {
        public Change {
            requireNonNull(event);
        }
    }
}
