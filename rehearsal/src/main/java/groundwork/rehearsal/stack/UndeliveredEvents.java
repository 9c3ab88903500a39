package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The dead-letter queues, as far as anybody counts what is in them. */
final class UndeliveredEvents {
    private final Map<String, Integer> messages = new TreeMap<>();

    /** Keeps an event that the target did not take. */
    void keep(JsonNode target) {
        String queueArn = target.at("/DeadLetterConfig/Arn").asText();
        if (queueArn.isEmpty()) {
            throw new IllegalStateException("An event is lost: no dead-letter queue for " + target);
        }
        messages.merge(queueArn.substring(queueArn.lastIndexOf(':') + 1), 1, Integer::sum);
    }

    void measure(Metrics metrics, Instant at) {
        messages.forEach((queue, count) -> metrics.measure(Metrics.messagesVisible(queue), at, count));
    }
}
