package groundwork.sweep;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What people were told of the member accounts.
 *
 * @param summary what the last digest said
 * @param times when digests went out within the last day
 */
record Told(Summary summary, List<Instant> times) {
    static final Told NOTHING = new Told(Summary.NONE, List.of());

    /** However often a member account turns something off and on again, its administrators get no more emails than this. */
    private static final int MOST = 12;

    private static final Duration DAY = Duration.ofDays(1);

    Told {
        times = List.copyOf(times);
    }

    /** Whether another digest may go out. What changed meanwhile is in the next one. */
    boolean allowsAnother(Instant now) {
        return lately(now).size() < MOST;
    }

    Told telling(Summary news, Instant now) {
        List<Instant> all = new ArrayList<>(lately(now));
        all.add(now);
        return new Told(news, all);
    }

    private List<Instant> lately(Instant now) {
        return times.stream().filter(time -> time.isAfter(now.minus(DAY))).toList();
    }
}
