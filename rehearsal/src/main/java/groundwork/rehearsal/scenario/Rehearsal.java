package groundwork.rehearsal.scenario;

import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.report.Style;
import groundwork.rehearsal.simulation.Order;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Template;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Plays scenarios against the template and tells what happens. */
public final class Rehearsal {
    private final Template template;
    private final Path pages;
    private final LocalTables tables;
    private final PrintStream out;
    private final Style style;

    public Rehearsal(Path root, LocalTables tables, PrintStream out, Style style) {
        this.template = Template.read(root.resolve("template.yaml"));
        this.pages = root.resolve("rehearsal/target/rehearsal");
        this.tables = tables;
        this.out = out;
        this.style = style;
    }

    /** Plays a scenario to its end and returns what was not as expected. */
    public List<String> play(Scenario scenario) {
        Narrator narrator = new Narrator(out, style, World.START);
        narrator.title(scenario.name(), scenario.story());
        try (World world = new World(scenario, template, tables, Order.fifo(), narrator)) {
            scenario.play().accept(world);
            world.expect(
                    "changes by Groundwork that woke Groundwork", world.seen().wokenByItself(), List.of());
            narrator.mails(world.seen().allMails());
            keepPages(scenario, world.seen().allMails());
            narrator.checklist(world.seen().checklist());
            narrator.verdict(
                    world.stack().executions().size(),
                    world.seen().stateTransitions(),
                    world.expectations().broken());
            return world.expectations().broken();
        }
    }

    /** Emails with a layout are kept as pages, to be looked at in a browser. */
    private void keepPages(Scenario scenario, List<Mail> mails) {
        for (int number = 0; number < mails.size(); number++) {
            Optional<String> html = mails.get(number).html();
            if (html.isPresent()) {
                try {
                    Files.createDirectories(pages);
                    Files.writeString(pages.resolve("%s-%02d.html".formatted(scenario.name(), number + 1)), html.get());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
