package groundwork.rehearsal.limits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What AWS takes for the properties of resources. Two files say so: {@code service-limits.json} holds what the API models
 * and the schemas of the resource types say and is made by {@code .ci/service_limits.py}, {@code published-quotas.json} what
 * only pages say. Both hold, so the narrower wins.
 *
 * <p>A property is named by its path: {@code Targets[].Id} is the id of each target, {@code Variables{key}} each key of a map
 * and <code>Variables{}</code> each of its values.
 *
 * <p>This class is immutable.
 */
public final class ServiceLimits {
    /** The type under which the files hold what CloudFormation says of a stack and its template. */
    public static final String STACK = "AWS::CloudFormation::Stack";

    private static final ServiceLimits PUBLISHED = new ServiceLimits("service-limits.json", "published-quotas.json");

    private final Map<String, Map<String, List<Limit>>> limits = new HashMap<>();

    private ServiceLimits(String... files) {
        for (String file : files) {
            for (Map.Entry<String, JsonNode> type : read(file).path("limits").properties()) {
                Map<String, List<Limit>> ofType = limits.computeIfAbsent(type.getKey(), key -> new HashMap<>());
                for (Map.Entry<String, JsonNode> property : type.getValue().properties()) {
                    ofType.computeIfAbsent(property.getKey(), key -> new ArrayList<>())
                            .add(Limit.parse(property.getValue()));
                }
            }
        }
    }

    /** Returns the limits of the two files. */
    public static ServiceLimits published() {
        return PUBLISHED;
    }

    private static JsonNode read(String file) {
        try (InputStream stream = ServiceLimits.class.getResourceAsStream(file)) {
            return new ObjectMapper().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Returns how many characters a property may have at most; empty where nothing says so. */
    public OptionalInt longest(String type, String property) {
        return limits.getOrDefault(type, Map.of()).getOrDefault(property, List.of()).stream()
                .filter(limit -> limit.kind() == Limit.Kind.LENGTH)
                .flatMap(limit -> limit.max().stream())
                .mapToInt(Number::intValue)
                .min();
    }

    /**
     * Returns what AWS would refuse.
     *
     * @param type a resource type of CloudFormation, or {@link #STACK}
     * @param properties resolved, by name
     * @return a sentence for each, beginning with the path of the property; empty if all is taken
     * @throws IllegalArgumentException if the files say nothing of the type, so that no type is forgotten
     */
    public List<String> violations(String type, JsonNode properties) {
        Map<String, List<Limit>> ofType = limits.get(type);
        if (ofType == null) {
            throw new IllegalArgumentException(
                    "The limits of %s are not known; add it to .ci/service_limits.py".formatted(type));
        }
        List<String> found = new ArrayList<>();
        visit(properties, "", ofType, found);
        return found;
    }

    private static void visit(JsonNode value, String path, Map<String, List<Limit>> limits, List<String> found) {
        check(value, path, limits, found);
        if (value.isArray()) {
            value.forEach(element -> visit(element, path + "[]", limits, found));
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            check(TextNode.valueOf(field.getKey()), path + "{key}", limits, found);
            Stream.of(path + "{}", path.isEmpty() ? field.getKey() : path + "." + field.getKey())
                    .filter(inner -> limits.keySet().stream().anyMatch(known -> known.startsWith(inner)))
                    .forEach(inner -> visit(field.getValue(), inner, limits, found));
        }
    }

    private static void check(JsonNode value, String path, Map<String, List<Limit>> limits, List<String> found) {
        for (Limit limit : limits.getOrDefault(path, List.of())) {
            limit.violation(value)
                    .ifPresent(violation ->
                            found.add("%s %s (%s)".formatted(path, violation, String.join(", ", limit.sources()))));
        }
    }
}
