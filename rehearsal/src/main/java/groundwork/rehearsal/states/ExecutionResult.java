package groundwork.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;

/** How an execution ended. */
public sealed interface ExecutionResult {

    /**
     * State transitions as AWS bills them for Standard workflows: one for each state entered and one for each retry,
     * child executions of a Distributed Map included.
     *
     * @see <a href="https://aws.amazon.com/step-functions/pricing/">AWS Step Functions pricing</a>
     */
    long stateTransitions();

    /** The execution reached its end. */
    record Succeeded(JsonNode output, long stateTransitions) implements ExecutionResult {}

    /**
     * The execution failed, or ran longer than its TimeoutSeconds (error {@code States.Timeout}).
     *
     * @param error error name, empty where a Fail state gives none
     * @param cause human-readable text, may be empty
     */
    record Failed(String error, String cause, long stateTransitions) implements ExecutionResult {}
}
