package groundwork.rehearsal.states;

import static groundwork.rehearsal.states.StateMachineRun.definition;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** States language, "Structure of a State Machine" and "States": what a definition may contain. */
class StateMachineDefinitionTest {

    private static final String PASS = "\"P\": {\"Type\": \"Pass\", \"End\": true}";

    private static void assertRefused(String definition, String message) {
        assertThatThrownBy(() -> StateMachineDefinition.parse(definition))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessage(message);
    }

    private static void assertAccepted(String definition) {
        assertThatCode(() -> StateMachineDefinition.parse(definition)).doesNotThrowAnyException();
    }

    /** A definition whose only state has this field. */
    private static String pass(String field) {
        return definition("P", "\"P\": {\"Type\": \"Pass\", \"End\": true, " + field + "}");
    }

    // -- top level -----------------------------------------------------------------------------------------------

    @Test
    void allTopLevelFieldsAreAccepted() {
        assertAccepted("""
                        {"Comment": "Demo", "QueryLanguage": "JSONata", "Version": "1.0", "TimeoutSeconds": 60,
                         "StartAt": "P", "States": {"P": {"Comment": "One", "Type": "Pass", "End": true}}}
                        """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    []                                                                     | The state machine must be an object.
                    {"StartAt": "P"}                                                       | The state machine: 'QueryLanguage' is missing.
                    {"QueryLanguage": "JSONPath"}                                          | The state machine: 'QueryLanguage' must be JSONata.
                    {"QueryLanguage": "JSONata", "States": {}}                             | The state machine: 'StartAt' is missing.
                    {"QueryLanguage": "JSONata", "StartAt": "P"}                           | The state machine: 'States' is missing.
                    {"QueryLanguage": "JSONata", "StartAt": "P", "States": {}}             | The state machine: 'States' must be an object with at least one state.
                    {"QueryLanguage": "JSONata", "StartAt": "P", "Version": "2.0"}         | The state machine: 'Version' must be 1.0.
                    {"QueryLanguage": "JSONata", "StartAt": "P", "TimeoutSeconds": "60"}   | The state machine: 'TimeoutSeconds' must be an integer from 1 to 99999999.
                    """)
    void aWrongTopLevelIsRefused(String definition, String message) {
        assertRefused(definition, message);
    }

    @Test
    void anUnknownTopLevelFieldIsRefused() {
        assertRefused(
                "{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"P\", \"States\": {" + PASS + "}, \"Owner\": 1}",
                "The state machine: 'Owner' is unknown or not supported.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "{\"a\": 1, \"a\": 2}"})
    void whatIsNotJsonIsRefused(String text) {
        assertThatThrownBy(() -> StateMachineDefinition.parse(text)).isInstanceOf(InvalidDefinitionException.class);
    }

    // -- how states belong together ------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "A": {"Type": "Pass", "Next": "B"}                                                                 | State 'A' leads to 'B', which is not a state of the same scope.
                    "A": {"Type": "Pass", "End": true}, "B": {"Type": "Succeed"}                                       | State 'B' cannot be reached.
                    "A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}                             | State 'A' leads to no end.
                    "A": {"Type": "Task", "Resource": "r", "End": true, "Catch": [{"ErrorEquals": ["x"], "Next": "B"}]} | State 'A' leads to 'B', which is not a state of the same scope.
                    "A": {"Type": "Choice", "Choices": [{"Condition": true, "Next": "A"}], "Default": "B"}             | State 'A' leads to 'B', which is not a state of the same scope.
                    "B": {"Type": "Succeed"}                                                                           | The state machine: 'StartAt' names 'A', which is not there.
                    """)
    void everyStateIsReachedAndLeadsToAnEnd(String states, String message) {
        assertRefused(definition("A", states), message);
    }

    @Test
    void aLoopWithAWayOutIsAccepted() {
        assertAccepted(definition("W", """
                        "W": {"Type": "Wait", "Seconds": 1, "Next": "C"},
                        "C": {"Type": "Choice", "Choices": [{"Condition": true, "Next": "W"}], "Default": "S"},
                        "S": {"Type": "Succeed"}
                        """));
    }

    @Test
    void aBranchCannotLeadOutOfItself() {
        assertRefused(definition("All", """
                        "All": {"Type": "Parallel", "Next": "S", "Branches": [
                          {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "S"}}}]},
                        "S": {"Type": "Succeed"}
                        """), "State 'A' leads to 'S', which is not a state of the same scope.");
    }

    @Test
    void stateNamesAreUniqueAcrossAllScopes() {
        assertRefused(definition("All", """
                        "All": {"Type": "Parallel", "End": true, "Branches": [
                          {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}},
                          {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}]}
                        """), "State 'A' is not the only one of its name in the state machine.");
    }

    @Test
    void aStateNameHasAtMostEightyCharacters() {
        String name = "x".repeat(81);

        assertRefused(
                definition(name, "\"" + name + "\": {\"Type\": \"Succeed\"}"),
                "State '" + name + "' must have a name of 1 to 80 characters.");
    }

    // -- fields of states ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "Type": "Lambda"                                                     | 'Type' names an unknown state type, Lambda.
                    "Comment": "x"                                                       | 'Type' is missing.
                    "Type": "Pass"                                                       | must have either Next or "End": true.
                    "Type": "Pass", "End": false                                         | must have either Next or "End": true.
                    "Type": "Pass", "End": true, "Next": "S"                             | must have either Next or "End": true.
                    "Type": "Pass", "End": "true"                                        | 'End' must be true or false.
                    "Type": "Pass", "End": true, "QueryLanguage": "JSONata"              | 'QueryLanguage' may stand only at the top level of the definition.
                    "Type": "Pass", "End": true, "Result": 1                             | 'Result' belongs to the JSONPath dialect; only JSONata is supported.
                    "Type": "Pass", "End": true, "Arguments": 1                          | 'Arguments' is unknown or not supported.
                    "Type": "Pass", "End": true, "Retry": []                             | 'Retry' is unknown or not supported.
                    "Type": "Succeed", "End": true                                       | 'End' is unknown or not supported.
                    "Type": "Succeed", "Assign": {}                                      | 'Assign' is unknown or not supported.
                    "Type": "Fail", "Output": 1                                          | 'Output' is unknown or not supported.
                    "Type": "Fail", "Error": 1                                           | 'Error' must be a text.
                    "Type": "Task", "End": true                                          | 'Resource' is missing.
                    "Type": "Task", "End": true, "Resource": "{% $r %}"                  | 'Resource' must not be an expression.
                    "Type": "Task", "End": true, "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken" | 'Resource' waits for a task token, which is not supported.
                    "Type": "Task", "End": true, "Resource": "r", "HeartbeatSeconds": 1  | 'HeartbeatSeconds' is unknown or not supported.
                    "Type": "Task", "End": true, "Resource": "r", "Credentials": {}      | 'Credentials' is unknown or not supported.
                    "Type": "Task", "End": true, "Resource": "r", "TimeoutSeconds": 0    | 'TimeoutSeconds' must be an integer from 1 to 99999999.
                    "Type": "Task", "End": true, "Resource": "r", "Parameters": {}       | 'Parameters' belongs to the JSONPath dialect; only JSONata is supported.
                    "Type": "Wait", "End": true                                          | must have either Seconds or Timestamp.
                    "Type": "Wait", "End": true, "Seconds": 1, "Timestamp": "2026-11-01T08:00:00Z" | must have either Seconds or Timestamp.
                    "Type": "Wait", "End": true, "Seconds": -1                           | 'Seconds' must be an integer from 0 to 99999999.
                    "Type": "Wait", "End": true, "Seconds": "60"                         | 'Seconds' must be an integer from 0 to 99999999.
                    "Type": "Wait", "End": true, "Timestamp": "2026-11-01"               | 'Timestamp' must be a timestamp such as 2026-11-01T08:00:00Z.
                    "Type": "Wait", "End": true, "SecondsPath": "$.x"                    | must have either Seconds or Timestamp.
                    "Type": "Choice", "Choices": []                                      | 'Choices' must be an array with at least one rule.
                    "Type": "Choice", "Choices": {}                                      | 'Choices' must be an array.
                    "Type": "Choice", "Choices": [{"Next": "S"}]                         | 'Choices/0/Condition' is missing.
                    "Type": "Choice", "Choices": [{"Condition": true}]                   | 'Choices/0/Next' is missing.
                    "Type": "Choice", "Choices": [{"Condition": "true", "Next": "S"}]    | 'Choices/0/Condition' must be an expression or a boolean.
                    "Type": "Choice", "Choices": [{"Condition": true, "Next": "S", "Variable": "$.x"}] | 'Choices/0/Variable' belongs to the JSONPath dialect; only JSONata is supported.
                    "Type": "Choice", "Choices": [{"Condition": true, "Next": "S"}], "End": true | 'End' is unknown or not supported.
                    "Type": "Parallel", "End": true, "Branches": []                      | 'Branches' must be an array with at least one branch.
                    "Type": "Parallel", "End": true, "Branches": [{"StartAt": "X", "States": {"X": {"Type": "Succeed"}}, "QueryLanguage": "JSONata"}] | 'Branches/0/QueryLanguage' is unknown or not supported.
                    "Type": "Map", "End": true                                           | 'ItemProcessor' is missing.
                    """)
    void aWrongStateIsRefused(String fields, String problem) {
        assertRefused(
                definition("A", "\"A\": {" + fields + "}, \"S\": {\"Type\": \"Succeed\"}"),
                "State 'A'" + (problem.startsWith("'") ? ": " : " ") + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "Items": {}                                     | {"Mode": "INLINE"}                                        | 'Items' must be an array or an expression.
                    "MaxConcurrency": -1                            | {"Mode": "INLINE"}                                        | 'MaxConcurrency' must be an integer that is not negative.
                    "ItemsPath": "$.x"                              | {"Mode": "INLINE"}                                        | 'ItemsPath' belongs to the JSONPath dialect; only JSONata is supported.
                    "ItemReader": {}                                | {"Mode": "INLINE"}                                        | 'ItemReader' is unknown or not supported.
                    "ToleratedFailurePercentage": 101               | {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}      | 'ToleratedFailurePercentage' must be a number from 0 to 100.
                    "ToleratedFailureCount": -1                     | {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}       | 'ToleratedFailureCount' must be an integer that is not negative.
                    "ToleratedFailurePercentage": 5                 | {"Mode": "INLINE"}                                        | 'ToleratedFailurePercentage' is unknown or not supported.
                    "Label": "x"                                    | {"Mode": "INLINE"}                                        | 'Label' is unknown or not supported.
                    "Label": "a b"                                  | {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}      | 'Label' must have 1 to 40 characters, without white space and special characters.
                    "Label": "abcdefghijklmnopqrstuvwxyz123456789012345" | {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"} | 'Label' must have 1 to 40 characters, without white space and special characters.
                    "Comment": "x"                                  | {"Mode": "OTHER"}                                         | 'ItemProcessor/ProcessorConfig/Mode' must be INLINE or DISTRIBUTED.
                    "Comment": "x"                                  | {"Mode": "DISTRIBUTED"}                                   | 'ItemProcessor/ProcessorConfig/ExecutionType' is missing.
                    "Comment": "x"                                  | {"Mode": "DISTRIBUTED", "ExecutionType": "OTHER"}         | 'ItemProcessor/ProcessorConfig/ExecutionType' must be STANDARD or EXPRESS.
                    "Comment": "x"                                  | {"Mode": "INLINE", "ExecutionType": "STANDARD"}           | 'ItemProcessor/ProcessorConfig/ExecutionType' is unknown or not supported.
                    """)
    void aWrongMapIsRefused(String fields, String config, String problem) {
        assertRefused(definition("M", """
                        "M": {"Type": "Map", "End": true, %s, "ItemProcessor": {"ProcessorConfig": %s,
                          "StartAt": "X", "States": {"X": {"Type": "Succeed"}}}}
                        """.formatted(fields, config)), "State 'M': " + problem);
    }

