package groundwork.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.states.State.Catcher;
import groundwork.rehearsal.states.State.Exit;
import groundwork.rehearsal.states.State.Recovery;
import groundwork.rehearsal.states.State.Retrier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One execution of a state machine, or of the processor of a Distributed Map as a child execution. */
final class Execution {

    /** A Map state in INLINE mode runs at most this many iterations at once. */
    private static final int INLINE_CONCURRENCY = 40;

    private static final int DISTRIBUTED_CONCURRENCY = 10_000;

    /**
     * An execution whose history grows longer than this fails.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step Functions service
     *     quotas</a>
     */
    private static final int LARGEST_HISTORY = 25_000;

    /**
     * Characters of a cause in the history.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_TaskFailedEventDetails.html">
     *     TaskFailedEventDetails</a>
     */
    private static final int LONGEST_CAUSE = 32_768;

    /** What a state leaves behind. */
    private record Left(JsonNode output, Map<String, JsonNode> assigned, Optional<String> next) {}

    private final ExecutionContext context;
    private final StateMachine machine;
    private final Simulation simulation;
    private final Clock clock;
    private final String arn;
    private final StateGraph graph;
    private final Optional<Execution> parent;
    private long transitions;
    private int events;

    Execution(ExecutionContext context) {
        this(context, context.machine().definition().graph(), Optional.empty());
    }

    private Execution(ExecutionContext context, StateGraph graph, Optional<Execution> parent) {
        this.context = context;
        this.machine = context.machine();
        this.simulation = machine.simulation();
        this.clock = simulation.clock();
        this.arn = context.arn();
        this.graph = graph;
        this.parent = parent;
    }

    ExecutionResult run(Optional<Duration> timeout) {
        return run(timeout, () -> run(graph, context.input(), Variables.none(), Optional.empty()));
    }

    /** Goes on from a state that the execution has entered before, with the variables as they were then. */
    ExecutionResult resume(String state, Variables variables) {
        return run(Optional.empty(), () -> run(graph, state, context.input(), variables, Optional.empty()));
    }

    private ExecutionResult run(Optional<Duration> timeout, Supplier<JsonNode> way) {
        tell(new HistoryEvent.ExecutionStarted(arn, clock.instant(), context.input()));
        ExecutionResult result;
        try {
            Payload.limited(machine.name(), "an input", context.input());
            JsonNode output = timeout.isEmpty() ? way.get() : simulation.within(context.name(), timeout.get(), way);
            result = new ExecutionResult.Succeeded(output, transitions);
        } catch (StateFailure failure) {
            result = new ExecutionResult.Failed(failure.error(), failure.cause(), transitions);
        } catch (TimeoutException e) {
            result = new ExecutionResult.Failed(ErrorName.TIMEOUT, "", transitions);
        }
        return ended(result);
    }

    private ExecutionResult ended(ExecutionResult result) {
        events++;
        machine.listener().happened(new HistoryEvent.ExecutionEnded(arn, clock.instant(), result, events));
        return result;
    }

    private JsonNode run(StateGraph states, JsonNode statesInput, Variables outer, Optional<ObjectNode> mapItem) {
        return run(states, states.startAt(), statesInput, outer, mapItem);
    }

    private JsonNode run(
            StateGraph states, String first, JsonNode firstInput, Variables outer, Optional<ObjectNode> mapItem) {
        JsonNode stateInput = firstInput;
        Variables variables = outer;
        Optional<String> next = Optional.of(first);
        while (next.isPresent()) {
            State state = states.state(next.get());
            machine.requireNotDeleted();
            countTransition();
            Instant entered = clock.instant();
            tell(new HistoryEvent.StateEntered(arn, entered, state.name(), state.type(), stateInput));
            Left left = perform(state, new StateEntry(state.name(), stateInput, variables, mapItem, entered));
            tell(new HistoryEvent.StateExited(arn, clock.instant(), state.name(), left.output(), left.assigned()));
            variables = variables.assign(left.assigned());
            stateInput = left.output();
            next = left.next();
        }
        return stateInput;
    }

