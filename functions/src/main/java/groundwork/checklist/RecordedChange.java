package groundwork.checklist;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;

/**
 * A change in the account, as AWS CloudTrail recorded it, because of which Groundwork looked. That it is what undid
 * something is likely and not certain: in a burst it is the last of several.
 *
 * @param event what happened, such as {@code DeleteGroupMembership}
 * @param who the principal as CloudTrail names it; null when CloudTrail does not say
 * @param when when it happened; null when the event does not say
 * @param region the Region that recorded it; null when the event does not say
 * @param link the event in the CloudTrail console; null when it cannot be named
 */
public record RecordedChange(String event, String who, Instant when, String region, URI link) {
    public RecordedChange {
        requireNonNull(event);
    }
}
