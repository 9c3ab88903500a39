package groundwork.rehearsal.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import groundwork.rehearsal.simulation.Order;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.states.ExpressionObserver.Evaluation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One execution of a state machine, for tests: what went in, what came out, and what happened on the way. */
final class StateMachineRun {

    static final Instant START = Instant.parse("2026-11-01T08:00:00Z");
    static final String ARN = "arn:aws:states:eu-west-1:111122223333:stateMachine:demo";
    static final String ROLE = "arn:aws:iam::111122223333:role/demo";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Work of a task; it may sleep. */
    interface Work {
        JsonNode perform(JsonNode arguments, Simulation simulation);
    }

    private final List<HistoryEvent> events = new ArrayList<>();
    private final List<Evaluation> evaluations = new ArrayList<>();
    private final List<JsonNode> calls = new ArrayList<>();
    private ExecutionResult result;
    private Duration duration;

    private StateMachineRun() {}

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** A definition that starts with the given state. */
    static String definition(String startAt, String states) {
        return "{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"" + startAt + "\", \"States\": {" + states + "}}";
    }

    /** The value of an expression in the Output of a Pass state. */
    static JsonNode evaluate(String expression, String input) {
        return pass(expression, input).output();
    }

    /** An execution of a single Pass state whose Output is the expression. */
    static StateMachineRun pass(String expression, String input) {
        String pass = JSON.createObjectNode()
                .put("Type", "Pass")
                .put("Output", "{% " + expression + " %}")
                .put("End", true)
                .toString();
        return run(definition("Pass", "\"Pass\": " + pass), input);
    }

    static StateMachineRun run(String definition, String input) {
        return run(definition, input, (arguments, simulation) -> arguments);
    }

    static StateMachineRun run(String definition, String input, Work work) {
        return run(StateMachineDefinition.parse(definition), input, work, Optional.empty());
    }

    static StateMachineRun express(String definition, String input) {
        return run(
                StateMachineDefinition.parse(definition, WorkflowType.EXPRESS),
                input,
                (arguments, simulation) -> arguments,
                Optional.empty());
    }

    /** An execution whose role may not run a Distributed Map. */
    static StateMachineRun refused(String definition, String input, TaskFailure refusal) {
        return run(
                StateMachineDefinition.parse(definition),
                input,
                (arguments, simulation) -> arguments,
                Optional.of(refusal));
    }

    private static StateMachineRun run(
            StateMachineDefinition definition, String input, Work work, Optional<TaskFailure> refusal) {
        StateMachineRun run = new StateMachineRun();
        try (Simulation simulation = new Simulation(START, Order.fifo())) {
            TaskResource resource = new TaskResource() {
                @Override
                public JsonNode call(String name, JsonNode arguments) {
                    run.calls.add(arguments);
                    return work.perform(arguments, simulation);
                }

                @Override
                public void startsMapRun(String stateMachineArn, String executionArn) {
                    refusal.ifPresent(failure -> {
                        throw failure;
                    });
                }
            };
            StateMachine machine = new StateMachine(definition, ARN, ROLE, resource, simulation, 1)
                    .withListener(run.events::add)
                    .withExpressionObserver(run.evaluations::add);
            simulation.start("execution", () -> {
                run.result = machine.execute("first", json(input));
                run.duration = Duration.between(START, simulation.clock().instant());
            });
            simulation.runUntilIdle();
        }
        return run;
    }

    JsonNode output() {
        assertThat(result).isInstanceOf(ExecutionResult.Succeeded.class);
        return ((ExecutionResult.Succeeded) result).output();
    }

    String error() {
        return failed().error();
    }

    String cause() {
        return failed().cause();
    }

    private ExecutionResult.Failed failed() {
        assertThat(result).isInstanceOf(ExecutionResult.Failed.class);
        return (ExecutionResult.Failed) result;
    }

    long stateTransitions() {
        return result.stateTransitions();
    }

    /** How long the execution took in virtual time. */
    Duration duration() {
        return duration;
    }

    /** Arguments of the tasks in the order of the calls. */
    List<JsonNode> calls() {
        return calls;
    }

    List<HistoryEvent> events() {
        return events;
    }

    <E extends HistoryEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Names of the states in the order in which they were entered. */
    List<String> entered() {
        return events(HistoryEvent.StateEntered.class).stream()
                .map(HistoryEvent.StateEntered::state)
                .toList();
    }

    List<Evaluation> evaluations() {
        return evaluations;
    }
}
