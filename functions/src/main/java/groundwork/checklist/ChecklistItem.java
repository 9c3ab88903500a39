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
 * @param since when this period began
 * @param doneBefore whether the prerequisite has ever been done
 */
public record ChecklistItem(
        Prerequisite prerequisite, Outcome outcome, boolean open, int period, Instant since, boolean doneBefore) {
    public ChecklistItem {
        requireNonNull(prerequisite);
        requireNonNull(outcome);
        requireNonNull(since);
    }

    static ChecklistItem first(Prerequisite prerequisite, Outcome outcome, Instant at) {
        return new ChecklistItem(prerequisite, outcome, opens(outcome, false), 1, at, outcome instanceof Outcome.Done);
    }

    ChecklistItem observed(Outcome now, Instant at) {
        boolean opens = opens(now, open);
        return new ChecklistItem(
                prerequisite,
                now,
                opens,
                opens == open ? period : period + 1,
                opens == open ? since : at,
                doneBefore || now instanceof Outcome.Done);
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
