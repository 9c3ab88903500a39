package groundwork.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Checklist;
import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountRecordTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private final PointsInTime times = new PointsInTime(NOW);

    @Test
    void whatIsStoredIsReadBackTheSame() {
        Checklist checklist = Checklist.after(
                Optional.empty(),
                Findings.of(
                        new Finding(
                                Prerequisite.ROOT_MFA,
                                new Outcome.Waiting("No MFA.", "Assign it.", URI.create("https://example.com/#/a"))),
                        new Finding(Prerequisite.ROOT_ACCESS_KEYS, new Outcome.NotApplicable("None.")),
                        new Finding(Prerequisite.ADMIN_USER, new Outcome.Done("Exists.")),
                        new Finding(
                                Prerequisite.ADMIN_ACCESS,
                                Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, "sso:ListInstances"))),
                Set.of(),
                Optional.empty(),
                Instant.parse("2026-11-20T10:15:30.123Z"));
        AccountRecord record = new AccountRecord(checklist, new AccountRecord.Known("u-1", null, "ps-1"));

        assertThat(AccountRecord.parse(record.stored(), times)).isEqualTo(record);
        assertThat(record.doneBefore(Prerequisite.ADMIN_USER)).isTrue();
        assertThat(record.doneBefore(Prerequisite.ROOT_MFA)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "null", "{}"})
    void anAccountThatWasNeverLookedAtHasAnEmptyRecord(String stored) {
        AccountRecord record = AccountRecord.parse(stored, times);

        assertThat(record).isEqualTo(AccountRecord.NONE);
        assertThat(record.lastChecklist()).isEmpty();
        assertThat(record.doneBefore(Prerequisite.ADMIN_USER)).isFalse();
        assertThat(record.known().userId()).isNull();
    }

    @Test
    void whatCouldNotBeFoundThisTimeIsStillKnown() {
        AccountRecord.Known earlier = new AccountRecord.Known("u-1", "g-1", "ps-1");

        assertThat(new AccountRecord.Known(null, null, null).orElse(earlier)).isEqualTo(earlier);
        assertThat(new AccountRecord.Known("u-2", "g-2", "ps-2").orElse(earlier))
                .isEqualTo(new AccountRecord.Known("u-2", "g-2", "ps-2"));
    }

    @Test
    void aFieldOfAnotherVersionIsIgnored() {
        assertThat(AccountRecord.parse("{\"known\": {\"userId\": \"u-1\", \"later\": 1}, \"other\": []}", times)
                        .known())
                .isEqualTo(new AccountRecord.Known("u-1", null, null));
    }

    /** As it stands, the line would never be reminded of, and a repair of it never be told. */
    @Test
    void aLineThatBeginsAheadOfTheClockBeginsNow() {
        Checklist checklist = Checklist.after(
                Optional.empty(),
                Findings.of(new Finding(Prerequisite.ADMIN_USER, new Outcome.Done("Exists."))),
                Set.of(),
                Optional.empty(),
                NOW.plusSeconds(61));

        Checklist read = AccountRecord.parse(new AccountRecord(checklist, null).stored(), times)
                .checklist();

        assertThat(read.items()).extracting(ChecklistItem::since).containsOnly(NOW);
        assertThat(read.observedAt()).isEqualTo(Instant.EPOCH);
        assertThat(times.ahead())
                .hasSize(1 + Prerequisite.values().length)
                .contains("observedAt of the checklist", "since of ADMIN_USER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"checklist\": {\"status\": \"PERFECT\"}}", "{\"checklist\": {}}"})
    void aRecordThatCannotBeReadSaysHowToGetOutOfIt(String stored) {
        assertThatThrownBy(() -> AccountRecord.parse(stored, times))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("Delete its attribute \"record\" to start afresh");
    }
}
