package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.policy.AccessRequest;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.policy.PolicyDocument;
import groundwork.rehearsal.policy.Principal;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Resource;
import java.util.List;
import java.util.Map;

/**
 * Whom the event buses of a stack let put events: without a policy of its own a bus lets in nobody of another account.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html">Permissions for event
 *     buses</a>
 */
final class EventBusPolicies {
    private final List<PolicyDocument> policies;

    EventBusPolicies(ExpandedTemplate stack) {
        this.policies = stack.resourcesOfType("AWS::Events::EventBusPolicy").stream()
                .map(EventBusPolicies::document)
                .toList();
    }

    /** The property holds one statement, and CloudFormation adds it to the policy of the bus. */
    private static PolicyDocument document(Resource policy) {
        return PolicyDocument.ofResource(
                policy.logicalId(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("Version", "2012-10-17")
                        .set("Statement", policy.properties().path("Statement")));
    }

    /**
     * @param organizationId that of the sender's account
     * @param source of the event
     */
    boolean admit(String busArn, Caller sender, String organizationId, String source) {
        AccessRequest request = new AccessRequest(
                new Principal.Identity(sender.roleArn()),
                "events:PutEvents",
                busArn,
                Map.of(
                        "aws:PrincipalOrgID", List.of(organizationId),
                        "aws:PrincipalArn", List.of(sender.roleArn()),
                        "aws:PrincipalAccount", List.of(sender.accountId()),
                        "events:source", List.of(source)));
        return PolicyDocument.decide(policies, request) instanceof Decision.Allowed;
    }
}
