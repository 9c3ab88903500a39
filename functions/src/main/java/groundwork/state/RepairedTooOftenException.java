package groundwork.state;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Outcome;

/** The same thing would be put right for the fourth time within a day. Nothing was written for it. */
public final class RepairedTooOftenException extends RuntimeException {
    RepairedTooOftenException(String resource) {
        super(resource);
    }

    public Outcome outcome() {
        return Outcome.Blocked.because(BlockedReason.REPAIRED_TOO_OFTEN, getMessage());
    }
}
