package groundwork.rehearsal.states;

import static groundwork.rehearsal.states.StateMachineRun.definition;
import static groundwork.rehearsal.states.StateMachineRun.json;
import static groundwork.rehearsal.states.StateMachineRun.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groundwork.rehearsal.states.HistoryEvent.RetryScheduled;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States language, "Errors"; developer guide, "Handling errors in Step Functions workflows". */
class ErrorHandlingTest {

    /** A Task state with the given fields, and the states Caught and Other as far as the fields mention them. */
    private static String task(String fields) {
        String states = "\"T\": {\"Type\": \"Task\", \"Resource\": \"r\", %s \"End\": true}".formatted(fields);
        for (String name : List.of("Caught", "Other")) {
            if (fields.contains(name)) {
                states += ", \"%s\": {\"Type\": \"Pass\", \"End\": true}".formatted(name);
            }
        }
        return definition("T", states);
    }

    /** Fails with the given errors, one call after the other, and then succeeds with "done". */
    private static StateMachineRun.Work failing(String... errors) {
        int[] calls = new int[1];
        return (arguments, simulation) -> {
            int call = calls[0]++;
            if (call < errors.length) {
                throw new TaskFailure(errors[call], "call " + call);
            }
            return json("\"done\"");
        };
    }

    private static StateMachineRun.Work alwaysFailing(String error) {
        return (arguments, simulation) -> {
            throw new TaskFailure(error, "always");
        };
    }

    private static List<Long> delays(StateMachineRun run) {
        return run.events(RetryScheduled.class).stream()
                .map(retry -> retry.delay().toMillis())
                .toList();
    }

    // -- no handler ----------------------------------------------------------------------------------------------

    @Test
    void withoutRetryAndCatch_theExecutionFailsWithTheErrorOfTheTask() {
        StateMachineRun run = run(task(""), "{}", failing("Sad"));

        assertThat(run.error()).isEqualTo("Sad");
        assertThat(run.cause()).isEqualTo("call 0");
    }

    @Test
    void anExceptionThatIsNoTaskFailureEndsTheRun() {
        StateMachineRun.Work defect = (arguments, simulation) -> {
            throw new IllegalStateException("defect");
        };

        assertThatThrownBy(() -> run(task("\"Retry\": [{\"ErrorEquals\": [\"States.ALL\"]}],"), "{}", defect))
                .hasRootCauseMessage("defect");
    }

    // -- Retry ---------------------------------------------------------------------------------------------------

