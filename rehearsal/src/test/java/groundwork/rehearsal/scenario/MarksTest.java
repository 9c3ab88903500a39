package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.MemberWorld.OTHER_MEMBER;
import static groundwork.rehearsal.scenario.MemberWorld.sample;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.trail.Trail;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.stack.EventCatalogue;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.stack.Witness;
import groundwork.rehearsal.template.IamRole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

/** What happens in or to a member account marks it, and a mark brings a sweep. */
@Tag("slow")
class MarksTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private final Set<String> used = new TreeSet<>();
    private final List<String> refused = new ArrayList<>();
    private final Witness witness = new Witness() {
        @Override
        public void allowed(IamRole role, AccessCheck check, Decision.Allowed by) {
            by.by()
                    .forEach(match -> match.actions()
                            .forEach(action -> used.add(match.statement().id() + " " + action)));
        }

        @Override
        public void refused(IamRole role, AccessCheck check) {
            refused.add(role.logicalId() + " " + check);
        }
    };

    private MemberWorld members;

    @AfterEach
    void close() {
        members.close();
    }

    @Test
    void aMemberStackThatIsRolledOut_marksItsAccountAndStartsOneSweep() {
        members = new MemberWorld(TABLES, witness);

        members.world.memberStacksAreRolledOut(List.of(MEMBER, OTHER_MEMBER));
        members.world.passes(Duration.ofMinutes(10));

        // One reported by StackSets, and one that the stack causes itself, in the account.
        assertThat(members.marks().keySet()).containsExactly(MEMBER, OTHER_MEMBER);
        assertThat(members.marks().get(MEMBER)).containsKey("seenAt");
        assertThat(members.marks().get(MEMBER).get("events").n()).isEqualTo("2");
        assertThat(members.sweeps())
                .singleElement()
                .satisfies(sweep -> assertThat(sweep.input().toString()).isEqualTo("{\"marked\":true}"))
                .satisfies(sweep -> assertThat(sweep.name()).isEqualTo("marks-2026-03-02T09-20Z"));
    }

    @Test
    void aMemberStackThatIsRemoved_marksItsAccount() {
        members = MemberWorld.rolledOut(TABLES, witness);

        members.world.memberStacksAreRemoved(List.of(MEMBER));
        members.world.passes(Duration.ofMinutes(10));

        assertThat(members.reasons()).isEqualTo(Map.of(MEMBER, "MEMBER_STACK"));
    }

    /** A new account has no organization yet, and gets its parameters by an update. */
    @Test
    void aStackThatIsToldItsOrganizationByAnUpdate_marksAccountsFromThenOn() {
        members = new MemberWorld(TABLES, witness, Map.of());
        members.world.stackIsUpdated(Scenarios.lookingAfter("all"));
        members.sweepsFail();
        members.world.memberStacksAreRolledOut(List.of(MEMBER));
        members.world.passes(Duration.ofMinutes(10));
        members.worksOffMarks();

        members.world.organization().rootUser(MEMBER).enablesPasskey();
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.reasons()).isEqualTo(Map.of(MEMBER, "MEMBER_EVENT"));
    }

    /** The StackSet may come first by mistake: then it is refused in each account, and can be rolled out again later. */
    @Test
    void aMemberStackBeforeItsHub_isNotTaken() {
        members = new MemberWorld(TABLES, witness, Map.of());

        members.world.memberStacksAreRolledOut(List.of(MEMBER));
        members.world.passes(Duration.ofMinutes(10));

        assertThat(members.world.stack().memberStacks().accounts()).isEmpty();
    }

    @Test
    void anAccountThatLeaves_isMarkedAndNotHeardOfAnyMore() {
        members = MemberWorld.rolledOut(TABLES, witness);
        members.world
                .organization()
                .organizationsConsole(members.world.person())
                .removesMemberAccount(MEMBER);
        members.world.passes(Duration.ofMinutes(1));
        assertThat(members.reasons()).isEqualTo(Map.of(MEMBER, "DEPARTED"));
        members.worksOffMarks();

        // It has a trail of its own by now.
        members.world.organization().createTrail(Trail.multiRegion("own", MEMBER, Region.US_EAST_1));
        members.world.organization().rootUser(MEMBER).enablesPasskey();
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.marks()).isEmpty();
    }

    @Test
    void whatHappensToTheRootUserOfAMember_marksItsAccountAndProvesThatItsEventsArrive() {
        members = MemberWorld.rolledOut(TABLES, witness);
        Instant before = members.world.now();

        members.world.organization().rootUser(MEMBER).enablesPasskey();
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.reasons()).isEqualTo(Map.of(MEMBER, "MEMBER_EVENT"));
        assertThat(Instant.parse(members.marks().get(MEMBER).get("seenAt").s())).isBetween(before, members.world.now());
        assertThat(members.marks().get(MEMBER).get("markedAt"))
                .isEqualTo(members.marks().get(MEMBER).get("seenAt"));
        assertThat(members.sweeps()).hasSize(2);
    }

    @Test
    void anAccountWithoutAMemberStack_isNotHeardOf() {
        members = new MemberWorld(TABLES, witness);

        members.world.organization().rootUser(MEMBER).enablesPasskey();
        members.world.passes(Duration.ofMinutes(10));

        assertThat(members.marks()).isEmpty();
    }

    @Test
    void whereNoRuleMayBe_theStackIsRolledOutAllTheSameAndEventsDoNotArrive() {
        members = new MemberWorld(TABLES, witness);
        members.world.stack().memberStacks().rollOut(List.of(MEMBER), 1, Map.of("ForwardEvents", "false"));
        members.world.passes(Duration.ofMinutes(10));
        assertThat(members.reasons()).isEqualTo(Map.of(MEMBER, "MEMBER_STACK"));
        members.worksOffMarks();

        members.world.organization().rootUser(MEMBER).enablesPasskey();
        members.world.passes(Duration.ofMinutes(10));

        assertThat(members.marks()).isEmpty();
    }

    /** The bus comes first: without its policy the rules of a member cannot be made, and the stack is rolled back. */
    @Test
    void aMemberStackOfAnotherPrefix_isNotTaken() {
        members = new MemberWorld(TABLES, witness);

        members.world.stack().memberStacks().rollOut(List.of(MEMBER), 1, Map.of("NamePrefix", "second"));
        members.world.passes(Duration.ofMinutes(10));

        assertThat(members.world.stack().memberStacks().accounts()).isEmpty();
        assertThat(members.reasons()).isEqualTo(Map.of(MEMBER, "MEMBER_STACK"));
    }

    @ParameterizedTest
    @CsvSource({
        "organization/account-joined-organization,   JOINED",
        "organization/account-departed-organization, DEPARTED"
    })
    void anAccountThatJoinsOrLeaves_isMarked(String sample, String why) {
        members = new MemberWorld(TABLES, witness);

        members.arrives(MANAGEMENT, Region.US_EAST_1, sample(sample));
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.reasons()).isEqualTo(Map.of(MEMBER, why));
        assertThat(members.marks().get(MEMBER)).doesNotContainKey("seenAt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "member/stack-of-another-stack-set",
                "member/stack-instance-pending",
                "member/stack-instance-drift-detected"
            })
    void whatElseStackSetsReport_marksNoAccount(String sample) {
        members = new MemberWorld(TABLES, witness);

        members.arrives(MANAGEMENT, Region.EU_CENTRAL_1, sample(sample));
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.marks()).isEmpty();
        assertThat(members.sweeps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"member/stack-instance-created", "member/stack-instance-deleted"})
    void theSamplesOfStackSets_markTheAccountOfTheStack(String sample) {
        members = new MemberWorld(TABLES, witness);

        members.arrives(MANAGEMENT, Region.EU_CENTRAL_1, sample(sample));
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.reasons()).isEqualTo(Map.of(MEMBER, "MEMBER_STACK"));
    }

    /** What StackSets and AWS Organizations report counts in the hub's account alone. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "member/stack-instance-created",
                "member/delete-account-assignment",
                "organization/account-joined-organization",
                "organization/account-departed-organization"
            })
    void whatAnotherAccountReports_marksNoAccountAlsoWhereTheDefaultBusIsOpen(String sample) {
        members = new MemberWorld(TABLES, witness);
        JsonNode event = EventCatalogue.json(EventCatalogue.text("events/" + sample + ".json")
                .replaceFirst("\"account\": \"" + MANAGEMENT, "\"account\": \"" + MEMBER));

        members.arrives(MANAGEMENT, Region.EU_CENTRAL_1, event);
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.marks()).isEmpty();
    }

    /** As fast as a sweep can work: the account is marked anew as soon as its mark is gone. */
    @Test
    void marksThatAreWorkedOffAtOnce_startOneSweepInFiveMinutes() {
        members = MemberWorld.rolledOut(TABLES, witness);
        JsonNode event = sample("root-user/console-login-other-spelling", MANAGEMENT, MEMBER);
        int sweeps = members.sweeps().size();
        Instant begin = members.world.now();

        for (int second = 0; second < 1500; second += 5) {
            members.arrives(MEMBER, Region.US_EAST_1, event);
            members.world.passes(Duration.ofSeconds(5));
            members.worksOffMarks();
        }

        assertThat(Duration.between(begin, members.world.now())).isEqualTo(Duration.ofMinutes(25));
        assertThat(members.sweeps().size() - sweeps).isBetween(5, 6);
        assertThat(members.sweeps()).extracting(ExecutionRecord::name).doesNotHaveDuplicates();
    }

    @Test
    void aMarkThatNoSweepWorkedOffWithinAnHour_startsAnother() {
        members = MemberWorld.rolledOut(TABLES, witness);
        int sweeps = members.sweeps().size();
        members.world.organization().rootUser(MEMBER).enablesPasskey();
        members.world.passes(Duration.ofMinutes(59));
        members.world.organization().rootUser(MEMBER).deactivatesMfa();
        members.world.passes(Duration.ofSeconds(30));
        assertThat(members.sweeps()).hasSize(sweeps + 1);

        members.world.passes(Duration.ofMinutes(1));
        members.world.organization().rootUser(MEMBER).enablesPasskey();
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.sweeps()).hasSize(sweeps + 2);
        assertThat(members.marks().get(MEMBER).get("events").n()).isEqualTo("3");
    }

    /** Only an edited table has such a mark, and it must not silence the account until then. */
    @ParameterizedTest
    @ValueSource(strings = {"2031-01-01T00:00:00Z", "yesterday", ""})
    void aMarkWithATimeThatIsNone_startsASweep(String markedAt) {
        members = MemberWorld.rolledOut(TABLES, witness);
        int sweeps = members.sweeps().size();
        members.writes(MEMBER, "markedAt", markedAt);

        members.world.organization().rootUser(MEMBER).enablesPasskey();
        members.world.passes(Duration.ofMinutes(1));

        assertThat(members.sweeps()).hasSize(sweeps + 1);
    }

    @Test
    void everyPermissionOfTheMarksIsUsed_andNoneIsMissing() {
        members = new MemberWorld(TABLES, witness);
        members.world.memberStacksAreRolledOut(List.of(MEMBER));
        members.world.passes(Duration.ofMinutes(10));
        members.world.organization().rootUser(MEMBER).enablesPasskey();
        members.world.passes(Duration.ofMinutes(10));

        assertThat(refused).isEmpty();
        Set<String> declared = new TreeSet<>();
        members.world.stack().template().roles().stream()
                .filter(role ->
                        Stream.of("MarkAccountRole", "StartMarkAccountRole").anyMatch(role.logicalId()::equals))
                .forEach(role -> role.policies()
                        .forEach(policy -> policy.statements()
                                .forEach(statement -> statement
                                        .actions()
                                        .forEach(action -> declared.add(statement.id() + " " + action)))));
        declared.removeAll(used);
        assertThat(declared)
                // Step Functions delivers the log, not the definition:
                // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
                .allMatch(permission -> permission.startsWith("MarkAccountRole/MarkAccount.DeliverLogs logs:"));
        assertThat(used).contains("ForwardRole/ForwardEvents.ForwardEvents events:PutEvents");
    }
}
