package groundwork.rehearsal.states;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JSONata expression: what stands between <code>{%</code> and <code>%}</code>. */
final class Expression {

    private static final String OPENING = "{%";
    private static final String CLOSING = "%}";

    /**
     * Strings, quoted names, comments and regular expressions are skipped; what is left to find are variables, the field
     * read of them, and operators of JSONata 2.1.
     */
    private static final Pattern TOKEN = Pattern.compile("""
            "(?:[^"\\\\]|\\\\.)*+"|'(?:[^'\\\\]|\\\\.)*+'|`[^`]*+`|/\\*.*?\\*/|(?<=[(,]\\s{0,9})/(?:[^/\\\\]|\\\\.)++/\
            |\\$(?<variable>[\\p{L}_][\\p{L}\\p{N}_]*)(?:\\s*\\.\\s*(?<field>[\\p{L}_]\\w*))?|(?<operator>\\?[?:])""", Pattern.DOTALL);

    /** Functions that the definition cannot use, and why. */
    private static final Map<String, String> REFUSED_FUNCTIONS = Map.of(
            "eval", "Step Functions does not support; $parse reads JSON",
            "shuffle", "cannot be repeated from a seed",
            "distinct", "the engine used here gets wrong for a single value",
            "encodeUrl", "the engine used here gets wrong");

    private final String text;
    private final Jsonata parsed;

    private Expression(String text, Jsonata parsed) {
        this.text = text;
        this.parsed = parsed;
    }

    /** Whether the text is an expression; anything else, leading or trailing space included, is a literal. */
    static boolean isExpression(String text) {
        return text.length() >= OPENING.length() + CLOSING.length()
                && text.startsWith(OPENING)
                && text.endsWith(CLOSING);
    }

    /**
     * Parses an expression with its delimiters.
     *
     * @param statesFields the fields of {@code $states} that exist where the expression stands
     */
    static Expression parse(String delimited, Set<String> statesFields, Location location) {
        String text = delimited
                .substring(OPENING.length(), delimited.length() - CLOSING.length())
                .strip();
        requireSupported(text, statesFields, location);
        try {
            Jsonata parsed = Jsonata.jsonata(text);
            parsed.setOutputConvertNulls(false);
            parsed.setValidateInput(false);
            return new Expression(text, parsed);
        } catch (JException e) {
            throw location.invalid("holds an expression that cannot be parsed: " + e.getMessage());
        }
    }

    private static void requireSupported(String text, Set<String> statesFields, Location location) {
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            String variable = matcher.group("variable");
            String field = matcher.group("field");
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
        }
    }

    String text() {
        return text;
    }

    /**
     * Evaluates the expression.
     *
     * @throws EvaluationException if it fails, is undefined, or yields something that is not JSON
     */
    JsonNode evaluate(Map<String, JsonNode> bindings, Instant now, RandomGenerator random) {
        Frame frame = parsed.createFrame();
        bindings.forEach((name, value) -> frame.bind(name, JsonataValues.toJsonata(value)));
        StepFunctionsLibrary.bind(frame, now, random);
        try {
            Object result = parsed.evaluate(new NoDocument(), frame);
            if (result == null) {
                throw new EvaluationException("returned nothing (undefined)");
            }
            return JsonataValues.toJson(result);
        } catch (EvaluationException e) {
            throw e;
        } catch (StackOverflowError e) {
            throw new EvaluationException("threw an error during evaluation: it recurses too deeply");
        } catch (RuntimeException e) {
            // The engine wraps what its built-in functions throw, and lets class casts escape on arguments of wrong
            // types.
            Throwable cause = e.getCause() instanceof JException wrapped ? wrapped : e;
            throw new EvaluationException("threw an error during evaluation: " + cause.getMessage());
        }
    }

    /** Why an evaluation has no value; the message continues "The JSONata expression ...". */
    static final class EvaluationException extends RuntimeException {
        EvaluationException(String problem) {
            super(problem);
        }
    }

    /**
     * Stands where other users of JSONata have an input document. Step Functions has none, so whoever looks into it used
     * {@code $} or a bare field name where only variables exist.
     */
    private static final class NoDocument extends AbstractMap<String, Object> {

        @Override
        public Set<Entry<String, Object>> entrySet() {
            throw new EvaluationException("uses $ or a field name where there is no context value");
        }

        @Override
        public Object get(Object key) {
            throw new EvaluationException("uses the field name '" + key + "' where there is no context value");
        }
    }
}
