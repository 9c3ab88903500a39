package groundwork.conclusion;

import groundwork.checklist.Change;
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
 * @param changes what would be created, adopted or repaired, with ids as far as they exist
 */
public record PlanLine(Prerequisite prerequisite, Verb verb, String what, List<Change> changes) {
    public PlanLine {
        changes = List.copyOf(changes);
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
                finding.prerequisite(), verb(finding), finding.outcome().what(), finding.changes());
    }

    private static Verb verb(Finding finding) {
        return switch (finding.outcome()) {
            case Outcome.Done done -> has(finding, Change.Kind.ADOPTED) ? Verb.WOULD_ADOPT : Verb.AS_IT_SHOULD_BE;
            case Outcome.Planned planned -> {
                if (has(finding, Change.Kind.REPAIRED)) {
                    yield Verb.WOULD_REPAIR;
                }
                if (has(finding, Change.Kind.CREATED) || finding.changes().isEmpty()) {
                    yield Verb.WOULD_CREATE;
                }
                yield has(finding, Change.Kind.UPDATED) ? Verb.WOULD_UPDATE : Verb.WOULD_ADOPT;
            }
            case Outcome.Waiting waiting -> Verb.NEEDS_A_PERSON;
            case Outcome.Blocked blocked -> Verb.BLOCKED;
            case Outcome.Unknown unknown -> Verb.UNKNOWN;
            case Outcome.NotApplicable notApplicable -> Verb.NOT_APPLICABLE;
        };
    }

    private static boolean has(Finding finding, Change.Kind kind) {
        return finding.changes().stream().anyMatch(change -> change.kind() == kind);
    }
}
