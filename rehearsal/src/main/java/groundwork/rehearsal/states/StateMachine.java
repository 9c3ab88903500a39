package groundwork.rehearsal.states;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.simulation.Simulation;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A state machine that can be executed. Executions may run side by side as processes of the same simulation.
 *
 * <p>Everything that chance decides (jitter, {@code $random()}, {@code $uuid()}) comes from the seed and the execution's
 * name.
 */
public final class StateMachine {

    private final StateMachineDefinition definition;
    private final String arn;
    private final String roleArn;
    private final TaskResource resource;
    private final Simulation simulation;
    private final long seed;
    private final ExecutionListener listener;
    private final ExpressionObserver observer;
    private boolean deleted;

    /**
     * Creates a state machine to which nobody listens.
     *
     * @param arn for example {@code arn:aws:states:eu-west-1:111122223333:stateMachine:account-setup}
     * @param roleArn the execution role, which only the context object shows
     * @param resource does the work of the Task states
     */
    public StateMachine(
            StateMachineDefinition definition,
            String arn,
            String roleArn,
            TaskResource resource,
            Simulation simulation,
            long seed) {
        this(definition, arn, roleArn, resource, simulation, seed, event -> {}, evaluation -> {});
    }

    private StateMachine(
            StateMachineDefinition definition,
            String arn,
            String roleArn,
            TaskResource resource,
            Simulation simulation,
            long seed,
            ExecutionListener listener,
            ExpressionObserver observer) {
        this.definition = Objects.requireNonNull(definition);
        this.arn = Objects.requireNonNull(arn);
        this.roleArn = Objects.requireNonNull(roleArn);
        this.resource = Objects.requireNonNull(resource);
        this.simulation = Objects.requireNonNull(simulation);
        this.seed = seed;
        this.listener = Objects.requireNonNull(listener);
        this.observer = Objects.requireNonNull(observer);
        if (!arn.contains(":stateMachine:")) {
            throw new IllegalArgumentException("Not the ARN of a state machine: " + arn);
        }
    }

    /** The same state machine with this listener in place of the former one. */
    public StateMachine withListener(ExecutionListener other) {
        return new StateMachine(definition, arn, roleArn, resource, simulation, seed, other, observer);
    }

    /** The same state machine with this observer in place of the former one. */
    public StateMachine withExpressionObserver(ExpressionObserver other) {
        return new StateMachine(definition, arn, roleArn, resource, simulation, seed, listener, other);
    }

    /**
     * Executes the state machine to its end. Called in a process of the simulation, which it keeps busy as long as the
     * execution takes in virtual time.
     *
     * @param name name of the execution; the caller sees to it that it is unique
     * @param input input of the first state, at most 256 KiB
     */
    public ExecutionResult execute(String name, JsonNode input) {
        return new Execution(ExecutionContext.start(this, name, input)).run(definition.timeout());
    }

    /**
     * Goes on with an execution that has begun elsewhere, from a state that it has entered. What it had taken for input of
     * that state is not known, so that this is for states which use variables only.
     *
     * @param name its name
     * @param input what it was started with
     * @param startedAt when
     * @param state the state that it is in
     * @param variables what was assigned before that
     */
    public ExecutionResult resume(
            String name, JsonNode input, Instant startedAt, String state, Map<String, JsonNode> variables) {
        return new Execution(ExecutionContext.start(this, name, input).startedAt(startedAt))
                .resume(state, Variables.none().assign(variables));
    }

    /**
     * Deletes the state machine: from now on its executions fail at their next transition.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html">
     *     DeleteStateMachine</a>
     */
    public void delete() {
        deleted = true;
    }

    /**
     * @throws StateFailure with what a deleted execution's history says
     * @see <a href="https://repost.aws/knowledge-center/step-functions-stuck-deleting-status">Why is my state machine
     *     stuck in the DELETING status?</a>
     */
    void requireNotDeleted() {
        if (deleted) {
            throw new StateFailure(ErrorName.RUNTIME, "State machine " + name() + " has been deleted.");
        }
    }

    /** The type of its executions. */
    public WorkflowType type() {
        return definition.type();
    }

    /** The ARN that an execution of this name has; that of an Express workflow ends in an id of its own. */
    public String executionArn(String name) {
        return switch (type()) {
            case STANDARD -> arn.replace(":stateMachine:", ":execution:") + ":" + name;
            case EXPRESS ->
                arn.replace(":stateMachine:", ":express:") + ":" + name + ":"
                        + UUID.nameUUIDFromBytes((arn + name).getBytes(UTF_8));
        };
    }

    StateMachineDefinition definition() {
        return definition;
    }

    String arn() {
        return arn;
    }

    String name() {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    String roleArn() {
        return roleArn;
    }

    TaskResource resource() {
        return resource;
    }

    Simulation simulation() {
        return simulation;
    }

    long seed() {
        return seed;
    }

    ExecutionListener listener() {
        return listener;
    }

    ExpressionObserver observer() {
        return observer;
    }
}
