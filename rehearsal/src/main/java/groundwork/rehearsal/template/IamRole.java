package groundwork.rehearsal.template;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A role of the stack with everything that decides what it may do and who may assume it.
 *
 * @param policies the inline policies and those managed policies that the template makes
 * @param managedPolicyArns the managed policies attached that the template does not make, such as those of AWS
 */
public record IamRole(
        String logicalId,
        String name,
        String arn,
        PolicyDocument trustPolicy,
        List<PolicyDocument> policies,
        List<String> managedPolicyArns) {

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
            boolean attachedHere = switch (resource.type()) {
                case "AWS::IAM::ManagedPolicy" ->
                    attached.remove(resource.ref().orElseThrow())
                            || names(resource.properties().path("Roles"), name);
                case "AWS::IAM::Policy" -> names(resource.properties().path("Roles"), name);
                case "AWS::IAM::RolePolicy" ->
                    resource.properties().path("RoleName").asText().equals(name);
                default -> false;
            };
            if (attachedHere) {
                policies.add(PolicyDocument.ofIdentity(
                        resource.logicalId(), resource.properties().path("PolicyDocument")));
            }
        }
        PolicyDocument trust = PolicyDocument.ofTrust(
                role.logicalId() + "/trust", role.properties().path("AssumeRolePolicyDocument"));
        return new IamRole(role.logicalId(), name, role.arn(), trust, List.copyOf(policies), List.copyOf(attached));
    }

    private static boolean names(JsonNode roles, String name) {
        for (JsonNode role : roles) {
            if (role.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
