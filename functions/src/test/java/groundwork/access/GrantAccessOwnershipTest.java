package groundwork.access;

import static groundwork.access.AccessInPlace.SET_ARN;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.state.AccountRecord;
import groundwork.state.OutboxContents;
import groundwork.state.PointsInTime;
import groundwork.state.RecentRepairs;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssoadmin.model.Tag;

/** Other stacks have sets of their own, and other automations have the last word. */
class GrantAccessOwnershipTest {
    private static final String OTHER =
            "arn:aws:cloudformation:us-east-1:444455556666:stack/groundwork/9c8b7a60-3a1b-4c2d-9e8f-0a1b2c3d4e5f";

    private final AccessInPlace access = new AccessInPlace();

    @Test
    void theSetOfAnotherStackOfTheSameName_isLeftAsItIsAndTheDifferenceSaid() {
        access.tags(tag(OTHER));
        access.permissionSet(SET_ARN, "AdministratorAccess", "PT12H");

        Finding finding = access.grantAgain().findings().all().getFirst();

        assertThat(access.writes()).isEmpty();
        assertThat(finding.notice())
                .isEqualTo(
                        "The permission set AdministratorAccess was made by another stack, " + OTHER
                                + ", and its sessions last PT12H, not PT4H as this stack has it. Groundwork leaves it as it is.");
        assertThat(finding.outcome()).isInstanceOf(Outcome.Done.class);
        assertThat(finding.outcome().what()).endsWith(finding.notice());
    }

    @Test
    void theSetOfAnotherStackThatIsAsThisOneHasIt_isNoNews() {
        access.tags(tag(OTHER));

        assertThat(access.grantAgain().findings().all().getFirst().notice()).isNull();
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void theSetOfAnotherStackWithoutThePolicy_isTaken() {
        access.tags(tag(OTHER));
        access.policies("arn:aws:iam::aws:policy/ReadOnlyAccess");

        assertThat(access.grantAgain().findings().all().getFirst().outcome())
                .isEqualTo(Outcome.Blocked.because(BlockedReason.PERMISSION_SET_TAKEN, "AdministratorAccess"));
        assertThat(access.writes()).isEmpty();
    }

    /** Earlier versions marked what they made with the name only. */
    @Test
    void theSetOfAnEarlierVersion_isMarkedWithTheIdOfTheStack() {
        access.taggedByName();

        access.grantAgain();

        assertThat(access.writes()).containsExactly("TagResource");
    }

    @Test
    void inAPlan_nothingIsMarked() {
        access.taggedByName();

        access.plan();

        assertThat(access.writes()).isEmpty();
    }

    @Test
    void whatWasPutBackThreeTimesWithinADay_isNotPutBackAgain() {
        access.member(false);
        access.sent("SIGN_IN#" + AccessInPlace.ADA.userId());

        Finding finding =
                access.grantWith(recordWithRepairs(3)).findings().all().getFirst();

        assertThat(finding.outcome())
                .isEqualTo(Outcome.Blocked.because(
                        BlockedReason.REPAIRED_TOO_OFTEN, "membership in group Administrators"));
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void whatWasPutBackTwice_isPutBackAgain() {
        access.member(false);
        access.sent("SIGN_IN#" + AccessInPlace.ADA.userId());

        access.grantWith(recordWithRepairs(2));

        assertThat(access.writes()).contains("CreateGroupMembership");
    }

    @Test
    void aDayAfterTheFirst_itIsPutBackAgain() {
        access.member(false);
        access.sent("SIGN_IN#" + AccessInPlace.ADA.userId());
        access.now = AccessInPlace.LOOK.plus(Duration.ofDays(1)).minusSeconds(3 * 60);

        access.grantWith(recordWithRepairs(3));

        assertThat(access.writes()).contains("CreateGroupMembership");
    }

    private static String recordWithRepairs(int times) {
        AccountRecord before =
                AccountRecord.parse(AccessInPlace.recordOfAccess(), new PointsInTime(AccessInPlace.LOOK));
        List<OutboxContents.Repair> repairs = IntStream.rangeClosed(1, times)
                .mapToObj(time -> new OutboxContents.Repair(
                        "look-" + time + "#ADMIN_ACCESS#membership in group Administrators",
                        Prerequisite.ADMIN_ACCESS,
                        "Put back.",
                        AccessInPlace.LOOK.minusSeconds(60L * time)))
                .toList();
        return new AccountRecord(
                        before.checklist(),
                        before.known(),
                        null,
                        null,
                        RecentRepairs.NONE.and(repairs, AccessInPlace.LOOK),
                        null,
                        null)
                .stored();
    }

    private static Tag tag(String value) {
        return Tag.builder().key("groundwork:stack").value(value).build();
    }
}
