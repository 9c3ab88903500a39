package groundwork.rehearsal.states;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Optional;

/** A state machine as its definition describes it, validated and with all expressions parsed. Immutable. */
public final class StateMachineDefinition {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final StateGraph graph;
    private final WorkflowType type;
    private final Optional<Duration> timeout;

    private StateMachineDefinition(StateGraph graph, WorkflowType type, Optional<Duration> timeout) {
        this.graph = graph;
        this.type = type;
        this.timeout = timeout;
    }

    /** Reads the definition of a Standard workflow, as {@link #parse(String, WorkflowType)} does. */
    public static StateMachineDefinition parse(String json) {
        return parse(json, WorkflowType.STANDARD);
    }

    /**
     * Reads a definition.
     *
     * @param json Amazon States Language with {@code "QueryLanguage": "JSONata"} at the top level
     * @throws InvalidDefinitionException if it breaks a rule of the language or uses something not supported here; the
     *     message is one sentence that names the state and the field
     */
    public static StateMachineDefinition parse(String json, WorkflowType type) {
        FieldReader fields = new FieldReader(read(json), new Location("The state machine", ""));
        fields.optionalText("Comment");
        if (!fields.requiredText("QueryLanguage").equals("JSONata")) {
            throw fields.location("QueryLanguage").invalid("must be JSONata");
        }
        if (!fields.optionalText("Version").orElse("1.0").equals("1.0")) {
            throw fields.location("Version").invalid("must be 1.0");
        }
        Optional<Duration> timeout = fields.optionalInteger("TimeoutSeconds", 1, FieldReader.LARGEST_SECONDS)
                .map(Duration::ofSeconds);
        StateGraph graph = new StateReader().graph(fields);
        fields.end();
        DefinitionRules.check(graph);
        if (type == WorkflowType.EXPRESS) {
            DefinitionRules.requireExpress(graph);
        }
        return new StateMachineDefinition(graph, type, timeout);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new InvalidDefinitionException("The definition is not JSON: " + e.getOriginalMessage());
        }
    }

    StateGraph graph() {
        return graph;
    }

    WorkflowType type() {
        return type;
    }

    /** How long an execution may take; empty without a limit. */
    Optional<Duration> timeout() {
        return type.timeout(timeout);
    }
}
