package groundwork.rehearsal.states;

import java.util.Map;

/** States that lead to one another: a whole machine, a branch of a Parallel state, or the processor of a Map state. */
record StateGraph(String startAt, Map<String, State> states) {

    State state(String name) {
        return states.get(name);
    }
}
