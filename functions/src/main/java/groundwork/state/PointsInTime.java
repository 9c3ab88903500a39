package groundwork.state;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the points in time that the table holds, for one look. One that is ahead of the clock was not written by
 * Groundwork, and would silence it until then: it counts as absent and is kept to be reported. Every point in time that
 * functions take from the table passes through here; the definition of the state machine does the same in its conditions.
 */
public final class PointsInTime {
    /** By how much the clocks of two functions may differ at most. AWS keeps them within milliseconds. */
    static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final Instant now;
    private final SortedSet<String> ahead = new TreeSet<>();

    public PointsInTime(Instant now) {
        this.now = now;
    }

    /** The time by the clock. */
    public Instant now() {
        return now;
    }

    /** The latest point in time that is not ahead of the clock. */
    Instant latest() {
        return now.plus(TOLERANCE);
    }

    /** An attribute of an item; empty if it is missing, cannot be read or is ahead of the clock. */
    public Optional<Instant> read(Map<String, AttributeValue> item, String attribute) {
        return parsed(item, attribute).flatMap(instant -> read(instant, where(item, attribute)));
    }

    /**
     * The same for what is known to have happened: without a readable time it happened long ago, as an item that another
     * version wrote, and calls for nothing. Empty only if it is ahead of the clock.
     */
    Optional<Instant> readOrLongAgo(Map<String, AttributeValue> item, String attribute) {
        return read(parsed(item, attribute).orElse(Instant.EPOCH), where(item, attribute));
    }

    /**
     * A point in time that was taken from the table in another way.
     *
     * @param where names it to people
     * @return empty if it is missing or ahead of the clock; never before 1970
     */
    Optional<Instant> read(Instant instant, String where) {
        if (instant == null) {
            return Optional.empty();
        }
        if (instant.isAfter(latest())) {
            ahead.add(where);
            return Optional.empty();
        }
        return Optional.of(instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant);
    }

    /** What was ahead of the clock so far, named to people. */
    public SortedSet<String> ahead() {
        return new TreeSet<>(ahead);
    }

    private static Optional<Instant> parsed(Map<String, AttributeValue> item, String attribute) {
        try {
            return Optional.ofNullable(item.get(attribute))
                    .map(AttributeValue::s)
                    .map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String where(Map<String, AttributeValue> item, String attribute) {
        AttributeValue key = item.get("item");
        return key == null || key.s() == null ? attribute : attribute + " of " + key.s();
    }
}
