package groundwork.rehearsal.expressions;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.permissions.Played;
import groundwork.rehearsal.states.ExpressionObserver.Evaluation;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The expressions of the definition in the contexts of all scenarios and situations. They are written down, for
 * {@code .ci/expressions} to evaluate them again with JSONata's reference implementation.
 */
@Tag("slow")
class ExpressionsTest {
    private static final Path RECORDINGS = Path.of("target", "rehearsal", "expressions.jsonl");

    @Test
    void everyExpressionIsEvaluatedAtLeastOnce() {
        Set<String> unrecorded = expressionsOfTheDefinition();
        evaluations().forEach(evaluation -> unrecorded.remove(evaluation.state() + ": " + evaluation.expression()));

        assertThat(unrecorded).isEmpty();
    }

    @Test
    void recordings_areWrittenForTheReferenceImplementation() throws IOException {
        ObjectMapper json = new ObjectMapper();
        StringBuilder lines = new StringBuilder();
        for (Evaluation evaluation : evaluations()) {
            ObjectNode line = json.createObjectNode();
            line.put("state", evaluation.state());
            line.put("field", evaluation.field());
            line.put("expression", evaluation.expression());
            line.put("at", evaluation.at().toString());
            line.set("bindings", evaluation.bindings());
            // Without a value, the evaluation failed or was undefined.
            evaluation.result().ifPresent(result -> line.set("result", result));
            lines.append(json.writeValueAsString(line)).append('\n');
        }
        Files.createDirectories(RECORDINGS.getParent());
        Files.writeString(RECORDINGS, lines);

        assertThat(RECORDINGS).isNotEmptyFile();
    }

    private static List<Evaluation> evaluations() {
        return Played.everything().evaluations().values().stream()
                .flatMap(List::stream)
                .toList();
    }

    /** The expressions as the functions and tables of a deployment leave them; of all stories, they are the same. */
    private static Set<String> expressionsOfTheDefinition() {
        ExpandedTemplate template = TEMPLATE.expand(
                Map.of("AdministratorEmail", "ada@example.com", "GivenName", "Ada", "FamilyName", "Lovelace"),
                Deployment.of("111122223333", "us-east-1", "groundwork"));
        Set<String> expressions = new TreeSet<>();
        template.resourcesOfType("AWS::Serverless::StateMachine")
                .forEach(machine -> template.substitutedDefinition(machine)
                        .path("States")
                        .properties()
                        .forEach(state -> collect(state.getKey(), state.getValue(), expressions)));
        return expressions;
    }

    private static void collect(String state, JsonNode node, Set<String> expressions) {
        if (node.isTextual()
                && node.textValue().startsWith("{%")
                && node.textValue().endsWith("%}")) {
            String text = node.textValue();
            expressions.add(state + ": " + text.substring(2, text.length() - 2).strip());
        }
        node.forEach(child -> collect(state, child, expressions));
    }
}
