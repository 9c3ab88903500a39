package groundwork.rehearsal.preflight;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Effect;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.conclusion.PlanLine;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a deployment would do about one prerequisite, for a person to read.
 *
 * @param what in a sentence
 * @param effects what would be created, adopted or repaired
 * @param step what a person has to do
 */
record Line(Prerequisite prerequisite, Kind kind, String what, List<Effect> effects, Optional<Step> step) {
    /** What opens by itself once a person has done another line. */
    private static final Set<BlockedReason> FOLLOWS = Set.of(
            BlockedReason.EMAIL_UNCONFIRMED, BlockedReason.IDENTITY_CENTER_NOT_ENABLED, BlockedReason.NO_ORGANIZATION);

    Line {
        effects = List.copyOf(effects);
    }

    /** The words of the plan. */
    enum Kind {
        WOULD_CREATE("would create"),
        WOULD_ADOPT("would adopt"),
        WOULD_REPAIR("would repair"),
        WOULD_UPDATE("would update"),
        AS_IT_SHOULD_BE("as it should be"),
        NOT_APPLICABLE("not needed"),
        NEEDS_A_PERSON("needs a person"),
        COMES_LATER("comes later"),
        UNKNOWN("unknown"),
        BLOCKED("blocked");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * What a person has to do.
     *
     * @param link where; empty as long as the page does not exist
     */
    record Step(String todo, Optional<URI> link) {}

    static Line of(PlanLine planned, Outcome outcome) {
        return new Line(
                planned.prerequisite(), kind(planned.verb(), outcome), what(outcome), planned.effects(), step(outcome));
    }

    static Line unknown(Prerequisite prerequisite, String why) {
        return new Line(prerequisite, Kind.UNKNOWN, why, List.of(), Optional.empty());
    }

    private static Kind kind(PlanLine.Verb verb, Outcome outcome) {
        return switch (verb) {
            case WOULD_CREATE -> Kind.WOULD_CREATE;
            case WOULD_ADOPT -> Kind.WOULD_ADOPT;
            case WOULD_REPAIR -> Kind.WOULD_REPAIR;
            case WOULD_UPDATE -> Kind.WOULD_UPDATE;
            case AS_IT_SHOULD_BE -> Kind.AS_IT_SHOULD_BE;
            case NEEDS_A_PERSON -> Kind.NEEDS_A_PERSON;
            case BLOCKED ->
                outcome instanceof Outcome.Blocked blocked && FOLLOWS.contains(blocked.reason())
                        ? Kind.COMES_LATER
                        : Kind.BLOCKED;
            case UNKNOWN -> Kind.UNKNOWN;
            case NOT_APPLICABLE -> Kind.NOT_APPLICABLE;
        };
    }

    private static String what(Outcome outcome) {
        return outcome instanceof Outcome.Blocked blocked && blocked.reason() == BlockedReason.ACCESS_DENIED
                ? "AWS denied you %s, so this cannot be told.".formatted(blocked.subject())
                : outcome.what();
    }

    private static Optional<Step> step(Outcome outcome) {
        return outcome instanceof Outcome.Waiting waiting
                ? Optional.of(new Step(waiting.todo(), Optional.of(waiting.link())))
                : Optional.empty();
    }
}
