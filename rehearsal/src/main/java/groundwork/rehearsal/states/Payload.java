package groundwork.rehearsal.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The limit on data that passes between states.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step Functions service
 *     quotas</a>
 */
final class Payload {

    private static final int LARGEST_BYTES = 256 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Payload() {}

    /**
     * Returns the payload.
     *
     * @param what what the payload is, for the message
     * @throws StateFailure States.DataLimitExceeded if it has more than 256 KiB as UTF-8 text
     */
    static JsonNode limited(String state, String what, JsonNode payload) {
        try {
            if (JSON.writeValueAsBytes(payload).length <= LARGEST_BYTES) {
                return payload;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + what + " of state '" + state + "'", e);
        }
        throw new StateFailure(
                ErrorName.DATA_LIMIT_EXCEEDED,
                "The state/task '" + state + "' returned " + what
                        + " with a size exceeding the maximum number of bytes service limit.");
    }
}
