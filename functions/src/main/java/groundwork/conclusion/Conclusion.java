package groundwork.conclusion;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.ChangedLine;
import groundwork.checklist.Checklist;
import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import java.util.List;

/**
 * What comes of a look.
 *
 * @param checklist the checklist after this look
 * @param record the {@link groundwork.state.AccountRecord} to store, as it is stored; null in a plan
 * @param waitFor whom or what people are waited for; null if no person is waited for, and in a plan
 * @param waitForAws whether something could not be read, or AWS is not done with it, which another look may find otherwise
 * @param sent what was sent, to whom
 * @param plan what a run would do, one line per prerequisite; null unless a plan was asked for
 * @param changes what has changed since the last look that was recorded; null in a plan
 * @param again whether something waited for an email that has been sent now, so that another look is worth it at once
 */
public record Conclusion(
        Checklist checklist,
        String record,
        Awaited waitFor,
        boolean waitForAws,
        List<String> sent,
        List<PlanLine> plan,
        List<ChangedLine> changes,
        boolean again) {
    /** What people are waited for. The state machine has a Wait state for each, so that its name says so. */
    public enum Awaited {
        EMAIL_CHANNEL,
        ROOT_MFA,
        ROOT_ACCESS_KEYS,
        IDENTITY_CENTER,
        FIRST_SIGN_IN,
        /** Whatever else the checklist asks for. */
        A_PERSON
    }

    static Conclusion of(
            Checklist checklist, String record, List<String> sent, List<ChangedLine> changes, boolean again) {
        return new Conclusion(checklist, record, awaited(checklist), awaitsAws(checklist), sent, null, changes, again);
    }

    /** In a member account nobody is waited for. */
    static Conclusion ofMember(Checklist checklist, String record, List<ChangedLine> changes) {
        return new Conclusion(checklist, record, null, false, List.of(), null, changes, false);
    }

    /** @param findings what the lines of the checklist come from; what was not looked at is as the checklist says */
    static Conclusion planned(Checklist checklist, Findings findings) {
        List<PlanLine> plan = checklist.items().stream()
                .map(item -> findings.finding(item.prerequisite())
                        .orElseGet(() -> new Finding(item.prerequisite(), item.outcome())))
                .map(PlanLine::of)
                .toList();
        return new Conclusion(checklist, null, null, false, List.of(), plan, null, false);
    }

    /** The first line that waits, but nothing else can be told before emails arrive. */
    private static Awaited awaited(Checklist checklist) {
        List<Prerequisite> waiting =
                checklist.waiting().stream().map(ChecklistItem::prerequisite).toList();
        if (waiting.isEmpty()) {
            return isSomebodyToBeMade(checklist) ? Awaited.A_PERSON : null;
        }
        return switch (waiting.contains(Prerequisite.EMAIL_CHANNEL) ? Prerequisite.EMAIL_CHANNEL : waiting.getFirst()) {
            case EMAIL_CHANNEL -> Awaited.EMAIL_CHANNEL;
            case ROOT_MFA -> Awaited.ROOT_MFA;
            case ROOT_ACCESS_KEYS -> Awaited.ROOT_ACCESS_KEYS;
            case IDENTITY_CENTER -> Awaited.IDENTITY_CENTER;
            case FIRST_SIGN_IN -> Awaited.FIRST_SIGN_IN;
            case CHANGE_EVENTS, ADMIN_USER, ADMIN_ACCESS, SIGN_IN_EMAIL -> Awaited.A_PERSON;
        };
    }

    /** Somebody adds the user where users come from, and nobody tells Groundwork. */
    private static boolean isSomebodyToBeMade(Checklist checklist) {
        return checklist.items().stream()
                .anyMatch(item -> item.outcome() instanceof Outcome.Blocked blocked
                        && blocked.reason() == BlockedReason.EXTERNAL_IDENTITY_SOURCE);
    }

    private static boolean awaitsAws(Checklist checklist) {
        return checklist.items().stream().anyMatch(item -> item.outcome() instanceof Outcome.Unknown);
    }
}
