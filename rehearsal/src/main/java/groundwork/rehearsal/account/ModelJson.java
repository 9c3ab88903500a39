package groundwork.rehearsal.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Writes requests and responses as CloudTrail does: the members of the API model, beginning in lower case. */
final class ModelJson {
    /** https://aws.amazon.com/blogs/security/modifications-to-aws-cloudtrail-event-data-of-iam-identity-center/ */
    private static final String HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ModelJson() {}

    /** @param hidden members whose values CloudTrail does not show */
    static JsonNode of(SdkPojo pojo, Set<String> hidden) {
        ObjectNode object = JSON.objectNode();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value == null
                    || value instanceof SdkAutoConstructList<?>
                    || value instanceof SdkAutoConstructMap<?, ?>) {
                continue;
            }
            object.set(
                    lowerCamel(field.memberName()),
                    hidden.contains(field.memberName()) ? TextNode.valueOf(HIDDEN) : value(value, hidden));
        }
        return object.isEmpty() ? NullNode.getInstance() : object;
    }

    private static JsonNode value(Object value, Set<String> hidden) {
        return switch (value) {
            case SdkPojo pojo -> of(pojo, hidden);
            case List<?> list -> {
                ArrayNode array = JSON.arrayNode();
                list.forEach(item -> array.add(value(item, hidden)));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = JSON.objectNode();
                map.forEach((key, item) -> object.set(String.valueOf(key), value(item, hidden)));
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
