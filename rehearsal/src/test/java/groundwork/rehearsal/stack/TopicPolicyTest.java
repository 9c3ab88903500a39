package groundwork.rehearsal.stack;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.policy.AccessRequest;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.policy.PolicyDocument;
import groundwork.rehearsal.policy.Principal;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may publish to the topic, whose default policy the stack replaces. */
class TopicPolicyTest {
    private static final String ACCOUNT = "111122223333";

    private final ExpandedTemplate stack = TEMPLATE.expand(
            Map.of("AdministratorEmail", "ada@example.com", "GivenName", "Ada", "FamilyName", "Lovelace"),
            Deployment.of(ACCOUNT, "eu-central-1", "groundwork"));

    private boolean mayPublish(Principal principal, Map<String, List<String>> context) {
        PolicyDocument policy = PolicyDocument.ofResource(
                "TopicPolicy", stack.resource("TopicPolicy").properties().path("PolicyDocument"));
        return PolicyDocument.decide(
                        List.of(policy),
                        new AccessRequest(
                                principal,
                                "sns:Publish",
                                stack.resource("Topic").arn(),
                                context))
                instanceof Decision.Allowed;
    }

    @Test
    void theAccountsOwnAlarmsMayPublish() {
        assertThat(mayPublish(
                        new Principal.Service("cloudwatch.amazonaws.com"),
                        Map.of("aws:SourceAccount", List.of(ACCOUNT))))
                .isTrue();
    }

    /** EventBridge could not be held to the rules of one account: it supports no conditions in the policy of a topic. */
    @Test
    void rulesMayNot() {
        assertThat(mayPublish(new Principal.Service("events.amazonaws.com"), Map.of()))
                .isFalse();
    }

    @Test
    void alarmsOfOthersMayNot() {
        assertThat(mayPublish(
                        new Principal.Service("cloudwatch.amazonaws.com"),
                        Map.of("aws:SourceAccount", List.of("777788889999"))))
                .isFalse();
    }

    @Test
    void theOwnAccountMay_othersMayNot() {
        assertThat(mayPublish(new Principal.Identity("arn:aws:iam::%s:role/Operations".formatted(ACCOUNT)), Map.of()))
                .isTrue();
        assertThat(mayPublish(new Principal.Identity("arn:aws:iam::777788889999:role/Operations"), Map.of()))
                .isFalse();
    }
}