    // -- Retry and Catch -----------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "Retry": {}                                                                       | 'Retry' must be an array.
                    "Retry": [{"MaxAttempts": 1}]                                                     | 'Retry/0/ErrorEquals' is missing.
                    "Retry": [{"ErrorEquals": []}]                                                    | 'Retry/0/ErrorEquals' must be an array with at least one error name.
                    "Retry": [{"ErrorEquals": ["x", "States.ALL"]}]                                   | 'Retry/0/ErrorEquals' must hold States.ALL alone and in the last place.
                    "Retry": [{"ErrorEquals": ["States.ALL"]}, {"ErrorEquals": ["x"]}]                | 'Retry/0/ErrorEquals' must hold States.ALL alone and in the last place.
                    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "S"}, {"ErrorEquals": ["x"], "Next": "S"}] | 'Catch/0/ErrorEquals' must hold States.ALL alone and in the last place.
                    "Retry": [{"ErrorEquals": ["States.Runtime"]}]                                    | 'Retry/0/ErrorEquals' must not hold "States.Runtime", which is not an error name that can occur.
                    "Retry": [{"ErrorEquals": ["States.Typo"]}]                                       | 'Retry/0/ErrorEquals' must not hold "States.Typo", which is not an error name that can occur.
                    "Retry": [{"ErrorEquals": ["States.HeartbeatTimeout"]}]                           | 'Retry/0/ErrorEquals' must not hold "States.HeartbeatTimeout", which is not an error name that can occur.
                    "Retry": [{"ErrorEquals": ["x"], "IntervalSeconds": 0}]                           | 'Retry/0/IntervalSeconds' must be an integer from 1 to 99999999.
                    "Retry": [{"ErrorEquals": ["x"], "MaxAttempts": -1}]                              | 'Retry/0/MaxAttempts' must be an integer from 0 to 99999999.
                    "Retry": [{"ErrorEquals": ["x"], "BackoffRate": 0.5}]                             | 'Retry/0/BackoffRate' must be a number of at least 1.
                    "Retry": [{"ErrorEquals": ["x"], "MaxDelaySeconds": 31622400}]                    | 'Retry/0/MaxDelaySeconds' must be an integer from 1 to 31622399.
                    "Retry": [{"ErrorEquals": ["x"], "JitterStrategy": "HALF"}]                       | 'Retry/0/JitterStrategy' must be FULL or NONE.
                    "Retry": [{"ErrorEquals": ["x"], "Backoff": 2}]                                   | 'Retry/0/Backoff' is unknown or not supported.
                    "Catch": [{"ErrorEquals": ["x"]}]                                                 | 'Catch/0/Next' is missing.
                    "Catch": [{"ErrorEquals": ["x"], "Next": "S", "ResultPath": "$.e"}]               | 'Catch/0/ResultPath' belongs to the JSONPath dialect; only JSONata is supported.
                    """)
    void aWrongRetryOrCatchIsRefused(String field, String problem) {
        assertRefused(definition("T", """
                        "T": {"Type": "Task", "Resource": "r", "Next": "S", %s}, "S": {"Type": "Succeed"}
                        """.formatted(field)), "State 'T': " + problem);
    }

    // -- expressions ---------------------------------------------------------------------------------------------

    // Developer guide, "Reserved variable: $states"
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "Type": "Pass", "End": true, "Output": "{% $states.result %}"                           | 'Output' reads $states.result, which does not exist there.
                    "Type": "Pass", "End": true, "Assign": {"x": "{% $states.errorOutput %}"}               | 'Assign/x' reads $states.errorOutput, which does not exist there.
                    "Type": "Pass", "End": true, "Output": "{% $states.output %}"                           | 'Output' reads $states.output, which does not exist there.
                    "Type": "Task", "Resource": "r", "End": true, "Arguments": "{% $states.result %}"       | 'Arguments' reads $states.result, which does not exist there.
                    "Type": "Task", "Resource": "r", "End": true, "Output": "{% $states.errorOutput %}"     | 'Output' reads $states.errorOutput, which does not exist there.
                    "Type": "Task", "Resource": "r", "Next": "S", "Catch": [{"ErrorEquals": ["x"], "Next": "S", "Output": "{% $states.result %}"}] | 'Catch/0/Output' reads $states.result, which does not exist there.
                    "Type": "Choice", "Choices": [{"Condition": "{% $states.result %}", "Next": "S"}], "Default": "S" | 'Choices/0/Condition' reads $states.result, which does not exist there.
                    "Type": "Wait", "End": true, "Seconds": "{% $states . result %}"                        | 'Seconds' reads $states.result, which does not exist there.
                    """)
    void fieldsOfStatesExistOnlyWhereTheyAreDocumented(String fields, String problem) {
        String end = fields.contains("\"S\"") ? ", \"S\": {\"Type\": \"Succeed\"}" : "";

        assertRefused(definition("A", "\"A\": {" + fields + "}" + end), "State 'A': " + problem);
    }

    // -- variables -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"x", "X1", "snake_case", "größe", "名前"})
    void aUnicodeIdentifierIsAVariableName(String name) {
        assertAccepted(pass("\"Assign\": {\"" + name + "\": 1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1x", "a-b", "a b", "a.b", "$x", "_x"})
    void anythingElseIsNoVariableName(String name) {
        assertRefused(
                pass("\"Assign\": {\"" + name + "\": 1}"),
                "State 'P': 'Assign' holds '" + name + "', which is not a variable name.");
    }

    @Test
    void statesIsReserved() {
        assertRefused(pass("\"Assign\": {\"states\": 1}"), "State 'P': 'Assign' holds 'states', which is reserved.");
    }

    @Test
    void assignIsAnObject() {
        assertRefused(pass("\"Assign\": \"{% {'x': 1} %}\""), "State 'P': 'Assign' must be an object.");
    }

    // "An inner scope cannot assign a variable of an outer scope", wherever the outer one is assigned.
    @Test
    void aBranchMustNotSetAVariableOfAnOuterScope() {
        assertRefused(definition("All", """
                        "All": {"Type": "Parallel", "Next": "Later", "Branches": [
                          {"StartAt": "B", "States": {"B": {"Type": "Pass", "Assign": {"x": 1}, "End": true}}}]},
                        "Later": {"Type": "Pass", "Assign": {"x": 2}, "End": true}
                        """), "State 'B': 'Assign' sets 'x', a variable of an outer scope.");
    }

    @Test
    void branchesMaySetVariablesOfTheSameName() {
        assertAccepted(definition("All", """
                        "All": {"Type": "Parallel", "End": true, "Branches": [
                          {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"x": 1}, "End": true}}},
                          {"StartAt": "B", "States": {"B": {"Type": "Pass", "Assign": {"x": 1}, "End": true}}}]}
                        """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::states:startExecution.sync:2\"",
                "\"Type\": \"Map\", \"ItemProcessor\": {\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"EXPRESS\"},"
                        + " \"StartAt\": \"Inner\", \"States\": {\"Inner\": {\"Type\": \"Succeed\"}}}"
            })
    void whatAnExpressWorkflowCannotDoIsRefused(String fields) {
        String definition = definition("One", "\"One\": {" + fields + ", \"End\": true}");

        assertAccepted(definition);
        assertThatThrownBy(() -> StateMachineDefinition.parse(definition, WorkflowType.EXPRESS))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("Express workflow");
    }
}
