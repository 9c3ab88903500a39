package groundwork.rehearsal.states;

import static groundwork.rehearsal.states.StateMachineRun.definition;
import static groundwork.rehearsal.states.StateMachineRun.evaluate;
import static groundwork.rehearsal.states.StateMachineRun.json;
import static groundwork.rehearsal.states.StateMachineRun.pass;
import static groundwork.rehearsal.states.StateMachineRun.run;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Developer guide, "Transforming data with JSONata in Step Functions". */
class ExpressionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "0",
                "-7",
                "111122223333",
                "9007199254740993",
                "0.1",
                "1e-7",
                "\"1\"",
                "\"\"",
                "\"true\"",
                "true",
                "null",
                "[]",
                "{}",
                "[1]",
                "[[1]]",
                "[[], []]",
                "[null]",
                "{\"a\": null}",
                "[1, \"1\", null, true, {\"b\": [], \"a\": {}}]"
            })
    void whatGoesThroughAnExpressionStaysWhatItIs(String value) {
        assertThat(evaluate("$states.input", value)).isEqualTo(json(value));
    }

    @Test
    void fieldsKeepTheirOrder() {
        assertThat(evaluate("$states.input", "{\"b\": 1, \"a\": 2}")).hasToString("{\"b\":1,\"a\":2}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1 + 1                                   | 2
                    6 / 2                                   | 3
                    1 / 4                                   | 0.25
                    $states.input.account = '111122223333'  | true
                    $states.input.nothing = null            | true
                    $exists($states.input.nothing)          | true
                    $exists($states.input.missing)          | false
                    $type($states.input.nothing)            | "null"
                    $states.input.empty                     | []
                    $count($states.input.empty)             | 0
                    {'a': $states.input.missing, 'b': 1}    | {"b": 1}
                    [$states.input.missing]                 | []
                    $states.input.nested = {'n': 1}         | true
                    $string($states.input.nested)           | "{\\"n\\":1}"
                    $states.input.nothing ? 1 : 2           | 2
                    """)
    void expressionsFollowJsonata(String expression, String expected) {
        String input = "{\"account\": \"111122223333\", \"nothing\": null, \"empty\": [], \"nested\": {\"n\": 1}}";

        assertThat(evaluate(expression, input)).isEqualTo(json(expected));
    }

    // JSONata, "Sequences": a sequence of one value is that value; [] after a step keeps the array.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    $states.input.users[admin].name     | "ann"
                    $states.input.users[admin].name[]   | ["ann"]
                    [$states.input.users[admin].name]   | ["ann"]
                    $states.input.users.name            | ["ann", "bob"]
                    """)
    void aSequenceOfOneIsTheValueItself(String expression, String expected) {
        String input = "{\"users\": [{\"name\": \"ann\", \"admin\": true}, {\"name\": \"bob\"}]}";

        assertThat(evaluate(expression, input)).isEqualTo(json(expected));
    }

    // A character outside the Basic Multilingual Plane is one character, as for $length, and is never cut in two.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    $substring('a😀b', 0, 2)         | "a😀"
                    $substring('a😀b', 1, 1)         | "😀"
                    $substring('a😀b', 1)            | "😀b"
                    $substring('a😀b', 2)            | "b"
                    $substring('a😀b', 3)            | ""
                    $substring('a😀b', -2)           | "😀b"
                    $substring('a😀b', -2, 1)        | "😀"
                    $substring('a😀b', -9, 2)        | "a😀"
                    $substring('a😀b', 1, 0)         | ""
                    $substring('a😀b', 1, 1e10)      | "😀b"
                    $substring('hello', 1.5, 2.5)    | "ell"
                    ['a😀b'].$substring(1)           | "😀b"
                    $exists($substring($nobody, 1))  | false
                    """)
    void substringCountsCharacters(String expression, String expected) {
        assertThat(evaluate(expression, "{}")).isEqualTo(json(expected));
    }

    @Test
    void anUndefinedResultIsAQueryEvaluationError() {
        StateMachineRun run = pass("$states.input.missing", "{}");

        assertThat(run.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(run.cause())
                .isEqualTo("An error occurred while executing the state 'Pass'. The JSONata expression"
                        + " '$states.input.missing' specified for the field 'Output' returned nothing (undefined).");
    }

    @Test
    void anEmptySequenceIsUndefined() {
        assertThat(pass("$states.input[name='x']", "[{\"name\": \"y\"}]").cause())
                .contains("returned nothing (undefined)");
    }

    @Test
    void aVariableThatWasNeverSetIsUndefined() {
        assertThat(pass("$nobody", "{}").error()).isEqualTo("States.QueryEvaluationError");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'a' + 1                   | threw an error during evaluation
                    -'x'                      | threw an error during evaluation
                    $states.input.f(1)        | threw an error during evaluation
                    $error('stop')            | stop
                    1 / 0                     | out of range
                    function($x) { $x }       | unsupported result type
                    {'f': $sum}               | unsupported result type
                    ($f := function() { 1 + $f() }; $f()) | recurses too deeply
                    """)
    void anExpressionThatFailsIsAQueryEvaluationError(String expression, String problem) {
        StateMachineRun run = pass(expression, "{}");

        assertThat(run.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(run.cause()).contains(problem);
    }

    // "You can't use $ or $$ at the top level, nor field names without a variable": there is no input document.
    @ParameterizedTest
    @ValueSource(strings = {"name", "name & 'x'", "$.name & 'x'", "$$.name & 'x'", "$", "$string()", "*", "**.name"})
    void thereIsNoContextValueAtTheTopLevel(String expression) {
        assertThat(pass(expression, "{\"name\": \"ann\"}").error()).isEqualTo("States.QueryEvaluationError");
    }

    @Test
    void insideAFilterThereIsAContextValue() {
        assertThat(evaluate("$states.input[$ > 1]", "[1, 2, 3]")).isEqualTo(json("[2, 3]"));
    }

    @Test
    void aStringThatDoesNotBeginAndEndWithDelimitersIsALiteral() {
        StateMachineRun run = run(definition("Pass", """
                        "Pass": {"Type": "Pass", "End": true, "Output": {
                          "spaced": " {% 1 %} ", "half": "{% 1", "variable": "$states.input", "number": 1.50,
                          "list": ["{% 1 + 1 %}", {"deep": "{% 'x' %}"}], "{% 'key' %}": null}}
                        """), "{}");

        assertThat(run.output()).isEqualTo(json("""
                                {"spaced": " {% 1 %} ", "half": "{% 1", "variable": "$states.input", "number": 1.50,
                                 "list": [2, {"deep": "x"}], "{% 'key' %}": null}
                                """));
    }

    // "JSONata functions provided by Step Functions"
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    $partition([1, 2, 3, 4, 5], 2)  | [[1, 2], [3, 4], [5]]
                    $partition([1], 2)              | [[1]]
                    $partition([], 2)               | []
                    $range(1, 9, 2)                 | [1, 3, 5, 7, 9]
                    $range(3, 1, -1)                | [3, 2, 1]
                    $range(3, 1, 1)                 | []
                    $hash('input data', 'SHA-1')    | "aaff4a450a104cd177d28d18d74485e8cae074b7"
                    $hash('', 'MD5')                | "d41d8cd98f00b204e9800998ecf8427e"
                    $parse('{"a": [1, null]}')      | {"a": [1, null]}
                    $parse('null')                  | null
                    $random(3) = $random(3)         | true
                    $random() = $random()           | false
                    $random() < 1                   | true
                    $now()                          | "2026-11-01T08:00:00.000Z"
                    $now('[Y]-[M01]')               | "2026-11"
                    $millis()                       | 1793520000000
                    """)
    void stepFunctionsAddsFunctions(String expression, String expected) {
        assertThat(evaluate(expression, "{}")).isEqualTo(json(expected));
    }

    @Test
    void uuidIsOfVersion4() {
        assertThat(evaluate("$uuid()", "{}").textValue())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$partition([1], 0)",
                "$partition([1], 1.5)",
                "$range(1, 2, 0)",
                "$range(1, 2000, 1)",
                "$hash('x', 'SHA-3')",
                "$parse('{')",
                "$parse('1 2')",
                "$parse($states.input.missing)",
                "$uuid(1)"
            })
    void functionsRefuseWrongArguments(String expression) {
        assertThat(pass(expression, "{}").error()).isEqualTo("States.QueryEvaluationError");
    }

    @Test
    void everyEvaluationCanBeObserved() {
        StateMachineRun run = pass("$states.input.a + 1", "{\"a\": 1}");

        assertThat(run.evaluations()).singleElement().satisfies(evaluation -> {
            assertThat(evaluation.state()).isEqualTo("Pass");
            assertThat(evaluation.field()).isEqualTo("Output");
            assertThat(evaluation.expression()).isEqualTo("$states.input.a + 1");
            assertThat(evaluation.bindings().at("/states/input")).isEqualTo(json("{\"a\": 1}"));
            assertThat(evaluation.at()).isEqualTo(StateMachineRun.START);
            assertThat(evaluation.result()).contains(json("2"));
        });
    }

    @Test
    void anEvaluationWithoutAValueCanBeObserved() {
        assertThat(pass("$states.input.missing", "{}").evaluations())
                .singleElement()
                .satisfies(evaluation -> assertThat(evaluation.result()).isEmpty());
    }
}
