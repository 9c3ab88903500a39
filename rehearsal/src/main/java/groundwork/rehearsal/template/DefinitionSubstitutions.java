package groundwork.rehearsal.template;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Applies DefinitionSubstitutions to the text of a definition, before it is read as JSON: a placeholder may also stand
 * for a number. {@code {% $states.input %}} is not a placeholder, only <code>${Name}</code> is.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html">
 *     AWS::StepFunctions::StateMachine</a>
 */
final class DefinitionSubstitutions {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

    private DefinitionSubstitutions() {}

    static JsonNode of(Resource stateMachine, Path directory) {
        String place = "Resources." + stateMachine.logicalId();
        String text = text(stateMachine, directory, place);
        JsonNode substitutions = stateMachine.properties().path("DefinitionSubstitutions");
        Set<String> used = new TreeSet<>();
        String substituted = PLACEHOLDER.matcher(text).replaceAll(match -> {
            String name = match.group(1);
            used.add(name);
            return Matcher.quoteReplacement(value(name, substitutions, place));
        });
        substitutions.fieldNames().forEachRemaining(name -> {
            if (!used.contains(name)) {
                throw new TemplateException(
                        place, "the definition has no placeholder ${" + name + "} for its DefinitionSubstitutions");
            }
        });
        try {
            return JSON.readTree(substituted);
        } catch (JsonProcessingException e) {
            throw new TemplateException(place, "the definition is not JSON, " + e.getOriginalMessage());
        }
    }

    private static String text(Resource stateMachine, Path directory, String place) {
        JsonNode uri = stateMachine.properties().path("DefinitionUri");
        if (!uri.isTextual()) {
            throw new TemplateException(place, "needs the property DefinitionUri as a string");
        }
        try {
            return Files.readString(directory.resolve(uri.textValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(place + ": cannot read the definition " + uri.textValue(), e);
        }
    }

    /** How CloudFormation escapes a value inside a JSON string is not documented, so nothing that needs it is let in. */
    private static String value(String name, JsonNode substitutions, String place) {
        JsonNode value = substitutions.path(name);
        if (!value.isValueNode()) {
            throw new TemplateException(
                    place, "DefinitionSubstitutions has no string for the placeholder ${" + name + "}");
        }
        String text = value.asText();
        if (text.chars().anyMatch(c -> c == '"' || c == '\\' || c < ' ')) {
            throw new TemplateException(
                    place, "the substitution " + name + " has a quote, backslash or control character");
        }
        return text;
    }
}
