package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.MemberWorld.OTHER_MEMBER;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;

/** The roll-out of the member stack proves that events of a member arrive, where nothing else happens. */
@Tag("slow")
class HearingMembersTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    /** The last digest after the roll-out. */
    private static String rolledOut(World world) {
        world.memberStacksAreRolledOut(List.of(MEMBER, OTHER_MEMBER));
        world.passes(Duration.ofMinutes(30));
        return world.seen().mails("accounts are ready").getLast().text();
    }

    @Test
    void withAnOrganizationTrail_theMembersAreReadyAfterTheRollOut_andTheDigestSaysSo() {
        try (MemberWorld members = MemberWorld.swept(TABLES, true)) {
            members.world.addressIsConfirmed();
            assertThat(rolledOut(members.world)).contains("[x] Ready\n    2 accounts");
        }
    }

    @Test
    void withoutATrailInTheMembers_theyStayUnknown() {
        try (MemberWorld members = MemberWorld.swept(TABLES, false)) {
            members.world.addressIsConfirmed();
            assertThat(rolledOut(members.world)).contains("[ ] Not known: CHANGE_EVENTS\n    2 accounts");
        }
    }

    /** The owner has the stack make it later, in place of that of the account. */
    @Test
    void withATrailOfTheOrganizationThatTheStackMakes_theMembersAreReady() {
        try (MemberWorld members = MemberWorld.swept(TABLES, false)) {
            World world = members.world;
            world.addressIsConfirmed();
            Map<String, String> parameters = new HashMap<>(Scenarios.lookingAfter("all"));
            parameters.put("CreateTrail", "organization");
            world.stackIsUpdated(parameters);

            assertThat(rolledOut(world)).contains("[x] Ready\n    2 accounts");
            assertThat(world.organization()
                            .client(CloudTrailClient.class, world.person(), Region.EU_CENTRAL_1)
                            .describeTrails(request -> {})
                            .trailList())
                    .singleElement()
                    .satisfies(trail -> assertThat(trail.isOrganizationTrail()).isTrue())
                    .satisfies(trail -> assertThat(trail.name()).endsWith("-OrganizationTrail"));
        }
    }

    /** The trail came after the roll-out: what docs/organization.md says finds out whether events arrive. */
    @Test
    void whenTheTrailComesLater_theMemberStacksAreUpdatedTwice_andTheMembersAreReady() {
        try (MemberWorld members = MemberWorld.swept(TABLES, false)) {
            World world = members.world;
            world.addressIsConfirmed();
            rolledOut(world);
            Map<String, String> parameters = new HashMap<>(Scenarios.lookingAfter("all"));
            parameters.put("CreateTrail", "organization");
            world.stackIsUpdated(parameters);

            world.stack().memberStacks().rollOut(List.of(MEMBER, OTHER_MEMBER), 2, Map.of("ForwardEvents", "false"));
            world.passes(Duration.ofMinutes(30));
            assertThat(rolledOut(world)).contains("[x] Ready\n    2 accounts");
        }
    }
}
