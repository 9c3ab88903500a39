package groundwork.rehearsal.trust;

import groundwork.rehearsal.trust.Verdict.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The outcomes of runs with one fault each, by scenario and fault. */
final class FaultTable {
    private FaultTable() {}

    /**
     * The table as text.
     *
     * @param newCalls what could be befallen
     */
    static String of(Map<Baseline, List<Baseline.RecordedCall>> newCalls, List<Verdict> verdicts) {
        StringBuilder text = new StringBuilder(heading());
        newCalls.forEach((baseline, calls) -> {
            String scenario = baseline.scenario().name();
            text.append("%n%s: %d calls, %d of them unlike any before%n"
                    .formatted(scenario, baseline.calls().size(), calls.size()));
            for (Fault fault : Fault.values()) {
                long impossible = calls.stream()
                        .filter(call -> !call.faults().contains(fault))
                        .count();
                text.append(row(
                        fault.words(),
                        verdicts,
                        verdict -> verdict.scenario().equals(scenario)
                                && verdict.plan().getFirst().fault() == fault,
                        impossible));
            }
        });
        long impossible = newCalls.values().stream()
                .flatMap(List::stream)
                .mapToLong(call -> Fault.values().length - call.faults().size())
                .sum();
        text.append(System.lineSeparator()).append(row("all", verdicts, verdict -> true, impossible));
        return text.toString();
    }

    private static String heading() {
        return line(
                "", "runs", Arrays.stream(Outcome.values()).map(Outcome::words).toList(), "no such error");
    }

    private static String row(String title, List<Verdict> verdicts, Predicate<Verdict> which, long impossible) {
        List<Verdict> those = verdicts.stream().filter(which).toList();
        return line(
                title,
                number(those.size()),
                Arrays.stream(Outcome.values())
                        .map(outcome -> number(those.stream()
                                .filter(verdict -> verdict.outcome() == outcome)
                                .count()))
                        .toList(),
                number(impossible));
    }

    private static String number(long count) {
        return count == 0 ? "." : Long.toString(count);
    }

    private static String line(String title, String runs, List<String> outcomes, String impossible) {
        return "  %-22s%6s%s%15s%n"
                .formatted(
                        title,
                        runs,
                        outcomes.stream()
                                .map(outcome -> String.format(Locale.ROOT, "%17s", outcome))
                                .collect(Collectors.joining()),
                        impossible);
    }
}
