package groundwork.rehearsal.trust;

import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Template;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A scenario without faults.
 *
 * @param calls the calls of the stack
 * @param states what there was before each deed of a person, and at the end
 */
record Baseline(Scenario scenario, List<RecordedCall> calls, List<EndState> states) {
    /**
     * A call of the stack.
     *
     * @param number among the calls of the stack, from 1
     * @param situation the same for calls with the same content, in the same state of things, by executions that were
     *     started for the same reason. While people are waited for, the same calls are repeated without anything having
     *     changed; and many stories begin alike.
     * @param byStateMachine whether the state machine makes it by itself, without a function
     * @param faults what can befall it
     */
    record RecordedCall(int number, String name, UUID situation, boolean byStateMachine, Set<Fault> faults) {}

    static Baseline of(Scenario scenario, Template template, LocalTables tables) {
        try (World world = new World(scenario, template, tables)) {
            List<RecordedCall> calls = new ArrayList<>();
            List<EndState> states = new ArrayList<>();
            Letters letters = new Letters(world);
            world.organization().observe(letters);
            world.organization().observe(new CallObserver() {
                @Override
                public void before(Call call) {
                    if (world.seen().isOfTheStack(call)) {
                        calls.add(record(world, call, calls.size() + 1, situation(scenario, world, letters, call)));
                    }
                }
            });
            world.beforeDeeds(() -> states.add(EndState.of(world)));
            scenario.play().accept(world);
            states.add(EndState.of(world));
            if (!world.expectations().broken().isEmpty()) {
                throw new IllegalStateException(scenario.name() + " without faults: "
                        + world.expectations().broken());
            }
            return new Baseline(scenario, List.copyOf(calls), List.copyOf(states));
        }
    }

    private static RecordedCall record(World world, Call call, int number, UUID situation) {
        Set<Fault> faults = new HashSet<>();
        for (Fault fault : Fault.values()) {
            if (FaultInjector.isPossible(world, call, fault)) {
                faults.add(fault);
            }
        }
        return new RecordedCall(number, call.name(), situation, !world.stack().isFunction(call.caller()), faults);
    }

    private static UUID situation(Scenario scenario, World world, Letters letters, Call call) {
        String request = call.request()
                .toString()
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "T")
                .replaceAll(":execution:[A-Za-z0-9:-]+", "E")
                .replaceAll("(?<=N=)\\d+", "N");
        String situation = String.join(
                "\n",
                scenario.accountId(),
                scenario.region().id(),
                scenario.parameters().toString(),
                reason(world),
                call.caller().sessionName(),
                call.name(),
                call.region().id(),
                request,
                EndState.of(world).toString(),
                letters.deliveries().toString());
        return UUID.nameUUIDFromBytes(situation.getBytes(StandardCharsets.UTF_8));
    }

    /** Why the execution that makes the present call was started; the name of whatever else makes it. */
    private static String reason(World world) {
        String origin = world.simulation().origin();
        return world.stack().executions().stream()
                .filter(execution -> origin.equals("execution " + execution.name()))
                .map(ExecutionRecord::input)
                .map(input -> input.has("detail")
                        ? input.path("detail-type").asText()
                                + input.at("/detail/eventName").asText()
                        : input.toString())
                .findFirst()
                .orElse(origin);
    }
}
