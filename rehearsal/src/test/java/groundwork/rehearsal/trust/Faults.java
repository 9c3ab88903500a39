package groundwork.rehearsal.trust;

import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/** Plays scenarios with a fault at every call, and with pairs of faults. */
final class Faults {
    private final Template template;
    private final Workers workers;
    private final List<Scenario> scenarios;
    private final Map<String, Baseline> baselines = new HashMap<>();

    Faults(Template template, Workers workers, List<Scenario> scenarios) {
        this.template = template;
        this.workers = workers;
        this.scenarios = List.copyOf(scenarios);
    }

    /**
     * What the scenarios do when nothing fails, each with the calls that are worth a fault: those whose like, in a like situation,
     * was not made before, in this or an earlier scenario.
     */
    Map<Baseline, List<Baseline.RecordedCall>> newCalls() {
        Set<UUID> situations = new HashSet<>();
        Map<Baseline, List<Baseline.RecordedCall>> newCalls = new LinkedHashMap<>();
        for (Baseline baseline : baselines(scenarios)) {
            newCalls.put(
                    baseline,
                    baseline.calls().stream()
                            .filter(call -> situations.add(call.situation()))
                            .toList());
        }
        return newCalls;
    }

    Baseline baseline(String name) {
        return baselines(scenarios.stream()
                        .filter(scenario -> scenario.name().equals(name))
                        .toList())
                .getFirst();
    }

    /** Each is played when it is first asked for, and once. */
    private List<Baseline> baselines(List<Scenario> wanted) {
        List<Function<LocalTables, Baseline>> work = new ArrayList<>();
        wanted.stream()
                .filter(scenario -> !baselines.containsKey(scenario.name()))
                .forEach(scenario -> work.add(tables -> Baseline.of(scenario, template, tables)));
        workers.all(work).forEach(baseline -> baselines.put(baseline.scenario().name(), baseline));
        return wanted.stream().map(scenario -> baselines.get(scenario.name())).toList();
    }

    /**
     * Plays every scenario with each fault at each call, once for each run.
     *
     * @param share one in how many runs is played; 1 is all of them
     */
    List<Verdict> singles(int share) {
        List<Function<LocalTables, Verdict>> work = new ArrayList<>();
        newCalls()
                .forEach((baseline, calls) -> calls.forEach(call -> call.faults().stream()
                        .sorted()
                        .map(fault -> List.of(new PlannedFault(call.number(), fault)))
                        .forEach(plan -> work.add(tables -> play(baseline, plan, tables)))));
        return workers.all(IntStream.iterate(0, run -> run < work.size(), run -> run + share)
                .mapToObj(work::get)
                .toList());
    }

    /** Plays a scenario with the fault at every call. */
    List<Verdict> everywhere(String scenario, Fault fault) {
        Baseline baseline = baseline(scenario);
        List<Function<LocalTables, Verdict>> work = new ArrayList<>();
        for (Baseline.RecordedCall call : baseline.calls()) {
            if (call.faults().contains(fault)) {
                work.add(tables -> play(baseline, List.of(new PlannedFault(call.number(), fault)), tables));
            }
        }
        return workers.all(work);
    }

    /** Plays one scenario with two faults for each seed. */
    List<Verdict> pairs(long firstSeed, int count) {
        List<Baseline> all = baselines(scenarios);
        List<Function<LocalTables, Verdict>> work = new ArrayList<>();
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            Baseline baseline = all.get(random.nextInt(all.size()));
            List<PlannedFault> plan = List.of(anyOf(baseline, random), anyOf(baseline, random));
            if (plan.getFirst().call() != plan.getLast().call()) {
                work.add(tables -> play(baseline, plan, tables));
            }
        }
        return workers.all(work);
    }

    /** Plays a verdict's scenario and faults again. */
    Verdict again(String scenario, List<PlannedFault> plan, Narrator narrator) {
        Baseline baseline = baseline(scenario);
        List<Function<LocalTables, Verdict>> work =
                List.of(tables -> Trial.play(baseline, plan, template, tables, narrator));
        return workers.all(work).getFirst();
    }

    private Verdict play(Baseline baseline, List<PlannedFault> plan, LocalTables tables) {
        return Trial.play(baseline, plan, template, tables);
    }

    private static PlannedFault anyOf(Baseline baseline, RandomGenerator random) {
        Baseline.RecordedCall call =
                baseline.calls().get(random.nextInt(baseline.calls().size()));
        List<Fault> faults = call.faults().stream().sorted().toList();
        return new PlannedFault(call.number(), faults.get(random.nextInt(faults.size())));
    }
}
