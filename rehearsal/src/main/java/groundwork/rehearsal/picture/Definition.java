package groundwork.rehearsal.picture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the picture needs to know of a definition in Amazon States Language. */
record Definition(String comment, String startAt, Map<String, State> states) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A wait whose length is computed from a variable grows from look to look; that is how people are waited for. */
    private static final Pattern READS_A_VARIABLE = Pattern.compile("\\$[A-Za-z]");

    /**
     * A state and where it leads.
     *
     * @param steps where it leads when nothing unexpected happens, the default of a choice first, each target once
     * @param onAnyError where it leads when anything goes wrong that it does not name
     */
    record State(String name, Kind kind, String comment, List<Step> steps, Optional<String> onAnyError) {
        boolean leadsTo(String target) {
            return steps.stream().anyMatch(step -> step.target().equals(target));
        }
    }

    /** @param becauseOfAnError whether this is the way of an error that the state names */
    record Step(String target, boolean becauseOfAnError) {}

    static Definition parse(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The definition is not JSON: " + e.getOriginalMessage(), e);
        }
        Map<String, State> states = new LinkedHashMap<>();
        root.path("States").properties().forEach(field -> states.put(field.getKey(), state(field)));
        Definition definition = new Definition(
                root.path("Comment").asText(), root.path("StartAt").asText(), states);
        definition.requireStatesThatExist();
        return definition;
    }

    State state(String name) {
        return states.get(name);
    }

    /**
     * The states that deal with a failure: the one to which most states lead when anything goes wrong, and what follows.
     */
    List<String> failurePath() {
        Map<String, Long> handlers = states.values().stream()
                .flatMap(state -> state.onAnyError().stream())
                .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
        List<String> path = new ArrayList<>();
        Optional<String> next =
                handlers.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
        while (next.isPresent() && !path.contains(next.get())) {
            path.add(next.get());
            next = state(next.get()).steps().stream().map(Step::target).findFirst();
        }
        return List.copyOf(path);
    }

    /** The states to which only the handling of failures leads, and that are not on its way. */
    List<State> besideFailurePath() {
        List<String> path = failurePath();
        return path.stream()
                .flatMap(name -> state(name).steps().stream())
                .map(Step::target)
                .distinct()
                .filter(target -> !path.contains(target))
                .map(this::state)
                .toList();
    }

    private void requireStatesThatExist() {
        Stream<String> targets = states.values().stream()
                .flatMap(state -> Stream.concat(state.steps().stream().map(Step::target), state.onAnyError().stream()));
        Stream.concat(Stream.of(startAt), targets)
                .filter(target -> !states.containsKey(target))
                .findFirst()
                .ifPresent(target -> {
                    throw new IllegalArgumentException(
                            "The definition leads to \"" + target + "\", which is no state.");
                });
    }

    private static State state(Map.Entry<String, JsonNode> field) {
        JsonNode body = field.getValue();
        Map<String, Step> steps = new LinkedHashMap<>();
        texts(Stream.of(body.path("Default"), body.path("Next")))
                .forEach(target -> steps.put(target, new Step(target, false)));
        texts(body.path("Choices").valueStream().map(rule -> rule.path("Next")))
                .forEach(target -> steps.putIfAbsent(target, new Step(target, false)));
        texts(body.path("Catch")
                        .valueStream()
                        .filter(catcher -> !catchesEverything(catcher))
                        .map(catcher -> catcher.path("Next")))
                .forEach(target -> steps.putIfAbsent(target, new Step(target, true)));
        Optional<String> onAnyError = texts(body.path("Catch")
                        .valueStream()
                        .filter(Definition::catchesEverything)
                        .map(catcher -> catcher.path("Next")))
                .findFirst();
        return new State(
                field.getKey(),
                kind(field.getKey(), body),
                body.path("Comment").asText(),
                List.copyOf(steps.values()),
                onAnyError);
    }

    private static Stream<String> texts(Stream<JsonNode> nodes) {
        return nodes.filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private static boolean catchesEverything(JsonNode catcher) {
        return catcher.path("ErrorEquals")
                .valueStream()
                .anyMatch(error -> error.asText().equals("States.ALL"));
    }

    private static Kind kind(String name, JsonNode body) {
        String type = body.path("Type").asText();
        return switch (type) {
            case "Task" -> body.path("Resource").asText().contains("lambda") ? Kind.FUNCTION : Kind.SERVICE;
            case "Choice" -> Kind.DECISION;
            case "Pass" -> Kind.VARIABLES;
            case "Wait" ->
                READS_A_VARIABLE.matcher(body.path("Seconds").asText()).find() ? Kind.OTHERS : Kind.PAUSE;
            case "Succeed" -> Kind.SUCCESS;
            case "Fail" -> Kind.FAILURE;
            default ->
                throw new IllegalArgumentException("No picture is known for \"" + name + "\" of type " + type + ".");
        };
    }
}
