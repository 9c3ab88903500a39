package groundwork.rehearsal.states;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression must not contain, because Step Functions does not have it or because the engine used here would
 * silently do something else.
 *
 * <p>The engine, com.dashjoin:jsonata 0.9.10, was compared with the reference implementation, jsonata 2.0.6 of npm, on
 * some three hundred expressions. They differ in
 *
 * <ul>
 *   <li>{@code $sort} with a comparator: the engine changes the order of what compares as equal, while {@code ^(...)}
 *       keeps it. Without a comparator it also sorts booleans, where the reference fails;
 *   <li>dates with the picture components W, w, X and x around the turn of a year or month: 2021-01-01 is in week 53 of
 *       2021 instead of 2020;
 *   <li>{@code $formatNumber}: halves are rounded otherwise, and pictures with several group sizes or without digits are
 *       read otherwise; {@code $parseInteger} of what is no number is undefined instead of null; {@code $formatInteger}
 *       showed no difference, but reads the same pictures;
 *   <li>{@code $formatBase} beyond 2<sup>63</sup>;
 *   <li>{@code $number}, which takes texts such as {@code " 1 "}, {@code ".5"}, {@code "+1"} and {@code "1f"};
 *   <li>{@code $string} and {@code &} of a number from 10<sup>15</sup> on, which the reference rounds to fifteen digits.
 *       Only literals can be refused here, so that no such number should come in as data;
 *   <li>{@code $base64encode} and {@code $base64decode} outside ASCII, and {@code $decodeUrl} of reserved characters;
 *   <li>{@code $substring}, which therefore is replaced ({@link StepFunctionsLibrary}).
 * </ul>
 *
 * <p>Some differences cannot be told from the text and remain: regular expressions match a character outside the Basic
 * Multilingual Plane as one where the reference matches two, which matters where they count; offsets from UTC such as
 * -0530 move by 5:30 hours here and by 6:30 in the reference; and arguments of a wrong type may have a value on one side
 * where the other fails.
 */
final class ExpressionRules {

    /**
     * Quoted names, comments and regular expressions are skipped; what is left to find are texts, variables, the field
     * read of them, numbers, and operators of JSONata 2.1.
     */
    private static final Pattern TOKEN = Pattern.compile("""
            (?<text>"(?:[^"\\\\]|\\\\.)*+"|'(?:[^'\\\\]|\\\\.)*+')|`[^`]*+`|/\\*.*?\\*/|(?<=[(,]\\s{0,9})/(?:[^/\\\\]|\\\\.)++/\
            |\\$(?<variable>[\\p{L}_][\\p{L}\\p{N}_]*)(?:\\s*\\.\\s*(?<field>[\\p{L}_]\\w*))?|(?<operator>\\?[?:])\
            |(?<![\\p{L}\\p{N}_])(?<number>\\d++(?:\\.\\d++)?(?:[eE][-+]?\\d++)?)""", Pattern.DOTALL);

    /** Functions that the definition cannot use, and why. */
    private static final Map<String, String> REFUSED_FUNCTIONS = Map.ofEntries(
            Map.entry("base64decode", "the engine used here gets wrong"),
            Map.entry("base64encode", "the engine used here gets wrong"),
            Map.entry("decodeUrl", "the engine used here gets wrong"),
            Map.entry("distinct", "the engine used here gets wrong for a single value"),
            Map.entry("encodeUrl", "the engine used here gets wrong"),
            Map.entry("eval", "Step Functions does not support; $parse reads JSON"),
            Map.entry("formatBase", "the engine used here gets wrong for large numbers"),
            Map.entry("formatInteger", "the engine used here reads other pictures for"),
            Map.entry("formatNumber", "the engine used here reads other pictures for"),
            Map.entry("number", "the engine used here reads more than numbers with; $parse reads those of JSON"),
            Map.entry("parseInteger", "the engine used here reads other pictures for"),
            Map.entry("shuffle", "cannot be repeated from a seed"),
            Map.entry("sort", "the engine used here gets wrong with a comparator; ^(...) sorts"));

    private static final Set<String> FUNCTIONS_WITH_DATES = Set.of("fromMillis", "toMillis", "now");
    private static final Pattern WEEKS = Pattern.compile("\\[\\s*[WwXx]");

    /** The first integer of sixteen digits. */
    private static final double TOO_LARGE = 1e15;

    private ExpressionRules() {}

    /**
     * Refuses what is not supported.
     *
     * @param statesFields the fields of {@code $states} that exist where the expression stands
     */
    static void check(String text, Set<String> statesFields, Location location) {
        boolean hasDates = false;
        boolean hasWeeks = false;
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            String variable = matcher.group("variable");
            String field = matcher.group("field");
            String number = matcher.group("number");
            if (variable != null && REFUSED_FUNCTIONS.containsKey(variable)) {
                throw location.invalid("uses $" + variable + ", which " + REFUSED_FUNCTIONS.get(variable));
            }
            if ("states".equals(variable) && field != null && !statesFields.contains(field)) {
                throw location.invalid("reads $states." + field + ", which does not exist there");
            }
            if (matcher.group("operator") != null) {
                throw location.invalid("uses the operator " + matcher.group("operator")
                        + ", which JSONata 2.0.6, the version of Step Functions, does not have");
            }
            if (number != null && Double.parseDouble(number) >= TOO_LARGE) {
                throw location.invalid(
                        "holds the number " + number + ", whose last digits the engine used here writes differently");
            }
            hasDates |= variable != null && FUNCTIONS_WITH_DATES.contains(variable);
            hasWeeks |= matcher.group("text") != null
                    && WEEKS.matcher(matcher.group("text")).find();
        }
        if (hasDates && hasWeeks) {
            throw location.invalid("uses a picture of weeks, which the engine used here gets wrong");
        }
    }
}
