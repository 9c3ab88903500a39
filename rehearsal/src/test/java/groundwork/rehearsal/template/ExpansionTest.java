package groundwork.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpansionTest {
    private static final Map<String, String> EMAIL = Map.of("AdministratorEmail", "ada@example.com");

    private final Template template = backbone();
    private final ExpandedTemplate virginia = template.expand(EMAIL, TemplateText.VIRGINIA);
    private final ExpandedTemplate ireland = template.expand(EMAIL, Deployment.of("111122223333", "eu-west-1", "hub"));

    @Test
    void resourcesKeepTheOrderOfTheTemplate() {
        assertThat(virginia.resources().keySet())
                .containsExactly(
                        "CheckRootUser",
                        "CheckRootUserLogs",
                        "CheckRootUserRole",
                        "ReadTable",
                        "Table",
                        "AccountSetup",
                        "Start",
                        "DeadLetters");
    }

    @Test
    void aResourceWhoseConditionIsTrueIsThere() {
        assertThat(ireland.resources()).containsKey("Forward");
        assertThat(ireland.outputs()).containsKey("ForwardingStackSet");
    }

    @Test
    void anOutputWhoseConditionIsFalseIsLeftOut() {
        assertThat(virginia.outputs()).containsOnlyKeys("StartCommand");
    }

    @Test
    void aSubstitutionTakesItsVariablesAndKeepsLiterals() {
        assertThat(virginia.outputs().get("StartCommand").value())
                .isEqualTo("aws stepfunctions start-execution --state-machine-arn"
                        + " arn:aws:states:us-east-1:111122223333:stateMachine:hub-AccountSetup --input '${literal}'");
    }

    @Test
    void environmentVariablesOfGlobalsAndFunctionAreMergedAndAreStrings() {
        JsonNode variables = virginia.resource("CheckRootUser").properties().at("/Environment/Variables");

        assertThat(variables.toString())
                .isEqualTo("{\"TABLE_NAME\":\"hub-Table\",\"LEVEL\":\"DEBUG\",\"PATIENCE\":\"24\",\"LIMIT\":\"5\"}");
    }

    @Test
    void aFunctionsOwnPropertyReplacesThatOfGlobals() {
        JsonNode properties = virginia.resource("CheckRootUser").properties();

        assertThat(properties.get("Timeout").asInt()).isEqualTo(60);
        assertThat(properties.get("Runtime").asText()).isEqualTo("java25");
    }

    @Test
    void noValueRemovesAnEntryOfAList() {
        JsonNode policies = virginia.resource("CheckRootUserRole").properties().get("Policies");

        assertThat(policies.findValuesAsText("PolicyName")).containsExactly("root");
    }

    @Test
    void theOtherBranchOfAnIfIsTakenWhenItsConditionHolds() {
        ExpandedTemplate withSender = template.expand(
                Map.of("AdministratorEmail", "ada@example.com", "SenderEmail", "it@example.com"),
                TemplateText.VIRGINIA);

        assertThat(withSender
                        .resource("CheckRootUserRole")
                        .properties()
                        .at("/Policies/1/PolicyDocument/Statement/Resource")
                        .asText())
                .isEqualTo("arn:aws:ses:us-east-1:111122223333:identity/it@example.com");
    }

    @Test
    void aPolicyConditionIsNotAnIntrinsicFunction() {
        assertThat(virginia.resource("CheckRootUserRole")
                        .properties()
                        .at("/AssumeRolePolicyDocument/Statement/0/Condition")
                        .toString())
                .isEqualTo("{\"StringEquals\":{\"aws:SourceAccount\":\"111122223333\"}}");
    }

    @Test
    void aDateWithoutQuotesIsAString() {
        assertThat(virginia.resource("CheckRootUserRole")
                        .properties()
                        .at("/AssumeRolePolicyDocument/Version")
                        .isTextual())
                .isTrue();
    }

    @Test
    void deletionPolicyIsDeleteUnlessGiven() {
        assertThat(virginia.resource("Table").deletionPolicy()).isEqualTo("Retain");
        assertThat(virginia.resource("DeadLetters").deletionPolicy()).isEqualTo("Delete");
    }

    @Test
    void parametersAreGroupedAndLabelledAsInTheConsole() {
        assertThat(template.parameterGroups())
                .containsExactly(new ParameterGroup("Administrator", List.of("AdministratorEmail", "Patience")));
        assertThat(template.parameters().get("AdministratorEmail").label()).contains("Email address");
    }

    @Test
    void definitionSubstitutionsAreAppliedToTheText() {
        JsonNode state = virginia.substitutedDefinition(virginia.resource("AccountSetup"))
                .at("/States/Check the root user");

        assertThat(state.get("Resource").asText())
                .isEqualTo("arn:aws:lambda:us-east-1:111122223333:function:hub-CheckRootUser");
        assertThat(state.get("TimeoutSeconds").isInt()).isTrue();
        assertThat(state.get("Arguments").asText()).isEqualTo("{% $merge([$states.input, {'table': 'hub-Table'}]) %}");
    }

    @Test
    void aRolesPoliciesIncludeThoseBesideIt() {
        IamRole role = virginia.roles().getFirst();

        assertThat(role.arn()).isEqualTo("arn:aws:iam::111122223333:role/hub-CheckRootUserRole");
        assertThat(role.trustPolicy().statements()).hasSize(1);
        assertThat(role.policies()).extracting("name").containsExactly("CheckRootUserRole/root", "ReadTable");
    }

    @Test
    void read_whenTheFileIsNotThere_saysWhich() {
        assertThatThrownBy(() -> Template.read(Path.of("nowhere.yaml")))
                .hasMessage("Cannot read the template nowhere.yaml");
    }

    private static Template backbone() {
        try {
            return Template.read(
                    Path.of(ExpansionTest.class.getResource("backbone.yaml").toURI()));
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
