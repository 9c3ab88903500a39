package groundwork.email;

import groundwork.state.OutboxContents;
import java.time.Instant;

/**
 * What an email is about. Its name is the same for every execution, and may come again: the periods of a line are counted,
 * and begin anew when the account's record is reset, restored from a backup or edited. So a mark in the table counts only
 * if it was made since the period began.
 *
 * @param name such as {@code ROOT_MFA#3#NOTICE}
 * @param earliest when it can have been told at the earliest; a mark from before is about an earlier occasion
 */
public record DatedOccasion(String name, Instant earliest) {
    /** One that has no periods: what it is about has an id of its own. */
    public static DatedOccasion once(String name) {
        return new DatedOccasion(name, Instant.EPOCH);
    }

    /** Whether it was told. */
    public boolean isSent(OutboxContents outbox) {
        Instant sentAt = outbox.sent().get(name);
        return sentAt != null && !sentAt.isBefore(earliest);
    }
}
