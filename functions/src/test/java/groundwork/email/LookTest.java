package groundwork.email;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.checklist.Console;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.checklist.RecordedChange;
import groundwork.request.Cause;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.regions.Region;

class LookTest {
    private static final Console CONSOLE = new Console(Region.EU_CENTRAL_1);
    private static final Cause DEACTIVATED = Samples.DEACTIVATED;

    @Test
    void aChange_isNamedWithWhoDidItAndALinkToIt() {
        assertThat(change(DEACTIVATED))
                .contains(new RecordedChange(
                        "DeactivateMFADevice",
                        "arn:aws:iam::111122223333:root",
                        DEACTIVATED.when(),
                        "us-east-1",
                        URI.create("https://us-east-1.console.aws.amazon.com/cloudtrailv2/home?region=us-east-1"
                                + "#/events/8a7b6c5d-1111-2222-3333-444455556666")));
    }

    @ParameterizedTest
    @EnumSource(
            value = Cause.Kind.class,
            names = {"CHANGE"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatIsNoChangeInTheAccount_isNobodysDoing(Cause.Kind kind) {
        assertThat(change(new Cause(kind, null, null, null, null, null))).isEmpty();
    }

    @Test
    void whatTheEventDoesNotSay_isLeftOpen() {
        assertThat(change(new Cause(Cause.Kind.CHANGE, "ConsoleLogin", null, null, null, null)))
                .contains(new RecordedChange("ConsoleLogin", null, null, null, null));
    }

    @ParameterizedTest(name = "Region {0}, event {1}")
    @CsvSource({
        "us-east-1, ../../evil",
        "us-east-1.evil.example/, 8a7b6c5d",
        "us-east-1,",
        ", 8a7b6c5d",
    })
    void anEventWhoseIdsAreNoIds_isNotLinked(String region, String eventId) {
        Optional<RecordedChange> change = change(new Cause(Cause.Kind.CHANGE, "x", "y", null, region, eventId));

        assertThat(change).hasValueSatisfying(named -> {
            assertThat(named.region()).isEqualTo(region);
            assertThat(named.link()).isNull();
        });
    }

    @Test
    void whatOthersWrote_isShownAsOneShortLine() {
        Cause hostile = new Cause(
                Cause.Kind.CHANGE, "Delete\r\nUser", "a\u202Eb" + "c".repeat(1000), null, "us-east-1\nX", null);

        assertThat(change(hostile)).hasValueSatisfying(named -> {
            assertThat(named.event()).isEqualTo("Delete User");
            assertThat(named.who()).startsWith("abc").hasSize(300);
            assertThat(named.region()).isEqualTo("us-east-1 X");
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

    private static Optional<RecordedChange> change(Cause cause) {
        return look(cause).change(CONSOLE);
    }

    private static Look look(Cause cause, Finding... findings) {
        return new Look(
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
