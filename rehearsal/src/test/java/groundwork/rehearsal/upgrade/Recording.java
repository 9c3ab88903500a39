package groundwork.rehearsal.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import groundwork.rehearsal.stack.ExecutionRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The stack of an earlier release in the middle of its work, as {@code .ci/record_release} wrote it down. */
final class Recording {
    /** The releases from which a stack may be updated. */
    static final List<String> RELEASES = List.of("a05677b");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode recording;

    private Recording(JsonNode recording) {
        this.recording = recording;
    }

    static Recording of(String release) {
        try (InputStream file = Recording.class.getResourceAsStream(release + ".json")) {
            return new Recording(JSON.readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with the ids that the resources have here. */
    Recording withIds(Map<String, String> ids) {
        String text = recording.toString();
        for (Map.Entry<String, String> id : ids.entrySet()) {
            text = text.replace(recording.at("/ids/" + id.getKey()).asText(), id.getValue());
        }
        try {
            return new Recording(JSON.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Instant at() {
        return Instant.parse(recording.path("at").asText());
    }

    List<String> mails() {
        return recording
                .path("mails")
                .valueStream()
                .map(mail -> mail.path("subject").asText())
                .toList();
    }

    List<Map<String, AttributeValue>> items() {
        return recording.path("items").valueStream().map(Recording::item).toList();
    }

    private static Map<String, AttributeValue> item(JsonNode item) {
        return item.properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, attribute -> value(attribute.getValue())));
    }

    private static AttributeValue value(JsonNode value) {
        if (value.has("SS")) {
            return AttributeValue.fromSs(
                    value.path("SS").valueStream().map(JsonNode::asText).toList());
        }
        return value.has("N")
                ? AttributeValue.fromN(value.path("N").asText())
                : AttributeValue.fromS(value.path("S").asText());
    }

    JsonNode definition() {
        return recording.path("definition");
    }

    /** The execution that waits, as it was started. */
    ExecutionRecord execution() {
        JsonNode execution = recording.path("executions").get(0);
        return new ExecutionRecord(
                execution.path("name").asText(),
                Instant.parse(execution.path("startedAt").asText()),
                execution.path("input"),
                null,
                null);
    }

    /** The states of its last look, the last of which it is in. */
    List<String> states() {
        return steps().stream().map(step -> step.path("state").asText()).toList();
    }

    /** The variables as they were when it entered one of these states. */
    Map<String, JsonNode> variables(int step) {
        Map<String, JsonNode> variables = new HashMap<>();
        recording
                .path("executions")
                .get(0)
                .path("variables")
                .properties()
                .forEach(known -> variables.put(known.getKey(), known.getValue()));
        steps().subList(0, step)
                .forEach(earlier -> earlier.path("assigned")
                        .properties()
                        .forEach(assigned -> variables.put(assigned.getKey(), assigned.getValue())));
        return variables;
    }

    private List<JsonNode> steps() {
        List<JsonNode> steps = new ArrayList<>();
        recording.path("executions").get(0).path("steps").forEach(steps::add);
        return steps;
    }
}
