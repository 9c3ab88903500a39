package groundwork.rehearsal.organization.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Writes requests and responses of the SDK: those members of the API model that are present. */
public final class ModelJson {
    /** https://aws.amazon.com/blogs/security/modifications-to-aws-cloudtrail-event-data-of-iam-identity-center/ */
    private static final String HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final UnaryOperator<String> naming;
    private final Set<String> hidden;

    private ModelJson(UnaryOperator<String> naming, Set<String> hidden) {
        this.naming = naming;
        this.hidden = hidden;
    }

    /** With the names of the API. */
    public static ObjectNode of(SdkPojo pojo) {
        return new ModelJson(UnaryOperator.identity(), Set.of()).object(pojo);
    }

    /**
     * As CloudTrail does: names begin in lower case, and what has no members is null.
     *
     * @param hidden members whose values CloudTrail does not show
     */
    public static JsonNode inCloudTrail(SdkPojo pojo, Set<String> hidden) {
        ObjectNode object = new ModelJson(ModelJson::lowerCamel, hidden).object(pojo);
        return object.isEmpty() ? NullNode.getInstance() : object;
    }

    private ObjectNode object(SdkPojo pojo) {
        ObjectNode object = JSON.objectNode();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            // The SDK gives lists and maps that are absent as empty ones of a type of their own.
            if (value == null
                    || value instanceof SdkAutoConstructList<?>
                    || value instanceof SdkAutoConstructMap<?, ?>) {
                continue;
            }
            object.set(
                    naming.apply(field.memberName()),
                    hidden.contains(field.memberName()) ? TextNode.valueOf(HIDDEN) : value(value));
        }
        return object;
    }

    private JsonNode value(Object value) {
        return switch (value) {
            case SdkPojo pojo -> object(pojo);
            case List<?> list -> {
                ArrayNode array = JSON.arrayNode();
                list.forEach(item -> array.add(value(item)));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = JSON.objectNode();
                map.forEach((key, item) -> object.set(String.valueOf(key), value(item)));
                yield object;
            }
            case Boolean bool -> JSON.booleanNode(bool);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            default -> JSON.textNode(value.toString());
        };
    }

    private static String lowerCamel(String memberName) {
        return Character.toLowerCase(memberName.charAt(0)) + memberName.substring(1);
    }
}
