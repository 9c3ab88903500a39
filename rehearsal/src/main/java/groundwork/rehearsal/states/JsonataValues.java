package groundwork.rehearsal.states;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates between JSON and the values of the JSONata engine, where a Java null means undefined and JSON's null has a
 * value of its own.
 */
final class JsonataValues {

    /** Above this a double no longer holds every integer. */
    private static final double LARGEST_EXACT_INTEGER = 9_007_199_254_740_992d;

    private JsonataValues() {}

    static Object toJsonata(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                json.properties().forEach(field -> map.put(field.getKey(), toJsonata(field.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>(json.size());
                json.forEach(element -> list.add(toJsonata(element)));
                yield list;
            }
            case STRING -> json.textValue();
            case BOOLEAN -> json.booleanValue();
            case NUMBER -> number(json);
            case NULL -> Jsonata.NULL_VALUE;
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("Not JSON: " + json.getNodeType());
        };
    }

    /** The engine compares whole numbers inside objects by class, so they must all be of the smallest that fits. */
    private static Number number(JsonNode json) {
        if (json.canConvertToInt() && json.canConvertToExactIntegral()) {
            return json.intValue();
        }
        if (json.canConvertToLong() && json.canConvertToExactIntegral()) {
            return json.longValue();
        }
        return json.doubleValue();
    }

    /**
     * Translates a result that is not undefined.
     *
     * @throws Expression.EvaluationException if it is or contains something that JSON cannot represent, such as a function
     */
    static JsonNode toJson(Object value) {
        if (value == Jsonata.NULL_VALUE) {
            return NullNode.getInstance();
        }
        return switch (value) {
            case String text -> TextNode.valueOf(text);
            case Boolean bool -> BooleanNode.valueOf(bool);
            case Integer number -> IntNode.valueOf(number);
            case Long number -> whole(number);
            case Number number -> fraction(number.doubleValue());
            case Map<?, ?> map -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                map.forEach((key, element) -> object.set(String.valueOf(key), toJson(element)));
                yield object;
            }
            case List<?> list -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode(list.size());
                list.forEach(element -> array.add(toJson(element)));
                yield array;
            }
            case null -> NullNode.getInstance();
            default -> throw new Expression.EvaluationException("returned an unsupported result type");
        };
    }

    private static JsonNode whole(long number) {
        int small = (int) number;
        return small == number ? IntNode.valueOf(small) : LongNode.valueOf(number);
    }

    private static JsonNode fraction(double number) {
        if (!Double.isFinite(number)) {
            throw new Expression.EvaluationException("returned a number that JSON cannot represent: " + number);
        }
        boolean isWhole = number == Math.rint(number) && Math.abs(number) <= LARGEST_EXACT_INTEGER;
        return isWhole ? whole((long) number) : DoubleNode.valueOf(number);
    }
}
