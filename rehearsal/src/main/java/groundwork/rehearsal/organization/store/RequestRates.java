package groundwork.rehearsal.organization.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Counts requests in virtual time. */
public final class RequestRates {
    /**
     * How many requests a service takes.
     *
     * @param requests so many
     * @param window within any time as long as this
     */
    public record Rate(int requests, Duration window) {
        public static Rate perSecond(int requests) {
            return new Rate(requests, Duration.ofSeconds(1));
        }
    }

    private final Map<String, Deque<Instant>> admitted = new HashMap<>();

    /** Takes a request, unless there were too many of the same key. */
    public boolean admit(String key, Rate rate, Instant now) {
        Deque<Instant> recent = admitted.computeIfAbsent(key, ignored -> new ArrayDeque<>());
        while (!recent.isEmpty() && !recent.peekFirst().isAfter(now.minus(rate.window()))) {
            recent.removeFirst();
        }
        if (recent.size() >= rate.requests()) {
            return false;
        }
        recent.addLast(now);
        return true;
    }
}