    private Left perform(State state, StateEntry entry) {
        return switch (state) {
            case State.Pass pass -> leave(pass.exit(), entry.input(), context.evaluator(entry));
            case State.Wait wait -> waitThenLeave(wait, entry);
            case State.Choice choice -> choose(choice, entry);
            case State.Succeed succeed -> {
                Exit exit = new Exit(Map.of(), succeed.output(), Optional.empty());
                yield leave(exit, entry.input(), context.evaluator(entry));
            }
            case State.Fail fail -> {
                Evaluator evaluator = context.evaluator(entry);
                throw new StateFailure(
                        fail.error().map(evaluator::text).orElse(""),
                        fail.cause().map(evaluator::text).orElse(""));
            }
            case State.Task task ->
                recovering(entry, task.recovery(), task.exit(), evaluator -> performTask(task, evaluator));
            case State.Parallel parallel ->
                recovering(
                        entry,
                        parallel.recovery(),
                        parallel.exit(),
                        evaluator -> performBranches(parallel, entry, evaluator));
            case State.Map map ->
                recovering(entry, map.recovery(), map.exit(), evaluator -> performItems(map, entry, evaluator));
        };
    }

    private Left waitThenLeave(State.Wait wait, StateEntry entry) {
        Evaluator evaluator = context.evaluator(entry);
        Duration duration = wait.seconds()
                .map(seconds -> Duration.ofSeconds(evaluator.integer(seconds, 0)))
                .orElseGet(() -> Duration.between(
                        clock.instant(), evaluator.timestamp(wait.timestamp().orElseThrow())));
        if (duration.isNegative()) {
            duration = Duration.ZERO;
        }
        tell(new HistoryEvent.WaitStarted(arn, clock.instant(), wait.name(), duration));
        simulation.sleep(duration);
        return leave(wait.exit(), entry.input(), evaluator);
    }

    private Left choose(State.Choice choice, StateEntry entry) {
        Evaluator evaluator = context.evaluator(entry);
        for (State.Rule rule : choice.rules()) {
            if (evaluator.condition(rule.condition())) {
                return leave(rule.exit(), entry.input(), evaluator);
            }
        }
        Exit otherwise = choice.otherwise()
                .orElseThrow(() -> new StateFailure(
                        ErrorName.NO_CHOICE_MATCHED,
                        "An error occurred while executing the state '" + choice.name()
                                + "'. No Choice rule matched and there is no Default."));
        return leave(otherwise, entry.input(), evaluator);
    }

    /** Assign and Output are both evaluated with the variables as they were when the state was entered. */
    private Left leave(Exit exit, JsonNode defaultOutput, Evaluator evaluator) {
        String state = evaluator.state();
        Map<String, JsonNode> assigned = evaluator.evaluate(exit.assign());
        if (!assigned.isEmpty()) {
            ObjectNode together = JsonNodeFactory.instance.objectNode();
            together.setAll(assigned);
            Payload.limited(state, "variables", together);
        }
        JsonNode output = exit.output().map(evaluator::evaluate).orElse(defaultOutput);
        return new Left(Payload.limited(state, "an output", output), assigned, exit.next());
    }

    /**
     * Performs the work of a state and leaves it. Any failure on the way, of Output and Assign too, goes first to the
     * Retrier that matches, while it has attempts left, and then to the Catcher that matches.
     */
    private Left recovering(StateEntry entry, Recovery recovery, Exit exit, Function<Evaluator, JsonNode> work) {
        int[] attempts = new int[recovery.retriers().size()];
        for (int retries = 0; ; retries++) {
            Evaluator evaluator = context.evaluator(entry, retries);
            try {
                JsonNode result = work.apply(evaluator);
                return leave(exit, result, evaluator.with("result", result));
            } catch (StateFailure failure) {
                if (failure.error().equals(ErrorName.QUERY_EVALUATION_ERROR)) {
                    count("EvaluationFailed");
                }
                int matching = matchingRetrier(recovery, failure);
                if (matching < 0
                        || attempts[matching]
                                == recovery.retriers().get(matching).maxAttempts()) {
                    return handle(failure, recovery, evaluator);
                }
                Retrier retrier = recovery.retriers().get(matching);
                Duration delay = retrier.delay(attempts[matching]++);
                if (retrier.jitter()) {
                    delay = Duration.ofMillis(context.random().nextLong(delay.toMillis() + 1));
                }
                tell(new HistoryEvent.RetryScheduled(
                        arn, clock.instant(), evaluator.state(), failure.error(), failure.cause(), retries + 1, delay));
                simulation.sleep(delay);
                countTransition();
            }
        }
    }

    private static int matchingRetrier(Recovery recovery, StateFailure failure) {
        for (int i = 0; i < recovery.retriers().size(); i++) {
            if (ErrorName.matches(recovery.retriers().get(i).errorEquals(), failure.error())) {
                return i;
            }
        }
        return -1;
    }

