package groundwork.conclusion;

import com.google.gson.annotations.SerializedName;
import groundwork.checklist.Effect;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import java.util.List;

/**
 * What a run would do about one prerequisite.
 *
 * @param prerequisite the prerequisite
 * @param verb what would happen
 * @param what that in a sentence
 * @param effects what would be created, adopted or repaired, with ids as far as they exist
 */
public record PlanLine(
        Prerequisite prerequisite,
        Verb verb,
        String what,
        @SerializedName("changes") List<Effect> effects) {
    public PlanLine {
        effects = List.copyOf(effects);
    }

    /** What a run would do. */
    public enum Verb {
        WOULD_CREATE,
        WOULD_ADOPT,
        WOULD_REPAIR,
        WOULD_UPDATE,
        AS_IT_SHOULD_BE,
        NEEDS_A_PERSON,
        BLOCKED,
        UNKNOWN,
        NOT_APPLICABLE
    }

    /** The line of what a look found. */
    public static PlanLine of(Finding finding) {
        return new PlanLine(
                finding.prerequisite(), verb(finding), finding.outcome().what(), finding.effects());
    }

    private static Verb verb(Finding finding) {
        return switch (finding.outcome()) {
            case Outcome.Done done -> has(finding, Effect.Kind.ADOPTED) ? Verb.WOULD_ADOPT : Verb.AS_IT_SHOULD_BE;
            case Outcome.Planned planned -> {
                if (has(finding, Effect.Kind.REPAIRED)) {
                    yield Verb.WOULD_REPAIR;
                }
                if (has(finding, Effect.Kind.CREATED) || finding.effects().isEmpty()) {
                    yield Verb.WOULD_CREATE;
                }
                yield has(finding, Effect.Kind.UPDATED) ? Verb.WOULD_UPDATE : Verb.WOULD_ADOPT;
            }
            case Outcome.Waiting waiting -> Verb.NEEDS_A_PERSON;
            case Outcome.Blocked blocked -> Verb.BLOCKED;
            case Outcome.Unknown unknown -> Verb.UNKNOWN;
            case Outcome.NotApplicable notApplicable -> Verb.NOT_APPLICABLE;
        };
    }

    private static boolean has(Finding finding, Effect.Kind kind) {
        return finding.effects().stream().anyMatch(effect -> effect.kind() == kind);
    }
}
