package groundwork.rehearsal.states;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.states.State.Catcher;
import groundwork.rehearsal.states.State.Distributed;
import groundwork.rehearsal.states.State.Exit;
import groundwork.rehearsal.states.State.Recovery;
import groundwork.rehearsal.states.State.Retrier;
import groundwork.rehearsal.states.State.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads the states of one definition. */
final class StateReader {

    private static final int LONGEST_NAME = 80;
    private static final int LARGEST_MAX_DELAY_SECONDS = 31_622_399;

    private static final Pattern LABEL = Pattern.compile("[^\\s\\p{Cntrl}?*<>{}\\[\\]\"#%\\\\^|~`$&,;:/]{1,40}");

    private static final Set<String> ENTRY = Set.of("input", "context");
    private static final Set<String> WITH_RESULT = Set.of("input", "context", "result");
    private static final Set<String> WITH_ERROR_OUTPUT = Set.of("input", "context", "errorOutput");

    private final Set<String> names = new HashSet<>();

    /** Reads StartAt and States. */
    StateGraph graph(FieldReader fields) {
        String startAt = fields.requiredText("StartAt");
        JsonNode states = fields.required("States");
        Location location = fields.location("States");
        if (!states.isObject() || states.isEmpty()) {
            throw location.invalid("must be an object with at least one state");
        }
        Map<String, State> graph = new LinkedHashMap<>();
        states.properties().forEach(entry -> graph.put(entry.getKey(), state(entry.getKey(), entry.getValue())));
        return new StateGraph(startAt, graph);
    }

