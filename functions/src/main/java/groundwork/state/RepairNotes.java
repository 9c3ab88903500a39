package groundwork.state;

import groundwork.checklist.Prerequisite;
import java.time.Instant;

/**
 * Notes in the table what is about to be done for a prerequisite. A run that dies between a write and its report would
 * otherwise leave an effect that nobody is told of: the next run finds everything in place.
 */
public final class RepairNotes {
    private final Outbox outbox;
    private final String accountId;
    private final Prerequisite prerequisite;
    private final boolean repair;
    private final AccountRecord record;
    private final Instant now;

    /**
     * @param repair whether the prerequisite was done at some earlier time, for the same person
     */
    public RepairNotes(
            Outbox outbox,
            String accountId,
            Prerequisite prerequisite,
            boolean repair,
            AccountRecord record,
            Instant now) {
        this.outbox = outbox;
        this.accountId = accountId;
        this.prerequisite = prerequisite;
        this.repair = repair;
        this.record = record;
        this.now = now;
    }

    /** Whether creating something repairs the prerequisite. */
    boolean areOfARepair() {
        return repair;
    }

    /** @throws RepairedTooOftenException if it was put right three times within a day */
    void requireFew(String resource) {
        if (repair && record.repairs().areTooMany(prerequisite, resource, now)) {
            throw new RepairedTooOftenException(resource);
        }
    }

    /** A resource that is missing is about to be created. */
    void creates(String resource) {
        if (repair) {
            outbox.noteRepair(
                    accountId, prerequisite, resource, record.checklist().observedAt());
        }
    }

    /** A resource is about to be brought to what it should be now. */
    void updates(String resource) {
        if (repair) {
            outbox.noteUpdate(
                    accountId, prerequisite, resource, record.checklist().observedAt());
        }
    }
}
