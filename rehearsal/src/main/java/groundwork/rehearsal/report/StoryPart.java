package groundwork.rehearsal.report;

import static groundwork.email.ExternalText.escaped;
import static groundwork.status.StatusPage.mark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.organization.store.Mail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A story as a part of a page. */
final class StoryPart {
    /** So many resources of a call are named; the others are counted. */
    private static final int RESOURCES = 3;

    private final Story story;
    private final VirtualTime time;

    StoryPart(Story story) {
        this.story = story;
        this.time = new VirtualTime(story.start());
    }

    String html() {
        StringBuilder html = new StringBuilder("<p>%s</p>\n".formatted(escaped(story.about())));
        if (!story.broken().isEmpty()) {
            html.append(story.broken().stream()
                    .map(broken -> "<li>%s</li>\n".formatted(escaped(broken)))
                    .collect(Collectors.joining("", "<p>Not as expected:</p>\n<ul>\n", "</ul>\n")));
        }
        return html.append("<h3>The checklist before and after</h3>\n")
                .append(checklist())
                .append("<h3>What happened</h3>\n")
                .append(new TimelinePart(story.moments(), story.mails(), time, this::anchor).html())
                .append("<h3>Emails</h3>\n")
                .append(emails())
                .append("<h3>Calls to AWS</h3>\n")
                .append(calls())
                .append("<h3>What it cost</h3>\n")
                .append(cost())
                .toString();
    }

    private String checklist() {
        if (story.before().isEmpty() || story.after().isEmpty()) {
            return "<p>None was recorded.</p>\n";
        }
        JsonNode before = story.before().get();
        JsonNode after = story.after().get();
        StringBuilder html =
                new StringBuilder("<p>At the first look the account was %s, at the last one %s.</p>\n<ol>\n"
                        .formatted(
                                mark(before.path("status").asText()),
                                mark(after.path("status").asText())));
        for (Prerequisite prerequisite : Prerequisite.values()) {
            JsonNode first = outcome(before, prerequisite);
            JsonNode last = outcome(after, prerequisite);
            html.append("<li>\n<h4><code>%s</code></h4>\n<div class=\"change\">\n%s</div>\n</li>\n"
                    .formatted(
                            prerequisite,
                            first.equals(last)
                                    ? line("before and after", last)
                                    : line("before", first) + line("after", last)));
        }
        return html.append("</ol>\n").toString();
    }

    private static JsonNode outcome(JsonNode checklist, Prerequisite prerequisite) {
        return checklist
                .path("items")
                .valueStream()
                .filter(item -> item.path("prerequisite").asText().equals(prerequisite.name()))
                .findFirst()
                .map(item -> item.path("outcome"))
                .orElse(MissingNode.getInstance());
    }

    private static String line(String when, JsonNode outcome) {
        StringBuilder html = new StringBuilder("<div>\n<p><span class=\"muted\">%s</span> %s %s</p>\n"
                .formatted(
                        when,
                        mark(outcome.path("status").asText()),
                        escaped(outcome.path("what").asText())));
        if (outcome.has("todo")) {
            html.append("<p>→ %s</p>\n<p class=\"muted\">%s</p>\n"
                    .formatted(
                            escaped(outcome.path("todo").asText()),
                            escaped(outcome.path("link").asText())));
        }
        return html.append("</div>\n").toString();
    }

    /** Where the page has an email. */
    private String anchor(int number) {
        return "%s-email-%d".formatted(story.name(), number);
    }

    private String emails() {
        if (story.mails().isEmpty()) {
            return "<p>None.</p>\n";
        }
        StringBuilder html = new StringBuilder("<ol>\n");
        for (int number = 1; number <= story.mails().size(); number++) {
            html.append(email(number, story.mails().get(number - 1)));
        }
        return html.append("</ol>\n").toString();
    }

