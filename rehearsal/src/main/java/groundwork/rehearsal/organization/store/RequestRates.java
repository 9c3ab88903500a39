package groundwork.rehearsal.organization.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Counts requests in the last second of virtual time. */
public final class RequestRates {
    private final Map<String, Deque<Instant>> admitted = new HashMap<>();

    public boolean admit(String key, int perSecond, Instant now) {
        Deque<Instant> recent = admitted.computeIfAbsent(key, ignored -> new ArrayDeque<>());
        while (!recent.isEmpty() && !recent.peekFirst().isAfter(now.minus(Duration.ofSeconds(1)))) {
            recent.removeFirst();
        }
        if (recent.size() >= perSecond) {
            return false;
        }
        recent.addLast(now);
        return true;
    }
}
