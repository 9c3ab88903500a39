package groundwork.rehearsal.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * A template resolved for one deployment: every intrinsic function evaluated, resources and outputs whose condition is
 * false left out.
 *
 * @param directory where the paths in the template start
 * @param resources by logical id, in the order of the template
 * @param outputs by name, in the order of the template
 */
public record ExpandedTemplate(
        Path directory, Deployment deployment, Map<String, Resource> resources, Map<String, Output> outputs) {

    public ExpandedTemplate {
        resources = Collections.unmodifiableMap(resources);
        outputs = Collections.unmodifiableMap(outputs);
    }

    /**
     * Returns a resource.
     *
     * @throws NoSuchElementException if this deployment has no such resource
     */
    public Resource resource(String logicalId) {
        Resource resource = resources.get(logicalId);
        if (resource == null) {
            throw new NoSuchElementException("No resource " + logicalId + " in stack " + deployment.stackName());
        }
        return resource;
    }

    /** Returns the resources of any of the given types, in the order of the template. */
    public List<Resource> resourcesOfType(String... types) {
        Set<String> wanted = Set.of(types);
        return resources.values().stream()
                .filter(resource -> wanted.contains(resource.type()))
                .toList();
    }

    /**
     * Returns the definition of a state machine as Step Functions receives it.
     *
     * @throws TemplateException if the definition cannot be read, a placeholder has no substitution, or a substitution
     *     has no placeholder
     */
    public JsonNode substitutedDefinition(Resource stateMachine) {
        return DefinitionSubstitutions.of(stateMachine, directory);
    }

    /**
     * Returns the roles of the stack with their policies.
     *
     * @throws groundwork.rehearsal.policy.InvalidPolicyException if a policy cannot be read
     */
    public List<IamRole> roles() {
        return resourcesOfType("AWS::IAM::Role").stream()
                .map(role -> IamRole.of(role, resources))
                .toList();
    }
}
