package groundwork.rehearsal;

import groundwork.rehearsal.report.Page;
import groundwork.rehearsal.report.Style;
import groundwork.rehearsal.scenario.Rehearsal;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.Scenarios;
import groundwork.rehearsal.stack.LocalTables;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command {@code ./rehearse}, of which {@code rehearsal/command/rehearse.txt} says what it does. The script answers
 * {@code --help} and {@code --version} itself, because it can do so without a build.
 */
public final class Rehearse {
    private static final List<String> OPTIONS = List.of("--list", "--emails", "--version", "--help");

    private final Page page;
    private final PrintStream err;

    Rehearse(Page page, PrintStream err) {
        this.page = page;
        this.err = err;
    }

    /** Plays the stories that are named, or the first. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Style style = Style.of(System.console(), System.getenv("NO_COLOR"));
        System.exit(new Rehearse(Page.of(out, style, System.getenv("COLUMNS")), err).run(List.of(arguments)));
    }

    /** @return the exit status */
    int run(List<String> arguments) {
        if (!arguments.isEmpty() && arguments.getFirst().equals(OrganizationCommand.NAME)) {
            return new OrganizationCommand(page, err).run(arguments.subList(1, arguments.size()));
        }
        boolean emails = false;
        List<String> names = new ArrayList<>();
        for (String argument : arguments) {
            switch (argument) {
                case "-l", "--list" -> {
                    list();
                    return 0;
                }
                case "-e", "--emails" -> emails = true;
                default -> names.add(argument);
            }
        }
        Optional<String> mistake =
                names.stream().flatMap(name -> mistake(name).stream()).findFirst();
        if (mistake.isPresent()) {
            err.println(mistake.get());
            return 2;
        }
        return play(wanted(names), emails);
    }

    private static Optional<String> mistake(String name) {
        if (name.startsWith("-")) {
            return Optional.of("There is no option %s%s ./rehearse --help names them all."
                    .formatted(name, meant(NearestNames.of(name, OPTIONS))));
        }
        if (name.equals("all") || Scenarios.named(name).isPresent()) {
            return Optional.empty();
        }
        List<String> known = Stream.concat(
                        Scenarios.all().stream().map(Scenario::name), Stream.of("all", OrganizationCommand.NAME))
                .toList();
        return Optional.of("There is no story \"%s\"%s ./rehearse --list names them all."
                .formatted(name, meant(NearestNames.of(name, known))));
    }

    private static String meant(List<String> nearest) {
        return nearest.isEmpty() ? "." : "; did you mean %s?".formatted(String.join(" or ", nearest));
    }

    private static List<Scenario> wanted(List<String> names) {
        if (names.isEmpty()) {
            return List.of(Scenarios.all().getFirst());
        }
        return names.contains("all")
                ? Scenarios.all()
                : names.stream()
                        .map(name -> Scenarios.named(name).orElseThrow())
                        .toList();
    }

    private int play(List<Scenario> scenarios, boolean emails) {
        List<String> failed = new ArrayList<>();
        try (LocalTables tables = new LocalTables()) {
            Rehearsal rehearsal = new Rehearsal(Path.of("").toAbsolutePath(), tables, page, emails);
            for (Scenario scenario : scenarios) {
                if (!rehearsal.play(scenario).isEmpty()) {
                    failed.add(scenario.name());
                }
            }
        }
        if (scenarios.size() > 1) {
            page.line();
            page.line(
                    "%d stories, %d as expected".formatted(scenarios.size(), scenarios.size() - failed.size()),
                    failed.isEmpty() ? "." : "; not as expected: " + String.join(", ", failed) + ".",
                    text -> text);
        }
        return failed.isEmpty() ? 0 : 1;
    }

    private void list() {
        int longest = Scenarios.all().stream()
                .mapToInt(scenario -> scenario.name().length())
                .max()
                .orElse(0);
        for (Scenarios.Group group : Scenarios.groups()) {
            page.line();
            page.line(page.style().bold(group.title()));
            for (Scenario scenario : group.scenarios()) {
                String name = "%-" + longest + "s";
                page.line("  " + page.style().accent(name.formatted(scenario.name())) + "  ", scenario.story(), s -> s);
            }
        }
    }
}
