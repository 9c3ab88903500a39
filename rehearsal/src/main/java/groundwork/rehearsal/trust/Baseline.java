package groundwork.rehearsal.trust;

import groundwork.rehearsal.account.Call;
import groundwork.rehearsal.account.CallObserver;
import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.simulation.Order;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
     * @param news whether it is the first of its kind of its execution in the state that things were in; while people are
     *     waited for, the same calls are repeated without anything having changed
     * @param faults what can befall it
     */
    record RecordedCall(int number, String name, boolean news, Set<Fault> faults) {}

    static Baseline of(Scenario scenario, Template template, LocalTables tables) {
        try (World world = new World(scenario, template, tables, Order.fifo(), Narrator.silent())) {
            List<RecordedCall> calls = new ArrayList<>();
            List<EndState> states = new ArrayList<>();
            Letters letters = new Letters(world);
            Set<String> seen = new HashSet<>();
            world.organization().observe(letters);
            world.organization().observe(new CallObserver() {
                @Override
                public void before(Call call) {
                    if (world.isOfTheStack(call)) {
                        calls.add(record(world, call, calls.size() + 1, seen.add(situation(world, letters, call))));
                    }
                }
            });
            world.beforeDeeds(() -> states.add(EndState.of(world)));
            scenario.play().accept(world);
            states.add(EndState.of(world));
            if (!world.broken().isEmpty()) {
                throw new IllegalStateException(scenario.name() + " without faults: " + world.broken());
            }
            return new Baseline(scenario, List.copyOf(calls), List.copyOf(states));
        }
    }

    private static RecordedCall record(World world, Call call, int number, boolean news) {
        Set<Fault> faults = new HashSet<>();
        for (Fault fault : Fault.values()) {
            if (FaultInjector.isPossible(world, call, fault)) {
                faults.add(fault);
            }
        }
        return new RecordedCall(number, call.name(), news, faults);
    }

    private static String situation(World world, Letters letters, Call call) {
        String request = call.request()
                .toString()
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "T")
                .replaceAll(":execution:[A-Za-z0-9:-]+", "E")
                .replaceAll("(?<=N=)\\d+", "N");
        return world.simulation().origin()
                + call.caller().sessionName()
                + call.name()
                + call.region()
                + request
                + EndState.of(world)
                + letters.deliveries();
    }
}
