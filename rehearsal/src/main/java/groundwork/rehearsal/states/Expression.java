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

/** A JSONata expression: what stands between <code>{%</code> and <code>%}</code>. */
final class Expression {

    private static final String OPENING = "{%";
    private static final String CLOSING = "%}";

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
        ExpressionRules.check(text, statesFields, location);
        try {
            Jsonata parsed = Jsonata.jsonata(text);
            parsed.setOutputConvertNulls(false);
            parsed.setValidateInput(false);
            return new Expression(text, parsed);
        } catch (JException e) {
            throw location.invalid("holds an expression that cannot be parsed: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            throw location.invalid("holds an expression that crashes the engine's parser: " + e);
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
