package groundwork.rehearsal.states;

import static groundwork.rehearsal.states.StateMachineRun.definition;
import static groundwork.rehearsal.states.StateMachineRun.json;
import static groundwork.rehearsal.states.StateMachineRun.run;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Developer guide, "Passing data between states with variables". */
class VariablesTest {

    @Test
    void aVariableIsThereFromTheNextStateOn() {
        StateMachineRun run = run(definition("Set", """
                        "Set": {"Type": "Pass", "Assign": {"x": "{% $states.input + 1 %}", "y": [1, null]}, "Next": "Wait"},
                        "Wait": {"Type": "Wait", "Seconds": 1, "Output": {}, "Next": "Read"},
                        "Read": {"Type": "Pass", "Output": ["{% $x %}", "{% $y %}"], "End": true}
                        """), "1");

        assertThat(run.output()).isEqualTo(json("[2, [1, null]]"));
    }

    // "All assignments are evaluated with the values from the beginning of the state."
    @Test
    void assignAndOutputUseTheOldValues() {
        StateMachineRun run = run(definition("Set", """
                        "Set": {"Type": "Pass", "Assign": {"a": 1, "b": 2}, "Next": "Swap"},
                        "Swap": {"Type": "Pass", "Assign": {"a": "{% $b %}", "b": "{% $a %}"}, "Output": "{% $a %}", "Next": "Read"},
                        "Read": {"Type": "Pass", "Output": ["{% $states.input %}", "{% $a %}", "{% $b %}"], "End": true}
                        """), "{}");

        assertThat(run.output()).isEqualTo(json("[1, 2, 1]"));
    }

    @Test
    void aTaskCanAssignFromItsResult() {
        StateMachineRun run = run(definition("T", """
                        "T": {"Type": "Task", "Resource": "r", "Assign": {"id": "{% $states.result.id %}"}, "Next": "Read"},
                        "Read": {"Type": "Pass", "Output": "{% $id %}", "End": true}
                        """), "{}", (arguments, simulation) -> json("{\"id\": \"7\"}"));

        assertThat(run.output()).isEqualTo(json("\"7\""));
    }

    @Test
    void aCatcherAssignsInPlaceOfTheState() {
        StateMachineRun run = run(definition("Set", """
                        "Set": {"Type": "Pass", "Assign": {"outcome": "none", "error": "none"}, "Next": "T"},
                        "T": {"Type": "Task", "Resource": "r", "Assign": {"outcome": "good"}, "Next": "Read",
                              "Catch": [{"ErrorEquals": ["Sad"], "Next": "Read",
                                         "Assign": {"error": "{% $states.errorOutput.Error %}"}}]},
                        "Read": {"Type": "Pass", "Output": ["{% $outcome %}", "{% $error %}"], "End": true}
                        """), "{}", (arguments, simulation) -> {
            throw new TaskFailure("Sad", "");
        });

        assertThat(run.output()).isEqualTo(json("[\"none\", \"Sad\"]"));
    }

    @ParameterizedTest
    @CsvSource({"1, rule", "2, default"})
    void theRuleOfAChoiceAssignsInPlaceOfTheState(int input, String by) {
        StateMachineRun run = run(definition("C", """
                        "C": {"Type": "Choice", "Choices": [
                                {"Condition": "{% $states.input = 1 %}", "Assign": {"by": "rule"}, "Next": "Read"}],
                              "Assign": {"by": "default"}, "Default": "Read"},
                        "Read": {"Type": "Pass", "Output": "{% $by %}", "End": true}
                        """), String.valueOf(input));

        assertThat(run.output()).isEqualTo(json("\"" + by + "\""));
    }

    @Test
    void branchesReadOuterVariablesAndKeepTheirOwnToThemselves() {
        StateMachineRun run = run(definition("Set", """
                        "Set": {"Type": "Pass", "Assign": {"x": 1}, "Next": "All"},
                        "All": {"Type": "Parallel", "Next": "Read", "Branches": [
                          {"StartAt": "A1", "States": {
                            "A1": {"Type": "Pass", "Assign": {"inner": "{% $x + 1 %}"}, "Next": "A2"},
                            "A2": {"Type": "Pass", "Output": "{% $inner %}", "End": true}}},
                          {"StartAt": "B1", "States": {
                            "B1": {"Type": "Pass", "Output": "{% $exists($inner) %}", "End": true}}}]},
                        "Read": {"Type": "Pass", "Output": ["{% $states.input %}", "{% $exists($inner) %}"], "End": true}
                        """), "{}");

        assertThat(run.output()).isEqualTo(json("[[2, false], false]"));
    }

    @Test
    void iterationsReadOuterVariablesAndKeepTheirOwnToThemselves() {
        StateMachineRun run = run(definition("Set", """
                        "Set": {"Type": "Pass", "Assign": {"x": 10}, "Next": "Each"},
                        "Each": {"Type": "Map", "MaxConcurrency": 1, "End": true, "Items": [1, 2], "ItemProcessor": {
                          "StartAt": "I1", "States": {
                            "I1": {"Type": "Pass", "Assign": {"own": "{% $states.input + $x %}"},
                                   "Output": "{% $exists($own) %}", "Next": "I2"},
                            "I2": {"Type": "Pass", "Output": ["{% $states.input %}", "{% $own %}"], "End": true}}}}
                        """), "{}");

        assertThat(run.output()).isEqualTo(json("[[false, 11], [false, 12]]"));
    }

    // "A Distributed Map cannot reference variables of outer scopes."
    @Test
    void childExecutionsDoNotSeeOuterVariables() {
        StateMachineRun run = run(definition("Set", """
                        "Set": {"Type": "Pass", "Assign": {"x": 10}, "Next": "Each"},
                        "Each": {"Type": "Map", "End": true, "Items": [1], "ItemProcessor": {
                          "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                          "StartAt": "I", "States": {
                            "I": {"Type": "Pass", "Output": "{% $exists($x) %}", "End": true}}}}
                        """), "{}");

        assertThat(run.output()).isEqualTo(json("[false]"));
    }
}
