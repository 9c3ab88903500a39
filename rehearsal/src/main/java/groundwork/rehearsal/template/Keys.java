package groundwork.rehearsal.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/** Refuses what is not known: a key that is ignored is a difference between what runs here and what is deployed. */
final class Keys {
    private Keys() {}

    static void requireOnly(Set<String> known, JsonNode object, String place) {
        if (!object.isObject()) {
            throw new TemplateException(place, "must be an object");
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!known.contains(field.getKey())) {
                throw new TemplateException(place, field.getKey() + " is not known here");
            }
        }
    }
}
