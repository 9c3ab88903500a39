package groundwork.sweep;

import groundwork.checklist.Checklist;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.state.AccountRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Records of accounts, as a look writes them. */
final class Looks {
    static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
    static final String SET = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef";
    static final AccountRecord.Known KNOWN = new AccountRecord.Known("user-1", "group-1", SET);
    static final Outcome DONE = new Outcome.Done("It is done.");

    private Looks() {}

    /** Of an account in which everything is done. */
    static AccountRecord ready() {
        return with(Findings.NONE);
    }

    /** Of an account in which everything is done but this. */
    static AccountRecord with(Prerequisite prerequisite, Outcome outcome) {
        return with(Findings.of(new Finding(prerequisite, outcome)));
    }

    private static AccountRecord with(Findings findings) {
        Findings all = new Findings(Arrays.stream(Prerequisite.values())
                        .map(each -> new Finding(each, DONE))
                        .toList())
                .and(findings);
        return new AccountRecord(Checklist.after(Optional.empty(), all, Set.of(), Optional.empty(), AT), KNOWN);
    }
}
