package groundwork.rehearsal;

import groundwork.rehearsal.report.Style;
import groundwork.rehearsal.scenario.Rehearsal;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.Scenarios;
import groundwork.rehearsal.stack.LocalTables;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command {@code ./rehearse}. */
public final class Rehearse {
    private Rehearse() {}

    /**
     * Plays the scenario that is named, {@code all} of them, or the first.
     *
     * <p>Exit status: 0 if every expectation held, 1 if one did not, 2 if the command line makes no sense.
     */
    public static void main(String[] arguments) {
        PrintStream out =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, Style.of(System.console(), System.getenv("NO_COLOR"))));
    }

    static int run(List<String> arguments, PrintStream out, Style style) {
        if (arguments.size() > 1) {
            out.println("Give one scenario, all, or --list.");
            return 2;
        }
        String wish = arguments.isEmpty() ? Scenarios.all().getFirst().name() : arguments.getFirst();
        if (wish.equals("--list")) {
            list(out);
            return 0;
        }
        Optional<Scenario> named = Scenarios.named(wish);
        if (named.isEmpty() && !wish.equals("all")) {
            out.println("There is no scenario \"%s\". These there are:".formatted(wish));
            list(out);
            return 2;
        }
        List<Scenario> wanted = named.map(List::of).orElseGet(Scenarios::all);
        List<String> failed = new ArrayList<>();
        try (LocalTables tables = new LocalTables()) {
            Rehearsal rehearsal = new Rehearsal(Path.of("").toAbsolutePath(), tables, out, style);
            for (Scenario scenario : wanted) {
                if (!rehearsal.play(scenario).isEmpty()) {
                    failed.add(scenario.name());
                }
            }
        }
        if (wanted.size() > 1) {
            out.println();
            out.println("%d scenarios, %d as expected%s"
                    .formatted(
                            wanted.size(),
                            wanted.size() - failed.size(),
                            failed.isEmpty() ? "." : "; not as expected: " + String.join(", ", failed) + "."));
        }
        return failed.isEmpty() ? 0 : 1;
    }

    private static void list(PrintStream out) {
        for (Scenario scenario : Scenarios.all()) {
            out.println("  %-28s %s".formatted(scenario.name(), scenario.story()));
        }
    }
}
