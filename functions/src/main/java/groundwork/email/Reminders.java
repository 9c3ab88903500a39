package groundwork.email;

import groundwork.state.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When people are reminded: less and less often, and then no more. */
public final class Reminders {
    private static final List<Duration> AFTER =
            List.of(Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(7), Duration.ofDays(14));
    private static final Duration ESCALATION_AFTER = AFTER.getLast().plus(Duration.ofDays(1));

    public static final int LAST = AFTER.size();

    private Reminders() {}

    /** The number of the last reminder due, from 1; 0 before the first. A reminder that was missed is not made up for. */
    public static int due(Instant since, Instant now) {
        return (int)
                AFTER.stream().filter(after -> !now.isBefore(since.plus(after))).count();
    }

    /** Whether somebody else is to be told, as all reminders have gone out. */
    public static boolean escalates(Instant since, Instant now) {
        return !now.isBefore(since.plus(ESCALATION_AFTER));
    }

    /** Whether the table still knows all that was sent about it. What is older is over, or it would be told afresh. */
    public static boolean remembered(Instant since, Instant now) {
        return now.isBefore(since.plus(Outbox.MEMORY));
    }
}
