package groundwork.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** How SAM merges Globals into a function, from the page "Globals section of the AWS SAM template". */
class ServerlessTest {
    @Test
    void aListIsTheGlobalListFollowedByTheFunctionsOwn() {
        assertThat(merged("Layers: [a]", "Layers: [b]").get("Layers").toString())
                .isEqualTo("[\"a\",\"b\"]");
    }

    @Test
    void aMapIsMergedEntryByEntryAtEveryDepth() {
        assertThat(merged("LoggingConfig: { LogFormat: Text, LogGroup: g }", "LoggingConfig: { LogFormat: JSON }")
                        .get("LoggingConfig")
                        .toString())
                .isEqualTo("{\"LogFormat\":\"JSON\",\"LogGroup\":\"g\"}");
    }

    @Test
    void aScalarIsReplaced() {
        assertThat(merged("Timeout: 3", "Timeout: 5").get("Timeout").asInt()).isEqualTo(5);
    }

    @Test
    void anIntrinsicFunctionIsReplacedAndNotMerged() {
        assertThat(merged("Tags: { A: a }", "Tags: !If [Always, { B: b }, { C: c }]")
                        .get("Tags")
                        .toString())
                .isEqualTo("{\"B\":\"b\"}");
    }

    @Test
    void whatOnlyGlobalsHaveIsInherited() {
        assertThat(merged("MemorySize: 512", "Timeout: 5").get("MemorySize").asInt())
                .isEqualTo(512);
    }

    private static JsonNode merged(String globals, String own) {
        ExpandedTemplate expanded = TemplateText.expand("""
                Transform: AWS::Serverless-2016-10-31
                Conditions:
                  Always: !Equals [a, a]
                Globals:
                  Function:
                    %s
                Resources:
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      CodeUri: functions
                      Handler: H
                      Role: role
                      Runtime: java25
                      %s
                """.formatted(globals, own));
        return expanded.resource("F").properties();
    }
}
