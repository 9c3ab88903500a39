package groundwork.rehearsal.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import groundwork.rehearsal.limits.ServiceLimits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A parameter of a template and what its values must satisfy.
 *
 * @param type {@code String}, {@code Number} or {@code CommaDelimitedList}
 * @param defaultValue the value taken when none is given; it must satisfy the constraints as well
 * @param label the name shown in the console, from AWS::CloudFormation::Interface
 * @param allowedPattern a regular expression that the whole value, or each value of a list, must match
 * @param constraintDescription completes "must ..." in the error of a value that breaks a constraint
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html">
 *     Parameters</a>
 */
public record Parameter(
        String name,
        String type,
        Optional<String> defaultValue,
        Optional<String> description,
        Optional<String> label,
        List<String> allowedValues,
        Optional<Pattern> allowedPattern,
        Optional<BigDecimal> minLength,
        Optional<BigDecimal> maxLength,
        Optional<BigDecimal> minValue,
        Optional<BigDecimal> maxValue,
        Optional<String> constraintDescription,
        boolean noEcho) {

    private static final Set<String> ATTRIBUTES = Set.of(
            "Type",
            "Default",
            "Description",
            "AllowedValues",
            "AllowedPattern",
            "MinLength",
            "MaxLength",
            "MinValue",
            "MaxValue",
            "ConstraintDescription",
            "NoEcho");

    static Parameter parse(String name, JsonNode declaration, Optional<String> label) {
        String place = "Parameters." + name;
        Keys.requireOnly(ATTRIBUTES, declaration, place);
        String type = declaration.path("Type").asText();
        if (!Set.of("String", "Number", "CommaDelimitedList").contains(type)) {
            throw new TemplateException(place, "the type " + type + " is not known here");
        }
        List<String> allowedValues = new ArrayList<>();
        declaration.path("AllowedValues").forEach(value -> allowedValues.add(value.asText()));
        return new Parameter(
                name,
                type,
                text(declaration, "Default"),
                text(declaration, "Description"),
                label,
                List.copyOf(allowedValues),
                text(declaration, "AllowedPattern").map(pattern -> compile(pattern, place)),
                number(declaration, "MinLength", place),
                number(declaration, "MaxLength", place),
                number(declaration, "MinValue", place),
                number(declaration, "MaxValue", place),
                text(declaration, "ConstraintDescription"),
                declaration.path("NoEcho").asBoolean());
    }

    /**
     * Returns what {@code Ref} returns for the given value or else the default: a list for a CommaDelimitedList and a
     * string for everything else, numbers included.
     *
     * @throws TemplateException if there is neither value nor default, or the value breaks a constraint
     */
    JsonNode resolve(Optional<String> given) {
        String value = given.or(this::defaultValue)
                .orElseThrow(() -> new TemplateException("Parameter " + name, "needs a value"));
        JsonNode parameter = JsonNodeFactory.instance.objectNode().put("ParameterValue", value);
        ServiceLimits.published().violations(ServiceLimits.STACK, parameter).stream()
                .findFirst()
                .ifPresent(violation -> {
                    throw new TemplateException("Parameter " + name, violation);
                });
        if (!type.equals("CommaDelimitedList")) {
            check(value, value);
            return TextNode.valueOf(value);
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String element : value.split(",", -1)) {
            check(element.strip(), value);
            list.add(element.strip());
        }
        return list;
    }

    private void check(String element, String value) {
        if (!allowedValues.isEmpty() && !allowedValues.contains(element)) {
            throw broken(value, "be one of " + String.join(", ", allowedValues));
        }
        allowedPattern.ifPresent(pattern -> {
            if (!pattern.matcher(element).matches()) {
                throw broken(value, "match pattern " + pattern);
            }
        });
        BigDecimal length = BigDecimal.valueOf(element.length());
        minLength.filter(least -> length.compareTo(least) < 0).ifPresent(least -> {
            throw broken(value, "have at least " + least + " characters");
        });
        maxLength.filter(most -> length.compareTo(most) > 0).ifPresent(most -> {
            throw broken(value, "have at most " + most + " characters");
        });
        if (type.equals("Number")) {
            BigDecimal number = parse(element).orElseThrow(() -> broken(value, "be a number"));
            minValue.filter(least -> number.compareTo(least) < 0).ifPresent(least -> {
                throw broken(value, "be at least " + least);
            });
            maxValue.filter(most -> number.compareTo(most) > 0).ifPresent(most -> {
                throw broken(value, "be at most " + most);
            });
        }
    }

    private TemplateException broken(String value, String constraint) {
        String shown = noEcho ? "****" : value;
        return new TemplateException(
                "Parameter " + name,
                "\"" + shown + "\" must "
                        + constraintDescription.map(Parameter::clause).orElse(constraint));
    }

    /** Descriptions are written with and without the "must" that CloudFormation puts before them. */
    private static String clause(String description) {
        return description.startsWith("must ") ? description.substring("must ".length()) : description;
    }

    private static Optional<String> text(JsonNode declaration, String attribute) {
        return declaration.has(attribute)
                ? Optional.of(declaration.get(attribute).asText())
                : Optional.empty();
    }

    private static Optional<BigDecimal> number(JsonNode declaration, String attribute, String place) {
        return text(declaration, attribute)
                .map(text -> parse(text)
                        .orElseThrow(() -> new TemplateException(place + "." + attribute, "must be a number")));
    }

    private static Optional<BigDecimal> parse(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Pattern compile(String pattern, String place) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new TemplateException(
                    place + ".AllowedPattern", "is not a regular expression, " + e.getDescription());
        }
    }
}
