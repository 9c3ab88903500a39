package groundwork.rehearsal.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A state machine as a Mermaid flowchart. So that it can be read, retries are left out, long conditions are not written
 * out, states of one kind that the same states lead to and that lead to the same states share a box, and where most states
 * lead when anything goes wrong is drawn once.
 *
 * @see <a href="https://mermaid.js.org/syntax/flowchart.html">Flowcharts in Mermaid</a>
 */
final class Flowchart {

    private static final int LONGEST_CONDITION = 40;

    /** Readable on a light and on a dark page. */
    private static final String STYLES = """
            classDef function fill:#ffe8cc,stroke:#d9480f,color:#000
            classDef service fill:#d0ebff,stroke:#1864ab,color:#000
            classDef wait fill:#e5dbff,stroke:#5f3dc4,color:#000
            classDef success fill:#d3f9d8,stroke:#2b8a3e,color:#000
            classDef failure fill:#ffe3e3,stroke:#c92a2a,color:#000
            """.indent(4);

    /** @param isError whether this is the way of an error */
    private record Arrow(String from, String to, String label, boolean isError) {

        /** This arrow and another one between the same boxes; nothing is said of either. */
        Arrow and(Arrow other) {
            return new Arrow(from, to, "", isError && other.isError);
        }
    }

    private final Map<String, JsonNode> states = new LinkedHashMap<>();
    private final List<Arrow> arrows = new ArrayList<>();

    /** Where most states lead when anything goes wrong. */
    private final Optional<String> lastResort;

    private Flowchart(JsonNode definition) {
        definition.path("States").properties().forEach(state -> states.put(state.getKey(), state.getValue()));
        lastResort = states.values().stream()
                .flatMap(state -> state.path("Catch").valueStream())
                .filter(Flowchart::catchesEverything)
                .map(Flowchart::next)
                .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
        states.forEach(this::addArrows);
    }

    /** Returns the flowchart of a definition in Amazon States Language, ending in a line break. */
    static String of(JsonNode definition) {
        return new Flowchart(definition).text();
    }

    private void addArrows(String name, JsonNode state) {
        if (state.has("Next")) {
            arrows.add(new Arrow(name, next(state), "", false));
        }
        state.path("Choices").forEach(rule -> arrows.add(new Arrow(name, next(rule), condition(rule), false)));
        if (state.has("Default")) {
            arrows.add(new Arrow(name, state.get("Default").asText(), "otherwise", false));
        }
        for (JsonNode catcher : state.path("Catch")) {
            if (!catchesEverything(catcher)) {
                arrows.add(new Arrow(name, next(catcher), errors(catcher), true));
            } else if (!next(catcher).equals(lastResort.orElseThrow())) {
                arrows.add(new Arrow(name, next(catcher), "any error", true));
            }
        }
    }

    private String text() {
        Map<String, String> boxOf = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder("flowchart TD\n");
        for (List<String> names : boxes()) {
            String box = "s" + (Set.copyOf(boxOf.values()).size() + 1);
            names.forEach(name -> boxOf.put(name, box));
            String label = names.stream().map(Flowchart::escaped).collect(Collectors.joining("<br>"));
            text.append("    ")
                    .append(box)
                    .append(shape(states.get(names.getFirst())).formatted(label))
                    .append('\n');
        }
        Map<List<String>, Arrow> joined = new LinkedHashMap<>();
        for (Arrow arrow : arrows) {
            Arrow ofBoxes = new Arrow(boxOf.get(arrow.from), boxOf.get(arrow.to), arrow.label, arrow.isError);
            joined.merge(List.of(ofBoxes.from, ofBoxes.to), ofBoxes, Arrow::and);
        }
        joined.values()
                .forEach(arrow -> text.append("    %s %s%s %s\n"
                        .formatted(
                                arrow.from,
                                arrow.isError ? "-.->" : "-->",
                                arrow.label.isEmpty() ? "" : "|\"" + escaped(arrow.label) + "\"|",
                                arrow.to)));
        lastResort.ifPresent(
                name -> text.append("    any[\"any Task, any other error\"] -.-> %s\n".formatted(boxOf.get(name))));
        return text.append(STYLES).toString();
    }

    private Iterable<List<String>> boxes() {
        return states.keySet().stream()
                .collect(Collectors.groupingBy(
                        name -> List.of(
                                shape(states.get(name)),
                                ends(name, Arrow::to, Arrow::from),
                                ends(name, Arrow::from, Arrow::to)),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values();
    }

    private Set<String> ends(String name, Function<Arrow, String> here, Function<Arrow, String> there) {
        return arrows.stream()
                .filter(arrow -> here.apply(arrow).equals(name))
                .map(there)
                .collect(Collectors.toSet());
    }

    private static String shape(JsonNode state) {
        String type = state.path("Type").asText();
        return switch (type) {
            case "Task" ->
                state.path("Resource").asText().endsWith("lambda:invoke")
                        ? "[\"%s\"]:::function"
                        : "[\"%s\"]:::service";
            case "Choice" -> "{{\"%s\"}}";
            case "Pass" -> "[/\"%s\"/]";
            case "Wait" -> "(\"%s\"):::wait";
            case "Succeed" -> "([\"%s\"]):::success";
            case "Fail" -> "([\"%s\"]):::failure";
            default -> throw new IllegalArgumentException("There is no shape for states of type " + type + ".");
        };
    }

    private static String next(JsonNode json) {
        return json.path("Next").asText();
    }

    private static boolean catchesEverything(JsonNode catcher) {
        return catcher.path("ErrorEquals")
                .valueStream()
                .anyMatch(error -> error.asText().equals("States.ALL"));
    }

    private static String condition(JsonNode rule) {
        String condition = rule.path("Condition").asText().replaceAll("^\\{%\\s*|\\s*%}$", "");
        return condition.length() <= LONGEST_CONDITION ? condition : "";
    }

    private static String errors(JsonNode catcher) {
        return catcher.path("ErrorEquals")
                .valueStream()
                .map(error -> error.asText().substring(error.asText().lastIndexOf('.') + 1))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Mermaid's own escapes, which begin with the number sign instead of an ampersand. */
    private static String escaped(String text) {
        return text.replace("#", "#35;")
                .replace("&", "#amp;")
                .replace("<", "#lt;")
                .replace(">", "#gt;")
                .replace("\"", "#quot;");
    }
}
