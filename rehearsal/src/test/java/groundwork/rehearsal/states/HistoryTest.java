package groundwork.rehearsal.states;

import static groundwork.rehearsal.states.StateMachineRun.START;
import static groundwork.rehearsal.states.StateMachineRun.definition;
import static groundwork.rehearsal.states.StateMachineRun.evaluate;
import static groundwork.rehearsal.states.StateMachineRun.json;
import static groundwork.rehearsal.states.StateMachineRun.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an execution tells: its events, its context object, its bill. */
class HistoryTest {

    private static final String EXECUTION = "arn:aws:states:eu-west-1:111122223333:execution:demo:first";

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }

    @Test
    void aListenerHearsEverythingInOrder() {
        int[] calls = new int[1];
        StateMachineRun run = run(definition("T", """
                        "T": {"Type": "Task", "Resource": "r", "TimeoutSeconds": 9, "Arguments": {}, "Next": "W",
                              "Retry": [{"ErrorEquals": ["Sad"]}],
                              "Catch": [{"ErrorEquals": ["Worse"], "Assign": {"x": 1}, "Output": 2, "Next": "W"}]},
                        "W": {"Type": "Wait", "Seconds": 5, "End": true}
                        """), "0", (arguments, simulation) -> {
            throw new TaskFailure(calls[0]++ == 0 ? "Sad" : "Worse", "c");
        });

        Duration timeout = Duration.ofSeconds(9);
        assertThat(run.events())
                .containsExactly(
                        new HistoryEvent.ExecutionStarted(EXECUTION, at(0), json("0")),
                        new HistoryEvent.StateEntered(EXECUTION, at(0), "T", "Task", json("0")),
                        new HistoryEvent.TaskScheduled(EXECUTION, at(0), "T", "r", json("{}"), timeout),
                        new HistoryEvent.TaskStarted(EXECUTION, at(0), "T", "r"),
                        new HistoryEvent.TaskFailed(EXECUTION, at(0), "T", "r", "Sad", "c"),
                        new HistoryEvent.RetryScheduled(EXECUTION, at(0), "T", "Sad", "c", 1, Duration.ofSeconds(1)),
                        new HistoryEvent.TaskScheduled(EXECUTION, at(1), "T", "r", json("{}"), timeout),
                        new HistoryEvent.TaskStarted(EXECUTION, at(1), "T", "r"),
                        new HistoryEvent.TaskFailed(EXECUTION, at(1), "T", "r", "Worse", "c"),
                        new HistoryEvent.ErrorCaught(EXECUTION, at(1), "T", "Worse", "c", "W"),
                        new HistoryEvent.StateExited(EXECUTION, at(1), "T", json("2"), Map.of("x", json("1"))),
                        new HistoryEvent.StateEntered(EXECUTION, at(1), "W", "Wait", json("2")),
                        new HistoryEvent.WaitStarted(EXECUTION, at(1), "W", Duration.ofSeconds(5)),
                        new HistoryEvent.StateExited(EXECUTION, at(6), "W", json("2"), Map.of()),
                        new HistoryEvent.ExecutionEnded(
                                EXECUTION, at(6), new ExecutionResult.Succeeded(json("2"), 3), 12));
    }

    // The numbers are those of executions on AWS: localstack/localstack, tests/aws/services/stepfunctions/v2, the
    // recordings services/test_sns_task_service (7 events), base/test_wait (4), error_handling/test_task_service_lambda
    // (9 with a failure that is caught) and error_handling/test_task_service_dynamodb (6 with a failure that is not).
    @Test
    void theHistoryHasAsManyEventsAsOnAws() {
        String task = "\"T\": {\"Type\": \"Task\", \"Resource\": \"r\", ";
        String caught = "\"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"Next\": \"P\"}], \"End\": true}, "
                + "\"P\": {\"Type\": \"Pass\", \"End\": true}";
        StateMachineRun.Work failing = (arguments, simulation) -> {
            throw new TaskFailure("Sad", "c");
        };

        assertThat(historyEvents(run(definition("T", task + "\"End\": true}"), "0")))
                .isEqualTo(7);
        assertThat(historyEvents(
                        run(definition("W", "\"W\": {\"Type\": \"Wait\", \"Seconds\": 5, \"End\": true}"), "0")))
                .isEqualTo(4);
        assertThat(historyEvents(run(definition("T", task + caught), "0", failing)))
                .isEqualTo(9);
        assertThat(historyEvents(run(definition("T", task + "\"End\": true}"), "0", failing)))
                .isEqualTo(6);
    }

    // API_HistoryEvent, the values of "type".
    @Test
    void aMapAndItsIterationsHaveEventsOfTheirOwn() {
        StateMachineRun run = run(definition("Each", """
                        "Each": {"Type": "Map", "End": true, "ItemProcessor": {
                          "StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}}
                        """), "[1, 2, 3]");

        assertThat(historyEvents(run))
                .as("the execution, the Map state, and for each iteration two and two for each of its states")
                .isEqualTo(2 + 4 + 3 * (2 + 2 * 2));
    }

    private static int historyEvents(StateMachineRun run) {
        return run.events(HistoryEvent.ExecutionEnded.class).getLast().historyEvents();
    }

    @Test
    void aTaskThatSucceedsTellsItsResult() {
        StateMachineRun run =
                run(definition("T", "\"T\": {\"Type\": \"Task\", \"Resource\": \"r\", \"End\": true}"), "1");

        assertThat(run.events(HistoryEvent.TaskSucceeded.class))
                .containsExactly(new HistoryEvent.TaskSucceeded(EXECUTION, at(0), "T", "r", json("1")));
    }

    // Step Functions pricing: a transition each time a step is executed, including retries.
    @Test
    void iterationsAndBranchesCountAsStateTransitions() {
        StateMachineRun run = run(definition("Each", """
                        "Each": {"Type": "Map", "End": true, "ItemProcessor": {
                          "StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}}
                        """), "[1, 2, 3]");

        assertThat(run.stateTransitions()).isEqualTo(7);
    }

    @Test
    void childExecutionsCountForTheirParentToo() {
        StateMachineRun run = run(definition("Each", """
                        "Each": {"Type": "Map", "End": true, "ItemProcessor": {
                          "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                          "StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}}
                        """), "[1, 2, 3]");

        assertThat(run.events(HistoryEvent.ExecutionEnded.class).stream()
                        .map(ended -> ended.result().stateTransitions()))
                .containsExactly(2L, 2L, 2L, 7L);
    }

    // Developer guide, "Accessing execution data from the Context object in Step Functions"
    @Test
    void theContextObjectDescribesExecutionStateAndStateMachine() {
        assertThat(evaluate("$states.context", "{\"a\": 1}")).isEqualTo(json("""
                                {"Execution": {
                                   "Id": "arn:aws:states:eu-west-1:111122223333:execution:demo:first",
                                   "Name": "first",
                                   "RoleArn": "arn:aws:iam::111122223333:role/demo",
                                   "StartTime": "2026-11-01T08:00:00.000Z",
                                   "RedriveCount": 0,
                                   "Input": {"a": 1}},
                                 "StateMachine": {
                                   "Id": "arn:aws:states:eu-west-1:111122223333:stateMachine:demo",
                                   "Name": "demo"},
                                 "State": {"EnteredTime": "2026-11-01T08:00:00.000Z", "Name": "Pass"}}
                                """));
    }

    @Test
    void theContextObjectOfALaterStateHasItsOwnTime() {
        StateMachineRun run = run(definition("W", """
                        "W": {"Type": "Wait", "Seconds": 61, "Next": "P"},
                        "P": {"Type": "Pass", "End": true, "Output": [
                          "{% $states.context.State.EnteredTime %}", "{% $states.context.Execution.StartTime %}"]}
                        """), "{}");

        assertThat(run.output()).isEqualTo(json("[\"2026-11-01T08:01:01.000Z\", \"2026-11-01T08:00:00.000Z\"]"));
    }

    @Test
    void insideAMapTheContextObjectHasTheItem() {
        StateMachineRun run = run(definition("Each", """
                        "Each": {"Type": "Map", "End": true, "ItemSelector": 0, "ItemProcessor": {
                          "StartAt": "A", "States": {
                            "A": {"Type": "Pass", "Output": "{% $states.context.Map.Item %}", "End": true}}}}
                        """), "[\"a\", \"b\"]");

        assertThat(run.output())
                .isEqualTo(json("[{\"Index\": 0, \"Value\": \"a\"}, {\"Index\": 1, \"Value\": \"b\"}]"));
    }
}
