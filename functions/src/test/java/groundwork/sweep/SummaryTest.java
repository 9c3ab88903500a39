package groundwork.sweep;

import static groundwork.sweep.Summary.group;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.json.Json;
import groundwork.state.AccountRecord;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final Outcome WAITING =
            new Outcome.Waiting("It is missing.", "Do it.", URI.create("https://console.aws.amazon.com/"));

    @Test
    void anAccountBelongsToWhatIsTheMatterFirst() {
        assertThat(group(recorded(Looks.ready()))).isEqualTo("READY");
        assertThat(group(recorded(Looks.with(Prerequisite.ROOT_MFA, WAITING)))).isEqualTo("WAITING ROOT_MFA");
        assertThat(group(recorded(Looks.with(
                        Prerequisite.ADMIN_ACCESS, Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, "sso:X")))))
                .isEqualTo("BLOCKED ACCESS_DENIED");
        assertThat(group(recorded(Looks.with(Prerequisite.CHANGE_EVENTS, new Outcome.Unknown("Not seen.")))))
                .isEqualTo("UNKNOWN CHANGE_EVENTS");
    }

    @Test
    void anAccountWhoseExecutionFailedSaysSoWhateverItWasBefore() {
        assertThat(group(new SweepTable.Recorded(Looks.ready(), true, null))).isEqualTo("FAILED");
        assertThat(group(SweepTable.Recorded.NOTHING)).isEqualTo("FAILED");
    }

    private static SweepTable.Recorded recorded(AccountRecord record) {
        return new SweepTable.Recorded(record, false, null);
    }

    @Test
    void countsByGroupAndByKind() {
        Summary summary = new Summary(Map.of(
                "READY", new TreeSet<>(List.of("1", "2")),
                "WAITING ROOT_MFA", new TreeSet<>(List.of("3")),
                "WAITING ROOT_ACCESS_KEYS", new TreeSet<>(List.of("4", "5")),
                "FAILED", new TreeSet<>()));

        assertThat(summary.count("READY")).isEqualTo(2);
        assertThat(summary.count("BLOCKED GROUP_TAKEN")).isZero();
        assertThat(summary.counted("WAITING")).isEqualTo(3);
        assertThat(summary.ids()).containsExactly("1", "2", "3", "4", "5");
        assertThat(summary.groups()).doesNotContainKey("FAILED");
    }

    @Test
    void whatWasNotLookedAtStaysWhereItWas() {
        Summary before = new Summary(
                Map.of("READY", new TreeSet<>(List.of("1", "2", "3")), "FAILED", new TreeSet<>(List.of("4"))));

        Summary now = before.with(List.of("3"), Map.of("1", "WAITING ROOT_MFA", "4", "READY"));

        assertThat(now.groups())
                .isEqualTo(Map.of(
                        "READY", new TreeSet<>(List.of("2", "4")), "WAITING ROOT_MFA", new TreeSet<>(List.of("1"))));
    }

    /** An item of DynamoDB has 400 KB at most. */
    @Test
    void tenThousandAccountsFitIntoAnItem() {
        Map<String, String> groups = IntStream.range(0, 10_000)
                .boxed()
                .collect(Collectors.toMap("%012d"::formatted, number -> "UNKNOWN CHANGE_EVENTS"));

        String stored = Json.write(Summary.NONE.with(List.of(), groups));

        assertThat(stored.length()).isLessThan(200_000);
        assertThat(read(stored).count("UNKNOWN CHANGE_EVENTS")).isEqualTo(10_000);
    }

    private static Summary read(String stored) {
        return Json.read(stored, Summary.class);
    }
}
