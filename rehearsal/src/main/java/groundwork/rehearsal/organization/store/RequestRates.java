package groundwork.rehearsal.organization.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Counts requests in the last second of virtual time. */
public final class RequestRates {
    /** What IAM Identity Center takes: https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html */
    private static final int PER_SECOND = 20;

    private final Map<String, Deque<Instant>> admitted = new HashMap<>();

    public boolean admit(String key, Instant now) {
        Deque<Instant> recent = admitted.computeIfAbsent(key, ignored -> new ArrayDeque<>());
        while (!recent.isEmpty() && !recent.peekFirst().isAfter(now.minus(Duration.ofSeconds(1)))) {
            recent.removeFirst();
        }
        if (recent.size() >= PER_SECOND) {
            return false;
        }
        recent.addLast(now);
        return true;
    }
}
