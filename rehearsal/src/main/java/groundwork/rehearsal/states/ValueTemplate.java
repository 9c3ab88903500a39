package groundwork.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A JSON value of a definition in which strings, at any depth, may be expressions. Names of fields never are. */
sealed interface ValueTemplate {

    record Literal(JsonNode value) implements ValueTemplate {}

    /** @param field path of the expression in its state, for example {@code Output/accountId} */
    record Computed(Expression expression, String field) implements ValueTemplate {}

    record Fields(Map<String, ValueTemplate> fields) implements ValueTemplate {}

    record Elements(List<ValueTemplate> elements) implements ValueTemplate {}

    static ValueTemplate parse(JsonNode json, Set<String> statesFields, Location location) {
        if (json.isObject()) {
            Map<String, ValueTemplate> fields = new LinkedHashMap<>();
            json.properties()
                    .forEach(field -> fields.put(
                            field.getKey(), parse(field.getValue(), statesFields, location.field(field.getKey()))));
            return new Fields(fields);
        }
        if (json.isArray()) {
            List<ValueTemplate> elements = new ArrayList<>();
            for (JsonNode element : json) {
                elements.add(parse(element, statesFields, location.field(String.valueOf(elements.size()))));
            }
            return new Elements(elements);
        }
        if (json.isTextual() && Expression.isExpression(json.textValue())) {
            return new Computed(Expression.parse(json.textValue(), statesFields, location), location.field());
        }
        return new Literal(json);
    }
}
