package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.states.ExecutionResult;
import groundwork.rehearsal.states.StateMachine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The state machines of a stack and their executions, of which each is a process of the simulation. */
final class Executions {
    private final Simulation simulation;
    private final Metrics metrics;
    private final Map<String, StateMachine> stateMachines = new HashMap<>();
    private final Map<String, ExecutionRecord> executions = new TreeMap<>();
    private int started;

    Executions(Simulation simulation, Metrics metrics) {
        this.simulation = simulation;
        this.metrics = metrics;
    }

    void create(String stateMachineArn, StateMachine machine) {
        stateMachines.put(stateMachineArn, machine);
    }

    /** The ARN of the stack's state machine. */
    String onlyStateMachine() {
        return stateMachines.keySet().iterator().next();
    }

    /** Ends the executions of a state machine that is being deleted, each at its next transition. */
    void end(String stateMachineArn) {
        stateMachines.get(stateMachineArn).delete();
    }

    /** The state machine is gone. */
    void remove(String stateMachineArn) {
        stateMachines.remove(stateMachineArn);
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

    /** Starts an execution under the next name; false if there is no such state machine. */
    boolean start(String stateMachineArn, JsonNode input) {
        return start(stateMachineArn, "%04d".formatted(++started), input);
    }

    boolean start(String stateMachineArn, String name, JsonNode input) {
        StateMachine machine = stateMachines.get(stateMachineArn);
        if (machine == null) {
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
     * @param state the state that it is in
     * @param variables what was assigned before that
     */
    void resume(StateMachine machine, ExecutionRecord begun, String state, Map<String, JsonNode> variables) {
        started = Math.max(started, Integer.parseInt(begun.name()));
        executions.put(begun.name(), begun);
        simulation.start(
                "execution " + begun.name(),
                () -> end(begun, machine.resume(begun.name(), begun.input(), begun.startedAt(), state, variables)));
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
