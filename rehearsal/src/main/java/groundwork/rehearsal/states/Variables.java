package groundwork.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The variables that a state sees: those of its own scope and, read only, those of the scopes around it.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html">Passing data between
 *     states with variables</a>
 */
final class Variables {

    private static final int LONGEST_NAME = 80;

    private final Map<String, JsonNode> visible;

    private Variables(Map<String, JsonNode> visible) {
        this.visible = visible;
    }

    static Variables none() {
        return new Variables(Map.of());
    }

    /** Names are Unicode identifiers (UAX #31) of up to 80 characters; {@code states} is reserved. */
    static void requireValidName(String name, Location assign) {
        boolean valid = !name.isEmpty()
                && name.codePointCount(0, name.length()) <= LONGEST_NAME
                && Character.isUnicodeIdentifierStart(name.codePointAt(0))
                && name.codePoints()
                        .skip(1)
                        .allMatch(c -> Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
        if (!valid) {
            throw assign.invalid("holds '" + name + "', which is not a variable name");
        }
        if (name.equals("states")) {
            throw assign.invalid("holds 'states', which is reserved");
        }
    }

    Map<String, JsonNode> visible() {
        return visible;
    }

    /**
     * The variables after an assignment. An inner scope starts as a copy of the outer one: what it assigns stays
     * invisible outside, and the definition is refused where it would hide a variable of the outer scope.
     */
    Variables assign(Map<String, JsonNode> values) {
        if (values.isEmpty()) {
            return this;
        }
        Map<String, JsonNode> merged = new LinkedHashMap<>(visible);
        merged.putAll(values);
        return new Variables(merged);
    }
}
