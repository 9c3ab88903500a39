package groundwork.rehearsal.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.conclusion.Conclusion;
import groundwork.conclusion.PlanLine;
import groundwork.json.Json;
import groundwork.json.UnreadableJsonException;
import groundwork.rehearsal.states.ExecutionListener;
import groundwork.rehearsal.states.ExecutionResult;
import groundwork.rehearsal.states.HistoryEvent;
import groundwork.runtime.TryAgainException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/**
 * What an execution with {@code {"plan": true}} found.
 *
 * @param region where it was made
 * @param lines one per prerequisite, in the order of the checklist
 * @param otherRegion the primary Region of Identity Center, if it is not this one
 * @param administrator the user name of the administrator, if the user exists
 * @param brokenOff why the execution failed, if it did
 */
record Plan(
        Region region,
        List<Line> lines,
        Optional<Region> otherRegion,
        Optional<String> administrator,
        Optional<String> brokenOff) {
    Plan {
        lines = List.copyOf(lines);
    }

    Line line(Prerequisite prerequisite) {
        return lines.stream()
                .filter(line -> line.prerequisite() == prerequisite)
                .findFirst()
                .orElseThrow();
    }

    /** Takes from an execution what is needed of it; the execution's own output has no instructions and no links. */
    static final class Reader implements ExecutionListener {
        private final ExecutionListener next;
        private final Map<Prerequisite, Finding> findings = new EnumMap<>(Prerequisite.class);
        private Optional<Conclusion> report = Optional.empty();
        private Optional<String> administrator = Optional.empty();

        Reader(ExecutionListener next) {
            this.next = next;
        }

        @Override
        public void happened(HistoryEvent event) {
            if (event instanceof HistoryEvent.TaskSucceeded task) {
                JsonNode payload = task.result().path("Payload");
                for (JsonNode finding : payload.path("findings")) {
                    Finding found = read(finding, Finding.class);
                    findings.put(found.prerequisite(), found);
                }
                if (payload.hasNonNull("administrator")) {
                    administrator = Optional.of(
                            payload.path("administrator").path("userName").asText());
                }
                if (payload.has("plan") && payload.has("checklist")) {
                    report = Optional.of(read(payload, Conclusion.class));
                }
            }
            next.happened(event);
        }

        Plan plan(Region region, ExecutionResult result) {
            return new Plan(
                    region,
                    switch (result) {
                        case ExecutionResult.Succeeded succeeded -> complete(report.orElseThrow());
                        case ExecutionResult.Failed failed -> incomplete();
                    },
                    otherRegion(),
                    administrator,
                    switch (result) {
                        case ExecutionResult.Succeeded succeeded -> Optional.empty();
                        case ExecutionResult.Failed failed -> Optional.of(why(failed));
                    });
        }

        private static List<Line> complete(Conclusion report) {
            List<Line> lines = new ArrayList<>();
            for (PlanLine line : report.plan()) {
                lines.add(Line.of(
                        line, report.checklist().item(line.prerequisite()).outcome()));
            }
            return lines;
        }

        private List<Line> incomplete() {
            return Arrays.stream(Prerequisite.values())
                    .map(each -> findings.containsKey(each)
                            ? Line.of(
                                    PlanLine.of(findings.get(each)),
                                    findings.get(each).outcome())
                            : Line.unknown(each, "The plan did not get this far."))
                    .toList();
        }

        private Optional<Region> otherRegion() {
            return Optional.ofNullable(findings.get(Prerequisite.IDENTITY_CENTER))
                    .map(Finding::outcome)
                    .filter(Outcome.Blocked.class::isInstance)
                    .map(Outcome.Blocked.class::cast)
                    .filter(blocked -> blocked.reason() == BlockedReason.IDENTITY_CENTER_IN_OTHER_REGION)
                    .map(blocked -> Region.of(blocked.subject()));
        }

        private static String why(ExecutionResult.Failed failed) {
            String cause = failed.cause();
            String passing = TryAgainException.class.getName();
            return (failed.error().equals(passing) ? cause : failed.error() + ": " + cause)
                    .replaceAll("\\s+", " ")
                    .strip();
        }

        private static <T> T read(JsonNode json, Class<T> type) {
            try {
                return Json.read(json.toString(), type);
            } catch (UnreadableJsonException e) {
                throw new IllegalStateException("A function answered what is no " + type.getSimpleName(), e);
            }
        }
    }
}
