package groundwork.rehearsal;

import groundwork.rehearsal.report.Page;
import groundwork.rehearsal.scenario.OrganizationStory;
import groundwork.rehearsal.scenario.OrganizationTable;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Template;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code ./rehearse organization}: a hub with as many member accounts as one likes. */
final class OrganizationCommand {
    static final String NAME = "organization";

    private static final String OPTION = "--accounts";
    private static final int USUAL = 100;
    private static final int MOST = 100_000;

    private final Page page;
    private final PrintStream err;

    OrganizationCommand(Page page, PrintStream err) {
        this.page = page;
        this.err = err;
    }

    /** @return the exit status */
    int run(List<String> arguments) {
        if (arguments.isEmpty()) {
            return play(USUAL);
        }
        if (!arguments.getFirst().equals(OPTION) || arguments.size() > 2) {
            err.println("After organization comes %s with a number of member accounts, and nothing else."
                    .formatted(OPTION));
            return 2;
        }
        String number = arguments.size() == 2 ? arguments.get(1) : "";
        if (!number.matches("[1-9][0-9]{0,5}") || Integer.parseInt(number) > MOST) {
            err.println("%s takes a whole number from 1 to %d%s."
                    .formatted(OPTION, MOST, number.isEmpty() ? "" : ", not \"%s\"".formatted(number)));
            return 2;
        }
        return play(Integer.parseInt(number));
    }

    private int play(int accounts) {
        long begin = System.nanoTime();
        page.line();
        page.line(page.style().bold("%d member accounts".formatted(accounts)));
        // The management account counts, too.
        int quota = Math.max(OrganizationStory.QUOTA, accounts + 1);
        if (quota > OrganizationStory.QUOTA) {
            page.line("Identity Center's quota of accounts is raised to %d.".formatted(quota));
        }
        try (LocalTables tables = new LocalTables();
                OrganizationStory story = new OrganizationStory(
                        Template.read(Path.of("template.yaml").toAbsolutePath()),
                        tables,
                        accounts,
                        quota,
                        page::line)) {
            story.play();
            page.line();
            OrganizationTable.lines(story.chapters(), accounts).forEach(page::line);
            page.line();
            List<String> without = story.withoutAccess();
            page.line("Accounts without access at the end: %d%s"
                    .formatted(without.size(), without.isEmpty() ? "" : ", such as " + without.getFirst()));
            page.line("This machine needed %d seconds, and %d MB of memory at the end."
                    .formatted((System.nanoTime() - begin) / 1_000_000_000, memory()));
            return without.isEmpty() ? 0 : 1;
        }
    }

    /** What is in use once nothing is left that nobody needs, in megabytes. */
    private static long memory() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
    }
}
