package groundwork.conclusion;

import groundwork.checklist.Checklist;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.state.AccountRecord;
import groundwork.state.Outbox;
import groundwork.state.OutboxContents;
import groundwork.state.PointsInTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the checklist of a member account together, with what is remembered of the account. Nobody is waited for and nobody is told:
 * whoever started the look does both, for all accounts at once.
 */
final class MemberChecklist {
    private final String hubAccountId;
    private final Outbox outbox;
    private final InstantSource clock;

    /** @param hubAccountId the account of the stack */
    MemberChecklist(String hubAccountId, Outbox outbox, InstantSource clock) {
        this.hubAccountId = hubAccountId;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Says what a run would do. */
    Conclusion plan(String accountId, Instant at, Findings found, String stored, List<String> ahead) {
        PointsInTime times = new PointsInTime(clock.instant());
        AccountRecord before = AccountRecord.parse(stored, times);
        OutboxContents noted = outbox.contents(accountId, times);
        Findings findings = completed(found, times, ahead);
        Checklist checklist = checklist(before, findings, noted, at);
        return Conclusion.planned(checklist, findings);
    }

    /** Completes the checklist, and says what is to be remembered. */
    Conclusion conclude(
            String accountId,
            Instant at,
            AccountRecord.Known known,
            Findings found,
            String stored,
            List<String> ahead) {
        PointsInTime times = new PointsInTime(clock.instant());
        AccountRecord before = AccountRecord.parse(stored, times);
        OutboxContents noted = outbox.contents(accountId, times);
        Checklist checklist = checklist(before, completed(found, times, ahead), noted, at);
        AccountRecord record = new AccountRecord(
                checklist,
                known.orElse(before.known()),
                null,
                null,
                before.repairs().and(DueMessages.worked(checklist, noted.repairs()), clock.instant()),
                before.lookedAfterSince().orElse(at),
                List.of());
        return Conclusion.ofMember(
                checklist,
                record.stored(),
                checklist.changesSince(before.lastChecklist(), noted.repairedSince(before.lastChecklist())));
    }

    private static Checklist checklist(AccountRecord before, Findings findings, OutboxContents noted, Instant at) {
        return Checklist.after(
                before.lastChecklist(), findings, noted.repairedSince(before.lastChecklist()), Optional.empty(), at);
    }

    private Findings completed(Findings found, PointsInTime times, List<String> ahead) {
        Set<String> allAhead = times.ahead();
        allAhead.addAll(ahead);
        return found.and(Findings.of(
                new Finding(
                        Prerequisite.EMAIL_CHANNEL,
                        Correspondence.withThoseAhead(
                                new Outcome.NotApplicable(
                                        "Emails are sent for account %s, where the stack is.".formatted(hubAccountId)),
                                allAhead)),
                new Finding(
                        Prerequisite.SIGN_IN_EMAIL,
                        new Outcome.NotApplicable(
                                "The sign-in URL is the same for all accounts, and is sent for account %s."
                                        .formatted(hubAccountId))),
                new Finding(
                        Prerequisite.FIRST_SIGN_IN,
                        new Outcome.NotApplicable(
                                "The administrator signs in to all accounts at once, which is looked for in account %s."
                                        .formatted(hubAccountId)))));
    }
}