    private State state(String name, JsonNode json) {
        Location location = new Location("State '" + name + "'", "");
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw location.invalid("must have a name of 1 to " + LONGEST_NAME + " characters");
        }
        if (!names.add(name)) {
            throw location.invalid("is not the only one of its name in the state machine");
        }
        FieldReader fields = new FieldReader(json, location);
        fields.optionalText("Comment");
        if (fields.optional("QueryLanguage").isPresent()) {
            throw fields.location("QueryLanguage").invalid("may stand only at the top level of the definition");
        }
        String type = fields.requiredText("Type");
        State state = switch (type) {
            case "Task" -> task(name, fields);
            case "Pass" -> new State.Pass(name, exit(fields, ENTRY));
            case "Wait" -> wait(name, fields);
            case "Choice" -> choice(name, fields);
            case "Parallel" -> parallel(name, fields);
            case "Map" -> map(name, fields);
            case "Succeed" -> new State.Succeed(name, fields.template("Output", ENTRY));
            case "Fail" ->
                new State.Fail(
                        name,
                        fields.template("Error", ENTRY, JsonNode::isTextual, "must be a text"),
                        fields.template("Cause", ENTRY, JsonNode::isTextual, "must be a text"));
            default -> throw fields.location("Type").invalid("names an unknown state type, " + type);
        };
        fields.end();
        return state;
    }

    private State task(String name, FieldReader fields) {
        String resource = fields.requiredText("Resource");
        if (Expression.isExpression(resource)) {
            throw fields.location("Resource").invalid("must not be an expression");
        }
        if (resource.endsWith(".waitForTaskToken")) {
            throw fields.location("Resource").invalid("waits for a task token, which is not supported");
        }
        return new State.Task(
                name,
                resource,
                fields.template("Arguments", ENTRY),
                fields.template(
                        "TimeoutSeconds",
                        ENTRY,
                        value -> isIntegerFrom(1, value),
                        "must be an integer from 1 to " + FieldReader.LARGEST_SECONDS),
                recovery(fields),
                exit(fields, WITH_RESULT));
    }

    private State wait(String name, FieldReader fields) {
        Optional<ValueTemplate> seconds = fields.template(
                "Seconds",
                ENTRY,
                value -> isIntegerFrom(0, value),
                "must be an integer from 0 to " + FieldReader.LARGEST_SECONDS);
        Optional<ValueTemplate> timestamp = fields.template(
                "Timestamp",
                ENTRY,
                value ->
                        value.isTextual() && Timestamps.parse(value.textValue()).isPresent(),
                "must be a timestamp such as 2026-11-01T08:00:00Z");
        if (seconds.isPresent() == timestamp.isPresent()) {
            throw fields.location().invalid("must have either Seconds or Timestamp");
        }
        return new State.Wait(name, seconds, timestamp, exit(fields, ENTRY));
    }

    private static boolean isIntegerFrom(int least, JsonNode value) {
        return value.isIntegralNumber()
                && value.canConvertToInt()
                && value.intValue() >= least
                && value.intValue() <= FieldReader.LARGEST_SECONDS;
    }

    private State choice(String name, FieldReader fields) {
        List<Rule> rules = new ArrayList<>();
        for (FieldReader rule : objects("Choices", fields)) {
            rule.optionalText("Comment");
            ValueTemplate condition = rule.template(
                            "Condition", ENTRY, JsonNode::isBoolean, "must be an expression or a boolean")
                    .orElseThrow(() -> rule.location("Condition").invalid("is missing"));
            rules.add(new Rule(condition, exitTo(Optional.of(rule.requiredText("Next")), rule, ENTRY)));
            rule.end();
        }
        if (rules.isEmpty()) {
            throw fields.location("Choices").invalid("must be an array with at least one rule");
        }
        Optional<String> otherwise = fields.optionalText("Default");
        Exit exit = exitTo(otherwise, fields, ENTRY);
        return new State.Choice(name, rules, otherwise.map(next -> exit));
    }

    private State parallel(String name, FieldReader fields) {
        List<StateGraph> branches = new ArrayList<>();
        for (FieldReader branch : objects("Branches", fields)) {
            branch.optionalText("Comment");
            branches.add(graph(branch));
            branch.end();
        }
        if (branches.isEmpty()) {
            throw fields.location("Branches").invalid("must be an array with at least one branch");
        }
        return new State.Parallel(
                name, fields.template("Arguments", ENTRY), branches, recovery(fields), exit(fields, WITH_RESULT));
    }

    private State map(String name, FieldReader fields) {
        FieldReader processor = new FieldReader(fields.required("ItemProcessor"), fields.location("ItemProcessor"));
        processor.optionalText("Comment");
        Optional<WorkflowType> distributed = processor
                .optional("ProcessorConfig")
                .flatMap(config -> distributed(new FieldReader(config, processor.location("ProcessorConfig"))));
        StateGraph graph = graph(processor);
        processor.end();
        return new State.Map(
                name,
                fields.template("Items", ENTRY, JsonNode::isArray, "must be an array or an expression"),
                fields.template("ItemSelector", ENTRY),
                fields.template(
                        "MaxConcurrency",
                        ENTRY,
                        value -> isIntegerFrom(0, value),
                        "must be an integer that is not negative"),
                distributed.map(type -> distributed(type, name, fields)),
                graph,
                recovery(fields),
                exit(fields, WITH_RESULT));
    }

    /** The type of the child executions; empty in INLINE mode. */
    private static Optional<WorkflowType> distributed(FieldReader config) {
        String mode = config.requiredText("Mode");
        Optional<WorkflowType> type = switch (mode) {
            case "INLINE" -> Optional.empty();
            case "DISTRIBUTED" ->
                Optional.of(
                        switch (config.requiredText("ExecutionType")) {
                            case "STANDARD" -> WorkflowType.STANDARD;
                            case "EXPRESS" -> WorkflowType.EXPRESS;
                            default -> throw config.location("ExecutionType").invalid("must be STANDARD or EXPRESS");
                        });
            default -> throw config.location("Mode").invalid("must be INLINE or DISTRIBUTED");
        };
        config.end();
        return type;
    }

    /**
     * Reads the fields that a Map state has in DISTRIBUTED mode only; without it they are unknown.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html">Using Map state in
     *     Distributed mode</a>
     */
    private static Distributed distributed(WorkflowType type, String name, FieldReader fields) {
        Optional<String> label = fields.optionalText("Label");
        if (label.filter(text -> !LABEL.matcher(text).matches()).isPresent()) {
            throw fields.location("Label")
                    .invalid("must have 1 to 40 characters, without white space and special characters");
        }
        return new Distributed(
                // Step Functions makes up a unique one.
                label.orElseGet(
                        () -> UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString()),
                type,
                fields.template(
                        "ToleratedFailurePercentage",
                        ENTRY,
                        value -> value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= 100,
                        "must be a number from 0 to 100"),
                fields.template(
                        "ToleratedFailureCount",
                        ENTRY,
                        value -> isIntegerFrom(0, value),
                        "must be an integer that is not negative"));
    }

    private static List<FieldReader> objects(String name, FieldReader fields) {
        List<FieldReader> objects = new ArrayList<>();
        Optional<JsonNode> array = fields.optional(name);
        if (array.isPresent()) {
            if (!array.get().isArray()) {
                throw fields.location(name).invalid("must be an array");
            }
            for (JsonNode element : array.get()) {
                objects.add(new FieldReader(element, fields.location(name).field(String.valueOf(objects.size()))));
            }
        }
        return objects;
    }

    private static Exit exit(FieldReader fields, Set<String> statesFields) {
        Optional<String> next = fields.optionalText("Next");
        Optional<JsonNode> end = fields.optional("End");
        if (end.isPresent() && !end.get().isBoolean()) {
            throw fields.location("End").invalid("must be true or false");
        }
        if (next.isPresent() == end.map(JsonNode::booleanValue).orElse(false)) {
            throw fields.location().invalid("must have either Next or \"End\": true");
        }
        return exitTo(next, fields, statesFields);
    }

    private static Exit exitTo(Optional<String> next, FieldReader fields, Set<String> statesFields) {
        Map<String, ValueTemplate> assign = new LinkedHashMap<>();
        fields.optional("Assign").ifPresent(json -> {
            Location location = fields.location("Assign");
            if (!json.isObject()) {
                throw location.invalid("must be an object");
            }
            json.properties().forEach(entry -> {
                Variables.requireValidName(entry.getKey(), location);
                assign.put(
                        entry.getKey(),
                        ValueTemplate.parse(entry.getValue(), statesFields, location.field(entry.getKey())));
            });
        });
        return new Exit(assign, fields.template("Output", statesFields), next);
    }

    private static Recovery recovery(FieldReader fields) {
        List<Retrier> retriers = new ArrayList<>();
        List<FieldReader> retry = objects("Retry", fields);
        for (FieldReader retrier : retry) {
            retriers.add(retrier(retrier, retrier == retry.getLast()));
        }
        List<Catcher> catchers = new ArrayList<>();
        List<FieldReader> catches = objects("Catch", fields);
        for (FieldReader catcher : catches) {
            catcher.optionalText("Comment");
            catchers.add(new Catcher(
                    errorEquals(catcher, catcher == catches.getLast()),
                    exitTo(Optional.of(catcher.requiredText("Next")), catcher, WITH_ERROR_OUTPUT)));
            catcher.end();
        }
        return new Recovery(retriers, catchers);
    }

    private static Retrier retrier(FieldReader fields, boolean isLast) {
        fields.optionalText("Comment");
        Optional<JsonNode> backoffRate = fields.optional("BackoffRate");
        if (backoffRate.isPresent()
                && !(backoffRate.get().isNumber() && backoffRate.get().doubleValue() >= 1)) {
            throw fields.location("BackoffRate").invalid("must be a number of at least 1");
        }
        Optional<String> jitter = fields.optionalText("JitterStrategy");
        if (jitter.isPresent() && !Set.of("FULL", "NONE").contains(jitter.get())) {
            throw fields.location("JitterStrategy").invalid("must be FULL or NONE");
        }
        Retrier retrier = new Retrier(
                errorEquals(fields, isLast),
                Duration.ofSeconds(fields.optionalInteger("IntervalSeconds", 1, FieldReader.LARGEST_SECONDS)
                        .orElse(1)),
                fields.optionalInteger("MaxAttempts", 0, FieldReader.LARGEST_SECONDS)
                        .orElse(3),
                backoffRate.map(JsonNode::doubleValue).orElse(2.0),
                fields.optionalInteger("MaxDelaySeconds", 1, LARGEST_MAX_DELAY_SECONDS)
                        .map(Duration::ofSeconds),
                jitter.equals(Optional.of("FULL")));
        fields.end();
        return retrier;
    }

    private static List<String> errorEquals(FieldReader fields, boolean isLast) {
        JsonNode array = fields.required("ErrorEquals");
        Location location = fields.location("ErrorEquals");
        List<String> names = new ArrayList<>();
        for (JsonNode name : array) {
            if (!name.isTextual() || !ErrorName.isNameable(name.textValue())) {
                throw location.invalid("must not hold " + name + ", which is not an error name that can occur");
            }
            names.add(name.textValue());
        }
        if (!array.isArray() || names.isEmpty()) {
            throw location.invalid("must be an array with at least one error name");
        }
        if (names.contains(ErrorName.ALL) && (names.size() > 1 || !isLast)) {
            throw location.invalid("must hold States.ALL alone and in the last place");
        }
        return names;
    }
}
