package groundwork.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which change a line of the checklist names. */
class ChecklistCauseTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Outcome DONE = new Outcome.Done("It is in place.");
    private static final Outcome WAITING =
            new Outcome.Waiting("It is missing.", "Put it back.", URI.create("https://example.com"));
    private static final Change REMOVED = change("DeactivateMFADevice");
    private static final Change OTHER = change("ConsoleLogin");

    private Checklist checklist = Checklist.after(
            Optional.empty(), Findings.of(new Finding(Prerequisite.ROOT_MFA, DONE)), Set.of(), Optional.empty(), START);
    private int looks;

    private static Change change(String event) {
        return new Change(event, "arn:aws:iam::111122223333:root", START, "us-east-1", null);
    }

    private Change cause(Outcome outcome, Change change, Prerequisite... repaired) {
        checklist = Checklist.after(
                Optional.of(checklist),
                Findings.of(new Finding(Prerequisite.ROOT_MFA, outcome)),
                Set.of(repaired),
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
    void aRepair_namesTheChangeOnTheLineThatWasNeverOpen() {
        assertThat(cause(DONE, REMOVED, Prerequisite.ROOT_MFA)).isEqualTo(REMOVED);
        assertThat(cause(DONE, OTHER)).isEqualTo(REMOVED);
    }

    @Test
    void aRepairOfSomethingElse_isNotOnTheLine() {
        assertThat(cause(DONE, REMOVED, Prerequisite.ADMIN_ACCESS)).isNull();
    }

    @Test
    void aRepairThatTheScheduleFound_isNotPutDownToTheChangeBehindAnEarlierOne() {
        cause(DONE, REMOVED, Prerequisite.ROOT_MFA);

        assertThat(cause(DONE, null, Prerequisite.ROOT_MFA)).isNull();
    }
}
