package groundwork.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;

/** Does the work of Task states. It runs inside the simulation, so it may sleep in virtual time. */
@FunctionalInterface
public interface TaskResource {

    /**
     * Performs a task.
     *
     * @param resource the state's Resource, for example {@code arn:aws:states:::lambda:invoke}
     * @param arguments the evaluated Arguments, or the state's input where the state has none
     * @return the result; a JSON null, not a Java null, where there is none
     * @throws TaskFailure if the task fails; any other exception is a defect of the resource and ends the run
     */
    JsonNode call(String resource, JsonNode arguments);

    /**
     * Called when a Distributed Map is about to start its child executions.
     *
     * @param stateMachineArn the state machine, of which the children are executions too
     * @param executionArn the execution that the Map state belongs to
     * @throws TaskFailure if the role may not start them
     */
    default void startsMapRun(String stateMachineArn, String executionArn) {}
}
