package groundwork.rehearsal.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.limits.ServiceLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A CloudFormation or SAM template. Reading checks what does not depend on parameters: sections, intrinsic functions,
 * and that every name referred to exists, also in branches that no deployment takes.
 *
 * <p>This class is immutable.
 */
public final class Template {
    private static final Set<String> SECTIONS = Set.of(
            "AWSTemplateFormatVersion",
            "Conditions",
            "Description",
            "Globals",
            "Mappings",
            "Metadata",
            "Outputs",
            "Parameters",
            "Resources",
            "Rules",
            "Transform");
    private static final Set<String> RESOURCE_ATTRIBUTES =
            Set.of("Condition", "DeletionPolicy", "DependsOn", "Metadata", "Properties", "Type", "UpdateReplacePolicy");
    private static final Set<String> RETENTION = Set.of("Delete", "Retain", "RetainExceptOnCreate", "Snapshot");
    private static final Set<String> RULE_ATTRIBUTES = Set.of("Assertions", "RuleCondition");
    private static final Set<String> ASSERTION_ATTRIBUTES = Set.of("Assert", "AssertDescription");
    private static final Set<String> OUTPUT_ATTRIBUTES = Set.of("Condition", "Description", "Export", "Value");

    private final ObjectNode root;
    private final Path directory;
    private final Map<String, Parameter> parameters;

    private Template(ObjectNode root, Path directory) {
        this.root = root;
        this.directory = directory;
        this.parameters = parseParameters();
    }

