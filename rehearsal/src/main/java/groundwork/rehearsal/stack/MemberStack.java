package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.policy.AccessRequest;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.policy.PolicyDocument;
import groundwork.rehearsal.policy.Principal;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.IamRole;
import groundwork.rehearsal.template.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/** What {@code stackset/member.yaml} has made in one account. */
final class MemberStack {
    private final ExpandedTemplate template;
    private final RolePolicies policies;
    private final Map<String, PolicyDocument> trust = new HashMap<>();
    private EventRules rules;

    MemberStack(ExpandedTemplate template, Witness witness) {
        this.template = template;
        this.policies = new RolePolicies(template, witness);
        template.roles().forEach(role -> trust.put(role.arn(), role.trustPolicy()));
    }

    /** The id of the stack, an ARN. */
    String id() {
        return template.deployment().stackId();
    }

    /** Somebody in the account edits the trust policy of one of the roles. */
    void editTrust(String logicalId, JsonNode policy) {
        trust.put(role(logicalId).arn(), PolicyDocument.ofTrust(logicalId + "/trust", policy));
    }

    /** The name of one of the roles. */
    String roleName(String logicalId) {
        return role(logicalId).name();
    }

    /** The policies that are made after the rules: PutRolePolicy for each, with these parameters. */
    List<ObjectNode> rolePolicies() {
        return template.resourcesOfType("AWS::IAM::Policy").stream()
                .map(policy -> JsonNodeFactory.instance
                        .objectNode()
                        .put("roleName", policy.properties().at("/Roles/0").asText())
                        .put(
                                "policyName",
                                policy.properties().path("PolicyName").asText())
                        .put(
                                "policyDocument",
                                policy.properties().path("PolicyDocument").toString()))
                .toList();
    }

    /** Whether one of the roles has this ARN and lets the caller assume it. */
    boolean lets(String roleArn, Caller caller, Map<String, String> context) {
        PolicyDocument policy = trust.get(roleArn);
        Map<String, List<String>> values = new HashMap<>();
        context.forEach((key, value) -> values.put(key, List.of(value)));
        return policy != null
                && PolicyDocument.decide(
                                List.of(policy),
                                new AccessRequest(
                                        new Principal.Identity(caller.roleArn()), "sts:AssumeRole", roleArn, values))
                        instanceof Decision.Allowed;
    }

    /** What the role of a session may not do; empty also if it is none of these roles. */
    Optional<AccessChecks.Refusal> refusal(Caller caller, List<AccessCheck> checks) {
        return policies.refusal(caller, checks);
    }

    /** The role that hands events over; empty where none are. */
    Optional<Caller> forwarder() {
        return template.roles().stream()
                .filter(role -> role.logicalId().equals("ForwardRole"))
                .findFirst()
                .map(role -> new Caller(template.deployment().accountId(), role.arn(), "events"));
    }

    /** The buses that take an event which arrived on the default bus of a Region. */
    List<String> takers(Region region, JsonNode event) {
        if (!region.id().equals(template.deployment().region())) {
            return List.of();
        }
        if (rules == null) {
            rules = new EventRules(template);
        }
        return rules.matching(event).stream().map(MemberStack::target).toList();
    }

    /** The bus that PutTargets looks for when the rules are made; empty where there are none. */
    Optional<String> target() {
        return template.resourcesOfType("AWS::Events::Rule").stream()
                .findFirst()
                .map(MemberStack::target);
    }

    private static String target(Resource rule) {
        return rule.properties().at("/Targets/0/Arn").asText();
    }

    private IamRole role(String logicalId) {
        return template.roles().stream()
                .filter(role -> role.logicalId().equals(logicalId))
                .findFirst()
                .orElseThrow();
    }
}
