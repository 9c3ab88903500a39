package groundwork.checklist;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What one look at the account says about one prerequisite.
 *
 * @param prerequisite the prerequisite
 * @param outcome where it stands
 * @param changes what Groundwork did for it, or in a plan would do, in order
 * @param notice something that people are told once although nobody has to act; null if there is nothing
 */
public record Finding(Prerequisite prerequisite, Outcome outcome, List<Change> changes, String notice) {
    public Finding {
        requireNonNull(prerequisite);
        requireNonNull(outcome);
        changes = changes == null ? List.of() : List.copyOf(changes);
    }

    public Finding(Prerequisite prerequisite, Outcome outcome, List<Change> changes) {
        this(prerequisite, outcome, changes, null);
    }

    public Finding(Prerequisite prerequisite, Outcome outcome) {
        this(prerequisite, outcome, List.of());
    }

    /** The same with another outcome. */
    public Finding with(Outcome other) {
        return new Finding(prerequisite, other, changes, notice);
    }
}
