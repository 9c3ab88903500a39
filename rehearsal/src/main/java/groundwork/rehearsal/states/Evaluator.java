package groundwork.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.states.ExpressionObserver.Evaluation;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Evaluates the templates of one state.
 *
 * @param states the value of {@code $states}
 */
record Evaluator(
        String state,
        ObjectNode states,
        Variables variables,
        Clock clock,
        RandomGenerator random,
        ExpressionObserver observer) {

    /** An evaluator with one more field in {@code $states}. */
    Evaluator with(String field, JsonNode value) {
        ObjectNode extended = states.objectNode();
        extended.setAll(states);
        extended.set(field, value);
        return new Evaluator(state, extended, variables, clock, random, observer);
    }

    JsonNode input() {
        return states.get("input");
    }

    /**
     * Evaluates a template.
     *
     * @throws StateFailure States.QueryEvaluationError if an expression fails or is undefined
     */
    JsonNode evaluate(ValueTemplate template) {
        return switch (template) {
            case ValueTemplate.Literal literal -> literal.value();
            case ValueTemplate.Computed computed -> compute(computed);
            case ValueTemplate.Fields fields -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                fields.fields().forEach((name, value) -> object.set(name, evaluate(value)));
                yield object;
            }
            case ValueTemplate.Elements elements -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                elements.elements().forEach(element -> array.add(evaluate(element)));
                yield array;
            }
        };
    }

    Map<String, JsonNode> evaluate(Map<String, ValueTemplate> templates) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        templates.forEach((name, template) -> values.put(name, evaluate(template)));
        return values;
    }

    String text(ValueTemplate template) {
        return expect("string", template, JsonNode::isTextual).textValue();
    }

    boolean condition(ValueTemplate template) {
        return expect("boolean", template, JsonNode::isBoolean).booleanValue();
    }

    int integer(ValueTemplate template, int least) {
        return expect(
                        "integer from " + least + " to " + FieldReader.LARGEST_SECONDS,
                        template,
                        value -> value.isIntegralNumber()
                                && value.canConvertToInt()
                                && value.intValue() >= least
                                && value.intValue() <= FieldReader.LARGEST_SECONDS)
                .intValue();
    }

    double percentage(ValueTemplate template) {
        return expect(
                        "number from 0 to 100",
                        template,
                        value -> value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= 100)
                .doubleValue();
    }

    JsonNode array(ValueTemplate template) {
        return expect("array", template, JsonNode::isArray);
    }

    Instant timestamp(ValueTemplate template) {
        JsonNode value = expect(
                "timestamp",
                template,
                node -> node.isTextual() && Timestamps.parse(node.textValue()).isPresent());
        return Timestamps.parse(value.textValue()).orElseThrow();
    }

    private JsonNode expect(String type, ValueTemplate template, Predicate<JsonNode> valid) {
        JsonNode value = evaluate(template);
        if (valid.test(value)) {
            return value;
        }
        String actual = value.getNodeType().name().toLowerCase(Locale.ROOT);
        String problem = "returned an unexpected result type. Expected '" + type + "', but was '" + actual
                + "' for value: " + value;
        if (template instanceof ValueTemplate.Computed computed) {
            throw failure(computed, problem);
        }
        throw new IllegalStateException("A literal was not checked when the definition was parsed: " + value);
    }

    private JsonNode compute(ValueTemplate.Computed computed) {
        Map<String, JsonNode> bindings = new LinkedHashMap<>(variables.visible());
        bindings.put("states", states);
        Instant now = clock.instant();
        try {
            JsonNode result = computed.expression().evaluate(bindings, now, random);
            observe(computed, bindings, now, Optional.of(result));
            return result;
        } catch (Expression.EvaluationException e) {
            observe(computed, bindings, now, Optional.empty());
            throw failure(computed, e.getMessage());
        }
    }

    private void observe(
            ValueTemplate.Computed computed, Map<String, JsonNode> bindings, Instant now, Optional<JsonNode> result) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.setAll(bindings);
        observer.evaluated(
                new Evaluation(state, computed.field(), computed.expression().text(), object, now, result));
    }

    private StateFailure failure(ValueTemplate.Computed computed, String problem) {
        return StateFailure.queryEvaluation("An error occurred while executing the state '" + state
                + "'. The JSONata expression '" + computed.expression().text() + "' specified for the field '"
                + computed.field() + "' " + problem + ".");
    }
}
