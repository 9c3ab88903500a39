package groundwork.email;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.checklist.Change;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.conclusion.Samples;
import groundwork.request.Cause;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LookTest {
    private static final Cause.Change DEACTIVATED = Samples.DEACTIVATED;

    @Test
    void aChange_isNamedWithWhoDidItAndItsId() {
        assertThat(change(DEACTIVATED))
                .contains(new Change(
                        "DeactivateMFADevice",
                        "arn:aws:iam::111122223333:root",
                        DEACTIVATED.when(),
                        "us-east-1",
                        "8a7b6c5d-1111-2222-3333-444455556666"));
    }

    @ParameterizedTest
    @MethodSource("otherCauses")
    void whatIsNoChangeInTheAccount_isNobodysDoing(Cause cause) {
        assertThat(change(cause)).isEmpty();
    }

    private static Stream<Cause> otherCauses() {
        return Stream.of(new Cause.ByHand(), new Cause.Stack(), new Cause.Schedule(), new Cause.SelfTest());
    }

    @Test
    void whatTheEventDoesNotSay_isLeftOpen() {
        assertThat(change(new Cause.Change("ConsoleLogin", null, null, null, null)))
                .contains(new Change("ConsoleLogin", null, null, null, null));
    }

    @ParameterizedTest(name = "Region {0}, event {1}")
    @CsvSource({
        "evil.example, 8a7b6c5d, , 8a7b6c5d",
        "us-east-1.evil.example/, ../../evil, ,",
        "us-east-1, evil.example, us-east-1,",
        "us-gov-west-1, 8a7b6c5d-1, us-gov-west-1, 8a7b6c5d-1",
        ", , ,",
    })
    void aRegionThatIsNone_andAnIdThatIsNone_areNotShown(String region, String eventId, String shown, String shownId) {
        assertThat(change(new Cause.Change("x", "y", null, region, eventId)))
                .contains(new Change("x", "y", null, shown, shownId));
    }

    @Test
    void whatAnybodyCouldHaveWritten_isNoLink() {
        Cause hostile = new Cause.Change("Urgent: www.evil.example", "see https://evil.example/a.b", null, null, null);

        assertThat(change(hostile))
                .contains(new Change(
                        "Urgent: www[.]evil[.]example", "see https: //evil[.]example/a[.]b", null, null, null));
    }

    @Test
    void whatOthersWrote_isShownAsOneShortLine() {
        Cause hostile = new Cause.Change("Delete\r\nUser", "a\u202Eb" + "c".repeat(1000), null, "us-east-1\nX", null);

        assertThat(change(hostile)).hasValueSatisfying(named -> {
            assertThat(named.event()).isEqualTo("Delete User");
            assertThat(named.who()).startsWith("abc").hasSize(300);
            assertThat(named.region()).isNull();
        });
    }

    @Test
    void ofTwoFindingsForOnePrerequisite_theLaterCounts() {
        Finding blocked = new Finding(Prerequisite.ADMIN_USER, Samples.UNKNOWN);
        Finding done = new Finding(Prerequisite.ADMIN_USER, Samples.DONE);

        assertThat(look(null, blocked, done).outcome(Prerequisite.ADMIN_USER)).isEqualTo(Samples.DONE);
    }

    @Test
    void whatNobodyLookedAt_isUnknown() {
        assertThat(look(null).outcome(Prerequisite.ADMIN_USER))
                .isEqualTo(new Outcome.Unknown("This was not looked at in this run."));
    }

    private static Optional<Change> change(Cause cause) {
        return look(cause).change();
    }

    private static Look look(Cause cause, Finding... findings) {
        return Samples.lookOf(
                Samples.ACCOUNT,
                "Example",
                Samples.EXECUTION,
                Optional.ofNullable(cause),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(findings));
    }
}
