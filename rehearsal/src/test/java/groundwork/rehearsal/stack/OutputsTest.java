package groundwork.rehearsal.stack;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What whoever has just deployed reads first: AWS's own email comes next, and nothing else before its link is clicked. */
class OutputsTest {

    @Test
    void thatAwsAsksForAConfirmation_isAnnouncedWithSenderSubjectAndAddress() {
        assertThat(output(Map.of(), "ConfirmFirst"))
                .contains(
                        "\"AWS Notification - Subscription Confirmation\"",
                        "from no-reply@sns.amazonaws.com to ada@example.com,",
                        "click \"Confirm subscription\"");
        assertThat(output(Map.of("OwnerEmail", "boss@example.com"), "ConfirmFirst"))
                .contains("to ada@example.com and boss@example.com,");
    }

    @Test
    void theWayToConfirmThatNoLinkUndoes_isACommandForEachTopic() {
        String command =
                "aws sns confirm-subscription --region eu-central-1 --topic-arn %s --token TOKEN --authenticate-on-unsubscribe true";
        Map<String, String> owner = Map.of("OwnerEmail", "boss@example.com");

        assertThat(output(Map.of(), "ConfirmSoThatNoLinkUndoesIt"))
                .isEqualTo(command.formatted(topic(Map.of(), "Topic")));
        assertThat(output(owner, "OwnerConfirmsSoThatNoLinkUndoesIt"))
                .isEqualTo(command.formatted(topic(owner, "EscalationTopic")));
        assertThat(deployed(Map.of()).outputs()).doesNotContainKey("OwnerConfirmsSoThatNoLinkUndoesIt");
    }

    private static String output(Map<String, String> parameters, String name) {
        return deployed(parameters).outputs().get(name).value();
    }

    private static String topic(Map<String, String> parameters, String logicalId) {
        return deployed(parameters).resource(logicalId).arn();
    }

    private static ExpandedTemplate deployed(Map<String, String> parameters) {
        Map<String, String> given = new HashMap<>(
                Map.of("AdministratorEmail", "ada@example.com", "GivenName", "Ada", "FamilyName", "Lovelace"));
        given.putAll(parameters);
        return TEMPLATE.expand(given, Deployment.of("111122223333", "eu-central-1", "groundwork"));
    }
}
