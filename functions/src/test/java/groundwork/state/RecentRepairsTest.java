package groundwork.state;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.checklist.Prerequisite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecentRepairsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @Test
    void threeWithinADay_areTooMany() {
        assertThat(tooMany(repairs(NOW, NOW.minusSeconds(60)))).isFalse();
        assertThat(tooMany(repairs(
                        NOW, NOW.minusSeconds(60), NOW.minus(Duration.ofDays(1)).plusSeconds(1))))
                .isTrue();
        assertThat(tooMany(repairs(NOW, NOW.minusSeconds(60), NOW.minus(Duration.ofDays(1)))))
                .isFalse();
    }

    @Test
    void theSameRepairSeenTwice_isOne() {
        RecentRepairs twice = repairs(NOW, NOW.minusSeconds(60));

        assertThat(twice.and(noted(NOW), NOW)).isEqualTo(twice);
    }

    @Test
    void whatIsADayOld_isForgotten() {
        assertThat(repairs(NOW).and(List.of(), NOW.plus(Duration.ofDays(1)))).isEqualTo(RecentRepairs.NONE);
    }

    @Test
    void anotherThingOrAnotherPrerequisite_isCountedByItself() {
        RecentRepairs three = repairs(NOW, NOW.minusSeconds(60), NOW.minusSeconds(120));

        assertThat(three.areTooMany(Prerequisite.ADMIN_ACCESS, "policy", NOW)).isFalse();
        assertThat(three.areTooMany(Prerequisite.ADMIN_USER, "membership", NOW)).isFalse();
    }

    /** Otherwise an entry in the table could end all repairs for ever. */
    @Test
    void whatIsAheadOfTheClock_isNotCountedAndReported() {
        Instant ahead = NOW.plus(Duration.ofDays(900));
        PointsInTime times = new PointsInTime(NOW);
        String stored = new AccountRecord(
                        null, null, null, null, repairs(ahead, ahead.plusSeconds(1), ahead.plusSeconds(2)), null, null)
                .stored();

        assertThat(tooMany(AccountRecord.parse(stored, times).repairs())).isFalse();
        assertThat(times.ahead()).containsExactly("repair of ADMIN_ACCESS#membership");
    }

    private static boolean tooMany(RecentRepairs repairs) {
        return repairs.areTooMany(Prerequisite.ADMIN_ACCESS, "membership", NOW);
    }

    private static RecentRepairs repairs(Instant... at) {
        return RecentRepairs.NONE.and(noted(at), NOW.minusSeconds(1));
    }

    private static List<OutboxContents.Repair> noted(Instant... at) {
        return Stream.of(at)
                .map(instant -> new OutboxContents.Repair(
                        instant.minusSeconds(9) + "#ADMIN_ACCESS#membership",
                        Prerequisite.ADMIN_ACCESS,
                        "Put back.",
                        instant))
                .toList();
    }
}
