package groundwork.rehearsal.states;

import java.time.Duration;
import java.util.Optional;

/**
 * The two types of workflows.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html">Choosing workflow type in
 *     Step Functions</a>
 */
public enum WorkflowType {
    /** Runs for up to a year, each step exactly once. */
    STANDARD,
    /**
     * Runs for five minutes at most. It cannot wait for a job (.sync), for a task token, or for a Distributed Map, and is not
     * billed by state transitions.
     */
    EXPRESS;

    private static final Duration LONGEST_EXPRESS = Duration.ofMinutes(5);

    /** How long an execution may take when its definition says this. */
    Optional<Duration> timeout(Optional<Duration> defined) {
        return switch (this) {
            case STANDARD -> defined;
            case EXPRESS ->
                Optional.of(defined.filter(timeout -> timeout.compareTo(LONGEST_EXPRESS) < 0)
                        .orElse(LONGEST_EXPRESS));
        };
    }
}
