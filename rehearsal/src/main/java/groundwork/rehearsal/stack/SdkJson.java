package groundwork.rehearsal.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import groundwork.rehearsal.states.TaskFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * Reads requests of the SDK, with the names of the API, from the Arguments of a Task.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html">AWS SDK service
 *     integrations</a>
 */
final class SdkJson {
    private SdkJson() {}

    /**
     * Fills a request.
     *
     * @throws TaskFailure with States.Runtime if an argument is no parameter of the API, or of the wrong type
     */
    static <T> T request(JsonNode arguments, SdkBuilder<?, T> builder) {
        fill((SdkPojo) builder, arguments);
        return builder.build();
    }

    static JsonNode parse(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + text, e);
        }
    }

    private static void fill(SdkPojo pojo, JsonNode json) {
        if (!json.isObject()) {
            throw invalid("an object is needed instead of " + json);
        }
        json.properties().forEach(entry -> {
            SdkField<?> field = pojo.sdkFields().stream()
                    .filter(each -> each.memberName().equals(entry.getKey()))
                    .findFirst()
                    .orElseThrow(() -> invalid("the API has no parameter " + entry.getKey()));
            field.set(pojo, read(field, entry.getValue()));
        });
    }

    private static Object read(SdkField<?> field, JsonNode value) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.STRING && value.isTextual()) {
            return value.textValue();
        } else if (type == MarshallingType.BOOLEAN && value.isBoolean()) {
            return value.booleanValue();
        } else if (type == MarshallingType.INTEGER && value.canConvertToInt()) {
            return value.intValue();
        } else if (type == MarshallingType.LONG && value.canConvertToLong()) {
            return value.longValue();
        } else if (type == MarshallingType.LIST && value.isArray()) {
            SdkField<?> member = trait(field, ListTrait.class).memberFieldInfo();
            List<Object> list = new ArrayList<>();
            value.forEach(each -> list.add(read(member, each)));
            return list;
        } else if (type == MarshallingType.MAP && value.isObject()) {
            SdkField<?> member = trait(field, MapTrait.class).valueFieldInfo();
            Map<String, Object> map = new LinkedHashMap<>();
            value.properties().forEach(each -> map.put(each.getKey(), read(member, each.getValue())));
            return map;
        } else if (type == MarshallingType.SDK_POJO && value.isObject()) {
            SdkPojo nested = field.constructor().get();
            fill(nested, value);
            return ((SdkBuilder<?, ?>) nested).build();
        }
        throw invalid("the parameter %s cannot be %s".formatted(field.memberName(), value));
    }

    private static <T extends software.amazon.awssdk.core.traits.Trait> T trait(SdkField<?> field, Class<T> type) {
        return Optional.ofNullable(field.getTrait(type))
                .orElseThrow(() -> new IllegalStateException(field.memberName() + " has no " + type.getSimpleName()));
    }

    private static TaskFailure invalid(String problem) {
        return new TaskFailure("States.Runtime", "The Arguments do not fit the API: " + problem + ".");
    }
}
