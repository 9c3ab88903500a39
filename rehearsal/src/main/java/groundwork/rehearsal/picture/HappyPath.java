package groundwork.rehearsal.picture;

import groundwork.rehearsal.picture.Definition.State;
import groundwork.rehearsal.picture.Definition.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the way through a definition that a reader wants to see first: at every fork the way on which the most functions
 * still run, and the default where that makes no difference. No state is visited twice.
 */
final class HappyPath {
    private final Definition definition;
    private final Set<String> visited;

    private HappyPath(Definition definition) {
        this.definition = definition;
        this.visited = new HashSet<>(definition.failurePath());
    }

    static List<String> of(Definition definition) {
        return new HappyPath(definition).follow();
    }

    private List<String> follow() {
        List<String> path = new ArrayList<>();
        String next = definition.startAt();
        while (next != null) {
            path.add(next);
            visited.add(next);
            next = bestStep(definition.state(next));
        }
        return List.copyOf(path);
    }

    private String bestStep(State state) {
        String best = null;
        int most = -1;
        for (Step step : state.steps()) {
            int functions = step.becauseOfAnError() || visited.contains(step.target()) ? -1 : functions(step.target());
            if (functions > most) {
                most = functions;
                best = step.target();
            }
        }
        return best;
    }

    private int functions(String name) {
        visited.add(name);
        State state = definition.state(name);
        int most = 0;
        for (Step step : state.steps()) {
            if (!visited.contains(step.target())) {
                most = Math.max(most, functions(step.target()));
            }
        }
        visited.remove(name);
        return most + (state.kind() == Kind.FUNCTION ? 1 : 0);
    }
}