    /**
     * Reads a template file; what it refers to by path is found relative to it.
     *
     * @throws TemplateException if CloudFormation would refuse the template, or it uses what is not known here
     */
    public static Template read(Path file) {
        try {
            return parse(Files.readString(file), file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the template " + file, e);
        }
    }

    /** Reads the text of a template, such as the TemplateBody of a stack set; see {@link #read}. */
    public static Template parse(String text, Path directory) {
        ObjectNode root = TemplateYaml.read(text);
        checkLimits(root, text);
        Template template = new Template(root, directory);
        template.check();
        return template;
    }

    private static void checkLimits(ObjectNode root, String text) {
        JsonNode body = root.deepCopy().put("TemplateBody", text);
        ServiceLimits.published().violations(ServiceLimits.STACK, body).stream()
                .findFirst()
                .ifPresent(violation -> {
                    throw new TemplateException("Template", violation);
                });
    }

    /** Returns the parameters by name, in the order of the template. */
    public Map<String, Parameter> parameters() {
        return parameters;
    }

    /** Returns how the console groups the parameters (AWS::CloudFormation::Interface); empty without that metadata. */
    public List<ParameterGroup> parameterGroups() {
        List<ParameterGroup> groups = new ArrayList<>();
        for (JsonNode group : consoleInterface().path("ParameterGroups")) {
            List<String> names = new ArrayList<>();
            group.path("Parameters").forEach(name -> names.add(name.asText()));
            groups.add(new ParameterGroup(group.path("Label").path("default").asText(), List.copyOf(names)));
        }
        return List.copyOf(groups);
    }

    /**
     * Resolves the template for one deployment.
     *
     * @param given values of parameters; those left out take their default
     * @throws TemplateException if a parameter is unknown, missing or invalid, or the template cannot be resolved
     */
    public ExpandedTemplate expand(Map<String, String> given, Deployment deployment) {
        for (String name : given.keySet()) {
            if (!parameters.containsKey(name)) {
                throw new TemplateException("Parameter " + name, "does not exist in the template");
            }
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        parameters.forEach(
                (name, parameter) -> values.put(name, parameter.resolve(Optional.ofNullable(given.get(name)))));
        Expansion expansion = new Expansion(this, deployment, values);
        expansion.checkRules();
        return new ExpandedTemplate(directory, deployment, expansion.resources(), expansion.outputs());
    }

    /**
     * The value that a parameter has.
     *
     * @param given the values that are given, by name
     * @throws TemplateException if it breaks its constraint
     */
    public String value(String parameter, Map<String, String> given) {
        return parameters
                .get(parameter)
                .resolve(Optional.ofNullable(given.get(parameter)))
                .asText();
    }

    JsonNode section(String name) {
        return root.has(name) ? root.get(name) : JsonNodeFactory.instance.objectNode();
    }

    /** Returns the unresolved properties of a resource, SAM's Globals merged in. */
    JsonNode properties(String logicalId) {
        JsonNode resource = section("Resources").get(logicalId);
        JsonNode own = resource.has("Properties") ? resource.get("Properties") : JsonNodeFactory.instance.objectNode();
        String type = resource.get("Type").asText();
        return Serverless.properties(type, own, section("Globals"), "Resources." + logicalId + ".Properties");
    }

    static List<String> dependencies(JsonNode resource, String logicalId) {
        JsonNode dependsOn = resource.path("DependsOn");
        List<String> names = new ArrayList<>();
        if (dependsOn.isArray()) {
            String place = "Resources." + logicalId + ".DependsOn";
            dependsOn.forEach(name -> names.add(Intrinsics.literal(name, place)));
        } else if (!dependsOn.isMissingNode()) {
            names.add(Intrinsics.literal(dependsOn, "Resources." + logicalId + ".DependsOn"));
        }
        return names;
    }

    private JsonNode consoleInterface() {
        return section("Metadata").path("AWS::CloudFormation::Interface");
    }

    private Map<String, Parameter> parseParameters() {
        Map<String, Parameter> parsed = new LinkedHashMap<>();
        JsonNode labels = consoleInterface().path("ParameterLabels");
        section("Parameters").properties().forEach(declared -> {
            String name = declared.getKey();
            Optional<String> label =
                    Optional.ofNullable(labels.path(name).get("default")).map(JsonNode::asText);
            parsed.put(name, Parameter.parse(name, declared.getValue(), label));
        });
        return Collections.unmodifiableMap(parsed);
    }

    private void check() {
        Keys.requireOnly(SECTIONS, root, "Template");
        if (section("Resources").isEmpty()) {
            throw new TemplateException("Template", "has no Resources");
        }
        // CloudFormation checks a default even when a value is given.
        parameters.values().stream()
                .filter(parameter -> parameter.defaultValue().isPresent())
                .forEach(parameter -> parameter.resolve(Optional.empty()));
        checkTransform();
        checkConsoleInterface();
        for (Map.Entry<String, JsonNode> resource : section("Resources").properties()) {
            checkResource(resource.getKey(), resource.getValue());
        }
        for (Map.Entry<String, JsonNode> output : section("Outputs").properties()) {
            Keys.requireOnly(OUTPUT_ATTRIBUTES, output.getValue(), "Outputs." + output.getKey());
        }
        for (Map.Entry<String, JsonNode> rule : section("Rules").properties()) {
            String place = "Rules." + rule.getKey();
            Keys.requireOnly(RULE_ATTRIBUTES, rule.getValue(), place);
            rule.getValue()
                    .path("Assertions")
                    .forEach(assertion ->
                            Keys.requireOnly(ASSERTION_ATTRIBUTES, (ObjectNode) assertion, place + ".Assertions"));
        }
        new References(this).check();
    }

    private void checkTransform() {
        JsonNode transform = section("Transform");
        if (!transform.isEmpty() || transform.isTextual()) {
            if (!transform.asText().equals(Serverless.TRANSFORM)) {
                throw new TemplateException("Transform", "only " + Serverless.TRANSFORM + " is known here");
            }
        } else if (root.has("Globals")) {
            throw new TemplateException("Globals", "needs the Transform " + Serverless.TRANSFORM);
        }
        if (root.has("Globals")) {
            Serverless.checkGlobals(root.get("Globals"));
        }
    }

    private void checkConsoleInterface() {
        List<String> named = new ArrayList<>();
        parameterGroups().forEach(group -> named.addAll(group.parameters()));
        consoleInterface().path("ParameterLabels").fieldNames().forEachRemaining(named::add);
        for (String name : named) {
            if (!parameters.containsKey(name)) {
                throw new TemplateException("Metadata.AWS::CloudFormation::Interface", "there is no parameter " + name);
            }
        }
    }

    private void checkResource(String logicalId, JsonNode resource) {
        String place = "Resources." + logicalId;
        Keys.requireOnly(RESOURCE_ATTRIBUTES, resource, place);
        if (!resource.path("Type").isTextual()) {
            throw new TemplateException(place, "needs a Type");
        }
        if (!logicalId.matches("[A-Za-z0-9]+")) {
            throw new TemplateException(place, "a logical id has letters and digits only");
        }
        if (resource.get("Type").asText().startsWith("AWS::Serverless::") && !root.has("Transform")) {
            throw new TemplateException(place, "needs the Transform " + Serverless.TRANSFORM);
        }
        for (String policy : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
            if (resource.has(policy) && !RETENTION.contains(resource.get(policy).asText())) {
                throw new TemplateException(
                        place + "." + policy, "must be one of Delete, Retain, RetainExceptOnCreate, Snapshot");
            }
        }
        JsonNode properties = resource.path("Properties");
        if (!properties.isMissingNode()
                && (!properties.isObject()
                        || Intrinsics.functionOf(properties, place).isPresent())) {
            throw new TemplateException(place + ".Properties", "must be an object");
        }
        properties(logicalId);
    }
}
