package groundwork.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A JSON value of a definition in which strings, at any depth, may be expressions. Names of fields never are. */
sealed interface Template {

    record Literal(JsonNode value) implements Template {}

    /** @param field path of the expression in its state, for example {@code Output/accountId} */
    record Computed(Expression expression, String field) implements Template {}

    record Fields(Map<String, Template> fields) implements Template {}

    record Elements(List<Template> elements) implements Template {}

    static Template parse(JsonNode json, Set<String> statesFields, Location location) {
        if (json.isObject()) {
            Map<String, Template> fields = new LinkedHashMap<>();
            json.properties()
                    .forEach(field -> fields.put(
                            field.getKey(), parse(field.getValue(), statesFields, location.field(field.getKey()))));
            return new Fields(fields);
        }
        if (json.isArray()) {
            List<Template> elements = new ArrayList<>();
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
