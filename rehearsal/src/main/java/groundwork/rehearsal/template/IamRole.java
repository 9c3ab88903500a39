package groundwork.rehearsal.template;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A role of the stack with everything that decides what it may do and who may assume it.
 *
 * @param policies the inline policies, wherever the template writes them
 * @param managedPolicyArns the managed policies attached, such as those of AWS
 */
public record IamRole(
        String logicalId,
        String name,
        String arn,
        PolicyDocument trustPolicy,
        List<PolicyDocument> policies,
        List<String> managedPolicyArns) {

    /** Whether a resource is a policy of the role that stands beside it in the template. */
    public static boolean isPolicyOf(Resource resource, String roleName) {
        return resource.type().equals("AWS::IAM::Policy")
                && resource.properties()
                        .path("Roles")
                        .valueStream()
                        .anyMatch(role -> role.asText().equals(roleName));
    }

    static IamRole of(Resource role, Map<String, Resource> resources) {
        String name = role.ref().orElseThrow();
        List<PolicyDocument> policies = new ArrayList<>();
        for (JsonNode inline : role.properties().path("Policies")) {
            String policyName =
                    role.logicalId() + "/" + inline.path("PolicyName").asText();
            policies.add(PolicyDocument.ofIdentity(policyName, inline.path("PolicyDocument")));
        }
        List<String> attached = new ArrayList<>();
        role.properties().path("ManagedPolicyArns").forEach(arn -> attached.add(arn.asText()));
        for (Resource resource : resources.values()) {
            if (isPolicyOf(resource, name)) {
                policies.add(PolicyDocument.ofIdentity(
                        resource.logicalId(), resource.properties().path("PolicyDocument")));
            }
        }
        PolicyDocument trust = PolicyDocument.ofTrust(
                role.logicalId() + "/trust", role.properties().path("AssumeRolePolicyDocument"));
        return new IamRole(role.logicalId(), name, role.arn(), trust, List.copyOf(policies), List.copyOf(attached));
    }
}
