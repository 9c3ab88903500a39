package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.states.ExecutionResult;
import java.time.Instant;

/**
 * An execution of the state machine.
 *
 * @param name its name
 * @param input what it was started with
 * @param endedAt when it ended; null while it runs
 * @param result how it ended; null while it runs
 */
public record ExecutionRecord(String name, Instant startedAt, JsonNode input, Instant endedAt, ExecutionResult result) {
    /** The status in the output of an execution that succeeded; {@code FAILED} or {@code RUNNING} otherwise. */
    public String status() {
        return switch (result) {
            case null -> "RUNNING";
            case ExecutionResult.Succeeded succeeded ->
                succeeded.output().path("status").asText();
            case ExecutionResult.Failed failed -> "FAILED";
        };
    }

    /** The state transitions that are billed; 0 while it runs. */
    public long stateTransitions() {
        return result == null ? 0 : result.stateTransitions();
    }
}
