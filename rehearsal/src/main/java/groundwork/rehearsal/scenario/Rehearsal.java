package groundwork.rehearsal.scenario;

import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.report.Emails;
import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.report.Page;
import groundwork.rehearsal.simulation.Order;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Plays scenarios against the template and tells what happens. */
public final class Rehearsal {
    private final Template template;
    private final Path pages;
    private final LocalTables tables;
    private final Page page;
    private final boolean allEmails;

    /**
     * @param root the folder of the project
     * @param allEmails whether every email is shown in full, and not only the first of a kind
     */
    public Rehearsal(Path root, LocalTables tables, Page page, boolean allEmails) {
        this.template = Template.read(root.resolve("template.yaml"));
        this.pages = root.resolve("rehearsal/target/rehearsal");
        this.tables = tables;
        this.page = page;
        this.allEmails = allEmails;
    }

    /** Plays a scenario to its end and returns what was not as expected. */
    public List<String> play(Scenario scenario) {
        Narrator narrator = new Narrator(page, World.START);
        narrator.title(scenario.name(), scenario.story());
        try (World world = new World(scenario, template, tables, Order.fifo(), narrator)) {
            scenario.play().accept(world);
            world.expect(
                    "changes by Groundwork that woke Groundwork", world.seen().wokenByItself(), List.of());
            Emails emails = new Emails(page, World.START, allEmails);
            emails.show(world.seen().allMails());
            emails.written(written(scenario, world.seen().allMails()));
            narrator.checklist(world.seen().checklist());
            narrator.verdict(
                    world.stack().executions().size(),
                    Collections.frequency(world.seen().executionStatuses(), "RUNNING"),
                    world.seen().stateTransitions(),
                    world.expectations().broken());
            return world.expectations().broken();
        }
    }

    /** Writes emails with a layout as pages, to be looked at in a browser. */
    private List<Path> written(Scenario scenario, List<Mail> mails) {
        List<Path> files = new ArrayList<>();
        for (int number = 0; number < mails.size(); number++) {
            Optional<String> html = mails.get(number).html();
            if (html.isPresent()) {
                Path file = pages.resolve("%s-%02d.html".formatted(scenario.name(), number + 1));
                try {
                    Files.createDirectories(pages);
                    Files.writeString(file, html.get());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                files.add(file);
            }
        }
        return files;
    }
}
