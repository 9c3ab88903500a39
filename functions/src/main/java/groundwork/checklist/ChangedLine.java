package groundwork.checklist;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A line of the checklist that stands elsewhere than at the last look that was recorded, or that Groundwork repaired.
 *
 * @param prerequisite the prerequisite
 * @param before where it stood; null at the first look
 * @param after where it stands now
 * @param repaired whether Groundwork has put something back; then it may stand where it stood
 */
public record ChangedLine(Prerequisite prerequisite, Outcome.Status before, Outcome.Status after, boolean repaired) {
    public ChangedLine {
        requireNonNull(prerequisite);
        requireNonNull(after);
    }

    static ChangedLine of(Prerequisite prerequisite, Optional<Outcome> before, Outcome after, boolean repaired) {
        return new ChangedLine(prerequisite, before.map(Outcome::status).orElse(null), after.status(), repaired);
    }
}