    // Defaults: IntervalSeconds 1, BackoffRate 2.0, MaxAttempts 3.
    @Test
    void retry_byDefault_triesThreeTimesAfterOneTwoAndFourSeconds() {
        StateMachineRun run = run(task("\"Retry\": [{\"ErrorEquals\": [\"Sad\"]}],"), "{}", alwaysFailing("Sad"));

        assertThat(delays(run)).containsExactly(1000L, 2000L, 4000L);
        assertThat(run.calls()).hasSize(4);
        assertThat(run.error()).isEqualTo("Sad");
        assertThat(run.duration()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "IntervalSeconds": 3, "BackoffRate": 2, "MaxAttempts": 3                         | 3000 6000 12000
                    "IntervalSeconds": 3, "BackoffRate": 1.5, "MaxAttempts": 3                       | 3000 4500 6750
                    "IntervalSeconds": 3, "BackoffRate": 1, "MaxAttempts": 2                         | 3000 3000
                    "IntervalSeconds": 3, "BackoffRate": 2, "MaxAttempts": 4, "MaxDelaySeconds": 10  | 3000 6000 10000 10000
                    "MaxAttempts": 0                                                                 | ``
                    """)
    void retry_growsTheDelayByTheBackoffRateUpToTheMaximum(String fields, String delays) {
        StateMachineRun run =
                run(task("\"Retry\": [{\"ErrorEquals\": [\"Sad\"], " + fields + "}],"), "{}", alwaysFailing("Sad"));

        assertThat(delays(run).stream().map(String::valueOf).toList())
                .isEqualTo(delays.isEmpty() ? List.of() : List.of(delays.split(" ")));
    }

    @Test
    void retry_withFullJitter_drawsTheDelayBetweenZeroAndTheComputedOne() {
        StateMachineRun run = run(task("""
                        "Retry": [{"ErrorEquals": ["Sad"], "IntervalSeconds": 100, "BackoffRate": 1, "MaxAttempts": 200,
                                   "JitterStrategy": "FULL"}],
                        """), "{}", alwaysFailing("Sad"));

        assertThat(delays(run)).allSatisfy(delay -> assertThat(delay).isBetween(0L, 100_000L));
        assertThat(delays(run)).anyMatch(delay -> delay < 20_000).anyMatch(delay -> delay > 80_000);
    }

    @Test
    void retry_whenATrySucceeds_goesOn() {
        StateMachineRun run = run(task("\"Retry\": [{\"ErrorEquals\": [\"Sad\"]}],"), "{}", failing("Sad", "Sad"));

        assertThat(run.output()).isEqualTo(json("\"done\""));
    }

    @Test
    void retry_isForTheErrorsItNames() {
        StateMachineRun run = run(task("\"Retry\": [{\"ErrorEquals\": [\"Sad\"]}],"), "{}", failing("Angry"));

        assertThat(run.calls()).hasSize(1);
        assertThat(run.error()).isEqualTo("Angry");
    }

    @Test
    void retriersCountTheirAttemptsSeparately() {
        StateMachineRun run = run(task("""
                        "Retry": [{"ErrorEquals": ["A"], "MaxAttempts": 2, "IntervalSeconds": 1},
                                  {"ErrorEquals": ["B"], "MaxAttempts": 1, "IntervalSeconds": 10}],
                        """), "{}", failing("A", "B", "A"));

        assertThat(delays(run)).containsExactly(1000L, 10_000L, 2000L);
        assertThat(run.output()).isEqualTo(json("\"done\""));
    }

    @Test
    void theFirstRetrierThatMatchesCounts_evenWhenALaterOneHasAttemptsLeft() {
        StateMachineRun run = run(task("""
                        "Retry": [{"ErrorEquals": ["Sad"], "MaxAttempts": 0},
                                  {"ErrorEquals": ["States.ALL"], "MaxAttempts": 5}],
                        """), "{}", failing("Sad"));

        assertThat(run.error()).isEqualTo("Sad");
    }

    @Test
    void attemptsAreCountedAnewWhenTheStateIsEnteredAgain() {
        int[] calls = new int[1];
        StateMachineRun run = run(definition("T", """
                        "T": {"Type": "Task", "Resource": "r", "Next": "Again?",
                              "Retry": [{"ErrorEquals": ["Sad"], "MaxAttempts": 1}]},
                        "Again?": {"Type": "Choice", "Choices": [
                          {"Condition": "{% $states.input = 'again' %}", "Next": "T"}], "Default": "End"},
                        "End": {"Type": "Succeed"}
                        """), "{}", (arguments, simulation) -> {
            if (calls[0]++ % 2 == 0) {
                throw new TaskFailure("Sad", "");
            }
            return json(calls[0] == 2 ? "\"again\"" : "\"enough\"");
        });

        assertThat(run.output()).isEqualTo(json("\"enough\""));
        assertThat(delays(run)).containsExactly(1000L, 1000L);
    }

    @Test
    void retry_evaluatesTheArgumentsAnew() {
        StateMachineRun run = run(task("""
                        "Arguments": {"retry": "{% $states.context.State.RetryCount %}", "at": "{% $millis() %}"},
                        "Retry": [{"ErrorEquals": ["Sad"]}],
                        """), "{}", failing("Sad"));

        assertThat(run.calls())
                .containsExactly(
                        json("{\"retry\": 0, \"at\": 1793520000000}"), json("{\"retry\": 1, \"at\": 1793520001000}"));
    }

    @Test
    void retry_ofAParallelState_runsAllBranchesAgain() {
        StateMachineRun run = run(definition("All", """
                        "All": {"Type": "Parallel", "Retry": [{"ErrorEquals": ["Sad"]}], "End": true, "Branches": [
                          {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}},
                          {"StartAt": "B", "States": {"B": {"Type": "Task", "Resource": "r", "End": true}}}]}
                        """), "{}", failing("Sad"));

        assertThat(run.entered()).containsExactly("All", "A", "B", "A", "B");
        assertThat(run.output()).isEqualTo(json("[{}, \"done\"]"));
    }

    // -- Catch ---------------------------------------------------------------------------------------------------

    @Test
    void catch_withoutOutput_givesTheErrorOutputToTheNextState() {
        StateMachineRun run =
                run(task("\"Catch\": [{\"ErrorEquals\": [\"Sad\"], \"Next\": \"Caught\"}],"), "{}", failing("Sad"));

        assertThat(run.entered()).containsExactly("T", "Caught");
        assertThat(run.output()).isEqualTo(json("{\"Error\": \"Sad\", \"Cause\": \"call 0\"}"));
    }

    @Test
    void catch_canUseInputAndErrorOutput() {
        StateMachineRun run = run(task("""
                        "Catch": [{"ErrorEquals": ["Sad"], "Next": "Caught", "Output": {
                          "in": "{% $states.input %}", "error": "{% $states.errorOutput.Error %}"}}],
                        """), "1", failing("Sad"));

        assertThat(run.output()).isEqualTo(json("{\"in\": 1, \"error\": \"Sad\"}"));
    }

    @Test
    void catch_isTakenByTheFirstCatcherThatMatches() {
        StateMachineRun run = run(task("""
                        "Catch": [{"ErrorEquals": ["Angry"], "Next": "Other"},
                                  {"ErrorEquals": ["Sad", "Tired"], "Next": "Caught"},
                                  {"ErrorEquals": ["States.ALL"], "Next": "Other"}],
                        """), "{}", failing("Sad"));

        assertThat(run.entered()).containsExactly("T", "Caught");
    }

    @Test
    void retryGoesBeforeCatch() {
        StateMachineRun run = run(task("""
                        "Retry": [{"ErrorEquals": ["Sad"], "MaxAttempts": 1}],
                        "Catch": [{"ErrorEquals": ["Sad"], "Next": "Caught"}],
                        """), "{}", alwaysFailing("Sad"));

        assertThat(run.calls()).hasSize(2);
        assertThat(run.entered()).containsExactly("T", "Caught");
    }

    @Test
    void catch_whenItsOwnOutputFails_isNotCaughtAgain() {
        StateMachineRun run = run(task("""
                        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught", "Output": "{% $states.input.x %}"}],
                        """), "{}", failing("Sad"));

        assertThat(run.error()).isEqualTo("States.QueryEvaluationError");
    }

    @Test
    void catch_ofAParallelState_takesTheErrorOfTheBranch() {
        StateMachineRun run = run(definition("All", """
                        "All": {"Type": "Parallel", "End": true,
                          "Catch": [{"ErrorEquals": ["Sad"], "Next": "Caught"}],
                          "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Fail", "Error": "Sad"}}}]},
                        "Caught": {"Type": "Pass", "End": true}
                        """), "{}");

        assertThat(run.output()).isEqualTo(json("{\"Error\": \"Sad\", \"Cause\": \"\"}"));
    }

    // "States.QueryEvaluationError": a failing expression in any field of a Task can be caught.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "Arguments": "{% $states.input.x %}",
                    "Output": "{% $states.input.x %}",
                    "Assign": {"x": "{% $states.input.x %}"},
                    "TimeoutSeconds": "{% $states.input.x %}",
                    "TimeoutSeconds": "{% 0 %}",
                    """)
    void aFailingExpressionCanBeCaught(String field) {
        StateMachineRun run = run(
                task(field
                        + "\"Catch\": [{\"ErrorEquals\": [\"States.QueryEvaluationError\"], \"Next\": \"Caught\"}],"),
                "{}");

        assertThat(run.entered()).containsExactly("T", "Caught");
    }

    // -- what the wildcards match --------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "States.ALL, Sad, true",
        "States.ALL, States.Timeout, true",
        "States.ALL, States.QueryEvaluationError, true",
        "States.ALL, States.Permissions, true",
        "States.ALL, States.DataLimitExceeded, false",
        "States.ALL, States.Runtime, false",
        "States.TaskFailed, Sad, true",
        "States.TaskFailed, States.Permissions, true",
        "States.TaskFailed, States.Timeout, false",
        "States.TaskFailed, States.DataLimitExceeded, false",
        "States.TaskFailed, States.Runtime, false",
        "States.DataLimitExceeded, States.DataLimitExceeded, true",
        "States.Timeout, States.Timeout, true",
        "Sad, sad, false",
        "Sad, Sadder, false",
    })
    void errorEqualsMatches(String errorEquals, String error, boolean matches) {
        StateMachineRun run = run(
                task("\"Catch\": [{\"ErrorEquals\": [\"" + errorEquals + "\"], \"Next\": \"Caught\"}],"),
                "{}",
                alwaysFailing(error));

        assertThat(run.entered().contains("Caught")).isEqualTo(matches);
    }

    // -- timeouts ------------------------------------------------------------------------------------------------

    private static StateMachineRun.Work taking(int seconds) {
        return (arguments, simulation) -> {
            simulation.sleep(Duration.ofSeconds(seconds));
            return json("\"done\"");
        };
    }

    @Test
    void aTaskThatTakesLongerThanTimeoutSecondsFailsAtThatMoment() {
        StateMachineRun run = run(task("\"TimeoutSeconds\": 30,"), "{}", taking(31));

        assertThat(run.error()).isEqualTo("States.Timeout");
        assertThat(run.cause()).isEmpty();
        assertThat(run.duration()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aTaskThatTakesExactlyTimeoutSecondsSucceeds() {
        assertThat(run(task("\"TimeoutSeconds\": 30,"), "{}", taking(30)).output())
                .isEqualTo(json("\"done\""));
    }

    @Test
    void timeoutSecondsCanBeAnExpression() {
        assertThat(run(task("\"TimeoutSeconds\": \"{% $states.input %}\","), "5", taking(6))
                        .duration())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void eachTryHasTheWholeTimeout() {
        StateMachineRun run = run(task("""
                        "TimeoutSeconds": 10,
                        "Retry": [{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 1, "IntervalSeconds": 5}],
                        """), "{}", taking(11));

        assertThat(run.duration()).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void aStateMachineThatTakesLongerThanTimeoutSecondsFailsAtThatMoment() {
        StateMachineRun run = run("""
                {"QueryLanguage": "JSONata", "TimeoutSeconds": 60, "StartAt": "W", "States": {
                   "W": {"Type": "Wait", "Seconds": 3600, "Next": "Never"},
                   "Never": {"Type": "Succeed"}}}
                """, "{}");

        assertThat(run.error()).isEqualTo("States.Timeout");
        assertThat(run.duration()).isEqualTo(Duration.ofSeconds(60));
        assertThat(run.entered()).containsExactly("W");
    }

    // -- data limit ----------------------------------------------------------------------------------------------

    private static final String TOO_LARGE = "\"" + "x".repeat(256 * 1024) + "\"";

    @Test
    void aResultOfMoreThan256KibExceedsTheDataLimit() {
        StateMachineRun run = run(
                task("\"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"Next\": \"Caught\"}],"),
                "{}",
                (arguments, simulation) -> json(TOO_LARGE));

        assertThat(run.error()).isEqualTo("States.DataLimitExceeded");
    }

    @Test
    void aResultOf256KibIsAccepted() {
        String largest = "\"" + "x".repeat(256 * 1024 - 2) + "\"";

        assertThat(run(task(""), "{}", (arguments, simulation) -> json(largest)).output())
                .isEqualTo(json(largest));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "Arguments": ["{% $states.input %}", "{% $states.input %}"],
                    "Output": ["{% $states.input %}", "{% $states.input %}"],
                    "Assign": {"x": "{% $states.input %}", "y": "{% $states.input %}"},
                    """)
    void theDataLimitHoldsForWhatAStateComputes(String field) {
        String input = "\"" + "x".repeat(150 * 1024) + "\"";

        assertThat(run(task(field), input, (arguments, simulation) -> json("{}"))
                        .error())
                .isEqualTo("States.DataLimitExceeded");
    }

    @Test
    void anInputOfMoreThan256KibIsRefused() {
        assertThat(run(task(""), TOO_LARGE).error()).isEqualTo("States.DataLimitExceeded");
    }

    // Service quotas: "Maximum execution history size: 25,000 events"
    @Test
    void anExecutionThatNeverEndsFailsWhenItsHistoryIsFull() {
        StateMachineRun run = run(definition("P", """
                        "P": {"Type": "Pass", "Next": "C"},
                        "C": {"Type": "Choice", "Choices": [{"Condition": true, "Next": "P"}], "Default": "S"},
                        "S": {"Type": "Succeed"}
                        """), "{}");

        assertThat(run.error()).isEqualTo("States.Runtime");
        assertThat(run.cause()).contains("maximum number of history events (25000)");
    }
}
