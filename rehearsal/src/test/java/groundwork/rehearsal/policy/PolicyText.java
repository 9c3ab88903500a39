package groundwork.rehearsal.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Policies written inside a test; apostrophes stand for quotes. */
final class PolicyText {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PolicyText() {}

    /** Returns a document with the given statements. */
    static JsonNode document(String statements) {
        try {
            return JSON.readTree("{'Version': '2012-10-17', 'Statement': %s}"
                    .formatted(statements)
                    .replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
