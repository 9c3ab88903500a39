package groundwork.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.state.AccountRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComparisonTest {
    private static final String ID = "444455556666";
    private static final Member AS_RECORDED =
            new Member(ID, "Payments", Member.Standing.ACTIVE, List.of(Looks.SET), false, null);
    private static final Outcome UNKNOWN = new Outcome.Unknown("It could not be read.");

    private final List<String> looked = new ArrayList<>();
    private Findings rootUser = Findings.of(
            new Finding(Prerequisite.ROOT_MFA, Looks.DONE), new Finding(Prerequisite.ROOT_ACCESS_KEYS, Looks.DONE));
    private final Comparison comparison = new Comparison(id -> {
        looked.add(id);
        return rootUser;
    });

    @Test
    void whatIsAsRecordedNeedsNothing() {
        assertThat(differs(AS_RECORDED, Looks.ready())).isFalse();
        assertThat(looked).containsExactly(ID);
    }

    @Test
    void whatWasNeverLookedAtDiffers() {
        assertThat(comparison.differs(Looks.KNOWN, AS_RECORDED, SweepTable.Recorded.NOTHING))
                .isTrue();
    }

    @Test
    void whatFailedIsTriedAgain() {
        assertThat(comparison.differs(Looks.KNOWN, AS_RECORDED, new SweepTable.Recorded(Looks.ready(), true, null)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_ACTIVE", "GONE"})
    void whatIsNotActiveIsLeftAlone(Member.Standing standing) {
        Member member = new Member(ID, "Payments", standing, List.of(), false, null);

        assertThat(differs(member, AccountRecord.NONE)).isFalse();
        assertThat(looked).isEmpty();
    }

    @Test
    void whereTheGroupHasNotThePermissionSetAnyMoreItDiffers() {
        assertThat(differs(with(List.of("arn:aws:sso:::permissionSet/other"), false), Looks.ready()))
                .isTrue();
        assertThat(differs(with(List.of(), false), Looks.ready())).isTrue();
        assertThat(differs(with(List.of("arn:aws:sso:::permissionSet/other", Looks.SET), false), Looks.ready()))
                .isFalse();
    }

    @Test
    void whereThePermissionSetWasChangedSinceItDiffers() {
        assertThat(differs(with(List.of(Looks.SET), true), Looks.ready())).isTrue();
    }

    private static Member with(List<String> permissionSets, boolean outdated) {
        return new Member(ID, "Payments", Member.Standing.ACTIVE, permissionSets, outdated, null);
    }

    @Test
    void underAnotherAdministratorOrGroupItDiffers() {
        assertThat(comparison.differs(
                        new AccountRecord.Known("user-2", "group-1", Looks.SET),
                        AS_RECORDED,
                        new SweepTable.Recorded(Looks.ready(), false, null)))
                .isTrue();
        assertThat(comparison.differs(
                        new AccountRecord.Known("user-1", "group-2", Looks.SET),
                        AS_RECORDED,
                        new SweepTable.Recorded(Looks.ready(), false, null)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"IDENTITY_CENTER", "ADMIN_USER", "ADMIN_ACCESS"})
    void whatGroundworkCouldNotDoIsTriedAgain(Prerequisite prerequisite) {
        assertThat(differs(AS_RECORDED, Looks.with(prerequisite, UNKNOWN))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"ROOT_MFA", "ROOT_ACCESS_KEYS"})
    void whereTheRootUserIsOtherThanRecordedItDiffers(Prerequisite prerequisite) {
        rootUser = rootUser.and(Findings.of(new Finding(prerequisite, UNKNOWN)));

        assertThat(differs(AS_RECORDED, Looks.ready())).isTrue();
        assertThat(differs(AS_RECORDED, Looks.with(prerequisite, UNKNOWN))).isFalse();
    }

    @Test
    void aFirstEventIsANews() {
        AccountRecord unheard = Looks.with(Prerequisite.CHANGE_EVENTS, UNKNOWN);

        assertThat(differs(marked(new Member.Marked(1, Looks.AT)), unheard)).isTrue();
        assertThat(differs(marked(new Member.Marked(1, null)), unheard)).isFalse();
        assertThat(differs(marked(null), unheard)).isFalse();
        assertThat(differs(marked(new Member.Marked(1, Looks.AT)), Looks.ready()))
                .isFalse();
    }

    private static Member marked(Member.Marked mark) {
        return new Member(ID, "Payments", Member.Standing.ACTIVE, List.of(Looks.SET), false, mark);
    }

    @Test
    void anAccountThatCannotBeLookedAtStopsNoOther() {
        Comparison failing = new Comparison(id -> {
            throw new IllegalStateException("AWS said something new");
        });

        assertThat(failing.differs(Looks.KNOWN, AS_RECORDED, new SweepTable.Recorded(Looks.ready(), false, null)))
                .isTrue();
    }

    private boolean differs(Member member, AccountRecord record) {
        return comparison.differs(Looks.KNOWN, member, new SweepTable.Recorded(record, false, null));
    }
}
