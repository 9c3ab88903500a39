package groundwork.rehearsal.report;

import groundwork.status.StatusPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A rehearsal as one page of HTML, which needs nothing but itself: no script, nothing from the network, light and dark, readable on a
 * phone. It is the same for the same rehearsal.
 */
public final class ReportPage {
    private static final String STYLE = """
            body { margin: 0; }
            .groundwork main { max-width: 960px; margin: 0 auto; padding: 16px; }
            .groundwork h2 { display: inline; }
            .groundwork h3 { font-size: 18px; margin-top: 28px; }
            .groundwork h4 { margin: 0 0 4px; font-size: 14px; }
            .groundwork summary { cursor: pointer; padding: 4px 0; }
            .groundwork .story { border-top: 2px solid var(--edge); padding: 16px 0; }
            .groundwork .change { display: grid; gap: 4px 24px; }
            .groundwork .timeline li { padding: 4px 0; border: 0; }
            .groundwork .timeline .at { color: var(--muted); font-size: 14px; display: block; }
            .groundwork .timeline .deed, .groundwork .timeline .execution, .groundwork .timeline .email { border-top: 1px solid var(--edge); }
            .groundwork .timeline .deed { font-weight: 600; }
            .groundwork .timeline .event, .groundwork .timeline .states { color: var(--muted); font-size: 14px; }
            .groundwork table { border-collapse: collapse; width: 100%; table-layout: fixed; }
            .groundwork th, .groundwork td { border-top: 1px solid var(--edge); padding: 8px 8px 8px 0; text-align: left; vertical-align: top; }
            .groundwork .times { width: 72px; text-align: right; padding-right: 0; }
            .groundwork pre { white-space: pre-wrap; border: 1px solid var(--edge); padding: 12px; margin: 8px 0; font-size: 14px; }
            .groundwork iframe { width: 100%; height: 560px; border: 1px solid var(--edge); background: #ffffff; }
            @media (min-width: 720px) {
              .groundwork .change { grid-template-columns: 1fr 1fr; }
              .groundwork .change > :only-child { grid-column: 1 / -1; }
              .groundwork .timeline li { display: grid; grid-template-columns: 120px 1fr; gap: 0 16px; }
            }
            """;

    private final List<Part> parts = new ArrayList<>();

    private record Part(String name, boolean asExpected, String html) {
        String mark() {
            return asExpected
                    ? "<span class=\"mark DONE\">as expected</span>"
                    : "<span class=\"mark FAILED\">not as expected</span>";
        }
    }

    /** Adds a story that was played. */
    public void add(Story story) {
        parts.add(new Part(story.name(), story.broken().isEmpty(), new StoryPart(story).html()));
    }

    /**
     * Writes the page, and makes its folder if there is none.
     *
     * @throws IOException if it cannot be written there
     */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, html());
    }

    String html() {
        String title = "Rehearsal of Groundwork: "
                + (parts.size() == 1 ? parts.getFirst().name() : parts.size() + " stories");
        return StatusPage.document(title, STYLE, """
                <h1>Rehearsal of Groundwork</h1>
                <p>The real template, state machine and functions, in an embedded AWS organization. Times are virtual: hours, minutes and
                seconds since the beginning of a story.</p>
                %s%s""".formatted(contents(), stories()));
    }

    private String contents() {
        return parts.size() == 1
                ? ""
                : parts.stream()
                        .map(part ->
                                "<li><a href=\"#%s\">%s</a> %s</li>\n".formatted(part.name(), part.name(), part.mark()))
                        .collect(Collectors.joining("", "<nav aria-label=\"Stories\">\n<ul>\n", "</ul>\n</nav>\n"));
    }

    /** One story is open, so that it is seen at once. */
    private String stories() {
        return parts.stream()
                .map(part -> """
                        <details class="story"%s>
                        <summary><h2>%s</h2> %s</summary>
                        <div id="%s">
                        %s</div>
                        </details>
                        """.formatted(
                                parts.size() == 1 ? " open" : "", part.name(), part.mark(), part.name(), part.html()))
                .collect(Collectors.joining());
    }
}
