package groundwork.rehearsal;

import groundwork.rehearsal.report.Page;
import groundwork.rehearsal.report.ReportPage;
import groundwork.rehearsal.report.Style;
import groundwork.rehearsal.scenario.Rehearsal;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.Scenarios;
import groundwork.rehearsal.stack.LocalTables;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command {@code ./rehearse}, of which {@code rehearsal/command/rehearse.txt} says what it does. The script answers
 * {@code --help} and {@code --version} itself, because it can do so without a build.
 */
public final class Rehearse {
    private static final List<String> OPTIONS = List.of("--list", "--emails", "--report", "--version", "--help");

    /** Where the report is, unless somebody says where, from the folder of the project. */
    private static final Path REPORT = Path.of("rehearsal/target/rehearsal/report.html");

    private final Page page;
    private final PrintStream err;
    private final Path root;
    private final Path folder;

    /**
     * @param root the folder of the project
     * @param folder where the command was called, from which a file is named
     */
    Rehearse(Page page, PrintStream err, Path root, Path folder) {
        this.page = page;
        this.err = err;
        this.root = root;
        this.folder = folder;
    }

    /** Plays the stories that are named, or the first. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Style style = Style.of(System.console(), System.getenv("NO_COLOR"));
        Path root = Path.of("").toAbsolutePath();
        Path folder = root.resolve(Objects.requireNonNullElse(System.getenv("CALLED_FROM"), ""));
        System.exit(
                new Rehearse(Page.of(out, style, System.getenv("COLUMNS")), err, root, folder).run(List.of(arguments)));
    }

    /** @return the exit status */
    int run(List<String> arguments) {
        if (!arguments.isEmpty() && arguments.getFirst().equals(OrganizationCommand.NAME)) {
            return new OrganizationCommand(page, err).run(arguments.subList(1, arguments.size()));
        }
        boolean emails = false;
        Path file = root.resolve(REPORT);
        List<String> names = new ArrayList<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "-l", "--list" -> {
                    list();
                    return 0;
                }
                case "-e", "--emails" -> emails = true;
                case "-r", "--report" -> {
                    String name = rest.hasNext() ? rest.next() : "";
                    if (name.isEmpty() || name.startsWith("-")) {
                        return refused("--report takes the name of a file%s."
                                .formatted(name.isEmpty() ? "" : ", not \"%s\"".formatted(name)));
                    }
                    file = folder.resolve(name);
                }
                default -> names.add(argument);
            }
        }
        Optional<String> mistake =
                names.stream().flatMap(name -> mistake(name).stream()).findFirst();
        if (mistake.isPresent()) {
            return refused(mistake.get());
        }
        ReportPage report = new ReportPage();
        try {
            // At once, as nobody wants to learn after the stories that their report cannot be written.
            report.write(file);
            int status = play(wanted(names), emails, report);
            report.write(file);
            page.line();
            page.line("The report, to be opened in a browser: " + file);
            return status;
        } catch (IOException e) {
            return refused("--report takes a file that can be written, not \"%s\".".formatted(file));
        }
    }

    private int refused(String mistake) {
        err.println(mistake);
        return 2;
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

    private int play(List<Scenario> scenarios, boolean emails, ReportPage report) {
        List<String> failed = new ArrayList<>();
        try (LocalTables tables = new LocalTables()) {
            Rehearsal rehearsal = new Rehearsal(root, tables, page, emails, report);
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
