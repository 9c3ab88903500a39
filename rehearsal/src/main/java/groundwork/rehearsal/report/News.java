package groundwork.rehearsal.report;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.states.HistoryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What of the steps of executions is worth telling: only what is new, as an execution that waits looks at the same things again and
 * again.
 */
final class News {
    /** The execution that is superseded says so itself when it ends. */
    private static final String SUPERSEDED = "A newer execution took over";

    private final Map<String, JsonNode> last = new HashMap<>();
    private final Set<String> effects = new HashSet<>();

    /** What there is to tell of a step, often nothing. */
    List<Moment> of(HistoryEvent event) {
        Instant at = event.at();
        String execution = event.execution().substring(event.execution().lastIndexOf(':') + 1);
        return switch (event) {
            case HistoryEvent.ExecutionStarted started ->
                List.of(new Moment.Starts(at, execution, why(started.input())));
            case HistoryEvent.StateEntered entered -> List.of(new Moment.Enters(at, execution, entered.state()));
            case HistoryEvent.TaskSucceeded task -> found(task, execution);
            case HistoryEvent.TaskFailed failed ->
                isAnswer(failed.error())
                        ? List.of()
                        : List.of(new Moment.Fails(at, execution, failed.state(), failed.error()));
            case HistoryEvent.RetryScheduled retry ->
                List.of(new Moment.TriesAgain(at, execution, retry.state(), retry.delay()));
            case HistoryEvent.ErrorCaught caught ->
                caught.next().equals(SUPERSEDED)
                        ? List.of()
                        : List.of(new Moment.GoesTo(
                                at,
                                execution,
                                caught.state(),
                                caught.error(),
                                caught.next(),
                                isAnswer(caught.error())));
            case HistoryEvent.WaitStarted wait ->
                List.of(new Moment.Waits(at, execution, wait.state(), wait.duration()));
            case HistoryEvent.ExecutionEnded ended -> List.of(new Moment.Ends(at, execution, ended.result()));
            case HistoryEvent.StateExited exited -> List.of();
            case HistoryEvent.TaskScheduled scheduled -> List.of();
            case HistoryEvent.TaskStarted started -> List.of();
        };
    }

    /** A conditional write that is refused tells the execution that another one is at it. */
    private static boolean isAnswer(String error) {
        return error.endsWith(".ConditionalCheckFailedException");
    }

    private static String why(JsonNode input) {
        if (!input.has("detail-type")) {
            return "by hand with " + input;
        }
        return "because of " + name(input);
    }

    /** What an event is called: the operation that CloudTrail recorded, or the detail type of an event that a service sends itself. */
    static String name(JsonNode event) {
        return event.path("detail")
                .path("eventName")
                .asText(event.path("detail-type").asText());
    }

    private List<Moment> found(HistoryEvent.TaskSucceeded task, String execution) {
        JsonNode payload = task.result().path("Payload");
        List<Moment> found = new ArrayList<>();
        for (JsonNode finding : payload.path("findings")) {
            JsonNode outcome = finding.path("outcome");
            String prerequisite = finding.path("prerequisite").asText();
            if (!outcome.equals(last.put(prerequisite, outcome))) {
                found.add(new Moment.Finds(
                        task.at(),
                        execution,
                        task.state(),
                        status(outcome, payload),
                        prerequisite,
                        outcome.path("what").asText()));
            }
            for (JsonNode effect : finding.path("changes")) {
                if (effects.add(task.execution() + effect)) {
                    found.add(new Moment.Changes(
                            task.at(),
                            execution,
                            task.state(),
                            effect.path("kind").asText().toLowerCase(Locale.ROOT),
                            effect.path("resource").asText()));
                }
            }
        }
        payload.path("sent")
                .forEach(sent -> found.add(new Moment.Sends(task.at(), execution, task.state(), sent.asText())));
        return found;
    }

    /** AWS taking its time with what it was asked for is nothing to look into; an outcome that could not be read is. */
    private static String status(JsonNode outcome, JsonNode payload) {
        String status = outcome.path("status").asText();
        return status.equals("UNKNOWN") && payload.path("underWay").asBoolean() ? "IN PROGRESS" : status;
    }
}
