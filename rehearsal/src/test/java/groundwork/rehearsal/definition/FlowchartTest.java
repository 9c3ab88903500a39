package groundwork.rehearsal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FlowchartTest {
    private static final Path DEFINITION = Path.of("..", "statemachine", "account-setup.asl.json");
    private static final Path PAGE = Path.of("..", "docs", "architecture.md");

    private static JsonNode definition(String states) {
        try {
            return new ObjectMapper().readTree("{\"States\": {" + states + "}}");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(states, e);
        }
    }

    /** The flowchart without its first line and its styles. */
    private static String flowchart(String states) {
        String text = Flowchart.of(definition(states));
        return text.substring("flowchart TD\n".length(), text.indexOf("    classDef"));
    }

    @Test
    void thePageShowsTheDefinition() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(page)
                .withFailMessage("docs/architecture.md does not show statemachine/account-setup.asl.json as it is now;"
                        + " run .ci/print_definition")
                .isEqualTo(PrintDefinition.withFlowchart(page, PrintDefinition.read(DEFINITION)));
    }

    @Test
    void everyStateIsShownWithItsWholeName() throws IOException {
        JsonNode definition = PrintDefinition.read(DEFINITION);
        String flowchart = Flowchart.of(definition);

        assertThat(definition.path("States").fieldNames())
                .toIterable()
                .isNotEmpty()
                .allSatisfy(name -> assertThat(flowchart).containsPattern("[\">]\\Q" + name + "\\E[\"<]"));
    }

    @Test
    void stepsAreArrows() {
        assertThat(flowchart("""
                        "One": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Two"},
                        "Two": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Next": "Three"},
                        "Three": {"Type": "Pass", "Next": "Four"},
                        "Four": {"Type": "Wait", "Seconds": 1, "Next": "Five"},
                        "Five": {"Type": "Succeed"}""")).isEqualTo("""
                            s1["One"]:::function
                            s2["Two"]:::service
                            s3[/"Three"/]
                            s4("Four"):::wait
                            s5(["Five"]):::success
                            s1 --> s2
                            s2 --> s3
                            s3 --> s4
                            s4 --> s5
                        """);
    }

    @Test
    void aConditionIsShownIfItIsShort() {
        assertThat(flowchart("""
                        "Which?": {"Type": "Choice", "Default": "Other", "Choices": [
                          {"Condition": "{% $a < 'b' %}", "Next": "Small"}, {"Condition": "{% $LONG %}", "Next": "Long"}]},
                        "Small": {"Type": "Pass", "End": true},
                        "Long": {"Type": "Succeed"},
                        "Other": {"Type": "Fail"}""".replace("LONG", "x".repeat(40)))).isEqualTo("""
                            s1{{"Which?"}}
                            s2[/"Small"/]
                            s3(["Long"]):::success
                            s4(["Other"]):::failure
                            s1 -->|"$a #lt; 'b'"| s2
                            s1 --> s3
                            s1 -->|"otherwise"| s4
                        """);
    }

    @Test
    void twoWaysToTheSameStateAreOneArrow() {
        assertThat(flowchart("""
                        "Which?": {"Type": "Choice", "Default": "Work", "Choices": [
                          {"Condition": "{% $a %}", "Next": "Over"}, {"Condition": "{% $b %}", "Next": "Over"}]},
                        "Work": {"Type": "Task", "Resource": "r", "Next": "Over", "Catch": [{"ErrorEquals": ["Taken"], "Next": "Over"}]},
                        "Over": {"Type": "Succeed"}""")).endsWith("""
                            s1 --> s3
                            s1 -->|"otherwise"| s2
                            s2 --> s3
                        """);
    }

    @Test
    void statesThatDifferOnlyInTheirNamesShareABox() {
        assertThat(flowchart("""
                        "Next?": {"Type": "Choice", "Default": "Done", "Choices": [
                          {"Condition": "{% $a %}", "Next": "Wait for A"}, {"Condition": "{% $b %}", "Next": "Wait for B"},
                          {"Condition": "{% $c %}", "Next": "Wait for C"}]},
                        "Wait for A": {"Type": "Wait", "Seconds": 1, "Next": "Next?"},
                        "Wait for B": {"Type": "Wait", "Seconds": 2, "Next": "Next?"},
                        "Wait for C": {"Type": "Wait", "Seconds": 1, "Next": "Done"},
                        "Done": {"Type": "Succeed"}""")).isEqualTo("""
                            s1{{"Next?"}}
                            s2("Wait for A<br>Wait for B"):::wait
                            s3("Wait for C"):::wait
                            s4(["Done"]):::success
                            s1 --> s2
                            s1 -->|"$c"| s3
                            s1 -->|"otherwise"| s4
                            s2 --> s1
                            s3 --> s4
                        """);
    }

    @Test
    void whereMostStatesLeadWhenAnythingGoesWrongIsDrawnOnce() {
        String report = "\"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"Next\": \"Report\"}]";

        assertThat(flowchart("""
                        "One": {"Type": "Task", "Resource": "r", "Next": "Two", %s},
                        "Two": {"Type": "Task", "Resource": "r", "Next": "Done", %s},
                        "Done": {"Type": "Succeed"},
                        "Report": {"Type": "Task", "Resource": "r", "Next": "Failed",
                          "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Lost"}]},
                        "Failed": {"Type": "Fail"},
                        "Lost": {"Type": "Pass", "End": true}""".formatted(report, report))).endsWith("""
                            s1 --> s2
                            s2 --> s3
                            s4 --> s5
                            s4 -.->|"any error"| s6
                            any["any Task, any other error"] -.-> s4
                        """);
    }

    @Test
    void anErrorThatAStateNamesIsAWayOfItsOwn() {
        assertThat(flowchart("""
                        "Claim": {"Type": "Task", "Resource": "r", "Next": "Done",
                          "Catch": [{"ErrorEquals": ["DynamoDB.Taken", "DynamoDb.Taken", "Gone"], "Next": "Over"}]},
                        "Over": {"Type": "Fail"},
                        "Done": {"Type": "Succeed"}""")).endsWith("""
                            s1 --> s3
                            s1 -.->|"Taken, Gone"| s2
                        """);
    }

    @Test
    void aNameIsEscaped() {
        assertThat(flowchart("\"<b>#1 \\\"this\\\" & that\": {\"Type\": \"Succeed\"}"))
                .isEqualTo("    s1([\"#lt;b#gt;#35;1 #quot;this#quot; #amp; that\"]):::success\n");
    }

    @Test
    void aTypeWithoutAShapeIsRefused() {
        assertThatThrownBy(() -> flowchart("\"Each\": {\"Type\": \"Map\", \"End\": true}"))
                .hasMessage("There is no shape for states of type Map.");
    }

    @Test
    void aPageKeepsWhatStandsAroundTheFlowchart() {
        String page = "Before\n<!-- flowchart of x -->\nold\n<!-- end of the flowchart -->\nafter\n";

        assertThat(PrintDefinition.withFlowchart(page, definition("\"A\": {\"Type\": \"Succeed\"}")))
                .startsWith("Before\n<!-- flowchart of x -->\n```mermaid\nflowchart TD\n")
                .endsWith("```\n<!-- end of the flowchart -->\nafter\n")
                .doesNotContain("old");
    }

    @Test
    void aPageWithoutAPlaceForTheFlowchartIsRefused() {
        assertThatThrownBy(() -> PrintDefinition.withFlowchart("Nothing", definition("")))
                .hasMessage("The page has no comments between which a flowchart could stand.");
    }
}
