package groundwork.rehearsal.stack;

import groundwork.rehearsal.policy.AccessRequest;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.policy.PolicyDocument;
import groundwork.rehearsal.policy.Principal;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Resource;
import java.util.List;
import java.util.Map;

/** Which services the topics of a stack let publish: without a policy of its own a topic lets in none. */
final class TopicPolicies {
    private final List<PolicyDocument> policies;

    TopicPolicies(ExpandedTemplate stack) {
        this.policies = stack.resourcesOfType("AWS::SNS::TopicPolicy").stream()
                .map(policy -> PolicyDocument.ofResource(
                        policy.logicalId(), policy.properties().path("PolicyDocument")))
                .toList();
    }

    /**
     * @param publisher the rule or alarm that publishes
     * @throws IllegalStateException if the topic does not let it
     */
    void require(Resource publisher, String topicArn, Principal service, Map<String, List<String>> context) {
        AccessRequest request = new AccessRequest(service, "sns:Publish", topicArn, context);
        if (!(PolicyDocument.decide(policies, request) instanceof Decision.Allowed)) {
            throw new IllegalStateException("%s may not publish to %s".formatted(publisher.logicalId(), topicArn));
        }
    }
}
