package groundwork.rehearsal.report;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.states.ExecutionListener;
import groundwork.rehearsal.states.ExecutionResult;
import groundwork.rehearsal.states.HistoryEvent;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a rehearsal as it happens: the virtual clock, the state, what was found or done; then the emails as they were
 * received; then the checklist.
 */
public final class Narrator implements ExecutionListener {
    private static final int STATE_WIDTH = 30;

    private final PrintStream out;
    private final Style style;
    private final Instant start;
    private final Map<String, JsonNode> last = new HashMap<>();
    private final Set<String> effects = new HashSet<>();
    private String lastWait = "";

    public Narrator(PrintStream out, Style style, Instant start) {
        this.out = out;
        this.style = style;
        this.start = start;
    }

    /** A narrator nobody hears. */
    public static Narrator silent() {
        return new Narrator(new PrintStream(OutputStream.nullOutputStream()), Style.PLAIN, Instant.EPOCH);
    }

    /** Opens a scenario. */
    public void title(String name, String story) {
        out.println();
        out.println(style.bold(name));
        out.println(story);
        out.println();
    }

    /** Says what a person does. */
    public void person(Instant at, String deed) {
        line(at, style.accent("» " + deed));
    }

    @Override
    public void happened(HistoryEvent event) {
        String execution = event.execution().substring(event.execution().lastIndexOf(':') + 1);
        switch (event) {
            case HistoryEvent.ExecutionStarted started ->
                line(started.at(), style.bold("Execution " + execution) + " starts" + why(started.input()));
            case HistoryEvent.TaskSucceeded task -> {
                String state = pad(task.state());
                for (String text : told(task)) {
                    line(task.at(), "  " + state + text);
                    state = pad("");
                }
            }
            case HistoryEvent.TaskFailed failed -> {
                if (!isAnswer(failed.error())) {
                    line(failed.at(), "  " + pad(failed.state()) + style.bad(failed.error()));
                }
            }
            case HistoryEvent.RetryScheduled retry ->
                line(retry.at(), "  " + pad(retry.state()) + style.faint("tries again in " + shown(retry.delay())));
            case HistoryEvent.ErrorCaught caught ->
                line(
                        caught.at(),
                        "  " + pad(caught.state())
                                + (isAnswer(caught.error())
                                        ? style.faint(caught.next())
                                        : style.bad("goes to: " + caught.next())));
            case HistoryEvent.WaitStarted wait -> waits(wait.at(), wait.state() + ", " + shown(wait.duration()));
            case HistoryEvent.ExecutionEnded ended ->
                line(ended.at(), style.bold("Execution " + execution) + " ends: " + result(ended.result()));
            case HistoryEvent.StateEntered entered -> {}
            case HistoryEvent.StateExited exited -> {}
            case HistoryEvent.TaskScheduled scheduled -> {}
            case HistoryEvent.TaskStarted started -> {}
        }
    }

    /** A wait that goes on is told once. */
    private void waits(Instant at, String wait) {
        if (!wait.equals(lastWait)) {
            line(at, "  " + style.faint(wait));
            lastWait = wait;
        }
    }

    /** A conditional write that is refused tells the execution that another one is at it. */
    private static boolean isAnswer(String error) {
        return error.endsWith(".ConditionalCheckFailedException");
    }

    /** Prints the emails as their reader would see them. */
    public void mails(List<Mail> mails) {
        out.println();
        out.println(style.bold(mails.isEmpty() ? "No emails" : "Emails"));
        for (Mail mail : mails) {
            out.println();
            out.println(style.faint("┌ " + clock(mail.time()) + "  from " + mail.from() + "  to " + mail.to()));
            out.println(style.faint("│ ") + style.bold(mail.subject()));
            out.println(style.faint("│"));
            mail.text().strip().lines().forEach(text -> out.println((style.faint("│ ") + text).stripTrailing()));
            out.println(style.faint("└"));
        }
    }

