package groundwork.rehearsal.trust;

import java.util.List;

/**
 * What came of a scenario with faults.
 *
 * @param violations what must not be; empty unless {@link Outcome#VIOLATED}
 */
record Verdict(String scenario, List<PlannedFault> plan, Outcome outcome, List<String> violations) {
    enum Outcome {
        /** It ended as without faults, and nobody noticed. */
        UNNOTICED("as without"),
        /** The denied action was named, and the next look completed what was left. */
        TOLD("action named"),
        /** One more execution completed it. */
        NEXT_RUN("next run"),
        /** An execution failed, as Groundwork could not do its own work, and the next one completed it. */
        FAILED("failed, next run"),
        /** An email whose sender did not learn that it went out was sent again. */
        REPEATED("email repeated"),
        /** No call was befallen: after another fault there was none of that number that could fail so. */
        NOT_REACHED("not reached"),
        /** Something that must not be. */
        VIOLATED("VIOLATED");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** What is violated, and how to play it again. */
    String report() {
        return "%s with %s: %s".formatted(scenario, plan, violations);
    }
}
