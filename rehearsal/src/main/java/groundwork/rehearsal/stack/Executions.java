package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.states.ExecutionResult;
import groundwork.rehearsal.states.StateMachine;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A state machine of a stack and its executions, of which each is a process of the simulation. */
final class Executions {
    private final Simulation simulation;
    private final Metrics metrics;
    private final StateMachine machine;
    private final String stateMachineArn;
    private final Map<String, ExecutionRecord> executions = new TreeMap<>();
    private int started;
    private boolean gone;

    Executions(Simulation simulation, Metrics metrics, StateMachine machine, String stateMachineArn) {
        this.simulation = simulation;
        this.metrics = metrics;
        this.machine = machine;
        this.stateMachineArn = stateMachineArn;
    }

    /** The state machine is being deleted: executions end, each at its next transition. */
    void end() {
        machine.delete();
    }

    /** The state machine is gone. */
    void remove() {
        gone = true;
    }

    /** All so far, in the order they were started. */
    List<ExecutionRecord> all() {
        return List.copyOf(executions.values());
    }

    boolean areRunning() {
        return executions.values().stream().anyMatch(execution -> execution.result() == null);
    }

    /** How many were started. */
    int started() {
        return started;
    }

    /** Starts an execution under the next name; false if the state machine is gone. */
    boolean start(JsonNode input) {
        return start("%04d".formatted(++started), input);
    }

    boolean start(String name, JsonNode input) {
        if (gone) {
            return false;
        }
        metrics.count(
                Metrics.executionsStarted(stateMachineArn), simulation.clock().instant());
        ExecutionRecord running = new ExecutionRecord(name, simulation.clock().instant(), input, null, null);
        executions.put(name, running);
        simulation.start("execution " + name, () -> {
            ExecutionResult result = machine.execute(name, input);
            end(running, result);
            if (result instanceof ExecutionResult.Failed) {
                metrics.count(
                        Metrics.executionsFailed(stateMachineArn),
                        simulation.clock().instant());
            }
        });
        return true;
    }

    /**
     * Goes on with an execution that began earlier.
     *
     * @param before the state machine as it was then
     * @param state the state that it is in
     * @param variables what was assigned before that
     */
    void resume(StateMachine before, ExecutionRecord begun, String state, Map<String, JsonNode> variables) {
        started = Math.max(started, Integer.parseInt(begun.name()));
        executions.put(begun.name(), begun);
        simulation.start(
                "execution " + begun.name(),
                () -> end(begun, before.resume(begun.name(), begun.input(), begun.startedAt(), state, variables)));
    }

    private void end(ExecutionRecord running, ExecutionResult result) {
        executions.put(
                running.name(),
                new ExecutionRecord(
                        running.name(),
                        running.startedAt(),
                        running.input(),
                        simulation.clock().instant(),
                        result));
    }
}
