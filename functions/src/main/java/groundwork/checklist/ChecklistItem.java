package groundwork.checklist;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A line of the checklist over time.
 *
 * @param prerequisite the prerequisite
 * @param outcome where it stands
 * @param open whether it needed someone when it was last known: waiting or blocked. An unknown outcome changes nothing
 *     here, so that one failed read neither closes a point nor opens it again.
 * @param period counts how often the line was opened or closed, from 1. It names a stretch of time without a clock, so
 *     that two executions which see the same change speak of the same occasion.
 * @param since when this period began. The number may come again, as when the record is reset or restored; together with
 *     its beginning it names the period once and for all.
 * @param doneBefore whether the prerequisite has ever been done
 * @param cause the change that Groundwork looked because of when it found the line open again, or last repaired it; null
 *     if there was none
 */
public record ChecklistItem(
        Prerequisite prerequisite,
        Outcome outcome,
        boolean open,
        int period,
        Instant since,
        boolean doneBefore,
        Change cause) {
    public ChecklistItem {
        requireNonNull(prerequisite);
        requireNonNull(outcome);
        requireNonNull(since);
    }

    public ChecklistItem(
            Prerequisite prerequisite, Outcome outcome, boolean open, int period, Instant since, boolean doneBefore) {
        this(prerequisite, outcome, open, period, since, doneBefore, null);
    }

    static ChecklistItem first(Prerequisite prerequisite, Outcome outcome, Instant at) {
        return new ChecklistItem(prerequisite, outcome, opens(outcome, false), 1, at, outcome instanceof Outcome.Done);
    }

    /**
     * @param repaired whether Groundwork has put something back, with which a line may never have been open
     * @param change why Groundwork looked; null unless a change
     */
    ChecklistItem observed(Outcome now, boolean repaired, Change change, Instant at) {
        boolean opens = opens(now, open);
        boolean turns = opens != open;
        boolean news = repaired || (turns && opens);
        Change because = news ? change : turns ? null : cause;
        return new ChecklistItem(
                prerequisite,
                now,
                opens,
                turns ? period + 1 : period,
                turns ? at : since,
                doneBefore || now instanceof Outcome.Done,
                because);
    }

    /** The same line, with a period that began at another time. */
    public ChecklistItem beginning(Instant at) {
        return new ChecklistItem(prerequisite, outcome, open, period, at, doneBefore, cause);
    }

    private static boolean opens(Outcome outcome, boolean before) {
        return switch (outcome) {
            case Outcome.Waiting waiting -> true;
            case Outcome.Blocked blocked -> true;
            case Outcome.Done done -> false;
            case Outcome.NotApplicable notApplicable -> false;
            case Outcome.Planned planned -> false;
            case Outcome.Unknown unknown -> before;
        };
    }
}