    private Left handle(StateFailure failure, Recovery recovery, Evaluator evaluator) {
        Catcher catcher = recovery.catchers().stream()
                .filter(candidate -> ErrorName.matches(candidate.errorEquals(), failure.error()))
                .findFirst()
                .orElseThrow(() -> failure);
        tell(new HistoryEvent.ErrorCaught(
                arn,
                clock.instant(),
                evaluator.state(),
                failure.error(),
                failure.cause(),
                catcher.exit().next().orElseThrow()));
        ObjectNode errorOutput = JsonNodeFactory.instance.objectNode();
        errorOutput.put("Error", failure.error()).put("Cause", failure.cause());
        return leave(catcher.exit(), errorOutput, evaluator.with("errorOutput", errorOutput));
    }

    private JsonNode performTask(State.Task task, Evaluator evaluator) {
        JsonNode arguments = Payload.limited(
                task.name(),
                "arguments",
                task.arguments().map(evaluator::evaluate).orElse(evaluator.input()));
        Duration timeout = Duration.ofSeconds(task.timeoutSeconds()
                .map(seconds -> evaluator.integer(seconds, 1))
                .orElse(FieldReader.LARGEST_SECONDS));
        String resource = task.resource();
        tell(new HistoryEvent.TaskScheduled(arn, clock.instant(), task.name(), resource, arguments, timeout));
        tell(new HistoryEvent.TaskStarted(arn, clock.instant(), task.name(), resource));
        try {
            JsonNode result = Payload.limited(
                    task.name(),
                    "a result",
                    simulation.call(
                            task.name(), timeout, () -> machine.resource().call(resource, arguments.deepCopy())));
            tell(new HistoryEvent.TaskSucceeded(arn, clock.instant(), task.name(), resource, result));
            return result;
        } catch (TaskFailure failure) {
            throw taskFailed(task, failure.error(), failure.cause());
        } catch (TimeoutException e) {
            throw taskFailed(task, ErrorName.TIMEOUT, "");
        }
    }

    private StateFailure taskFailed(State.Task task, String error, String fullCause) {
        String cause = fullCause.substring(0, Math.min(fullCause.length(), LONGEST_CAUSE));
        tell(new HistoryEvent.TaskFailed(arn, clock.instant(), task.name(), task.resource(), error, cause));
        return new StateFailure(error, cause);
    }

    private JsonNode performBranches(State.Parallel parallel, StateEntry entry, Evaluator evaluator) {
        JsonNode branchInput = parallel.arguments().map(evaluator::evaluate).orElse(entry.input());
        List<Supplier<JsonNode>> branches = new ArrayList<>();
        for (StateGraph branch : parallel.branches()) {
            branches.add(() -> run(branch, branchInput, entry.variables(), entry.mapItem()));
        }
        count("ParallelStateStarted");
        List<JsonNode> results = simulation.all(branches, 0);
        count("ParallelStateSucceeded");
        return results(parallel.name(), results);
    }

    private JsonNode performItems(State.Map map, StateEntry entry, Evaluator evaluator) {
        JsonNode items = Payload.limited(
                map.name(), "items", map.items().map(evaluator::array).orElse(entry.input()));
        if (!items.isArray()) {
            throw StateFailure.queryEvaluation("An error occurred while executing the state '" + map.name()
                    + "'. Map state input must be an array but was: " + items);
        }
        count("MapStateStarted");
        List<JsonNode> results = map.distributed().isPresent()
                ? runChildren(map, map.distributed().get(), entry, evaluator, items)
                : iterate(map, entry, evaluator, items);
        count("MapStateSucceeded");
        return results(map.name(), results);
    }

    private List<JsonNode> iterate(State.Map map, StateEntry entry, Evaluator evaluator, JsonNode items) {
        List<Supplier<JsonNode>> iterations = new ArrayList<>();
        for (JsonNode item : items) {
            ObjectNode mapItem = mapItem(iterations.size(), item);
            iterations.add(() -> {
                JsonNode selected = selected(map, entry, evaluator, mapItem);
                count("MapIterationStarted");
                JsonNode output = run(map.processor(), selected, entry.variables(), Optional.of(mapItem));
                count("MapIterationSucceeded");
                return output;
            });
        }
        return simulation.all(iterations, concurrency(map, evaluator, INLINE_CONCURRENCY));
    }

    private static ObjectNode mapItem(int index, JsonNode item) {
        ObjectNode mapItem = JsonNodeFactory.instance.objectNode();
        mapItem.put("Index", index).set("Value", item);
        return mapItem;
    }

    private JsonNode selected(State.Map map, StateEntry entry, Evaluator evaluator, ObjectNode mapItem) {
        return map.itemSelector()
                .map(selector -> evaluator
                        .with("context", context.contextObject(entry.withMapItem(mapItem)))
                        .evaluate(selector))
                .orElse(mapItem.get("Value"));
    }

