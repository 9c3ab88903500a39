package groundwork.rehearsal.states;

import static groundwork.rehearsal.states.StateMachineRun.definition;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which expressions a definition may contain. */
class ExpressionRulesTest {

    private static void parse(String expression) {
        StateMachineDefinition.parse(definition(
                "P",
                "\"P\": {\"Type\": \"Pass\", \"End\": true, \"Output\": {\"a\": ["
                        + TextNode.valueOf("{% " + expression + " %}") + "]}}"));
    }

    private static void assertRefused(String expression, String problem) {
        assertThatThrownBy(() -> parse(expression))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessage("State 'P': 'Output/a/0' " + problem + ".");
    }

    private static void assertAccepted(String expression) {
        assertThatCode(() -> parse(expression)).doesNotThrowAnyException();
    }

    @Test
    void anExpressionWithASyntaxErrorIsRefused() {
        assertThatThrownBy(() -> parse("1 +"))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageStartingWith("State 'P': 'Output/a/0' holds an expression that cannot be parsed: ");
    }

    // An open regular expression, comment and type of a function; a binding to nothing.
    @ParameterizedTest
    @ValueSource(strings = {"/", "1 /* one", "function($x)<(n:n>{$x}", "$x@"})
    void anExpressionThatCrashesTheParserIsRefused(String expression) {
        assertThatThrownBy(() -> parse(expression))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageMatching("State 'P': 'Output/a/0' holds an expression that crashes the engine's parser:"
                        + " java\\.lang\\.\\w+: .*\\.");
    }

    @Test
    void anExpressionThatIsNestedTooDeeplyIsRefused() {
        assertRefused(
                "(".repeat(20_000),
                "holds an expression that crashes the engine's parser: java.lang.StackOverflowError");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$eval('1')", "$map(['1'], $eval)", "'a' & $eval ('1')"})
    void evalIsRefused(String expression) {
        assertRefused(expression, "uses $eval, which Step Functions does not support; $parse reads JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'$eval'", "\"it's $eval\"", "/* $eval */ 1", "$states.input.`$eval`", "$evaluate"})
    void whatOnlyLooksLikeEvalIsAccepted(String expression) {
        assertAccepted(expression);
    }

    // "Step Functions supports JSONata version 2.0.6."
    @ParameterizedTest
    @ValueSource(strings = {"??", "?:"})
    void operatorsOfLaterVersionsOfJsonataAreRefused(String operator) {
        assertRefused(
                "$x " + operator + " 1",
                "uses the operator " + operator
                        + ", which JSONata 2.0.6, the version of Step Functions, does not have");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a ?? b'", "$contains('ab', /(?:a)b/)", "$map([1], $sum(?))", "true ? 1 : 2"})
    void whatOnlyLooksLikeSuchAnOperatorIsAccepted(String expression) {
        assertAccepted(expression);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    base64decode  | the engine used here gets wrong
                    base64encode  | the engine used here gets wrong
                    decodeUrl     | the engine used here gets wrong
                    distinct      | the engine used here gets wrong for a single value
                    encodeUrl     | the engine used here gets wrong
                    formatBase    | the engine used here gets wrong for large numbers
                    formatInteger | the engine used here reads other pictures for
                    formatNumber  | the engine used here reads other pictures for
                    number        | the engine used here reads more than numbers with; $parse reads those of JSON
                    parseInteger  | the engine used here reads other pictures for
                    shuffle       | cannot be repeated from a seed
                    sort          | the engine used here gets wrong with a comparator; ^(...) sorts
                    """)
    void functionsThatWouldBehaveDifferentlyFromStepFunctionsAreRefused(String function, String why) {
        assertRefused("$" + function + "([1])", "uses $" + function + ", which " + why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$fromMillis(0, '[X0001]-W[W01]')",
                "$toMillis('2026-1', \"[Y]-[ w ]\")",
                "($picture := '[x]'; $now($picture))"
            })
    void picturesOfWeeksAreRefused(String expression) {
        assertRefused(expression, "uses a picture of weeks, which the engine used here gets wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$fromMillis(0, '[Y]-[M01]W')", "'[W]' & 'x'"})
    void otherPicturesAreAccepted(String expression) {
        assertAccepted(expression);
    }

    // $string and & write sixteen digits differently.
    @ParameterizedTest
    @ValueSource(strings = {"1234567890123456", "1e15", "12345678901234567.5"})
    void aNumberOfMoreThanFifteenDigitsIsRefused(String number) {
        assertRefused(
                "[1, -" + number + "]",
                "holds the number " + number + ", whose last digits the engine used here writes differently");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999999999999999",
                "1e14",
                "[1..999]",
                "'1234567890123456'",
                "$x1234567890123456",
                "$states.input.a1234567890123456",
                "0.1234567890123456"
            })
    void whatOnlyLooksLikeALongNumberIsAccepted(String expression) {
        assertAccepted(expression);
    }
}
