package groundwork.rehearsal.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One key of one operator in a Condition.
 *
 * @param set how several values of the key in the request count
 * @param ifExists whether a missing key makes the condition true
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">
 *     Condition operators</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html">
 *     Conditions with multiple context keys or values</a>
 */
record Condition(SetOperator set, Operator operator, boolean ifExists, String key, List<String> values) {

    enum SetOperator {
        NONE,
        FOR_ANY_VALUE,
        FOR_ALL_VALUES
    }

    static List<Condition> parse(JsonNode element, String place) {
        List<Condition> conditions = new ArrayList<>();
        if (element.isMissingNode()) {
            return conditions;
        }
        if (!element.isObject()) {
            throw new InvalidPolicyException(place, "must be an object");
        }
        for (Map.Entry<String, JsonNode> block : element.properties()) {
            String at = place + "." + block.getKey();
            if (!block.getValue().isObject()) {
                throw new InvalidPolicyException(at, "must be an object");
            }
            for (Map.Entry<String, JsonNode> test : block.getValue().properties()) {
                String key = test.getKey();
                conditions.add(parse(block.getKey(), key, PolicyDocument.strings(test.getValue(), at + "." + key), at));
            }
        }
        return conditions;
    }

    private static Condition parse(String written, String key, List<String> values, String place) {
        SetOperator set = SetOperator.NONE;
        String name = written;
        if (name.startsWith("ForAnyValue:")) {
            set = SetOperator.FOR_ANY_VALUE;
        } else if (name.startsWith("ForAllValues:")) {
            set = SetOperator.FOR_ALL_VALUES;
        }
        name = name.substring(name.indexOf(':') + 1);
        boolean ifExists = name.endsWith("IfExists");
        name = ifExists ? name.substring(0, name.length() - "IfExists".length()) : name;
        Operator operator = Operator.named(name)
                .orElseThrow(() -> new InvalidPolicyException(place, "the operator is not implemented"));
        if (operator == Operator.NULL && (ifExists || set != SetOperator.NONE)) {
            throw new InvalidPolicyException(place, "Null takes neither a set operator nor IfExists");
        }
        values.stream().filter(value -> !operator.accepts(value)).findFirst().ifPresent(value -> {
            throw new InvalidPolicyException(place, "cannot compare with " + value);
        });
        return new Condition(set, operator, ifExists, key, values);
    }

    boolean holds(AccessRequest request) {
        List<String> actual = request.values(key);
        if (operator == Operator.NULL) {
            return values.contains(String.valueOf(actual.isEmpty()));
        }
        if (actual.isEmpty()) {
            return ifExists
                    || switch (set) {
                        case NONE -> operator.negated();
                        case FOR_ANY_VALUE -> false;
                        case FOR_ALL_VALUES -> true;
                    };
        }
        Predicate<String> accepted =
                value -> values.stream().anyMatch(each -> operator.matches(each, value)) != operator.negated();
        return switch (set) {
            case NONE -> accepted.test(only(actual));
            case FOR_ANY_VALUE -> actual.stream().anyMatch(accepted);
            case FOR_ALL_VALUES -> actual.stream().allMatch(accepted);
        };
    }

    private String only(List<String> actual) {
        if (actual.size() > 1) {
            throw new IllegalArgumentException(
                    key + " has several values in the request, which needs ForAnyValue or ForAllValues: " + actual);
        }
        return actual.getFirst();
    }

    enum Operator {
        STRING_EQUALS("StringEquals", false),
        STRING_NOT_EQUALS("StringNotEquals", true),
        STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false),
        STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true),
        STRING_LIKE("StringLike", false),
        STRING_NOT_LIKE("StringNotLike", true),
        ARN_EQUALS("ArnEquals", false),
        ARN_NOT_EQUALS("ArnNotEquals", true),
        ARN_LIKE("ArnLike", false),
        ARN_NOT_LIKE("ArnNotLike", true),
        BOOL("Bool", false),
        NULL("Null", false);

        private final String written;
        private final boolean negated;

        Operator(String written, boolean negated) {
            this.written = written;
            this.negated = negated;
        }

        static Optional<Operator> named(String written) {
            for (Operator operator : values()) {
                if (operator.written.equals(written)) {
                    return Optional.of(operator);
                }
            }
            return Optional.empty();
        }

        /** A negated operator holds if no value matches, and also if the key is missing. */
        boolean negated() {
            return negated;
        }

        boolean accepts(String value) {
            return switch (this) {
                case BOOL, NULL -> value.equals("true") || value.equals("false");
                case ARN_EQUALS, ARN_NOT_EQUALS, ARN_LIKE, ARN_NOT_LIKE -> value.split(":", 6).length == 6;
                case STRING_EQUALS,
                        STRING_NOT_EQUALS,
                        STRING_EQUALS_IGNORE_CASE,
                        STRING_NOT_EQUALS_IGNORE_CASE,
                        STRING_LIKE,
                        STRING_NOT_LIKE -> true;
            };
        }

        boolean matches(String expected, String actual) {
            return switch (this) {
                case STRING_EQUALS, STRING_NOT_EQUALS, NULL -> expected.equals(actual);
                case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE, BOOL ->
                    expected.equalsIgnoreCase(actual);
                case STRING_LIKE, STRING_NOT_LIKE -> Wildcards.string(expected, actual);
                // ArnEquals behaves as ArnLike: each of the six parts is compared, with wildcards.
                case ARN_EQUALS, ARN_NOT_EQUALS, ARN_LIKE, ARN_NOT_LIKE -> matchesArn(expected, actual);
            };
        }

        private static boolean matchesArn(String expected, String actual) {
            String[] patterns = expected.split(":", 6);
            String[] parts = actual.split(":", 6);
            for (int i = 0; i < patterns.length; i++) {
                if (parts.length != patterns.length || !Wildcards.string(patterns[i], parts[i])) {
                    return false;
                }
            }
            return true;
        }
    }
}
