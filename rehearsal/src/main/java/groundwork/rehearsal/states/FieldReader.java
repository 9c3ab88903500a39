package groundwork.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads the fields of one JSON object of a definition and refuses those that nobody asked for. */
final class FieldReader {

    /** The largest number of seconds that Step Functions accepts, a little over three years. */
    static final int LARGEST_SECONDS = 99_999_999;

    private static final Set<String> JSON_PATH_FIELDS = Set.of(
            "InputPath",
            "OutputPath",
            "Parameters",
            "Result",
            "ResultPath",
            "ResultSelector",
            "SecondsPath",
            "TimestampPath",
            "TimeoutSecondsPath",
            "HeartbeatSecondsPath",
            "ErrorPath",
            "CausePath",
            "ItemsPath",
            "MaxConcurrencyPath",
            "ToleratedFailurePercentagePath",
            "ToleratedFailureCountPath",
            "Variable",
            "And",
            "Or",
            "Not");

    private final JsonNode object;
    private final Location location;
    private final Set<String> read = new HashSet<>();

    FieldReader(JsonNode object, Location location) {
        if (!object.isObject()) {
            throw location.invalid("must be an object");
        }
        this.object = object;
        this.location = location;
    }

    Location location() {
        return location;
    }

    Location location(String name) {
        return location.field(name);
    }

    Optional<JsonNode> optional(String name) {
        read.add(name);
        return Optional.ofNullable(object.get(name));
    }

    JsonNode required(String name) {
        return optional(name).orElseThrow(() -> location(name).invalid("is missing"));
    }

    Optional<String> optionalText(String name) {
        return optional(name).map(value -> {
            if (!value.isTextual() || value.textValue().isEmpty()) {
                throw location(name).invalid("must be a text");
            }
            return value.textValue();
        });
    }

    String requiredText(String name) {
        return optionalText(name).orElseThrow(() -> location(name).invalid("is missing"));
    }

    Optional<Integer> optionalInteger(String name, int least, int most) {
        return optional(name).map(value -> {
            if (!value.isIntegralNumber()
                    || !value.canConvertToInt()
                    || value.intValue() < least
                    || value.intValue() > most) {
                throw location(name).invalid("must be an integer from " + least + " to " + most);
            }
            return value.intValue();
        });
    }

    Optional<ValueTemplate> template(String name, Set<String> statesFields) {
        return optional(name).map(value -> ValueTemplate.parse(value, statesFields, location(name)));
    }

    /** Reads a template that, where it is a literal, must satisfy a condition; an expression is checked when evaluated. */
    Optional<ValueTemplate> template(String name, Set<String> statesFields, Predicate<JsonNode> valid, String rule) {
        Optional<ValueTemplate> template = template(name, statesFields);
        template.ifPresent(value -> {
            if (!(value instanceof ValueTemplate.Computed) && !valid.test(object.get(name))) {
                throw location(name).invalid(rule);
            }
        });
        return template;
    }

    /** Refuses the fields that have not been read. */
    void end() {
        object.fieldNames().forEachRemaining(name -> {
            if (JSON_PATH_FIELDS.contains(name)) {
                throw location(name).invalid("belongs to the JSONPath dialect; only JSONata is supported");
            }
            if (!read.contains(name)) {
                throw location(name).invalid("is unknown or not supported");
            }
        });
    }
}
