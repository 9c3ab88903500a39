package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.limits.ServiceLimits;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds what a stack would create against the limits of the services that create it. */
final class DeploymentLimits {
    private DeploymentLimits() {}

    /** Returns what would be refused, a sentence for each. */
    static List<String> violations(ExpandedTemplate stack) {
        ServiceLimits limits = ServiceLimits.published();
        List<String> found = new ArrayList<>(limits.violations(
                ServiceLimits.STACK,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("StackName", stack.deployment().stackName())));
        for (Resource resource : stack.resources().values()) {
            limits.violations(resource.deployedType(), sent(resource, stack)).stream()
                    .map(violation -> resource.logicalId() + ": " + violation)
                    .forEach(found::add);
        }
        return found;
    }

    private static ObjectNode sent(Resource resource, ExpandedTemplate stack) {
        ObjectNode properties = resource.deployedProperties();
        return switch (resource.deployedType()) {
            case "AWS::StepFunctions::StateMachine" ->
                properties.put(
                        "DefinitionString",
                        stack.substitutedDefinition(resource).toString());
            // IAM counts all inline policies of a role together, wherever the template writes them.
            case "AWS::IAM::Role" -> properties.put("InlinePolicies", inlinePolicies(resource, stack));
            default -> properties;
        };
    }

    private static String inlinePolicies(Resource role, ExpandedTemplate stack) {
        Stream<JsonNode> within = role.properties().path("Policies").valueStream();
        Stream<JsonNode> beside = stack.resourcesOfType("AWS::IAM::RolePolicy").stream()
                .map(Resource::properties)
                .filter(policy ->
                        policy.path("RoleName").asText().equals(role.ref().orElseThrow()))
                .map(JsonNode.class::cast);
        return Stream.concat(within, beside)
                .map(policy -> policy.path("PolicyDocument").toString())
                .collect(Collectors.joining());
    }
}
