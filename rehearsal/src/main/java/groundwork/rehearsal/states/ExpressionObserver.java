package groundwork.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** Sees every evaluation of an expression, so that it can be repeated with another implementation of JSONata. */
@FunctionalInterface
public interface ExpressionObserver {

    /** Called after the evaluation. */
    void evaluated(Evaluation evaluation);

    /**
     * An evaluation.
     *
     * @param state name of the state
     * @param field where in the state the expression stands, for example {@code Output/accountId}
     * @param expression the text between <code>{%</code> and <code>%}</code>, trimmed
     * @param bindings all variables by name, without the dollar sign, the reserved one included
     * @param at virtual time, which {@code $now()} and {@code $millis()} return
     * @param result the value, or empty where the expression failed or was undefined
     */
    record Evaluation(
            String state,
            String field,
            String expression,
            ObjectNode bindings,
            Instant at,
            Optional<JsonNode> result) {}
}
