package groundwork.rehearsal.report;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.states.ExecutionListener;
import groundwork.rehearsal.states.ExecutionResult;
import groundwork.rehearsal.states.HistoryEvent;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.regions.Region;

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

    private final Page page;
    private final Style style;
    private final boolean wide;
    private final VirtualTime time;
    private final Consumer<Moment> others;
    private final News news = new News();
    private String lastWait = "";

    /** As the other constructor, and nobody else is told. */
    public Narrator(Page page, Instant start) {
        this(page, start, moment -> {});
    }

    /**
     * @param start when the story begins
     * @param others who else is told, and of more: states and events, too
     */
    public Narrator(Page page, Instant start, Consumer<Moment> others) {
        this.page = page;
        this.style = page.style();
        this.wide = page.hasPlaceFor(WIDE);
        this.time = new VirtualTime(start);
        this.others = others;
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
        others.accept(new Moment.Deed(at, deed));
    }

    /** An event comes to the default event bus of an account. */
    public void event(Instant at, String accountId, Region region, JsonNode event) {
        JsonNode who = event.path("detail").path("userIdentity");
        others.accept(new Moment.EventComes(
                at,
                event.path("source").asText(),
                News.name(event),
                who.path("arn").asText(who.path("type").asText()),
                region.id(),
                accountId));
    }

    @Override
    public void happened(HistoryEvent event) {
        List<Moment> moments = news.of(event);
        tell(moments);
        moments.forEach(others);
    }

    /** The state is named once. */
    private void tell(List<Moment> moments) {
        String state = "";
        for (Moment moment : moments) {
            switch (moment) {
                case Moment.Deed deed -> {}
                case Moment.EventComes comes -> {}
                case Moment.EmailArrives arrives -> {}
                case Moment.Enters enters -> {}
                case Moment.Starts starts ->
                    line(
                            starts.at(),
                            style.bold("Execution " + starts.execution()) + " starts"
                                    + style.faint(" " + starts.why()));
                case Moment.Finds finds -> {
                    told(
                            finds.at(),
                            finds.state().equals(state) ? "" : finds.state(),
                            "%s %-16s  ".formatted(status(finds.status()), finds.prerequisite()),
                            finds.what(),
                            style::faint);
                    state = finds.state();
                }
                case Moment.Changes changes -> {
                    told(
                            changes.at(),
                            changes.state().equals(state) ? "" : changes.state(),
                            "               " + style.accent(changes.kind()) + " ",
                            changes.resource(),
                            UnaryOperator.identity());
                    state = changes.state();
                }
                case Moment.Sends sends -> {
                    told(
                            sends.at(),
                            sends.state().equals(state) ? "" : sends.state(),
                            style.accent("✉ "),
                            sends.what(),
                            style::accent);
                    state = sends.state();
                }
                case Moment.Fails fails -> line(fails.at(), "  " + pad(fails.state()) + style.bad(fails.error()));
                case Moment.TriesAgain again ->
                    line(again.at(), "  " + pad(again.state()) + style.faint("tries again in " + shown(again.delay())));
                case Moment.GoesTo goesTo ->
                    line(
                            goesTo.at(),
                            "  " + pad(goesTo.state())
                                    + (goesTo.answer()
                                            ? style.faint(goesTo.next())
                                            : style.bad("goes to: " + goesTo.next())));
                case Moment.Waits waits -> waits(waits.at(), waits.state() + ", " + shown(waits.duration()));
                case Moment.Ends ends ->
                    line(ends.at(), style.bold("Execution " + ends.execution()) + " ends: " + result(ends.result()));
            }
        }
    }

    private void told(Instant at, String state, String head, String text, UnaryOperator<String> styled) {
        if (wide) {
            line(at, "  " + pad(state) + head, text, styled);
        } else {
            if (!state.isEmpty()) {
                line(at, "  " + state);
            }
            page.line(NARROW_MARGIN + head, text, styled);
        }
    }

    /** A wait that goes on is told once. */
    private void waits(Instant at, String wait) {
        if (!wait.equals(lastWait)) {
            line(at, "  " + style.faint(wait));
            lastWait = wait;
        }
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

    private String status(String status) {
        String padded = "%-14s".formatted(status);
        return switch (status) {
            case "DONE", "NOT_APPLICABLE" -> style.good(padded);
            case "WAITING", "PLANNED", "UNKNOWN" -> style.attention(padded);
            case "IN PROGRESS" -> style.faint(padded);
            default -> style.bad(padded);
        };
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
