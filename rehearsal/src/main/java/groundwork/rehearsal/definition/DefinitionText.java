package groundwork.rehearsal.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * JSON in lines that a person can read: an object or array stands on one line where it fits, otherwise each of its members
 * begins a line of its own. Members keep their order, and the same JSON always gives the same text.
 */
final class DefinitionText {

    private static final int WIDTH = 150;
    private static final String INDENT = "  ";

    private DefinitionText() {}

    /** Returns the text, ending in a line break. */
    static String of(JsonNode json) {
        return lines(json, WIDTH, "") + "\n";
    }

    private static String lines(JsonNode json, int room, String indent) {
        String line = line(json);
        if (json.isEmpty() || line.length() <= room) {
            return line;
        }
        String inner = indent + INDENT;
        return members(json)
                .map(member -> inner
                        + member.getKey()
                        // One less than what is left, for the comma.
                        + lines(
                                member.getValue(),
                                WIDTH - inner.length() - member.getKey().length() - 1,
                                inner))
                .collect(Collectors.joining(",\n", opening(json) + "\n", "\n" + indent + closing(json)));
    }

    private static String line(JsonNode json) {
        return json.isContainerNode()
                ? members(json)
                        .map(member -> member.getKey() + line(member.getValue()))
                        .collect(Collectors.joining(", ", opening(json), closing(json)))
                : json.toString();
    }

    /** What stands before each value, and the value. */
    private static Stream<Map.Entry<String, JsonNode>> members(JsonNode json) {
        return json.isObject()
                ? json.properties().stream()
                        .map(field -> Map.entry(TextNode.valueOf(field.getKey()) + ": ", field.getValue()))
                : json.valueStream().map(element -> Map.entry("", element));
    }

    private static String opening(JsonNode json) {
        return json.isObject() ? "{" : "[";
    }

    private static String closing(JsonNode json) {
        return json.isObject() ? "}" : "]";
    }
}