    private static int concurrency(State.Map map, Evaluator evaluator, int most) {
        int wanted = map.maxConcurrency()
                .map(template -> evaluator.integer(template, 0))
                .orElse(0);
        return wanted == 0 ? most : Math.min(wanted, most);
    }

    /**
     * Runs a child execution for each item. One that fails and is tolerated leaves nothing in the results. No page of AWS
     * says so; the emulators that were compared with AWS do it, such as floci-io/floci pull request 3605.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/maprun-fail-threshold.html">Setting failure
     *     thresholds for Distributed Map states</a>
     */
    private List<JsonNode> runChildren(
            State.Map map, State.Distributed distributed, StateEntry entry, Evaluator evaluator, JsonNode items) {
        double tolerated = tolerated(distributed, evaluator, items.size());
        int concurrency = concurrency(map, evaluator, DISTRIBUTED_CONCURRENCY);
        try {
            machine.resource().startsMapRun(machine.arn(), arn);
        } catch (TaskFailure refused) {
            throw new StateFailure(refused.error(), refused.cause());
        }
        count("MapRunStarted");
        int[] failed = new int[1];
        List<Supplier<Optional<JsonNode>>> children = new ArrayList<>();
        for (JsonNode item : items) {
            int index = children.size();
            children.add(() -> {
                JsonNode selected = selected(map, entry, evaluator, mapItem(index, item));
                ExecutionContext child = context.child(distributed, selected);
                ExecutionResult result = new Execution(child, map.processor(), Optional.of(this))
                        .run(distributed.type().timeout(Optional.empty()));
                return switch (result) {
                    case ExecutionResult.Succeeded succeeded -> Optional.of(succeeded.output());
                    case ExecutionResult.Failed failure -> {
                        if (++failed[0] > tolerated) {
                            throw new StateFailure(
                                    ErrorName.EXCEED_TOLERATED_FAILURE_THRESHOLD,
                                    "The specified tolerated failure threshold was exceeded");
                        }
                        yield Optional.empty();
                    }
                };
            });
        }
        List<JsonNode> results = simulation.all(children, concurrency).stream()
                .flatMap(Optional::stream)
                .toList();
        count("MapRunSucceeded");
        return results;
    }

    /** How many items may fail. Of two thresholds the one that is reached first counts, and without any there is none. */
    private static double tolerated(State.Distributed distributed, Evaluator evaluator, int items) {
        Optional<Double> percentage =
                distributed.toleratedFailurePercentage().map(template -> evaluator.percentage(template) * items / 100);
        Optional<Double> count =
                distributed.toleratedFailureCount().map(template -> (double) evaluator.integer(template, 0));
        return Stream.of(percentage, count)
                .flatMap(Optional::stream)
                .min(Double::compare)
                .orElse(0.0);
    }

    private static JsonNode results(String state, List<JsonNode> results) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(results.size());
        results.forEach(array::add);
        return Payload.limited(state, "a result", array);
    }

    private void countTransition() {
        transitions++;
        parent.filter(execution -> context.type() == WorkflowType.STANDARD).ifPresent(Execution::countTransition);
    }

    private void tell(HistoryEvent event) {
        switch (event) {
            case HistoryEvent.ExecutionStarted started -> count("ExecutionStarted");
            case HistoryEvent.StateEntered entered -> count(entered.type() + "StateEntered");
            case HistoryEvent.StateExited exited -> count("StateExited");
            case HistoryEvent.TaskScheduled scheduled -> count("TaskScheduled");
            case HistoryEvent.TaskStarted started -> count("TaskStarted");
            case HistoryEvent.TaskSucceeded succeeded -> count("TaskSucceeded");
            case HistoryEvent.TaskFailed failed -> count("TaskFailed");
            case HistoryEvent.ExecutionEnded ended -> count("ExecutionEnded");
            case HistoryEvent.RetryScheduled retry -> {}
            case HistoryEvent.ErrorCaught caught -> {}
            case HistoryEvent.WaitStarted wait -> {}
        }
        machine.listener().happened(event);
    }

    /** Adds an event of this type to the history, as recorded on AWS; only their number matters here. */
    private void count(String type) {
        if (++events > LARGEST_HISTORY && context.type() == WorkflowType.STANDARD) {
            throw new StateFailure(
                    ErrorName.RUNTIME,
                    "The execution reached the maximum number of history events (" + LARGEST_HISTORY + ") with a "
                            + type + ".");
        }
    }
}
