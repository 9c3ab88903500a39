package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.limits.ServiceLimits;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.IamRole;
import groundwork.rehearsal.template.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds what a stack would create against the limits of the services that create it. */
final class DeploymentLimits {
    /**
     * What AWS says that a partition does not take, November 2026.
     *
     * @see <a href="https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-cfn.html">AWS CloudFormation in AWS GovCloud (US)</a>
     * @see <a href="https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-lambda.html">AWS Lambda in AWS GovCloud (US)</a>
     */
    private static final List<NotTaken> NOT_TAKEN = List.of(
            new NotTaken("aws-us-gov", "AWS::IAM::RolePolicy", "", ""),
            new NotTaken("aws-us-gov", "AWS::Lambda::Function", "/LoggingConfig/LogFormat", "JSON"));

    /** @param property a JSON pointer; empty if the partition does not take the type at all */
    private record NotTaken(String partition, String type, String property, String value) {
        boolean is(Resource resource, String where) {
            return partition.equals(where)
                    && type.equals(resource.deployedType())
                    && (property.isEmpty()
                            || resource.deployedProperties()
                                    .at(property)
                                    .asText()
                                    .equals(value));
        }

        @Override
        public String toString() {
            return "%s does not take %s%s".formatted(partition, type, property.isEmpty() ? "" : property + " " + value);
        }
    }

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
            NOT_TAKEN.stream()
                    .filter(refused -> refused.is(resource, stack.deployment().partition()))
                    .map(refused -> resource.logicalId() + ": " + refused)
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
        Stream<JsonNode> beside = stack.resources().values().stream()
                .filter(policy -> IamRole.isPolicyOf(policy, role.ref().orElseThrow()))
                .map(Resource::properties)
                .map(JsonNode.class::cast);
        return Stream.concat(within, beside)
                .map(policy -> policy.path("PolicyDocument").toString())
                .collect(Collectors.joining());
    }
}
