package groundwork.checklist;

import static groundwork.checklist.Prerequisite.ADMIN_USER;
import static groundwork.checklist.Prerequisite.ROOT_MFA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecklistTest {
    private static final Instant MONDAY = Instant.parse("2026-11-16T08:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-17T08:00:00Z");
    private static final Instant WEDNESDAY = Instant.parse("2026-11-18T08:00:00Z");

    @Test
    void everyPrerequisiteHasALineInTheOrderOfTheChecklist() {
        assertThat(first(new Finding(ADMIN_USER, outcome("DONE"))).items())
                .extracting(ChecklistItem::prerequisite)
                .containsExactly(Prerequisite.values());
    }

    @Test
    void whatNobodyLookedAtIsUnknown() {
        assertThat(first().item(ROOT_MFA).outcome())
                .isEqualTo(new Outcome.Unknown("This was not looked at in this run."));
    }

    @Test
    void ofTwoFindingsForOnePrerequisiteTheLaterCounts() {
        assertThat(first(new Finding(ADMIN_USER, outcome("DONE")), new Finding(ADMIN_USER, outcome("BLOCKED")))
                        .item(ADMIN_USER)
                        .outcome())
                .isEqualTo(outcome("BLOCKED"));
    }

    @ParameterizedTest(name = "{0} among lines that are done: {1}")
    @CsvSource({
        "DONE, READY",
        "NOT_APPLICABLE, READY",
        "PLANNED, READY",
        "UNKNOWN, UNKNOWN",
        "BLOCKED, BLOCKED",
        "WAITING, WAITING"
    })
    void theAccountIsReadyWhenEveryLineIsDoneOrNotApplicable(String one, Checklist.Status status) {
        assertThat(all("DONE", one).status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({"WAITING, BLOCKED, WAITING", "WAITING, UNKNOWN, WAITING", "BLOCKED, UNKNOWN, BLOCKED"})
    void whatAPersonCanDoComesFirst_thenWhatIsInTheWay(String most, String one, Checklist.Status status) {
        assertThat(all(most, one).status()).isEqualTo(status);
    }

    @Test
    void waitingAreTheLinesOnWhichAPersonHasToAct() {
        assertThat(all("BLOCKED", "WAITING").waiting())
                .extracting(ChecklistItem::prerequisite)
                .containsExactly(ROOT_MFA);
    }

    @ParameterizedTest
    @CsvSource({"WAITING, true", "BLOCKED, true", "DONE, false", "NOT_APPLICABLE, false", "UNKNOWN, false"})
    void aLineBeginsOpenWhenItNeedsSomeone(String status, boolean open) {
        assertThat(mfa(status))
                .isEqualTo(new ChecklistItem(ROOT_MFA, outcome(status), open, 1, MONDAY, status.equals("DONE")));
    }

    @Test
    void aLineThatIsClosedBeginsANewPeriod() {
        assertThat(mfa("WAITING", "DONE"))
                .isEqualTo(new ChecklistItem(ROOT_MFA, outcome("DONE"), false, 2, TUESDAY, true));
    }

    @Test
    void aLineThatOpensAgainBeginsANewPeriodAndRemembersThatItWasDone() {
        assertThat(mfa("DONE", "WAITING"))
                .isEqualTo(new ChecklistItem(ROOT_MFA, outcome("WAITING"), true, 2, TUESDAY, true));
    }

    @Test
    void anotherReasonForBeingOpenIsTheSamePeriod() {
        assertThat(mfa("WAITING", "BLOCKED"))
                .isEqualTo(new ChecklistItem(ROOT_MFA, outcome("BLOCKED"), true, 1, MONDAY, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"WAITING", "DONE"})
    void oneFailedReadNeitherClosesALineNorOpensItAgain(String status) {
        ChecklistItem between = mfa(status, "UNKNOWN");
        ChecklistItem after = mfa(status, "UNKNOWN", status);

        assertThat(between.open()).isEqualTo(status.equals("WAITING"));
        assertThat(after.period()).isEqualTo(1);
        assertThat(after.since()).isEqualTo(MONDAY);
    }

    @Test
    void doneBefore_staysTrueOnceALineWasDone() {
        Checklist checklist = looks("WAITING", "DONE", "WAITING");

        assertThat(checklist.doneBefore(ROOT_MFA)).isTrue();
        assertThat(checklist.doneBefore(ADMIN_USER)).isFalse();
    }

    @Test
    void aChecklistOfAnOlderVersionMayLackALine() {
        Checklist older = new Checklist(Checklist.Status.READY, MONDAY, List.of());

        assertThat(older.doneBefore(ROOT_MFA)).isFalse();
        assertThatThrownBy(() -> older.item(ROOT_MFA)).hasMessageContaining("ROOT_MFA");
        assertThat(Checklist.after(Optional.of(older), Findings.NONE, Set.of(), Optional.empty(), TUESDAY)
                        .items())
                .hasSize(Prerequisite.values().length);
    }

    @Test
    void ofALineThatIsInARecordTwiceTheLaterCounts() {
        ChecklistItem done = new ChecklistItem(ROOT_MFA, outcome("DONE"), false, 1, MONDAY, true);
        ChecklistItem open = new ChecklistItem(ROOT_MFA, outcome("WAITING"), true, 2, TUESDAY, true);
        Checklist edited = new Checklist(Checklist.Status.WAITING, TUESDAY, List.of(done, open));

        assertThat(Checklist.after(
                                Optional.of(edited),
                                Findings.of(new Finding(ROOT_MFA, outcome("WAITING"))),
                                Set.of(),
                                Optional.empty(),
                                WEDNESDAY)
                        .item(ROOT_MFA))
                .isEqualTo(open);
    }

    @Test
    void atTheFirstLookEveryLineHasChanged_fromNothing() {
        assertThat(looks("DONE").changesSince(Optional.empty(), Set.of()))
                .hasSize(Prerequisite.values().length)
                .contains(new ChangedLine(ROOT_MFA, null, Outcome.Status.DONE, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DONE", "WAITING", "NOT_APPLICABLE", "BLOCKED", "UNKNOWN"})
    void aLineThatStandsWhereItStoodHasNotChanged_whateverItSays(String status) {
        Checklist same = after(outcome(status), outcome(status).withRemark("Seen on Tuesday."));

        assertThat(same.changesSince(Optional.of(looks(status)), Set.of())).isEmpty();
    }

    @Test
    void aLineThatStandsElsewhere_orIsBlockedByAnotherReason_orWasRepaired_hasChanged() {
        assertThat(looks("WAITING", "DONE").changesSince(Optional.of(looks("WAITING")), Set.of()))
                .containsExactly(new ChangedLine(ROOT_MFA, Outcome.Status.WAITING, Outcome.Status.DONE, false));
        assertThat(after(outcome("BLOCKED"), Outcome.Blocked.because(BlockedReason.NO_ORGANIZATION))
                        .changesSince(Optional.of(looks("BLOCKED")), Set.of()))
                .containsExactly(new ChangedLine(ROOT_MFA, Outcome.Status.BLOCKED, Outcome.Status.BLOCKED, false));
        assertThat(looks("DONE", "DONE").changesSince(Optional.of(looks("DONE")), Set.of(ROOT_MFA)))
                .containsExactly(new ChangedLine(ROOT_MFA, Outcome.Status.DONE, Outcome.Status.DONE, true));
    }

    private static Checklist after(Outcome... outcomes) {
        Optional<Checklist> checklist = Optional.empty();
        for (Outcome outcome : outcomes) {
            checklist = Optional.of(Checklist.after(
                    checklist, Findings.of(new Finding(ROOT_MFA, outcome)), Set.of(), Optional.empty(), MONDAY));
        }
        return checklist.orElseThrow();
    }

    private static Checklist first(Finding... findings) {
        return Checklist.after(Optional.empty(), Findings.of(findings), Set.of(), Optional.empty(), MONDAY);
    }

    /** The root user's MFA as in {@code one}, everything else as in {@code others}. */
    private static Checklist all(String others, String one) {
        return first(Arrays.stream(Prerequisite.values())
                .map(prerequisite -> new Finding(prerequisite, outcome(prerequisite == ROOT_MFA ? one : others)))
                .toArray(Finding[]::new));
    }

    private static ChecklistItem mfa(String... statuses) {
        return looks(statuses).item(ROOT_MFA);
    }

    /** One look a day, beginning on Monday. */
    private static Checklist looks(String... statuses) {
        List<Instant> days = List.of(MONDAY, TUESDAY, WEDNESDAY);
        Optional<Checklist> checklist = Optional.empty();
        for (int look = 0; look < statuses.length; look++) {
            checklist = Optional.of(Checklist.after(
                    checklist,
                    Findings.of(new Finding(ROOT_MFA, outcome(statuses[look]))),
                    Set.of(),
                    Optional.empty(),
                    days.get(look)));
        }
        return checklist.orElseThrow();
    }

    private static Outcome outcome(String status) {
        return switch (status) {
            case "DONE" -> new Outcome.Done("It is.");
            case "WAITING" -> new Outcome.Waiting("It is not.", "Do it.", URI.create("https://example.com/"));
            case "NOT_APPLICABLE" -> new Outcome.NotApplicable("Not here.");
            case "BLOCKED" -> Outcome.Blocked.because(BlockedReason.SERVICE_QUOTA, "5 at most.");
            case "UNKNOWN" -> new Outcome.Unknown("Unread.");
            case "PLANNED" -> new Outcome.Planned("It would be.");
            default -> throw new IllegalArgumentException(status);
        };
    }
}
