package groundwork.rehearsal.states;

import groundwork.rehearsal.states.State.Exit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Rules about how the states of a definition belong together. */
final class DefinitionRules {

    private DefinitionRules() {}

    static void check(StateGraph graph) {
        check(graph, "The state machine", Set.of());
    }

    private static void check(StateGraph graph, String place, Set<String> outerVariables) {
        if (!graph.states().containsKey(graph.startAt())) {
            throw new Location(place, "StartAt").invalid("names '" + graph.startAt() + "', which is not there");
        }
        graph.states()
                .values()
                .forEach(state -> targets(state).forEach(target -> {
                    if (!graph.states().containsKey(target)) {
                        throw location(state)
                                .invalid("leads to '" + target + "', which is not a state of the same scope");
                    }
                }));
        Set<String> reachable = reachable(graph, graph.startAt());
        for (State state : graph.states().values()) {
            if (!reachable.contains(state.name())) {
                throw location(state).invalid("cannot be reached");
            }
            if (reachable(graph, state.name()).stream().noneMatch(name -> isTerminal(graph.state(name)))) {
                throw location(state).invalid("leads to no end");
            }
        }
        checkVariables(graph, outerVariables);
    }

    private static void checkVariables(StateGraph graph, Set<String> outerVariables) {
        Set<String> variables = new HashSet<>(outerVariables);
        for (State state : graph.states().values()) {
            exits(state).flatMap(exit -> exit.assign().keySet().stream()).forEach(name -> {
                if (outerVariables.contains(name)) {
                    throw new Location("State '" + state.name() + "'", "Assign")
                            .invalid("sets '" + name + "', a variable of an outer scope");
                }
                variables.add(name);
            });
        }
        for (State state : graph.states().values()) {
            switch (state) {
                case State.Parallel parallel -> {
                    for (StateGraph branch : parallel.branches()) {
                        check(branch, location(state).place(), variables);
                    }
                }
                // Child executions have variables of their own.
                case State.Map map -> {
                    check(
                            map.processor(),
                            location(state).place(),
                            map.distributed().isPresent() ? Set.of() : variables);
                    if (map.distributed()
                            .filter(distributed -> distributed.type() == WorkflowType.EXPRESS)
                            .isPresent()) {
                        requireExpress(map.processor());
                    }
                }
                case State.Task task -> {}
                case State.Pass pass -> {}
                case State.Wait wait -> {}
                case State.Choice choice -> {}
                case State.Succeed succeed -> {}
                case State.Fail fail -> {}
            }
        }
    }

    /**
     * Refuses what an Express workflow cannot do.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html">Choosing workflow type
     *     in Step Functions</a>
     */
    static void requireExpress(StateGraph graph) {
        for (State state : graph.states().values()) {
            switch (state) {
                case State.Task task -> {
                    if (task.resource().contains(".sync")) {
                        throw location(state)
                                .field("Resource")
                                .invalid("waits for a job, which no Express workflow can");
                    }
                }
                case State.Parallel parallel -> parallel.branches().forEach(DefinitionRules::requireExpress);
                case State.Map map -> {
                    if (map.distributed().isPresent()) {
                        throw location(state).invalid("is in DISTRIBUTED mode, which no Express workflow can have");
                    }
                    requireExpress(map.processor());
                }
                case State.Pass pass -> {}
                case State.Wait wait -> {}
                case State.Choice choice -> {}
                case State.Succeed succeed -> {}
                case State.Fail fail -> {}
            }
        }
    }

    private static Location location(State state) {
        return new Location("State '" + state.name() + "'", "");
    }

    private static Set<String> reachable(StateGraph graph, String from) {
        Set<String> reachable = new LinkedHashSet<>(List.of(from));
        Deque<String> unseen = new ArrayDeque<>(reachable);
        while (!unseen.isEmpty()) {
            targets(graph.state(unseen.remove())).filter(reachable::add).forEach(unseen::add);
        }
        return reachable;
    }

    private static boolean isTerminal(State state) {
        return state instanceof State.Succeed
                || state instanceof State.Fail
                || exits(state).anyMatch(exit -> exit.next().isEmpty());
    }

    private static Stream<String> targets(State state) {
        return exits(state).map(Exit::next).flatMap(Optional::stream);
    }

    private static Stream<Exit> exits(State state) {
        return switch (state) {
            case State.Task task -> exits(task.recovery(), task.exit());
            case State.Parallel parallel -> exits(parallel.recovery(), parallel.exit());
            case State.Map map -> exits(map.recovery(), map.exit());
            case State.Pass pass -> Stream.of(pass.exit());
            case State.Wait wait -> Stream.of(wait.exit());
            case State.Choice choice ->
                Stream.concat(choice.rules().stream().map(State.Rule::exit), choice.otherwise().stream());
            case State.Succeed succeed -> Stream.of();
            case State.Fail fail -> Stream.of();
        };
    }

    private static Stream<Exit> exits(State.Recovery recovery, Exit exit) {
        return Stream.concat(Stream.of(exit), recovery.catchers().stream().map(State.Catcher::exit));
    }
}
