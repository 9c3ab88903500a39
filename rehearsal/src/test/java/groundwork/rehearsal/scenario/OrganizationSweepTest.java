package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.MemberWorld.OTHER_MEMBER;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.store.EmbeddedAssignment;
import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.states.ExecutionResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A hub with two member accounts, from the first sweep on. */
@Tag("slow")
class OrganizationSweepTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private final MemberWorld members = MemberWorld.swept(TABLES);
    private final World world = members.world;

    @AfterEach
    void close() {
        members.close();
    }

    @BeforeEach
    void membersAreSetUp() {
        world.addressIsConfirmed();
        world.memberStacksAreRolledOut(List.of(MEMBER, OTHER_MEMBER));
        world.passes(Duration.ofMinutes(30));
    }

    private List<ExecutionRecord> sweeps() {
        return world.stack().executions("OrganizationSweep");
    }

    private List<Mail> digests() {
        return world.seen().allMails().stream()
                .filter(mail -> mail.subject().contains("accounts are ready"))
                .toList();
    }

    private List<String> accountsLookedAt(int from) {
        return world.stack().executions().stream()
                .skip(from)
                .map(execution -> execution.input().path("accountId").asText(MANAGEMENT))
                .toList();
    }

    private EmbeddedAssignment assignment(String accountId) {
        return world.identityCenter().assignments().stream()
                .filter(assignment -> assignment.accountId().equals(accountId))
                .findFirst()
                .orElseThrow();
    }

    private List<String> accountsWithAccess() {
        return world.identityCenter().assignments().stream()
                .map(EmbeddedAssignment::accountId)
                .sorted()
                .toList();
    }

    private static JsonNode output(ExecutionRecord execution) {
        return ((ExecutionResult.Succeeded) execution.result()).output();
    }

    private List<String> statuses() {
        return sweeps().stream().map(ExecutionRecord::status).toList();
    }

    @Test
    void whenTheAccountOfTheStackIsSetUp_theMembersFollow_andOneEmailTellsOfAll() {
        assertThat(accountsWithAccess()).containsExactly(MANAGEMENT, MEMBER, OTHER_MEMBER);
        assertThat(members.marks()).isEmpty();
        assertThat(statuses()).containsOnly("SWEPT");
        assertThat(output(sweeps().getFirst()).path("obstacle").asText())
                .startsWith("The member accounts come after this one");
        assertThat(digests()).hasSize(1);
        assertThat(digests().getFirst().text()).contains("[x] Ready\n    2 accounts.");
        assertThat(world.seen().mails().stream().filter(mail -> mail.text().contains(MEMBER)))
                .hasSize(1);
    }

    @Test
    void onAQuietDay_nothingIsDone_andNobodyIsTold() {
        int executions = world.stack().executions().size();
        int sweeps = sweeps().size();
        int calls = world.seen().calls().size();

        world.passes(Duration.ofDays(1));

        assertThat(accountsLookedAt(executions)).isEqualTo(List.of(MANAGEMENT));
        assertThat(sweeps()).hasSize(sweeps + 1);
        assertThat(digests()).hasSize(1);
        assertThat(world.seen().calls().stream()
                        .skip(calls)
                        .filter(call -> call.kind() == Call.Kind.WRITE)
                        .map(Call::operation))
                .isEmpty();
    }

    @Test
    void whereAccessIsTakenAway_itIsGivenBackWithinTenMinutes_andNothingElseIsLookedAt() {
        int executions = world.stack().executions().size();
        world.console().deletesAssignment(assignment(MEMBER));

        world.passes(Duration.ofMinutes(10));

        assertThat(accountsLookedAt(executions)).containsExactly(MEMBER);
        assertThat(accountsWithAccess()).containsExactly(MANAGEMENT, MEMBER, OTHER_MEMBER);
        assertThat(digests()).hasSize(2);
        assertThat(digests().getLast().text()).contains("Undone and put back", "1 account: 444455556666 (Workload).");
    }

    /** No account is named, so all are looked at: what changed may be the permission set of the members. */
    @Test
    void whereAPermissionSetIsChanged_allAreComparedAtOnce() {
        int sweeps = sweeps().size();
        world.console().detachesPolicy("MemberAdministratorAccess", "arn:aws:iam::aws:policy/AdministratorAccess");

        world.passes(Duration.ofMinutes(10));

        assertThat(sweeps()).hasSize(sweeps + 1);
        assertThat(digests().getLast().text()).contains("Undone and put back");
    }

    @Test
    void whoJoinsIsSetUp_andWhoLeavesIsNamed() {
        world.organization()
                .organizationsConsole(world.person())
                .createsMemberAccount("222233334444", "Newcomer", "newcomer@example.com");
        world.passes(Duration.ofMinutes(15));
        assertThat(accountsWithAccess()).contains("222233334444");
        assertThat(digests().getLast().text()).contains("Joined", "222233334444 (Newcomer)");

        world.organization().organizationsConsole(world.person()).removesMemberAccount("222233334444");
        world.passes(Duration.ofMinutes(15));
        assertThat(digests().getLast().text()).contains("Left the organization", "222233334444");
    }

    @Test
    void whatIsClosedIsLeftAlone() {
        world.organization().organizationsConsole(world.person()).closesMemberAccount(MEMBER);
        int executions = world.stack().executions().size();

        world.passes(Duration.ofDays(1));

        assertThat(accountsLookedAt(executions)).doesNotContain(MEMBER);
        assertThat(digests().getLast().text()).contains("Suspended, closed or not active yet: left alone", MEMBER);
    }

    @Test
    void oneAccountsFailureStopsNoOther_isTold_andIsTriedAgain() {
        world.stack().breakFunction("CompleteChecklistFunction");
        world.console().deletesAssignment(assignment(MEMBER));

        world.passes(Duration.ofDays(1));
        assertThat(digests().getLast().text()).contains("Groundwork failed; its executions say why", MEMBER);
        assertThat(statuses()).containsOnly("SWEPT");

        int executions = world.stack().executions().size();
        world.passes(Duration.ofDays(1));
        assertThat(accountsLookedAt(executions)).contains(MEMBER).doesNotContain(OTHER_MEMBER);
    }

    @Test
    void whatCannotBeCompared_isToldByAnAlarm_andIsGoneOnWith() {
        world.alarmsSound();
        world.stack().breakFunction("CompareMemberAccountsFunction");

        world.passes(Duration.ofDays(1));

        ExecutionResult.Failed failed =
                (ExecutionResult.Failed) sweeps().getLast().result();
        assertThat(failed.error()).isEqualTo("AccountsNotCompared");
        assertThat(failed.cause())
                .startsWith("1 of 1 batches of accounts could not be compared with what is on record. ");
        assertThat(world.seen().alarms())
                .singleElement()
                .satisfies(mail -> assertThat(mail.subject()).contains("Groundwork failed at the organization"));
        assertThat(sweep()).doesNotContainKey("owner").containsKey("batches");
    }

    @Test
    void oneSweepGoesOnAtATime_andLooksOnceMoreForTheOther() {
        int sweeps = sweeps().size();
        world.stack().start("OrganizationSweep", "one", JsonNodeFactory.instance.objectNode());
        world.stack().start("OrganizationSweep", "two", JsonNodeFactory.instance.objectNode());
        int listings = listings();

        world.passes(Duration.ofMinutes(10));

        assertThat(sweeps()).hasSize(sweeps + 2);
        assertThat(statuses()).containsOnlyOnce("SUPERSEDED");
        assertThat(listings() - listings).isEqualTo(2);
    }

    private int listings() {
        return (int) world.seen().calls().stream()
                .filter(call -> call.operation().equals("ListAccounts"))
                .count();
    }

    @Test
    void aSweepThatDiedIsTakenOver_andGoneOnWith() {
        world.stack().breakFunction("SendDigestFunction");
        world.passes(Duration.ofDays(1));
        assertThat(statuses()).contains("FAILED");
        String listedAt = sweep().get("listedAt").s();
        int listings = listings();

        world.stack().start("OrganizationSweep", "next", JsonNodeFactory.instance.objectNode());
        world.passes(Duration.ofMinutes(10));

        assertThat(sweep().get("listedAt").s()).isEqualTo(listedAt);
        assertThat(sweep().get("owner").s()).endsWith(":next");
        assertThat(listings()).isEqualTo(listings);
    }

    private Map<String, AttributeValue> sweep() {
        return TABLES.client()
                .getItem(get -> get.tableName(world.tableName())
                        .key(Map.of(
                                "accountId",
                                AttributeValue.fromS("ORGANIZATION"),
                                "item",
                                AttributeValue.fromS("SWEEP"))))
                .item();
    }
}
