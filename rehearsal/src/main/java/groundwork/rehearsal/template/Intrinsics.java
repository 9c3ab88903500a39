package groundwork.rehearsal.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates intrinsic functions. {@code AWS::NoValue} is a {@link MissingNode} until the object or list around it
 * leaves it out.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">
 *     Intrinsic function reference</a>
 */
final class Intrinsics {
    /** What a name means at the place where an expression stands. */
    interface Names {
        /** Returns a string, a list of strings, or a {@link MissingNode} for {@code AWS::NoValue}. */
        JsonNode ref(String name, String place);

        String attribute(String logicalId, String attribute, String place);

        boolean condition(String name, String place);

        JsonNode mapping(String map, String topLevelKey, String secondLevelKey, String place);
    }

    private static final Set<String> FUNCTIONS = Set.of(
            "GetAtt", "Sub", "If", "Equals", "Not", "And", "Or", "Contains", "FindInMap", "Join", "Select", "Split");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9:]+(\\.[A-Za-z0-9.]+)?");

    private final Names names;

    Intrinsics(Names names) {
        this.names = names;
    }

    /** Returns the key of the long form of {@code !name}, or nothing when the function is not known here. */
    static Optional<String> longForm(String name) {
        if (name.equals("Ref") || name.equals("Condition")) {
            return Optional.of(name);
        }
        return FUNCTIONS.contains(name) ? Optional.of("Fn::" + name) : Optional.empty();
    }

    /** Returns the intrinsic function that this object is, or nothing when it is an ordinary object. */
    static Optional<String> functionOf(JsonNode node, String place) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String key = field.getKey();
            boolean function = key.equals("Ref")
                    || key.startsWith("Fn::")
                    // Policies have a Condition too, but as an object and beside other keys.
                    || (key.equals("Condition")
                            && node.size() == 1
                            && field.getValue().isTextual());
            if (function) {
                if (node.size() > 1) {
                    throw new TemplateException(place, key + " must be the only key of its object");
                }
                if (key.startsWith("Fn::") && !FUNCTIONS.contains(key.substring(4))) {
                    throw new TemplateException(place, key + " is not an intrinsic function known here");
                }
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    JsonNode evaluate(JsonNode node, String place) {
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < node.size(); i++) {
                JsonNode element = evaluate(node.get(i), place + "[" + i + "]");
                if (!element.isMissingNode()) {
                    list.add(element);
                }
            }
            return list;
        }
        if (!node.isObject()) {
            return node;
        }
        Optional<String> function = functionOf(node, place);
        if (function.isPresent()) {
            return call(function.get(), node.get(function.get()), place);
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = evaluate(field.getValue(), place + "." + field.getKey());
            if (!value.isMissingNode()) {
                object.set(field.getKey(), value);
            }
        }
        return object;
    }

    /** Evaluates a condition function, as allowed in the Conditions section. */
    boolean test(JsonNode node, String place) {
        String function =
                functionOf(node, place).orElseThrow(() -> new TemplateException(place, "must be a condition function"));
        JsonNode argument = node.get(function);
        return switch (function) {
            case "Condition" -> names.condition(literal(argument, place), place);
            case "Fn::Equals" -> {
                List<JsonNode> pair = arguments(function, argument, 2, 2, place);
                yield text(pair.get(0), place).equals(text(pair.get(1), place));
            }
            // For rules alone; cfn-lint sees to that.
            case "Fn::Contains" -> {
                List<JsonNode> both = arguments(function, argument, 2, 2, place);
                yield strings(both.get(0), place).contains(text(both.get(1), place));
            }
            case "Fn::Not" -> !test(arguments(function, argument, 1, 1, place).getFirst(), place);
            case "Fn::And" ->
                arguments(function, argument, 2, 10, place).stream().allMatch(each -> test(each, place));
            case "Fn::Or" ->
                arguments(function, argument, 2, 10, place).stream().anyMatch(each -> test(each, place));
            default -> throw new TemplateException(place, function + " is not a condition function");
        };
    }

    private JsonNode call(String function, JsonNode argument, String place) {
        return switch (function) {
            case "Ref" -> names.ref(literal(argument, place), place);
            case "Fn::GetAtt" -> {
                List<String> attribute = attributeOf(argument, place);
                yield TextNode.valueOf(names.attribute(attribute.get(0), attribute.get(1), place));
            }
            case "Fn::Sub" -> TextNode.valueOf(substitute(argument, place));
            case "Fn::If" -> {
                List<JsonNode> branches = arguments(function, argument, 3, 3, place);
                boolean condition = names.condition(literal(branches.get(0), place), place);
                yield evaluate(branches.get(condition ? 1 : 2), place);
            }
            case "Fn::FindInMap" -> {
                List<JsonNode> keys = arguments(function, argument, 3, 3, place);
                yield names.mapping(
                        text(keys.get(0), place), text(keys.get(1), place), text(keys.get(2), place), place);
            }
            case "Fn::Join" -> {
                List<JsonNode> parts = arguments(function, argument, 2, 2, place);
                yield TextNode.valueOf(String.join(literal(parts.get(0), place), strings(parts.get(1), place)));
            }
            case "Fn::Select" -> {
                List<JsonNode> parts = arguments(function, argument, 2, 2, place);
                JsonNode list = evaluate(parts.get(1), place);
                String index = text(parts.get(0), place);
                if (!list.isArray() || !index.matches("[0-9]{1,9}") || Integer.parseInt(index) >= list.size()) {
                    throw new TemplateException(place, "Fn::Select has no element " + index + " in " + list);
                }
                yield list.get(Integer.parseInt(index));
            }
            case "Fn::Split" -> {
                List<JsonNode> parts = arguments(function, argument, 2, 2, place);
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                String delimiter = Pattern.quote(literal(parts.get(0), place));
                for (String part : text(parts.get(1), place).split(delimiter, -1)) {
                    list.add(part);
                }
                yield list;
            }
            default -> throw new TemplateException(place, function + " is allowed in the Conditions section only");
        };
    }

    /** Returns logical id and attribute name of a Fn::GetAtt, given as a list of two or as {@code id.attribute}. */
    static List<String> attributeOf(JsonNode argument, String place) {
        if (argument.isTextual() && argument.textValue().indexOf('.') > 0) {
            String text = argument.textValue();
            int dot = text.indexOf('.');
            return List.of(text.substring(0, dot), text.substring(dot + 1));
        }
        if (argument.isArray() && argument.size() == 2) {
            return List.of(literal(argument.get(0), place), literal(argument.get(1), place));
        }
        throw new TemplateException(place, "Fn::GetAtt takes a logical id and an attribute name");
    }

    /** Returns the names that a Fn::Sub refers to, without the literals written as <code>${!name}</code>. */
    static List<String> placeholdersOf(String text, String place) {
        List<String> found = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!name.startsWith("!")) {
                if (!NAME.matcher(name).matches()) {
                    throw new TemplateException(
                            place, "Fn::Sub cannot refer to ${" + name + "}; a literal is written ${!" + name + "}");
                }
                found.add(name);
            }
        }
        return found;
    }

    private String substitute(JsonNode argument, String place) {
        boolean withVariables =
                argument.isArray() && argument.size() == 2 && argument.get(1).isObject();
        String text = literal(withVariables ? argument.get(0) : argument, place);
        JsonNode variables = withVariables ? argument.get(1) : JsonNodeFactory.instance.objectNode();
        placeholdersOf(text, place);
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            String name = match.group(1);
            String value;
            if (name.startsWith("!")) {
                value = "${" + name.substring(1) + "}";
            } else if (variables.has(name)) {
                value = text(variables.get(name), place);
            } else if (name.indexOf('.') > 0) {
                List<String> attribute = attributeOf(TextNode.valueOf(name), place);
                value = names.attribute(attribute.get(0), attribute.get(1), place);
            } else {
                value = scalar(names.ref(name, place), place);
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private List<String> strings(JsonNode node, String place) {
        JsonNode list = evaluate(node, place);
        if (!list.isArray()) {
            throw new TemplateException(place, "expected a list but found " + list);
        }
        List<String> strings = new ArrayList<>();
        list.forEach(element -> strings.add(scalar(element, place)));
        return strings;
    }

    private String text(JsonNode node, String place) {
        return scalar(evaluate(node, place), place);
    }

    /** CloudFormation passes every scalar around as a string. */
    private static String scalar(JsonNode node, String place) {
        if (!node.isValueNode() || node.isNull()) {
            throw new TemplateException(
                    place, "expected a string but found " + (node.isMissingNode() ? "no value" : node));
        }
        return node.asText();
    }

    static String literal(JsonNode node, String place) {
        if (!node.isTextual()) {
            throw new TemplateException(place, "expected a literal string but found " + node);
        }
        return node.textValue();
    }

    private static List<JsonNode> arguments(String function, JsonNode argument, int least, int most, String place) {
        if (!argument.isArray() || argument.size() < least || argument.size() > most) {
            String count = least == most ? String.valueOf(least) : least + " to " + most;
            throw new TemplateException(place, function + " takes a list of " + count + " arguments");
        }
        List<JsonNode> arguments = new ArrayList<>();
        argument.forEach(arguments::add);
        return arguments;
    }
}
