package groundwork.rehearsal.report;

import java.time.Duration;
import java.time.Instant;

/** How a moment of a story is shown: by the time since its beginning. */
record VirtualTime(Instant start) {
    /** Such as {@code 00:04:00}, or {@code day 3 01:30:00} after two days. */
    String shown(Instant at) {
        Duration since = Duration.between(start, at);
        String days = since.toDays() > 0 ? "day " + (since.toDays() + 1) + " " : "";
        return "%s%02d:%02d:%02d".formatted(days, since.toHoursPart(), since.toMinutesPart(), since.toSecondsPart());
    }
}
