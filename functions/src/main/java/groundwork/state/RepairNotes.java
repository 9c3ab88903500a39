package groundwork.state;

import groundwork.checklist.Prerequisite;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.utils.Lazy;

/**
 * Notes in the table what is about to be done for a prerequisite. A run that dies between a write and its report would
 * otherwise leave an effect that nobody is told of: the next run finds everything in place.
 */
public final class RepairNotes {
    private final Outbox outbox;
    private final String accountId;
    private final Prerequisite prerequisite;
    private final Lazy<Boolean> repair;
    private final AccountRecord record;
    private final Instant now;

    /**
     * @param wasDone whether the prerequisite was done at some earlier time, for the same person; only asked if something is to be done
     */
    public RepairNotes(
            Outbox outbox,
            String accountId,
            Prerequisite prerequisite,
            BooleanSupplier wasDone,
            AccountRecord record,
            Instant now) {
        this.outbox = outbox;
        this.accountId = accountId;
        this.prerequisite = prerequisite;
        this.repair = new Lazy<>(wasDone::getAsBoolean);
        this.record = record;
        this.now = now;
    }

    /** Whether creating something repairs the prerequisite. */
    boolean areOfARepair() {
        return repair.getValue();
    }

    /** @throws RepairedTooOftenException if it was put right three times within a day */
    void requireFew(String resource) {
        if (areOfARepair() && record.repairs().areTooMany(prerequisite, resource, now)) {
            throw new RepairedTooOftenException(resource);
        }
    }

    /** A resource that is missing is about to be created. */
    void creates(String resource) {
        if (areOfARepair()) {
            outbox.noteRepair(
                    accountId, prerequisite, resource, record.checklist().observedAt());
        }
    }

    /** A resource is about to be brought to what it should be now. */
    void updates(String resource) {
        if (areOfARepair()) {
            outbox.noteUpdate(
                    accountId, prerequisite, resource, record.checklist().observedAt());
        }
    }
}
