package groundwork.rehearsal.states;

import static groundwork.rehearsal.states.StateMachineRun.definition;
import static groundwork.rehearsal.states.StateMachineRun.json;
import static groundwork.rehearsal.states.StateMachineRun.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** States language, "States": what each type does with its input, apart from errors and variables. */
class StateTypesTest {

    // -- Pass ----------------------------------------------------------------------------------------------------

    @Test
    void pass_withoutOutput_passesItsInput() {
        StateMachineRun run = run(definition("P", "\"P\": {\"Type\": \"Pass\", \"End\": true}"), "{\"a\": 1}");

        assertThat(run.output()).isEqualTo(json("{\"a\": 1}"));
    }

    @Test
    void theOutputOfAStateIsTheInputOfTheNext() {
        StateMachineRun run = run(definition("First", """
                        "First": {"Type": "Pass", "Output": {"n": 1}, "Next": "Second"},
                        "Second": {"Type": "Pass", "Output": "{% $states.input.n + 1 %}", "End": true}
                        """), "{}");

        assertThat(run.output()).isEqualTo(json("2"));
        assertThat(run.entered()).containsExactly("First", "Second");
    }

    // -- Task ----------------------------------------------------------------------------------------------------

    @Test
    void task_givesItsArgumentsToTheResourceAndItsResultToTheNextState() {
        StateMachineRun run = run(
                definition("T", """
                        "T": {"Type": "Task", "Resource": "r", "End": true,
                              "Arguments": {"FunctionName": "f", "Payload": {"id": "{% $states.input.id %}"}}}
                        """),
                "{\"id\": \"111122223333\"}",
                (arguments, simulation) -> json("{\"StatusCode\": 200}"));

        assertThat(run.calls())
                .containsExactly(json("{\"FunctionName\": \"f\", \"Payload\": {\"id\": \"111122223333\"}}"));
        assertThat(run.output()).isEqualTo(json("{\"StatusCode\": 200}"));
    }

    @Test
    void task_withoutArguments_getsTheInput() {
        StateMachineRun run =
                run(definition("T", "\"T\": {\"Type\": \"Task\", \"Resource\": \"r\", \"End\": true}"), "[1]");

        assertThat(run.calls()).containsExactly(json("[1]"));
    }

    @Test
    void task_canUseInputAndResultInItsOutput() {
        StateMachineRun run = run(definition("T", """
                        "T": {"Type": "Task", "Resource": "r", "End": true,
                              "Output": {"in": "{% $states.input %}", "out": "{% $states.result %}"}}
                        """), "1", (arguments, simulation) -> json("null"));

        assertThat(run.output()).isEqualTo(json("{\"in\": 1, \"out\": null}"));
    }

    // -- Choice --------------------------------------------------------------------------------------------------

    private static final String CHOICE = definition("C", """
            "C": {"Type": "Choice",
                  "Choices": [
                    {"Condition": "{% $states.input.n > 10 %}", "Next": "Big", "Output": "big"},
                    {"Condition": "{% $states.input.n > 5 %}", "Next": "Middle"}],
                  "Default": "Small", "Output": "small"},
            "Big": {"Type": "Pass", "End": true},
            "Middle": {"Type": "Pass", "End": true},
            "Small": {"Type": "Pass", "End": true}
            """);

    @ParameterizedTest
    @CsvSource({"20, Big", "7, Middle", "1, Small"})
    void choice_followsTheFirstRuleThatIsTrueOrElseTheDefault(int n, String state) {
        assertThat(run(CHOICE, "{\"n\": " + n + "}").entered()).containsExactly("C", state);
    }

