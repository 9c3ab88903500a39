package groundwork.rehearsal.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Template;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What docs/stacksets.md says of the template is so. */
class StackSetsPageTest {
    private static final String PAGE = EventCatalogue.text("docs/stacksets.md");
    private static final String TEMPLATE = EventCatalogue.text("template.yaml");

    @Test
    void theCapabilitiesAreThoseThatTheTemplateNeeds() {
        ExpandedTemplate stack = Template.parse(TEMPLATE, EventCatalogue.ROOT)
                .expand(
                        Map.of("AdministratorEmail", "ada@example.com", "GivenName", "Ada", "FamilyName", "Lovelace"),
                        Deployment.of("111122223333", "eu-central-1", "groundwork"));

        assertThat(PAGE).contains("--capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND ");
        assertThat(TEMPLATE).contains("Transform: AWS::Serverless-2016-10-31");
        // A name would need CAPABILITY_NAMED_IAM.
        assertThat(stack.resourcesOfType("AWS::IAM::Role"))
                .isNotEmpty()
                .noneMatch(role -> role.properties().has("RoleName"));
        assertThat(stack.resources().values())
                .extracting(resource -> resource.type())
                .filteredOn(type -> type.startsWith("AWS::IAM::"))
                .containsOnly("AWS::IAM::Role", "AWS::IAM::Policy");
    }

    @Test
    void theTemplateIsTooLargeForACall() {
        assertThat(PAGE).contains("the 51,200 bytes that a call may carry");
        assertThat(TEMPLATE.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hasSizeGreaterThan(51_200);
    }

    @Test
    void everyParameterWithoutADefaultIsGiven() {
        List<String> needed = Template.parse(TEMPLATE, EventCatalogue.ROOT).parameters().values().stream()
                .filter(parameter -> parameter.defaultValue().isEmpty())
                .map(parameter -> "ParameterKey=" + parameter.name() + ",")
                .toList();

        assertThat(PAGE).contains(needed);
    }

    @Test
    void theTemplateHoldsAStackSetWhereSomethingIsForwarded() {
        JsonNode forwarding = Template.parse(TEMPLATE, EventCatalogue.ROOT)
                .expand(
                        Map.of("AdministratorEmail", "ada@example.com", "GivenName", "Ada", "FamilyName", "Lovelace"),
                        Deployment.of("111122223333", "eu-central-1", "groundwork"))
                .resource("Forwarding")
                .properties();

        assertThat(PAGE).contains("Nested AWS::CloudFormation::StackSet is not supported");
        assertThat(forwarding.path("StackSetName").asText()).isNotEmpty();
    }
}
