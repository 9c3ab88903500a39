package groundwork.rehearsal.policy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as policies see it.
 *
 * @param action a whole action, such as {@code sns:Publish}
 * @param resource the ARN acted on; {@code *} for actions without a resource type
 * @param context the values of condition keys; the names of keys are not case-sensitive
 */
public record AccessRequest(Principal principal, String action, String resource, Map<String, List<String>> context) {
    public AccessRequest {
        Map<String, List<String>> ignoringCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ignoringCase.putAll(context);
        context = Collections.unmodifiableMap(ignoringCase);
    }

    /**
     * Returns the values of a key; none when the key is missing or resolves to nothing, which AWS treats alike.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html">
     *     Single-valued vs. multivalued context keys</a>
     */
    List<String> values(String key) {
        return context.getOrDefault(key, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
