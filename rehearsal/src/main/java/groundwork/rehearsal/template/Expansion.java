package groundwork.rehearsal.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * One expansion of a template. Resources are resolved depth first along their references, which also finds circular
 * dependencies the way CloudFormation sees them: between resources, whatever property the reference stands in.
 */
final class Expansion implements Intrinsics.Names {
    private final Template template;
    private final Deployment deployment;
    private final Map<String, JsonNode> parameters;
    private final Map<String, Boolean> conditions = new HashMap<>();
    private final SequencedSet<String> conditionsUnderWay = new LinkedHashSet<>();
    private final Map<String, Resource> resources = new HashMap<>();
    private final SequencedSet<String> resourcesUnderWay = new LinkedHashSet<>();
    private final Map<String, Set<String>> dependencies = new HashMap<>();
    private final Intrinsics values = new Intrinsics(this);
    private final Intrinsics conditionValues = new Intrinsics(new ConditionNames());

    Expansion(Template template, Deployment deployment, Map<String, JsonNode> parameters) {
        this.template = template;
        this.deployment = deployment;
        this.parameters = parameters;
    }

    /**
     * CloudFormation makes and changes nothing while an assertion does not hold.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html">Rules</a>
     */
    void checkRules() {
        for (Map.Entry<String, JsonNode> rule : template.section("Rules").properties()) {
            String place = "Rules." + rule.getKey();
            JsonNode condition = rule.getValue().path("RuleCondition");
            if (!condition.isMissingNode() && !conditionValues.test(condition, place + ".RuleCondition")) {
                continue;
            }
            for (JsonNode assertion : rule.getValue().path("Assertions")) {
                if (!conditionValues.test(assertion.path("Assert"), place + ".Assert")) {
                    throw new TemplateException(
                            place, assertion.path("AssertDescription").asText("does not hold"));
                }
            }
        }
    }

