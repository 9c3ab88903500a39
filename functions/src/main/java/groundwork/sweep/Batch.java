package groundwork.sweep;

import groundwork.state.AccountRecord;
import java.time.Instant;
import java.util.List;

/**
 * Accounts that are compared together, and what came of it.
 *
 * @param known what the account of the stack has: the same administrator and group are to be had in every member
 * @param members the accounts
 * @param differing the ids of those that differ from what is on record; null until they were compared
 * @param comparedAt when; null until then
 */
record Batch(AccountRecord.Known known, List<Member> members, List<String> differing, Instant comparedAt) {
    /**
     * The most accounts of a batch. With three calls each, one function checks their root users in a fraction of its time.
     */
    static final int SIZE = 50;

    Batch(AccountRecord.Known known, List<Member> members) {
        this(known, members, null, null);
    }

    Batch compared(List<String> found, Instant at) {
        return new Batch(known, members, found, at);
    }

    boolean isCompared() {
        return comparedAt != null;
    }
}
