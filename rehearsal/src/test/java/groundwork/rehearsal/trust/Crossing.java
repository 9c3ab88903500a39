package groundwork.rehearsal.trust;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.stack.ExecutionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Two executions that cross: when the first is about to make a certain call it is held back, and the second starts and
 * runs up to a certain call of its own, where it is held back until the first has gone on to its end.
 */
final class Crossing implements CallObserver {
    /** Less than the shortest timeout of a Task state, and longer than one look at an account. */
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(25);

    private static final Duration STEP = Duration.ofMillis(100);

    private final World world;
    private final String first;
    private final int heldAt;
    private final String second;
    private final int secondHeldAt;
    private final Map<String, Integer> calls = new HashMap<>();

    /**
     * @param first number of the first execution of the two; the second is the next to start
     * @param heldAt the call of the first before which it is held back, from 1
     * @param secondHeldAt the call of the second before which it is held back, from 1
     */
    Crossing(World world, int first, int heldAt, int secondHeldAt) {
        this.world = world;
        this.first = "execution %04d".formatted(first);
        this.heldAt = heldAt;
        this.second = "execution %04d".formatted(first + 1);
        this.secondHeldAt = secondHeldAt;
    }

    /** How many calls an execution made. */
    int calls(int execution) {
        return calls.getOrDefault("execution %04d".formatted(execution), 0);
    }

    @Override
    public void before(Call call) {
        if (!world.simulation().isInProcess()) {
            return;
        }
        String execution = world.simulation().origin();
        int number = calls.merge(execution, 1, Integer::sum);
        if (execution.equals(first) && number == heldAt) {
            world.starts(JsonNodeFactory.instance.objectNode());
            hold(() -> calls.getOrDefault(second, 0) >= secondHeldAt || isOver(second));
        } else if (execution.equals(second) && number == secondHeldAt) {
            hold(() -> isOver(first));
        }
    }

    private void hold(BooleanSupplier until) {
        Instant limit = world.now().plus(LONGEST_HOLD);
        while (!until.getAsBoolean() && world.now().isBefore(limit)) {
            world.simulation().sleep(STEP);
        }
    }

    private boolean isOver(String execution) {
        return world.stack().executions().stream()
                .filter(record -> execution.endsWith(record.name()))
                .map(ExecutionRecord::status)
                .anyMatch(status -> !status.equals("RUNNING"));
    }
}
