package groundwork.rehearsal.report;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.function.UnaryOperator;

/**
 * Tells a rehearsal as it happens: the virtual clock, the state, what was found or done; then, at its end, the checklist.
 */
public final class Narrator implements ExecutionListener {
    private static final int STATE_WIDTH = 30;

    /** In a line that is shorter than this, a state and what came of it do not fit side by side. */
    private static final int WIDE = 110;

    private static final String NARROW_MARGIN = " ".repeat(12);

    /** Below the text of a line of the checklist. */
    private static final String CHECKLIST_MARGIN = " ".repeat(34);

    /** The execution that is superseded says so itself when it ends. */
    private static final String SUPERSEDED = "A newer execution took over";

    private final Page page;
    private final Style style;
    private final boolean wide;
    private final VirtualTime time;
    private final Map<String, JsonNode> last = new HashMap<>();
    private final Set<String> effects = new HashSet<>();
    private String lastWait = "";

    /** @param start when the story begins */
    public Narrator(Page page, Instant start) {
        this.page = page;
        this.style = page.style();
        this.wide = page.hasPlaceFor(WIDE);
        this.time = new VirtualTime(start);
    }

    /** A narrator nobody hears. */
    public static Narrator silent() {
        return new Narrator(Page.plain(new PrintStream(OutputStream.nullOutputStream())), Instant.EPOCH);
    }

    /** Opens a scenario. */
    public void title(String name, String story) {
        page.line();
        page.line(style.bold(name));
        page.line("", story, UnaryOperator.identity());
        page.line();
    }

    /** Says what a person does. */
    public void person(Instant at, String deed) {
        line(at, style.accent("» "), deed, style::accent);
    }

    @Override
    public void happened(HistoryEvent event) {
        String execution = event.execution().substring(event.execution().lastIndexOf(':') + 1);
        switch (event) {
            case HistoryEvent.ExecutionStarted started ->
                line(started.at(), style.bold("Execution " + execution) + " starts" + why(started.input()));
            case HistoryEvent.TaskSucceeded task -> {
                List<Told> all = told(task);
                if (!all.isEmpty() && !wide) {
                    line(task.at(), "  " + task.state());
                }
                String state = pad(wide ? task.state() : "");
                for (Told told : all) {
                    if (wide) {
                        line(task.at(), "  " + state + told.head(), told.text(), told.styled());
                    } else {
                        page.line(NARROW_MARGIN + told.head(), told.text(), told.styled());
                    }
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
            case HistoryEvent.ErrorCaught caught -> {
                if (!caught.next().equals(SUPERSEDED)) {
                    line(
                            caught.at(),
                            "  " + pad(caught.state())
                                    + (isAnswer(caught.error())
                                            ? style.faint(caught.next())
                                            : style.bad("goes to: " + caught.next())));
                }
            }
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

    /** Prints the checklist, a line for each prerequisite. */
    public void checklist(Optional<JsonNode> checklist) {
        page.line();
        if (checklist.isEmpty()) {
            page.line(style.bold("No checklist was recorded"));
            return;
        }
        page.line(style.bold("Checklist: " + checklist.get().path("status").asText()));
        for (JsonNode item : checklist.get().path("items")) {
            JsonNode outcome = item.path("outcome");
            page.line(
                    "  %s %-16s "
                            .formatted(
                                    status(outcome.path("status").asText()),
                                    item.path("prerequisite").asText()),
                    outcome.path("what").asText(),
                    UnaryOperator.identity());
            JsonNode cause = item.path("cause");
            if (cause.isObject()) {
                page.line(
                        CHECKLIST_MARGIN,
                        "since %s by %s at %s in %s"
                                .formatted(
                                        cause.path("event").asText(),
                                        cause.path("who").asText("somebody"),
                                        cause.path("when").asText(),
                                        cause.path("region").asText()),
                        style::faint);
            }
            if (outcome.has("todo")) {
                page.line(CHECKLIST_MARGIN, "→ " + outcome.path("todo").asText(), style::attention);
                page.line(CHECKLIST_MARGIN + "  "
                        + style.faint(outcome.path("link").asText()));
            }
        }
    }

    /**
     * Says what the scenario took, and whether its own expectations held.
     *
     * @param stateTransitions what Step Functions bills so far
     * @param running how many of the executions have not ended
     */
    public void verdict(int executions, int running, long stateTransitions, List<String> broken) {
        page.line();
        page.line(style.faint("%s%s, %d state transitions"
                .formatted(
                        executions == 1 ? "1 execution" : executions + " executions",
                        running == 0
                                ? ""
                                : executions == 1 ? ", still running" : ", %d still running".formatted(running),
                        stateTransitions)));
        if (broken.isEmpty()) {
            page.line(style.good("✓ as expected"));
        }
        broken.forEach(expectation -> page.line(style.bad("✗ not as expected: "), expectation, style::bad));
    }

    private void line(Instant at, String text) {
        page.line(style.faint(time.shown(at)) + "  " + text);
        lastWait = "";
    }

    private void line(Instant at, String head, String text, UnaryOperator<String> styled) {
        page.line(style.faint(time.shown(at)) + "  " + head, text, styled);
        lastWait = "";
    }

    /** A line about a task: a head, and a text that may be broken. */
    private record Told(String head, String text, UnaryOperator<String> styled) {}

    /** Only what is new: an execution that waits looks at the same things again and again. */
    private List<Told> told(HistoryEvent.TaskSucceeded task) {
        JsonNode payload = task.result().path("Payload");
        List<Told> told = new ArrayList<>();
        for (JsonNode finding : payload.path("findings")) {
            JsonNode outcome = finding.path("outcome");
            if (!outcome.equals(last.put(finding.path("prerequisite").asText(), outcome))) {
                told.add(new Told(
                        "%s %-16s  "
                                .formatted(
                                        status(outcome, payload),
                                        finding.path("prerequisite").asText()),
                        outcome.path("what").asText(),
                        style::faint));
            }
            for (JsonNode effect : finding.path("changes")) {
                if (effects.add(task.execution() + effect)) {
                    told.add(new Told(
                            "               "
                                    + style.accent(effect.path("kind").asText().toLowerCase(Locale.ROOT))
                                    + " ",
                            effect.path("resource").asText(),
                            UnaryOperator.identity()));
                }
            }
        }
        payload.path("sent").forEach(sent -> told.add(new Told(style.accent("✉ "), sent.asText(), style::accent)));
        return told;
    }

    /** AWS taking its time with what it was asked for is nothing to look into; an outcome that could not be read is. */
    private String status(JsonNode outcome, JsonNode payload) {
        String status = outcome.path("status").asText();
        return status.equals("UNKNOWN") && payload.path("underWay").asBoolean()
                ? style.faint("%-14s".formatted("IN PROGRESS"))
                : status(status);
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

    private static String pad(String state) {
        return ("%-" + STATE_WIDTH + "s").formatted(state);
    }

    private static String shown(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
