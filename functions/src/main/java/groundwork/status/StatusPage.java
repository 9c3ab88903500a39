package groundwork.status;

import static groundwork.email.ExternalText.escaped;

import groundwork.checklist.Dates;
import groundwork.checklist.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * HTML, as a page that stands alone or as a part of one: no script, nothing from the network, light and dark, one column that fits a
 * phone. Colours have the contrast that WCAG asks for at level AA, and no colour says what no word says.
 */
public final class StatusPage {
    /** Applies within the element of the class groundwork only, as a dashboard has elements of its own beside it. */
    public static final String STYLE = """
            .groundwork { --ink: #1f2328; --muted: #57606a; --paper: #ffffff; --edge: #d0d7de; --link: #0a58ca;
              background: var(--paper); color: var(--ink); font: 16px/1.5 -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;
              overflow-wrap: anywhere; }
            .groundwork.dark { --ink: #e6edf3; --muted: #9da7b1; --paper: #0d1117; --edge: #30363d; --link: #79b8ff; }
            @media (prefers-color-scheme: dark) {
              .groundwork.auto { --ink: #e6edf3; --muted: #9da7b1; --paper: #0d1117; --edge: #30363d; --link: #79b8ff; }
            }
            .groundwork h1, .groundwork h2, .groundwork h3, .groundwork p { color: inherit; margin: 0 0 8px; line-height: 1.3; }
            .groundwork h1 { font-size: 24px; }
            .groundwork h2 { font-size: 20px; margin-top: 28px; }
            .groundwork h3 { font-size: 16px; }
            .groundwork a { color: var(--link); text-decoration: underline; }
            .groundwork dl { margin: 0; }
            .groundwork dt { color: var(--muted); font-size: 14px; }
            .groundwork dd { margin: 0 0 8px; }
            .groundwork ol, .groundwork ul { list-style: none; margin: 0; padding: 0; }
            .groundwork li { border-top: 1px solid var(--edge); padding: 12px 0; }
            .groundwork li ul { margin-top: 4px; }
            .groundwork li li { border: 0; padding: 0; color: var(--muted); font-size: 14px; }
            .groundwork .muted { color: var(--muted); font-size: 14px; }
            .groundwork .mark { display: inline-block; border-radius: 4px; padding: 0 8px; font-size: 14px; color: #ffffff; background: #57606a; }
            .groundwork .DONE, .groundwork .READY { background: #1a7f37; }
            .groundwork .WAITING { background: #6639ba; }
            .groundwork .BLOCKED, .groundwork .FAILED { background: #a40e26; }
            """;

    private StatusPage() {}

    /** A page that can be kept and handed on. */
    static String page(Status status) {
        return document(Words.title(status), """
                body { margin: 0; }
                .groundwork main { max-width: 760px; margin: 0 auto; padding: 16px; }
                """, """
                %s
                <p class="muted">Each line says what AWS answered at the last look. What rests on an event says so.</p>
                """.formatted(part(status)));
    }

    /**
     * A page that stands alone.
     *
     * @param style beside {@link #STYLE}
     * @param main what is in it, as HTML
     */
    public static String document(String title, String style, String main) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <style>
                %s%s</style>
                </head>
                <body class="groundwork auto">
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(escaped(title), STYLE, style, main);
    }

    /** What is to be seen, without the page around it. */
    static String part(Status status) {
        return "<h1>%s</h1>\n<dl>\n%s\n</dl>\n%s"
                .formatted(
                        escaped(Words.title(status)),
                        Words.facts(status).stream()
                                .map(fact -> "<dt>%s</dt><dd>%s</dd>"
                                        .formatted(escaped(fact.label()), escaped(fact.value())))
                                .collect(Collectors.joining("\n")),
                        switch (status) {
                            case Status.OfAccount account ->
                                account.remembered().map(StatusPage::remembered, why -> "");
                            case Status.OfMembers members -> members(members);
                        });
    }

    private static String remembered(Status.Remembered remembered) {
        StringBuilder html = new StringBuilder();
        if (!remembered.lines().isEmpty()) {
            html.append("<h2>The checklist</h2>\n<ol>\n");
            remembered.lines().forEach(line -> html.append(line(line)));
            html.append("</ol>\n");
        }
        List<Status.Sent> sent = Words.sent(remembered);
        if (!sent.isEmpty()) {
            html.append("<h2>Emails</h2>\n<ul>\n");
            sent.forEach(
                    each -> html.append("<li>%s<br>%s</li>\n".formatted(time(each.at()), escaped(Words.sent(each)))));
            html.append("</ul>\n");
        }
        return html.toString();
    }

    private static String line(Status.Line line) {
        Outcome outcome = line.item().outcome();
        StringBuilder html = new StringBuilder();
        html.append("<li>\n<h3>%s %s</h3>\n<p class=\"muted\"><code>%s</code></p>\n<p>%s</p>\n"
                .formatted(
                        mark(outcome.status().name()),
                        escaped(
                                outcome.status() == Outcome.Status.DONE
                                        ? line.item().prerequisite().title()
                                        : line.item().prerequisite().task()),
                        line.item().prerequisite(),
                        escaped(Words.clean(outcome.what()))));
        Words.todo(line).ifPresent(todo -> html.append("<p><strong>%s</strong></p>\n".formatted(escaped(todo))));
        line.link()
                .ifPresent(link -> html.append("<p><a href=\"%s\">%s</a></p>\n"
                        .formatted(escaped(link.address().toString()), escaped("Go to " + link.title()))));
        String evidence = Stream.concat(
                        Words.since(line.item()).stream(),
                        line.evidence().stream().map(Words::evidence))
                .map(each -> "<li>%s</li>\n".formatted(escaped(each)))
                .collect(Collectors.joining());
        if (!evidence.isEmpty()) {
            html.append("<ul>\n").append(evidence).append("</ul>\n");
        }
        return html.append("</li>\n").toString();
    }

    private static String members(Status.OfMembers members) {
        return members.accounts().stream()
                        .map(member -> "<li>\n<h2>%s %s</h2>\n<p>%s</p>\n</li>\n"
                                .formatted(
                                        mark(member.what().split(" ", 2)[0]),
                                        escaped(member.accountId()),
                                        escaped(Optional.of(Words.matter(member))
                                                .filter(matter -> !matter.isEmpty())
                                                .orElse(member.what()))))
                        .collect(Collectors.joining("", "<ol>\n", "</ol>\n"))
                + (members.nextToken() == null
                        ? ""
                        : "<p class=\"muted\">More accounts come after %s.</p>\n"
                                .formatted(escaped(members.nextToken())));
    }

    public static String mark(String status) {
        return "<span class=\"mark %s\">%s</span>".formatted(escaped(status), escaped(status));
    }

    private static String time(Instant at) {
        return "<time datetime=\"%s\" class=\"muted\">%s</time>".formatted(at, Dates.moment(at));
    }
}
