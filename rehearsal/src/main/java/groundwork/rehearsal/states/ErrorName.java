package groundwork.rehearsal.states;

import java.util.List;
import java.util.Set;

/**
 * The predefined error names and what they match.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Handling errors in
 *     Step Functions workflows</a>
 */
final class ErrorName {

    static final String ALL = "States.ALL";
    static final String TASK_FAILED = "States.TaskFailed";
    static final String TIMEOUT = "States.Timeout";
    static final String RUNTIME = "States.Runtime";
    static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";
    static final String QUERY_EVALUATION_ERROR = "States.QueryEvaluationError";
    static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";
    static final String EXCEED_TOLERATED_FAILURE_THRESHOLD = "States.ExceedToleratedFailureThreshold";

    /**
     * The predefined names that can appear in ErrorEquals here. Those of the JSONPath dialect, of heartbeats and of item
     * readers cannot occur, and nothing catches States.Runtime. Of States.BranchFailed the documentation says that a
     * branch failed, but what a Parallel state reports is the error of the branch: naming it would not do what it seems
     * to.
     */
    private static final Set<String> NAMEABLE = Set.of(
            ALL,
            TASK_FAILED,
            TIMEOUT,
            DATA_LIMIT_EXCEEDED,
            QUERY_EVALUATION_ERROR,
            EXCEED_TOLERATED_FAILURE_THRESHOLD,
            "States.Permissions",
            "States.Http.Socket");

    private ErrorName() {}

    /** Whether the name may appear in ErrorEquals: only predefined names begin with "States.". */
    static boolean isNameable(String name) {
        return !name.startsWith("States.") || NAMEABLE.contains(name);
    }

    /**
     * Whether ErrorEquals names the error. States.ALL leaves out States.DataLimitExceeded, which must be named;
     * States.TaskFailed leaves out States.Timeout as well; nothing matches States.Runtime.
     */
    static boolean matches(List<String> errorEquals, String error) {
        return !error.equals(RUNTIME)
                && errorEquals.stream().anyMatch(name -> switch (name) {
                    case ALL -> !error.equals(DATA_LIMIT_EXCEEDED);
                    case TASK_FAILED -> !error.equals(DATA_LIMIT_EXCEEDED) && !error.equals(TIMEOUT);
                    default -> name.equals(error);
                });
    }
}