    /** The frame may do nothing: no script, no form, no window. */
    private String email(int number, Mail mail) {
        String subject = escaped(mail.subject());
        return """
                <li>
                <details>
                <summary>%s <span class="muted">%s to %s</span></summary>
                <dl id="%s"><dt>From</dt><dd>%s</dd><dt>To</dt><dd>%s</dd><dt>Subject</dt><dd>%s</dd></dl>
                %s<pre>%s</pre>
                </details>
                </li>
                """.formatted(
                        subject,
                        time.shown(mail.time()),
                        escaped(mail.to()),
                        anchor(number),
                        escaped(mail.from()),
                        escaped(mail.to()),
                        subject,
                        mail.html()
                                .map(page ->
                                        "<iframe title=\"Email %d of %s as HTML: %s\" sandbox=\"\" loading=\"lazy\" srcdoc=\"%s\"></iframe>\n<p class=\"muted\">The same as text:</p>\n"
                                                .formatted(number, escaped(story.name()), subject, escaped(page)))
                                .orElse(""),
                        escaped(mail.text().strip()));
    }

    private String calls() {
        Map<String, List<CallTally.Line>> byRole =
                new TreeMap<>(story.calls().stream().collect(Collectors.groupingBy(CallTally.Line::role)));
        StringBuilder html = new StringBuilder("<p>%d calls, by the role that makes them.</p>\n"
                .formatted(
                        story.calls().stream().mapToLong(CallTally.Line::times).sum()));
        byRole.forEach((role, lines) -> html.append("""
                <details>
                <summary>%s <span class="muted">%d calls</span></summary>
                <table>
                <thead><tr><th scope="col">Call, and the permission it needs</th><th scope="col" class="times">Times</th></tr></thead>
                <tbody>
                %s</tbody>
                </table>
                </details>
                """.formatted(
                        escaped(role),
                        lines.stream().mapToLong(CallTally.Line::times).sum(),
                        lines.stream().map(StoryPart::call).collect(Collectors.joining()))));
        return html.toString();
    }

    private static String call(CallTally.Line line) {
        return "<tr><td><code>%s</code><br><span class=\"muted\">%s</span></td><td class=\"times\">%d</td></tr>\n"
                .formatted(escaped(line.name()), escaped(needs(line)), line.times());
    }

    private static String needs(CallTally.Line line) {
        if (line.actions().isEmpty()) {
            return "needs no permission";
        }
        Set<String> resources = line.resources();
        String rest = resources.size() > RESOURCES ? " and %d more".formatted(resources.size() - RESOURCES) : "";
        return "needs %s on %s%s"
                .formatted(
                        String.join(", ", line.actions()),
                        resources.stream().limit(RESOURCES).collect(Collectors.joining(", ")),
                        rest);
    }

    private String cost() {
        long transitions =
                story.transitions().values().stream().mapToLong(Long::longValue).sum();
        long invocations =
                story.invocations().values().stream().mapToLong(Long::longValue).sum();
        double forTransitions = transitions * Prices.TRANSITION;
        double forFunctions = invocations * Prices.SECONDS_OF_AN_INVOCATION * Prices.GIGABYTE_SECOND;
        Map<String, String> lines = new LinkedHashMap<>();
        story.transitions().forEach((machine, count) -> {
            if (count > 0) {
                lines.put(
                        "%d state transitions of %s".formatted(count, machine),
                        Prices.dollars(count * Prices.TRANSITION));
            }
        });
        lines.put(
                "%d invocations of functions, %d seconds each with 1 GB, an assumption"
                        .formatted(invocations, Prices.SECONDS_OF_AN_INVOCATION),
                Prices.dollars(forFunctions));
        lines.put("Together", Prices.dollars(forTransitions + forFunctions));
        return """
                <table>
                <thead><tr><th scope="col">What</th><th scope="col" class="times">Price</th></tr></thead>
                <tbody>
                %s</tbody>
                </table>
                <p class="muted">List prices of us-east-1 in November 2026, as if the account had used up every free tier. What an account pays
                month by month, such as alarms, is in the README.</p>
                """.formatted(lines.entrySet().stream()
                .map(line -> "<tr><td>%s</td><td class=\"times\">%s</td></tr>\n"
                        .formatted(escaped(line.getKey()), line.getValue()))
                .collect(Collectors.joining()));
    }
}