    // The Output of a rule belongs to the rule, that of the state to Default.
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"20, \"big\"", "7, {\"n\": 7}", "1, \"small\""})
    void choice_takesTheOutputOfTheRuleItFollows(int n, String output) {
        assertThat(run(CHOICE, "{\"n\": " + n + "}").output()).isEqualTo(json(output));
    }

    @Test
    void choice_whenNoRuleIsTrueAndThereIsNoDefault_fails() {
        StateMachineRun run = run(definition("C", """
                        "C": {"Type": "Choice", "Choices": [{"Condition": false, "Next": "P"}]},
                        "P": {"Type": "Pass", "End": true}
                        """), "{}");

        assertThat(run.error()).isEqualTo("States.NoChoiceMatched");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'true'", "1", "null", "$states.input.missing"})
    void choice_whenAConditionIsNotBoolean_fails(String condition) {
        StateMachineRun run = run(definition("C", """
                        "C": {"Type": "Choice", "Choices": [{"Condition": "{%% %s %%}", "Next": "P"}], "Default": "P"},
                        "P": {"Type": "Pass", "End": true}
                        """.formatted(condition)), "{}");

        assertThat(run.error()).isEqualTo("States.QueryEvaluationError");
    }

    // -- Wait ----------------------------------------------------------------------------------------------------

    private static StateMachineRun runWait(String field, String value, String input) {
        return run(
                definition("W", "\"W\": {\"Type\": \"Wait\", \"%s\": %s, \"End\": true}".formatted(field, value)),
                input);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    Seconds   | 90                                | 90
                    Seconds   | 0                                 | 0
                    Seconds   | "{% $states.input * 60 %}"        | 120
                    Timestamp | "2026-11-01T08:00:05Z"            | 5
                    Timestamp | "2026-11-01T10:00:00+01:00"       | 3600
                    Timestamp | "2026-11-01T07:00:00Z"            | 0
                    Timestamp | "{% '2026-11-01T08:01:00.000Z' %}" | 60
                    """)
    void wait_takesTheTimeItSays(String field, String value, int seconds) {
        StateMachineRun run = runWait(field, value, "2");

        assertThat(run.output()).isEqualTo(json("2"));
        assertThat(run.duration()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    Seconds   | "{% -1 %}"
                    Seconds   | "{% 1.5 %}"
                    Seconds   | "{% '60' %}"
                    Seconds   | "{% 100000000 %}"
                    Timestamp | "{% '2026-11-01' %}"
                    Timestamp | "{% '2026-11-01 08:00:00Z' %}"
                    Timestamp | "{% '2026-11-01T08:00:00' %}"
                    Timestamp | "{% '2026-13-01T08:00:00Z' %}"
                    Timestamp | "{% 5 %}"
                    """)
    void wait_whenTheExpressionIsOfTheWrongType_fails(String field, String value) {
        assertThat(runWait(field, value, "{}").error()).isEqualTo("States.QueryEvaluationError");
    }

    // -- Succeed and Fail ----------------------------------------------------------------------------------------

    @Test
    void succeed_endsTheExecutionWithItsOutput() {
        StateMachineRun run = run(
                definition("S", "\"S\": {\"Type\": \"Succeed\", \"Output\": \"{% $states.input.a %}\"}"), "{\"a\": 1}");

        assertThat(run.output()).isEqualTo(json("1"));
    }

    @Test
    void fail_endsTheExecutionWithErrorAndCause() {
        StateMachineRun run = run(
                definition(
                        "F", "\"F\": {\"Type\": \"Fail\", \"Error\": \"Sad\", \"Cause\": \"{% $states.input.why %}\"}"),
                "{\"why\": \"it rained\"}");

        assertThat(run.error()).isEqualTo("Sad");
        assertThat(run.cause()).isEqualTo("it rained");
    }

    @Test
    void fail_needsNeitherErrorNorCause() {
        StateMachineRun run = run(definition("F", "\"F\": {\"Type\": \"Fail\"}"), "{}");

        assertThat(run.error()).isEmpty();
        assertThat(run.cause()).isEmpty();
    }

    @Test
    void fail_whenTheCauseIsNotAText_failsWithThat() {
        StateMachineRun run = run(definition("F", "\"F\": {\"Type\": \"Fail\", \"Cause\": \"{% 1 %}\"}"), "{}");

        assertThat(run.error()).isEqualTo("States.QueryEvaluationError");
    }

    // -- Parallel ------------------------------------------------------------------------------------------------

    @Test
    void parallel_givesItsInputToEveryBranchAndCollectsTheOutputsInOrder() {
        StateMachineRun run = run(definition("All", """
                        "All": {"Type": "Parallel", "End": true, "Branches": [
                          {"StartAt": "Slow", "States": {
                            "Slow": {"Type": "Wait", "Seconds": 10, "Output": "{% $states.input + 1 %}", "End": true}}},
                          {"StartAt": "Quick", "States": {
                            "Quick": {"Type": "Pass", "Output": "{% $states.input + 2 %}", "End": true}}}]}
                        """), "1");

        assertThat(run.output()).isEqualTo(json("[2, 3]"));
        assertThat(run.duration()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void parallel_withArguments_givesThoseToTheBranches() {
        StateMachineRun run = run(definition("All", """
                        "All": {"Type": "Parallel", "Arguments": {"x": "{% $states.input %}"}, "End": true,
                          "Output": "{% $states.result[0].x + $states.input %}",
                          "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Succeed"}}}]}
                        """), "1");

        assertThat(run.output()).isEqualTo(json("2"));
    }

    @Test
    void parallel_whenABranchFails_stopsTheOthersAndFailsWithItsError() {
        StateMachineRun run = run(definition("All", """
                        "All": {"Type": "Parallel", "End": true, "Branches": [
                          {"StartAt": "Slow", "States": {
                            "Slow": {"Type": "Wait", "Seconds": 60, "Next": "Never"},
                            "Never": {"Type": "Pass", "End": true}}},
                          {"StartAt": "Pause", "States": {
                            "Pause": {"Type": "Wait", "Seconds": 5, "Next": "Broken"},
                            "Broken": {"Type": "Fail", "Error": "Broken"}}}]}
                        """), "{}");

        assertThat(run.error()).isEqualTo("Broken");
        assertThat(run.duration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(run.entered()).doesNotContain("Never");
    }

    // -- Map -----------------------------------------------------------------------------------------------------

    private static String map(String fields) {
        return definition("Each", """
                "Each": {"Type": "Map", %s "End": true, "ItemProcessor": {
                  "ProcessorConfig": {"Mode": "INLINE"},
                  "StartAt": "One", "States": {"One": {"Type": "Wait", "Seconds": 10, "End": true}}}}
                """.formatted(fields));
    }

    @Test
    void map_processesItsInputAndCollectsTheOutputsInOrder() {
        assertThat(run(map(""), "[3, 1, 2]").output()).isEqualTo(json("[3, 1, 2]"));
    }

    @Test
    void map_ofNothingIsNothing() {
        assertThat(run(map(""), "[]").output()).isEqualTo(json("[]"));
    }

    @Test
    void map_takesItsItemsFromAnExpression() {
        assertThat(run(map("\"Items\": \"{% $states.input.ids %}\","), "{\"ids\": [1, 2]}")
                        .output())
                .isEqualTo(json("[1, 2]"));
    }

    @Test
    void map_takesItsItemsFromALiteral() {
        assertThat(run(map("\"Items\": [1, \"{% $states.input %}\"],"), "2").output())
                .isEqualTo(json("[1, 2]"));
    }

    @Test
    void map_shapesItemsWithTheItemSelector() {
        StateMachineRun run = run(map("""
                        "Items": "{% $states.input.ids %}",
                        "ItemSelector": {"index": "{% $states.context.Map.Item.Index %}",
                                         "id": "{% $states.context.Map.Item.Value %}",
                                         "of": "{% $count($states.input.ids) %}"},
                        """), "{\"ids\": [\"a\", \"b\"]}");

        assertThat(run.output())
                .isEqualTo(
                        json("[{\"index\": 0, \"id\": \"a\", \"of\": 2}, {\"index\": 1, \"id\": \"b\", \"of\": 2}]"));
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 40", "2, 20", "3, 20", "4, 10"})
    void map_keepsToMaxConcurrency(int maxConcurrency, int seconds) {
        StateMachineRun run = run(map("\"MaxConcurrency\": " + maxConcurrency + ","), "[1, 2, 3, 4]");

        assertThat(run.duration()).isEqualTo(Duration.ofSeconds(seconds));
    }

    // Service quotas: an inline Map runs up to 40 iterations at a time.
    @Test
    void map_runsAtMostFortyIterationsAtOnce() {
        StateMachineRun run = run(map("\"Items\": \"{% $range(1, 41, 1) %}\","), "{}");

        assertThat(run.duration()).isEqualTo(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "1", "\"x\"", "null", "true"})
    void map_whenItsItemsAreNotAnArray_fails(String input) {
        assertThat(run(map(""), input).error()).isEqualTo("States.QueryEvaluationError");
        assertThat(run(map("\"Items\": \"{% $states.input %}\","), input).error())
                .isEqualTo("States.QueryEvaluationError");
    }

    @Test
    void map_whenAnIterationFails_stopsTheOthersAndFailsWithItsError() {
        StateMachineRun run = run(definition("Each", """
                        "Each": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "Odd", "States": {
                          "Odd": {"Type": "Choice", "Choices": [
                            {"Condition": "{% $states.input % 2 = 1 %}", "Next": "Wait"}], "Default": "Even"},
                          "Wait": {"Type": "Wait", "Seconds": 60, "End": true},
                          "Even": {"Type": "Fail", "Error": "Even"}}}}
                        """), "[1, 2]");

        assertThat(run.error()).isEqualTo("Even");
        assertThat(run.duration()).isEqualTo(Duration.ZERO);
    }

    // -- Distributed Map -----------------------------------------------------------------------------------------

    private static String distributedMap(String processorStates) {
        return definition("Each", """
                "Each": {"Type": "Map", "Label": "accounts", "End": true, "ItemProcessor": {
                  "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "One", "States": {%s}}}
                """.formatted(processorStates));
    }

    @Test
    void distributedMap_runsEachItemAsAnExecutionOfItsOwn() {
        StateMachineRun run = run(
                distributedMap(
                        "\"One\": {\"Type\": \"Pass\", \"Output\": \"{% $states.context.Execution %}\", \"End\": true}"),
                "[7]");

        assertThat(run.output().at("/0/Input")).isEqualTo(json("7"));
        assertThat(run.output().at("/0/Id").textValue())
                .startsWith("arn:aws:states:eu-west-1:111122223333:execution:demo/accounts:");
        assertThat(run.events(HistoryEvent.ExecutionStarted.class)).hasSize(2);
        assertThat(run.events(HistoryEvent.ExecutionEnded.class)).hasSize(2);
    }

    @Test
    void distributedMap_whenOneChildFails_exceedsTheToleratedThreshold() {
        StateMachineRun run = run(distributedMap("\"One\": {\"Type\": \"Fail\", \"Error\": \"Sad\"}"), "[1]");

        assertThat(run.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
        assertThat(run.cause()).isEqualTo("The specified tolerated failure threshold was exceeded");
    }

    /** Items below zero fail. */
    private static String tolerating(String fields) {
        return distributedMap("""
                "One": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input < 0 %}", "Next": "Sad"}], "Default": "Fine"},
                "Sad": {"Type": "Fail", "Error": "Sad"},
                "Fine": {"Type": "Succeed"}
                """).replace("\"Label\"", fields + ", \"Label\"");
    }

    @Test
    void distributedMap_whenFailuresAreTolerated_hasTheResultsOfTheOthersInOrder() {
        StateMachineRun run = run(tolerating("\"ToleratedFailurePercentage\": 100"), "[1, -2, 3, -4]");

        assertThat(run.output()).isEqualTo(json("[1, 3]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "ToleratedFailurePercentage": 50                                          | true
            "ToleratedFailurePercentage": 49.9                                        | false
            "ToleratedFailurePercentage": "{% $count($states.input) * 12.5 %}"        | true
            "ToleratedFailureCount": 2                                                | true
            "ToleratedFailureCount": 1                                                | false
            "ToleratedFailureCount": 1, "ToleratedFailurePercentage": 100             | false
            """)
    void distributedMap_toleratesWhatDoesNotExceedTheThreshold(String fields, boolean tolerated) {
        String definition = tolerating(fields);

        if (tolerated) {
            assertThat(run(definition, "[1, -2, 3, -4]").output()).hasSize(2);
        } else {
            assertThat(run(definition, "[1, -2, 3, -4]").error()).isEqualTo("States.ExceedToleratedFailureThreshold");
        }
    }

    @Test
    void distributedMap_whenThePercentageIsNone_fails() {
        assertThat(run(tolerating("\"ToleratedFailurePercentage\": \"{% 100 + 1 %}\""), "[1]")
                        .error())
                .isEqualTo("States.QueryEvaluationError");
    }

    @Test
    void distributedMap_whenTheRoleMayNotStartTheChildren_fails() {
        StateMachineRun run = StateMachineRun.refused(
                distributedMap("\"One\": {\"Type\": \"Succeed\"}"), "[1]", new TaskFailure("Refused", "by IAM"));

        assertThat(run.error()).isEqualTo("Refused");
        assertThat(run.cause()).isEqualTo("by IAM");
        assertThat(run.events(HistoryEvent.ExecutionStarted.class)).hasSize(1);
    }

    @Test
    void distributedMap_runsNoMoreChildrenAtOnceThanMaxConcurrency() {
        StateMachineRun run = run(
                distributedMap("\"One\": {\"Type\": \"Wait\", \"Seconds\": 10, \"End\": true}")
                        .replace("\"Label\"", "\"MaxConcurrency\": 13, \"Label\""),
                "[1,2,3,4,5,6,7,8,9,10,11,12,13,14]");

        assertThat(run.duration()).isEqualTo(Duration.ofSeconds(20));
    }

    // Choosing workflow type: five minutes; states transitions are not billed.
    @Test
    void distributedMap_ofExpressChildren_givesEachFiveMinutes() {
        String definition = distributedMap(
                        "\"One\": {\"Type\": \"Wait\", \"Seconds\": \"{% $states.input %}\", \"End\": true}")
                .replace("\"STANDARD\"", "\"EXPRESS\"");

        StateMachineRun run = run(definition, "[299]");
        assertThat(run.output()).isEqualTo(json("[299]"));
        assertThat(run.stateTransitions()).isEqualTo(1);
        assertThat(run.events(HistoryEvent.ExecutionStarted.class).getLast().execution())
                .startsWith("arn:aws:states:eu-west-1:111122223333:express:demo/accounts:");
        assertThat(run(definition, "[301]").error()).isEqualTo("States.ExceedToleratedFailureThreshold");
    }

    // Service quotas: 256 KiB of input or output for a task, state or execution.
    @Test
    void distributedMap_ofMoreThanFitsIntoAState_fails() {
        StateMachineRun run = run(
                distributedMap("\"One\": {\"Type\": \"Succeed\"}")
                        .replace("\"Label\"", "\"Items\": \"{% $range(1, 300, 1).$pad('', 1000, 'x') %}\", \"Label\""),
                "[]");

        assertThat(run.error()).isEqualTo("States.DataLimitExceeded");
        assertThat(run.cause()).contains("items");
    }

    @Test
    void distributedMap_whoseResultsDoNotFitIntoAState_fails() {
        StateMachineRun run = run(
                distributedMap(
                                "\"One\": {\"Type\": \"Pass\", \"Output\": \"{% $pad('', 1000, 'x') %}\", \"End\": true}")
                        .replace("\"Label\"", "\"Items\": \"{% $range(1, 300, 1) %}\", \"Label\""),
                "[]");

        assertThat(run.error()).isEqualTo("States.DataLimitExceeded");
        assertThat(run.cause()).contains("a result");
    }

    // -- Express workflows ---------------------------------------------------------------------------------------

    @Test
    void anExpressWorkflow_endsAfterFiveMinutes() {
        String definition = definition("Wait", "\"Wait\": {\"Type\": \"Wait\", \"Seconds\": 301, \"End\": true}");

        StateMachineRun run = StateMachineRun.express(definition, "{}");

        assertThat(run.error()).isEqualTo("States.Timeout");
        assertThat(run.duration()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void anExpressWorkflow_hasAnArnOfItsOwnKind() {
        StateMachineRun run = StateMachineRun.express(
                definition("Id", "\"Id\": {\"Type\": \"Succeed\", \"Output\": \"{% $states.context.Execution.Id %}\"}"),
                "{}");

        assertThat(run.output().textValue())
                .matches("arn:aws:states:eu-west-1:111122223333:express:demo:first:[0-9a-f-]{36}");
    }
}
