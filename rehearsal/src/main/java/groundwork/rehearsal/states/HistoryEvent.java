package groundwork.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Something that happened in an execution. Names follow the history of Step Functions; {@link RetryScheduled},
 * {@link ErrorCaught} and {@link WaitStarted} are told to people and are no events of that history.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html">HistoryEvent</a>
 */
public sealed interface HistoryEvent {

    /** ARN of the execution; a child execution of a Distributed Map has its own. */
    String execution();

    /** Virtual time. */
    Instant at();

    record ExecutionStarted(String execution, Instant at, JsonNode input) implements HistoryEvent {}

    /**
     * The execution ended, in either way.
     *
     * @param historyEvents how many events its history has in AWS Step Functions, of which 25,000 are allowed
     */
    record ExecutionEnded(String execution, Instant at, ExecutionResult result, int historyEvents)
            implements HistoryEvent {}

    /** @param type the state's Type, for example {@code Task} */
    record StateEntered(String execution, Instant at, String state, String type, JsonNode input)
            implements HistoryEvent {}

    /** @param assigned the variables the state assigned, often none */
    record StateExited(String execution, Instant at, String state, JsonNode output, Map<String, JsonNode> assigned)
            implements HistoryEvent {}

    /** @param timeout how long the task may take */
    record TaskScheduled(
            String execution, Instant at, String state, String resource, JsonNode arguments, Duration timeout)
            implements HistoryEvent {}

    record TaskStarted(String execution, Instant at, String state, String resource) implements HistoryEvent {}

    record TaskSucceeded(String execution, Instant at, String state, String resource, JsonNode result)
            implements HistoryEvent {}

    /** The task failed or, with error {@code States.Timeout}, took too long. */
    record TaskFailed(String execution, Instant at, String state, String resource, String error, String cause)
            implements HistoryEvent {}

    /**
     * A state that failed will be tried again.
     *
     * @param retry 1 for the first retry of the state since it was entered
     * @param delay how long the execution waits before it
     */
    record RetryScheduled(
            String execution, Instant at, String state, String error, String cause, int retry, Duration delay)
            implements HistoryEvent {}

    /** A Catcher took the failure of a state. */
    record ErrorCaught(String execution, Instant at, String state, String error, String cause, String next)
            implements HistoryEvent {}

    /** @param duration how long the execution waits from now, not negative */
    record WaitStarted(String execution, Instant at, String state, Duration duration) implements HistoryEvent {}
}
