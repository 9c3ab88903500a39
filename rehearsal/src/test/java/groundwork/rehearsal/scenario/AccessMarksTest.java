package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.MemberWorld.sample;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.stack.Witness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** Access to a member is taken away in the account of the hub. */
@Tag("slow")
class AccessMarksTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private MemberWorld members;

    @AfterEach
    void close() {
        members.close();
    }

    /** Somebody takes away in the hub's account what the hub has given to a member. */
    @Test
    void anAssignmentInAMemberThatIsRemoved_marksItsAccount() {
        members = new MemberWorld(TABLES, Witness.NONE);

        members.arrives(MANAGEMENT, Region.EU_CENTRAL_1, sample("member/delete-account-assignment"));
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.reasons()).isEqualTo(Map.of(MEMBER, "ACCESS"));
        assertThat(members.marks().get(MEMBER)).doesNotContainKey("seenAt");
    }

    /** Refused, by Groundwork itself, or in the hub, which AccessChanged hears. */
    @Test
    void anotherRemovalOfAnAssignment_marksNoAccount() {
        members = new MemberWorld(TABLES, Witness.NONE);
        String role =
                members.world.stack().template().resource("GrantAccessRole").arn();

        members.arrives(
                MANAGEMENT,
                Region.EU_CENTRAL_1,
                sample(
                        "member/delete-account-assignment",
                        "\"eventSource\"",
                        "\"errorCode\": \"AccessDenied\", \"eventSource\""));
        members.arrives(
                MANAGEMENT,
                Region.EU_CENTRAL_1,
                sample(
                        "member/delete-account-assignment",
                        "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_AdministratorAccess_8c1f0e2d3b4a5968",
                        role));
        members.arrives(
                MANAGEMENT, Region.EU_CENTRAL_1, sample("member/delete-account-assignment", MEMBER, MANAGEMENT));
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.marks()).isEmpty();
    }
}
