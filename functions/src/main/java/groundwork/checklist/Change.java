package groundwork.checklist;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A change in the account because of which Groundwork looked, according to the event that told of it. Whoever may start the
 * state machine can make such an event up. That it is what undid something is likely and not certain: in a burst it is the
 * last of several.
 *
 * @param event what happened, such as {@code DeleteGroupMembership}
 * @param who the principal as CloudTrail names it; null when CloudTrail does not say
 * @param when when it happened; null when the event does not say
 * @param region the Region that recorded it; null when the event does not say
 * @param eventId CloudTrail's id of the event; null when the event does not say
 */
public record Change(String event, String who, Instant when, String region, String eventId) {
    public Change {
        requireNonNull(event);
    }
}
