package groundwork.rehearsal.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * The part of the SAM transform that the rehearsal deploys: functions and state machines with explicit roles, rules and
 * permissions. Properties from which SAM would make further resources are refused.
 *
 * @see <a href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html">
 *     Globals section</a>
 */
final class Serverless {
    static final String TRANSFORM = "AWS::Serverless-2016-10-31";
    static final String FUNCTION = "AWS::Serverless::Function";
    static final String STATE_MACHINE = "AWS::Serverless::StateMachine";

    private static final Set<String> FUNCTION_GLOBALS = Set.of(
            "Architectures",
            "CodeUri",
            "DeadLetterQueue",
            "Description",
            "Environment",
            "EphemeralStorage",
            "Handler",
            "KmsKeyArn",
            "Layers",
            "LoggingConfig",
            "MemorySize",
            "PropagateTags",
            "RecursiveLoop",
            "ReservedConcurrentExecutions",
            "Runtime",
            "RuntimeManagementConfig",
            "SnapStart",
            "Tags",
            "Timeout",
            "Tracing",
            "VpcConfig");

    private static final Set<String> FUNCTION_ALONE = Set.of("FunctionName", "Role");

    private static final Set<String> STATE_MACHINE_PROPERTIES = Set.of(
            "DefinitionSubstitutions",
            "DefinitionUri",
            "Logging",
            "Name",
            "PropagateTags",
            "Role",
            "Tags",
            "Tracing",
            "Type");

    private static final Map<String, String> STATE_MACHINE_NAMES =
            Map.of("Logging", "LoggingConfiguration", "Name", "StateMachineName", "Role", "RoleArn");

    private Serverless() {}

    static String deployedType(String type) {
        return switch (type) {
            case FUNCTION -> "AWS::Lambda::Function";
            case STATE_MACHINE -> "AWS::StepFunctions::StateMachine";
            default -> type;
        };
    }

    /** Most properties keep their names, and what the transform makes of code and definition is not known here. */
    static ObjectNode deployedProperties(String type, ObjectNode properties) {
        ObjectNode deployed = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            String name = type.equals(STATE_MACHINE)
                    ? STATE_MACHINE_NAMES.getOrDefault(property.getKey(), property.getKey())
                    : property.getKey();
            deployed.set(name, property.getValue());
        }
        return deployed;
    }

    static void checkGlobals(JsonNode globals) {
        Keys.requireOnly(Set.of("Function"), globals, "Globals");
        if (globals.has("Function")) {
            Keys.requireOnly(FUNCTION_GLOBALS, globals.get("Function"), "Globals.Function");
        }
    }

    /** Returns the unresolved properties of a resource, as SAM has them before it makes the CloudFormation template. */
    static JsonNode properties(String type, JsonNode properties, JsonNode globals, String place) {
        return switch (type) {
            case FUNCTION -> {
                JsonNode merged = merge(globals.path("Function"), properties);
                merged.properties().forEach(property -> checkFunctionProperty(property.getKey(), place));
                requireAll(Set.of("CodeUri", "Handler", "Role", "Runtime"), merged, place);
                yield merged;
            }
            case STATE_MACHINE -> {
                properties.properties().forEach(property -> checkStateMachineProperty(property.getKey(), place));
                requireAll(Set.of("DefinitionUri", "Role"), properties, place);
                yield properties;
            }
            default -> {
                if (type.startsWith("AWS::Serverless::")) {
                    throw new TemplateException(place, "the resource type " + type + " is not known here");
                }
                yield properties;
            }
        };
    }

    private static void checkFunctionProperty(String property, String place) {
        if (!FUNCTION_GLOBALS.contains(property) && !FUNCTION_ALONE.contains(property)) {
            throw refused(property, place);
        }
    }

    private static void checkStateMachineProperty(String property, String place) {
        if (!STATE_MACHINE_PROPERTIES.contains(property)) {
            throw refused(property, place);
        }
    }

    private static TemplateException refused(String property, String place) {
        String problem = switch (property) {
            case "Events" -> "Events is not supported; write rules, schedules and permissions as resources";
            case "Policies" -> "Policies is not supported; write the role as a resource and name it in Role";
            default -> "the property " + property + " is not known here";
        };
        return new TemplateException(place, problem);
    }

    private static void requireAll(Set<String> required, JsonNode properties, String place) {
        required.stream()
                .sorted()
                .filter(property -> !properties.has(property))
                .findFirst()
                .ifPresent(property -> {
                    throw new TemplateException(place, "needs the property " + property);
                });
    }

    /**
     * Maps are merged with the resource's entries on top, lists are the global list followed by the resource's, and
     * everything else, an intrinsic function included, is replaced.
     */
    private static JsonNode merge(JsonNode global, JsonNode own) {
        if (global.isArray() && own.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            return list.addAll((ArrayNode) global).addAll((ArrayNode) own);
        }
        if (!isMap(global) || !isMap(own)) {
            return own;
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        merged.setAll((ObjectNode) global);
        for (Map.Entry<String, JsonNode> entry : own.properties()) {
            JsonNode inherited = merged.path(entry.getKey());
            merged.set(entry.getKey(), merge(inherited, entry.getValue()));
        }
        return merged;
    }

    private static boolean isMap(JsonNode node) {
        return node.isObject() && Intrinsics.functionOf(node, "Globals").isEmpty();
    }
}
