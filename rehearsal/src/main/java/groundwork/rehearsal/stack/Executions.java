package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.store.Workflows;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.states.ExecutionResult;
import groundwork.rehearsal.states.StateMachine;
import groundwork.rehearsal.states.WorkflowType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A state machine of a stack and its executions, of which each is a process of the simulation. */
final class Executions {
    private final Simulation simulation;
    private final Metrics metrics;
    private final StateMachine machine;
    private final String stateMachineArn;
    private final Map<String, ExecutionRecord> executions = new LinkedHashMap<>();
    private int started;
    private boolean ending;
    private boolean gone;

    Executions(Simulation simulation, Metrics metrics, StateMachine machine, String stateMachineArn) {
        this.simulation = simulation;
        this.metrics = metrics;
        this.machine = machine;
        this.stateMachineArn = stateMachineArn;
    }

    /** The state machine is being deleted: executions end, each at its next transition. */
    void end() {
        ending = true;
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

    /** Those that run, newest first, as Step Functions lists them. */
    List<Workflows.Running> running() {
        return executions.values().stream()
                .filter(execution -> execution.result() == null)
                .map(execution -> new Workflows.Running(arn(execution.name()), execution.startedAt()))
                .toList()
                .reversed();
    }

    boolean areRunning() {
        return executions.values().stream().anyMatch(execution -> execution.result() == null);
    }

    /** How many were started. */
    int started() {
        return started;
    }

    WorkflowType type() {
        return machine.type();
    }

    String stateMachineArn() {
        return stateMachineArn;
    }

    /** The ARN that an execution of this name has or would have. */
    String arn(String name) {
        return machine.executionArn(name);
    }

    /** The execution of this name, of Express workflows the last one; empty if there was none. */
    Optional<ExecutionRecord> named(String name) {
        return Optional.ofNullable(executions.get(name));
    }

    boolean isEnding() {
        return ending;
    }

    boolean isGone() {
        return gone;
    }

    /** The name of an execution for which nobody chose one. */
    String nextName() {
        return "%04d".formatted(++started);
    }

    /** Starts an execution under the next name; false if the state machine is gone. */
    boolean start(JsonNode input) {
        return start(nextName(), input);
    }

    boolean start(String name, JsonNode input) {
        if (gone) {
            return false;
        }
        simulation.start("execution " + name, execution(name, input));
        return true;
    }

    /** Starts an execution and lets the calling process continue when it has ended. */
    void startAndWait(String name, JsonNode input) {
        simulation.startAndWait("execution " + name, execution(name, input));
    }

    private Runnable execution(String name, JsonNode input) {
        metrics.count(
                Metrics.executionsStarted(stateMachineArn), simulation.clock().instant());
        ExecutionRecord running = new ExecutionRecord(name, simulation.clock().instant(), input, null, null);
        executions.put(name, running);
        return () -> {
            ExecutionResult result = machine.execute(name, input);
            end(running, result);
            if (result instanceof ExecutionResult.Failed) {
                metrics.count(
                        Metrics.executionsFailed(stateMachineArn),
                        simulation.clock().instant());
            }
        };
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
