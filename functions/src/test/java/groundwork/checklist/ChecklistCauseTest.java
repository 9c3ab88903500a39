package groundwork.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which change a line of the checklist names. */
class ChecklistCauseTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Outcome DONE = new Outcome.Done("It is in place.");
    private static final Outcome WAITING =
            new Outcome.Waiting("It is missing.", "Put it back.", URI.create("https://example.com"));
    private static final RecordedChange REMOVED = change("DeactivateMFADevice");
    private static final RecordedChange OTHER = change("ConsoleLogin");

    private Checklist checklist = Checklist.after(
            Optional.empty(), List.of(new Finding(Prerequisite.ROOT_MFA, DONE)), Optional.empty(), START);
    private int looks;

    private static RecordedChange change(String event) {
        return new RecordedChange(event, "arn:aws:iam::111122223333:root", START, "us-east-1", null);
    }

    private RecordedChange cause(Outcome outcome, RecordedChange change, Change... changes) {
        checklist = Checklist.after(
                Optional.of(checklist),
                List.of(new Finding(Prerequisite.ROOT_MFA, outcome, List.of(changes))),
                Optional.ofNullable(change),
                START.plus(Duration.ofHours(++looks)));
        return checklist.item(Prerequisite.ROOT_MFA).cause();
    }

    @Test
    void aLineThatOpens_namesTheChange() {
        assertThat(cause(WAITING, REMOVED)).isEqualTo(REMOVED);
    }

    @Test
    void whileItIsOpen_furtherChangesAreNotItsCause() {
        cause(WAITING, REMOVED);

        assertThat(cause(WAITING, OTHER)).isEqualTo(REMOVED);
        assertThat(cause(WAITING, null)).isEqualTo(REMOVED);
    }

    @Test
    void aLineThatCloses_namesNoneAnyMore() {
        cause(WAITING, REMOVED);

        assertThat(cause(DONE, OTHER)).isNull();
    }

    @Test
    void aLineThatOpensWithoutAChange_namesNone() {
        assertThat(cause(WAITING, null)).isNull();
    }

    @Test
    void aRepairInOneLook_namesTheChangeOnTheLineThatWasNeverOpen() {
        Change repaired = new Change(Change.Kind.REPAIRED, "membership", "m-1");

        assertThat(cause(DONE, REMOVED, repaired)).isEqualTo(REMOVED);
        assertThat(cause(DONE, OTHER)).isEqualTo(REMOVED);
    }

    @Test
    void aRepairThatTheScheduleFound_isNotPutDownToTheChangeBehindAnEarlierOne() {
        Change repaired = new Change(Change.Kind.REPAIRED, "membership", "m-1");
        cause(DONE, REMOVED, repaired);

        assertThat(cause(DONE, null, repaired)).isNull();
    }

    @Test
    void whatGroundworkOnlyCreated_isNobodysDoing() {
        assertThat(cause(DONE, OTHER, new Change(Change.Kind.CREATED, "user ada", "u-1")))
                .isNull();
    }
}