    Map<String, Resource> resources() {
        Map<String, Resource> inOrder = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> declared :
                template.section("Resources").properties()) {
            if (exists(declared.getKey())) {
                inOrder.put(declared.getKey(), resource(declared.getKey()));
            }
        }
        return inOrder;
    }

    Map<String, Output> outputs() {
        Map<String, Output> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> declared : template.section("Outputs").properties()) {
            String name = declared.getKey();
            JsonNode output = declared.getValue();
            String place = "Outputs." + name;
            if (output.has("Condition") && !condition(Intrinsics.literal(output.get("Condition"), place), place)) {
                continue;
            }
            String value = text(output.path("Value"), place + ".Value");
            Optional<String> exportName = output.has("Export")
                    ? Optional.of(text(output.get("Export").path("Name"), place + ".Export.Name"))
                    : Optional.empty();
            Optional<String> description =
                    Optional.ofNullable(output.get("Description")).map(JsonNode::asText);
            outputs.put(name, new Output(name, value, description, exportName));
        }
        return outputs;
    }

    private String text(JsonNode node, String place) {
        JsonNode value = values.evaluate(node, place);
        if (!value.isValueNode()) {
            throw new TemplateException(place, "must be a string");
        }
        return value.asText();
    }

    private boolean exists(String logicalId) {
        JsonNode condition = template.section("Resources").get(logicalId).path("Condition");
        String place = "Resources." + logicalId + ".Condition";
        return condition.isMissingNode() || condition(Intrinsics.literal(condition, place), place);
    }

    private Resource resource(String logicalId) {
        if (!resourcesUnderWay.isEmpty()) {
            dependencies
                    .computeIfAbsent(resourcesUnderWay.getLast(), id -> new LinkedHashSet<>())
                    .add(logicalId);
        }
        Resource known = resources.get(logicalId);
        if (known != null) {
            return known;
        }
        enter(logicalId, resourcesUnderWay, "Resources");
        JsonNode declared = template.section("Resources").get(logicalId);
        Template.dependencies(declared, logicalId).stream().filter(this::exists).forEach(this::resource);
        String type = declared.get("Type").asText();
        String place = "Resources." + logicalId + ".Properties";
        ObjectNode properties = (ObjectNode) values.evaluate(template.properties(logicalId), place);
        stringifyEnvironment(properties, place);
        Identity identity = Identity.of(logicalId, type, properties, deployment);
        String deletionPolicy = declared.path("DeletionPolicy").asText("Delete");
        Resource resource = new Resource(
                logicalId,
                type,
                properties,
                identity.ref(),
                identity.attributes(),
                deletionPolicy,
                declared.path("UpdateReplacePolicy").asText("Delete"),
                Set.copyOf(dependencies.getOrDefault(logicalId, Set.of())));
        resourcesUnderWay.remove(logicalId);
        resources.put(logicalId, resource);
        return resource;
    }

    private static void enter(String name, SequencedSet<String> underWay, String section) {
        if (!underWay.add(name)) {
            List<String> all = List.copyOf(underWay);
            String cycle = String.join(" -> ", all.subList(all.indexOf(name), all.size()));
            throw new TemplateException(section + "." + name, "circular dependency " + cycle + " -> " + name);
        }
    }

    /** Lambda's environment is a map of strings, whatever scalars the template has there. */
    private static void stringifyEnvironment(ObjectNode properties, String place) {
        if (properties.path("Environment").path("Variables") instanceof ObjectNode variables) {
            for (Map.Entry<String, JsonNode> variable : variables.properties()) {
                if (!variable.getValue().isValueNode()) {
                    throw new TemplateException(
                            place + ".Environment.Variables." + variable.getKey(), "must be a string");
                }
                variable.setValue(TextNode.valueOf(variable.getValue().asText()));
            }
        }
    }

    @Override
    public JsonNode ref(String name, String place) {
        Optional<JsonNode> value = parameterOrPseudoParameter(name);
        if (value.isPresent()) {
            return value.get();
        }
        return TextNode.valueOf(referenced(name, place)
                .ref()
                .orElseThrow(
                        () -> new TemplateException(place, "what Ref returns for " + name + " is not known here")));
    }

    @Override
    public String attribute(String logicalId, String attribute, String place) {
        Resource resource = referenced(logicalId, place);
        String value = resource.attributes().get(attribute);
        if (value == null) {
            throw new TemplateException(
                    place, "the attribute %s of %s is not known here".formatted(attribute, resource.type()));
        }
        return value;
    }

    @Override
    public boolean condition(String name, String place) {
        Boolean known = conditions.get(name);
        if (known != null) {
            return known;
        }
        JsonNode declared = template.section("Conditions").path(name);
        if (declared.isMissingNode()) {
            throw new TemplateException(place, "there is no condition " + name);
        }
        enter(name, conditionsUnderWay, "Conditions");
        boolean value = conditionValues.test(declared, "Conditions." + name);
        conditionsUnderWay.remove(name);
        conditions.put(name, value);
        return value;
    }

    @Override
    public JsonNode mapping(String map, String topLevelKey, String secondLevelKey, String place) {
        JsonNode value =
                template.section("Mappings").path(map).path(topLevelKey).path(secondLevelKey);
        if (value.isMissingNode()) {
            throw new TemplateException(
                    place, "there is no mapping %s.%s.%s".formatted(map, topLevelKey, secondLevelKey));
        }
        return value;
    }

    private Resource referenced(String logicalId, String place) {
        if (!template.section("Resources").has(logicalId)) {
            throw new TemplateException(place, "there is no parameter or resource " + logicalId);
        }
        if (!exists(logicalId)) {
            throw new TemplateException(
                    place,
                    "refers to %s, which does not exist because the condition %s is false"
                            .formatted(
                                    logicalId,
                                    template.section("Resources")
                                            .get(logicalId)
                                            .get("Condition")
                                            .asText()));
        }
        return resource(logicalId);
    }

    private Optional<JsonNode> parameterOrPseudoParameter(String name) {
        return Optional.ofNullable(parameters.get(name)).or(() -> deployment.pseudoParameter(name));
    }

    /** Conditions are evaluated before there are resources. */
    private final class ConditionNames implements Intrinsics.Names {
        @Override
        public JsonNode ref(String name, String place) {
            return parameterOrPseudoParameter(name)
                    .orElseThrow(() -> new TemplateException(place, name + " is not a parameter, as it must be here"));
        }

        @Override
        public String attribute(String logicalId, String attribute, String place) {
            throw new TemplateException(place, "a condition cannot refer to the resource " + logicalId);
        }

        @Override
        public boolean condition(String name, String place) {
            return Expansion.this.condition(name, place);
        }

        @Override
        public JsonNode mapping(String map, String topLevelKey, String secondLevelKey, String place) {
            return Expansion.this.mapping(map, topLevelKey, secondLevelKey, place);
        }
    }
}
