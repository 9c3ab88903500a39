package groundwork.checklist;

import static java.util.Objects.requireNonNull;

import com.google.gson.annotations.SerializedName;
import java.util.List;

/**
 * What one look at the account says about one prerequisite.
 *
 * @param prerequisite the prerequisite
 * @param outcome where it stands
 * @param effects what Groundwork did for it, or in a plan would do, in order; {@code changes} in JSON, as people read it in a plan
 *     and executions under way hand it over
 * @param notice something that people are told once although nobody has to act; null if there is nothing
 */
public record Finding(
        Prerequisite prerequisite,
        Outcome outcome,
        @SerializedName("changes") List<Effect> effects,
        String notice) {
    public Finding {
        requireNonNull(prerequisite);
        requireNonNull(outcome);
        effects = effects == null ? List.of() : List.copyOf(effects);
    }

    public Finding(Prerequisite prerequisite, Outcome outcome, List<Effect> effects) {
        this(prerequisite, outcome, effects, null);
    }

    public Finding(Prerequisite prerequisite, Outcome outcome) {
        this(prerequisite, outcome, List.of());
    }

    /** The same with another outcome. */
    public Finding with(Outcome other) {
        return new Finding(prerequisite, other, effects, notice);
    }
}