    /** Prints the checklist, a line for each prerequisite. */
    public void checklist(Optional<JsonNode> checklist) {
        out.println();
        if (checklist.isEmpty()) {
            out.println(style.bold("No checklist was recorded"));
            return;
        }
        out.println(style.bold("Checklist: " + checklist.get().path("status").asText()));
        for (JsonNode item : checklist.get().path("items")) {
            JsonNode outcome = item.path("outcome");
            out.println("  %s %-16s %s"
                    .formatted(
                            status(outcome.path("status").asText()),
                            item.path("prerequisite").asText(),
                            outcome.path("what").asText()));
            JsonNode cause = item.path("cause");
            if (cause.isObject()) {
                out.println("                                  "
                        + style.faint("since %s by %s at %s in %s"
                                .formatted(
                                        cause.path("event").asText(),
                                        cause.path("who").asText("somebody"),
                                        cause.path("when").asText(),
                                        cause.path("region").asText())));
            }
            if (outcome.has("todo")) {
                out.println("                                  "
                        + style.attention("→ " + outcome.path("todo").asText()));
                out.println("                                    "
                        + style.faint(outcome.path("link").asText()));
            }
        }
    }

    /**
     * Says what the scenario took, and whether its own expectations held.
     *
     * @param stateTransitions what Step Functions bills
     */
    public void verdict(int executions, long stateTransitions, List<String> broken) {
        out.println();
        out.println(style.faint("%d executions, %d state transitions".formatted(executions, stateTransitions)));
        if (broken.isEmpty()) {
            out.println(style.good("✓ as expected"));
        }
        broken.forEach(expectation -> out.println(style.bad("✗ not as expected: " + expectation)));
    }

    private void line(Instant at, String text) {
        out.println(style.faint(clock(at)) + "  " + text);
        lastWait = "";
    }

    /** Only what is new: an execution that waits looks at the same things again and again. */
    private List<String> told(HistoryEvent.TaskSucceeded task) {
        JsonNode payload = task.result().path("Payload");
        List<String> told = new ArrayList<>();
        for (JsonNode finding : payload.path("findings")) {
            JsonNode outcome = finding.path("outcome");
            if (!outcome.equals(last.put(finding.path("prerequisite").asText(), outcome))) {
                told.add("%s %s  %s"
                        .formatted(
                                status(outcome.path("status").asText()),
                                finding.path("prerequisite").asText(),
                                style.faint(outcome.path("what").asText())));
            }
            for (JsonNode effect : finding.path("changes")) {
                if (effects.add(task.execution() + effect)) {
                    told.add("               %s %s"
                            .formatted(
                                    style.accent(effect.path("kind").asText().toLowerCase(Locale.ROOT)),
                                    effect.path("resource").asText()));
                }
            }
        }
        payload.path("sent").forEach(sent -> told.add(style.accent("✉ " + sent.asText())));
        return told;
    }

    private String status(String status) {
        String padded = "%-14s".formatted(status);
        return switch (status) {
            case "DONE", "NOT_APPLICABLE" -> style.good(padded);
            case "WAITING", "PLANNED", "UNKNOWN" -> style.attention(padded);
            default -> style.bad(padded);
        };
    }

    private String why(JsonNode input) {
        if (!input.has("detail-type")) {
            return style.faint(" by hand with " + input);
        }
        String what = input.path("detail").has("eventName")
                ? input.path("detail").path("eventName").asText()
                : input.path("detail-type").asText();
        return style.faint(" because of " + what);
    }

    private String result(ExecutionResult result) {
        return switch (result) {
            case ExecutionResult.Succeeded succeeded ->
                style.good(succeeded.output().path("status").asText())
                        + style.faint(" after " + succeeded.stateTransitions() + " state transitions");
            case ExecutionResult.Failed failed -> style.bad("FAILED " + failed.error() + ": " + failed.cause());
        };
    }

    private String clock(Instant at) {
        Duration since = Duration.between(start, at);
        String days = since.toDays() > 0 ? "day " + (since.toDays() + 1) + " " : "";
        return "%s%02d:%02d:%02d".formatted(days, since.toHoursPart(), since.toMinutesPart(), since.toSecondsPart());
    }

    private static String pad(String state) {
        return ("%-" + STATE_WIDTH + "s").formatted(state);
    }

    private static String shown(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
