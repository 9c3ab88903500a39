package groundwork.rehearsal.report;

import static groundwork.email.ExternalText.escaped;
import static groundwork.status.StatusPage.mark;

import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.states.ExecutionResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** What people, AWS and executions do in a story, one below the other. States that an execution passes without news share a line. */
final class TimelinePart {
    private final List<Moment> moments;
    private final VirtualTime time;
    private final IntFunction<String> anchor;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Passing> passing = new HashMap<>();

    /** A line of the page. */
    private sealed interface Line {}

    /** @param html what it says, as HTML */
    private record Told(Instant at, String kind, String html) implements Line {}

    /** States that an execution passes, how often each. */
    private record Passing(Instant at, String execution, Map<String, Integer> states) implements Line {}

    /** @param anchor where the page has an email, by its number */
    TimelinePart(List<Moment> moments, List<Mail> mails, VirtualTime time, IntFunction<String> anchor) {
        this.moments = new ArrayList<>(moments);
        for (int number = 1; number <= mails.size(); number++) {
            Mail mail = mails.get(number - 1);
            this.moments.add(new Moment.EmailArrives(mail.time(), number, mail.to(), mail.subject()));
        }
        // In a moment the emails come last.
        this.moments.sort(Comparator.comparing(Moment::at));
        this.time = time;
        this.anchor = anchor;
    }

    String html() {
        moments.forEach(this::add);
        return lines.stream().map(this::html).collect(Collectors.joining("", "<ol class=\"timeline\">\n", "</ol>\n"));
    }

    private void add(Moment moment) {
        switch (moment) {
            case Moment.Enters enters -> passes(enters);
            // The state that waits has been entered, and says so by its name.
            case Moment.Waits waits -> {}
            case Moment.Deed deed -> line(deed, "deed", escaped(deed.what()));
            case Moment.EventComes event ->
                line(
                        event,
                        "event",
                        "Event <code>%s</code> of %s in %s, account %s%s"
                                .formatted(
                                        escaped(event.what()),
                                        escaped(event.source()),
                                        escaped(event.region()),
                                        escaped(event.accountId()),
                                        event.who().isEmpty() ? "" : ", by " + escaped(event.who())));
            case Moment.EmailArrives email ->
                line(
                        email,
                        "email",
                        "Email to %s: <a href=\"#%s\">%s</a>"
                                .formatted(
                                        escaped(email.to()), anchor.apply(email.number()), escaped(email.subject())));
            case Moment.Starts starts ->
                line(
                        starts,
                        "execution",
                        "Execution %s starts %s".formatted(escaped(starts.execution()), escaped(starts.why())));
            case Moment.Finds finds ->
                line(
                        finds,
                        "",
                        "%s <code>%s</code> %s"
                                .formatted(mark(finds.status()), escaped(finds.prerequisite()), escaped(finds.what())));
            case Moment.Changes changes ->
                line(
                        changes,
                        "",
                        "<strong>%s</strong> %s".formatted(escaped(changes.kind()), escaped(changes.resource())));
            case Moment.Sends sends -> line(sends, "", "<strong>sends</strong> " + escaped(sends.what()));
            case Moment.Fails fails ->
                line(fails, "", "%s %s: %s".formatted(mark("FAILED"), escaped(fails.state()), escaped(fails.error())));
            case Moment.TriesAgain again ->
                line(
                        again,
                        "",
                        "%s: tries again in %d seconds"
                                .formatted(escaped(again.state()), again.delay().toSeconds()));
            case Moment.GoesTo goesTo ->
                line(
                        goesTo,
                        "",
                        "%s: %s, goes to: %s"
                                .formatted(escaped(goesTo.state()), escaped(goesTo.error()), escaped(goesTo.next())));
            case Moment.Ends ends ->
                line(
                        ends,
                        "execution",
                        "Execution %s ends: %s".formatted(escaped(ends.execution()), result(ends.result())));
        }
    }

    private static String result(ExecutionResult result) {
        return switch (result) {
            case ExecutionResult.Succeeded succeeded ->
                "%s after %d state transitions"
                        .formatted(mark(succeeded.output().path("status").asText()), succeeded.stateTransitions());
            case ExecutionResult.Failed failed ->
                "%s %s: %s".formatted(mark("FAILED"), escaped(failed.error()), escaped(failed.cause()));
        };
    }

    /** The states of an execution share a line until there is news of it, or somebody does something. */
    private void passes(Moment.Enters enters) {
        passing.computeIfAbsent(enters.execution(), execution -> {
                    Passing begun = new Passing(enters.at(), execution, new LinkedHashMap<>());
                    lines.add(begun);
                    return begun;
                })
                .states()
                .merge(enters.state(), 1, Integer::sum);
    }

    private void line(Moment moment, String kind, String html) {
        switch (moment) {
            case Moment.InExecution news -> passing.remove(news.execution());
            case Moment.Deed deed -> passing.clear();
            case Moment.EventComes event -> {}
            case Moment.EmailArrives email -> {}
        }
        lines.add(new Told(moment.at(), kind, html));
    }

    private String html(Line line) {
        return switch (line) {
            case Told told -> html(told.at(), told.kind(), told.html());
            case Passing states ->
                html(
                        states.at(),
                        "states",
                        states.states().entrySet().stream()
                                .map(state -> escaped(state.getKey())
                                        + (state.getValue() == 1 ? "" : " × " + state.getValue()))
                                .collect(Collectors.joining(" · ", escaped(states.execution()) + ": ", "")));
        };
    }

    private String html(Instant at, String kind, String html) {
        return "<li class=\"%s\"><span class=\"at\">%s</span> <span>%s</span></li>\n"
                .formatted(kind, time.shown(at), html);
    }
}
