package groundwork.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.json.Json;
import groundwork.state.AccountRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.AccountState;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationRequest;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationResponse;
import software.amazon.awssdk.services.organizations.model.ListAccountsRequest;
import software.amazon.awssdk.services.organizations.model.ListAccountsResponse;
import software.amazon.awssdk.services.organizations.model.Organization;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentForPrincipal;
import software.amazon.awssdk.services.ssoadmin.model.InstanceMetadata;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsForPrincipalRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsForPrincipalResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountsForProvisionedPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountsForProvisionedPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesResponse;

class ListMemberAccountsHandlerTest {
    private static final String HUB = "111122223333";
    private static final String PAYMENTS = "444455556666";

    private final OrganizationTable table = new OrganizationTable();
    private final OrganizationsClient organizations = mock(OrganizationsClient.class, CALLS_REAL_METHODS);
    private final SsoAdminClient ssoAdmin = mock(SsoAdminClient.class, CALLS_REAL_METHODS);
    private Instant now = Looks.AT.plus(Duration.ofHours(1));
    private final ListMemberAccountsHandler handler = new ListMemberAccountsHandler(
            Map.of(
                    "ACCOUNT_ID", HUB,
                    "AWS_REGION", "eu-central-1",
                    "TABLE_NAME", "groundwork",
                    "ORGANIZATION_ID", "o-a1b2c3d4e5",
                    "MEMBER_ACCOUNTS", "all",
                    "EXCLUDED_ACCOUNTS", "999900001111"),
            () -> now,
            table,
            organizations,
            ssoAdmin,
            duration -> {});

    @BeforeEach
    void organization() {
        table.put(HUB, "ACCOUNT", Map.of("record", Looks.ready().stored()));
        organizationIs("o-a1b2c3d4e5");
        accounts(HUB, PAYMENTS, "999900001111");
        doReturn(ListInstancesResponse.builder()
                        .instances(InstanceMetadata.builder()
                                .instanceArn("arn:aws:sso:::instance/ssoins-1234567890abcdef")
                                .build())
                        .build())
                .when(ssoAdmin)
                .listInstances(any(ListInstancesRequest.class));
        doReturn(ListAccountAssignmentsForPrincipalResponse.builder()
                        .accountAssignments(AccountAssignmentForPrincipal.builder()
                                .accountId(PAYMENTS)
                                .permissionSetArn(Looks.SET)
                                .build())
                        .build())
                .when(ssoAdmin)
                .listAccountAssignmentsForPrincipal(any(ListAccountAssignmentsForPrincipalRequest.class));
        doReturn(ListAccountsForProvisionedPermissionSetResponse.builder()
                        .accountIds(PAYMENTS)
                        .build())
                .when(ssoAdmin)
                .listAccountsForProvisionedPermissionSet(any(ListAccountsForProvisionedPermissionSetRequest.class));
    }

    private void organizationIs(String id) {
        doReturn(DescribeOrganizationResponse.builder()
                        .organization(Organization.builder().id(id).build())
                        .build())
                .when(organizations)
                .describeOrganization(any(DescribeOrganizationRequest.class));
    }

    private void accounts(String... ids) {
        doReturn(ListAccountsResponse.builder()
                        .accounts(java.util.Arrays.stream(ids)
                                .map(id -> Account.builder()
                                        .id(id)
                                        .name("Account " + id)
                                        .state(AccountState.ACTIVE)
                                        .build())
                                .toList())
                        .build())
                .when(organizations)
                .listAccounts(any(ListAccountsRequest.class));
    }

    private ListMemberAccountsHandler.Report list(boolean marked) {
        return handler.handleRequest(new ListMemberAccountsHandler.Request(marked), null);
    }

    private int accounts(ListMemberAccountsHandler.Report report) {
        return report.batches().stream()
                .mapToInt(key -> batch(key).members().size())
                .sum();
    }

    private Batch batch(String key) {
        return new SweepTable(table, "groundwork", () -> now).batch(key);
    }

    @Test
    void listsTheAccountsInScopeWithWhatTheGroupHasThere() {
        ListMemberAccountsHandler.Report report = list(false);

        assertThat(accounts(report)).isEqualTo(1);
        assertThat(report.whole()).isTrue();
        assertThat(report.obstacle()).isNull();
        assertThat(report.permissionSetKnown()).isFalse();
        assertThat(report.batches()).containsExactly("BATCH#2026-11-22T09:00:00Z#0000");
        Batch batch = batch(report.batches().getFirst());
        assertThat(batch.known()).isEqualTo(Looks.KNOWN);
        assertThat(batch.isCompared()).isFalse();
        assertThat(batch.members())
                .containsExactly(new Member(
                        PAYMENTS, "Account " + PAYMENTS, Member.Standing.ACTIVE, List.of(Looks.SET), false, null));
        assertThat(table.item("ORGANIZATION", report.batches().getFirst())
                        .get("expiresAt")
                        .n())
                .isEqualTo(Long.toString(now.plus(Duration.ofDays(7)).getEpochSecond()));
    }

    @Test
    void fiftyAccountsMakeABatch() {
        accounts(IntStream.range(0, 101).mapToObj("%012d"::formatted).toArray(String[]::new));

        ListMemberAccountsHandler.Report report = list(false);

        assertThat(accounts(report)).isEqualTo(101);
        assertThat(report.batches().stream().map(key -> batch(key).members().size()))
                .containsExactly(50, 50, 1);
        assertThat(report.batches().getLast()).endsWith("#0002");
    }

    @Test
    void whereThePermissionSetOfTheMembersIsKnownWhatIsOutdatedIsAskedForOnce() {
        table.put(HUB, "ACCOUNT", Map.of("record", Looks.ready().stored(), "memberPermissionSetArn", Looks.SET));

        ListMemberAccountsHandler.Report report = list(false);
        assertThat(report.permissionSetKnown()).isTrue();
        assertThat(batch(report.batches().getFirst()).members().getFirst().outdated())
                .isTrue();
        verify(ssoAdmin, times(1))
                .listAccountsForProvisionedPermissionSet(any(ListAccountsForProvisionedPermissionSetRequest.class));
    }

    @Test
    void whereOnlyMarkedAccountsAreAskedForTheOthersAreLeft() {
        accounts(HUB, PAYMENTS, "555566667777");
        table.mark(PAYMENTS, 3, "2026-11-22T08:30:00Z");

        ListMemberAccountsHandler.Report report = list(true);

        assertThat(report.whole()).isFalse();
        assertThat(batch(report.batches().getFirst()).members())
                .extracting(Member::id, Member::mark)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        PAYMENTS, new Member.Marked(3, Instant.parse("2026-11-22T08:30:00Z"))));
    }

    @Test
    void nothingMarkedIsNothingToLookAt() {
        assertThat(list(true).batches()).isEmpty();
    }

    @Test
    void whoIsMarkedAndNotLookedAfterIsGone() {
        table.mark("222222222222", 1, null);

        for (boolean marked : new boolean[] {true, false}) {
            now = now.plusSeconds(1);
            new SweepTable(table, "groundwork", () -> now).end();
            assertThat(batch(list(marked).batches().getFirst()).members())
                    .filteredOn(member -> member.standing() == Member.Standing.GONE)
                    .extracting(Member::id)
                    .containsExactly("222222222222");
        }
    }

    @Test
    void theAccountOfTheStackComesFirst() {
        table.put(
                HUB,
                "ACCOUNT",
                Map.of(
                        "record",
                        Looks.with(Prerequisite.ADMIN_ACCESS, new Outcome.Unknown("Not yet."))
                                .stored()));
        assertThat(list(false).obstacle()).startsWith("The member accounts come after this one");
        assertThat(list(false).batches()).isEmpty();

        table.put(HUB, "ACCOUNT", Map.of());
        assertThat(list(false).obstacle()).isNotNull();
        verify(organizations, never()).listAccounts(any(ListAccountsRequest.class));
    }

    @Test
    void anotherOrganizationIsRefusedByTheNameOfTheParameter() {
        organizationIs("o-zzzzzzzzzz");

        assertThatThrownBy(() -> list(false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "The parameter OrganizationId is o-a1b2c3d4e5, but this account is in the organization o-zzzzzzzzzz.");
    }

    @Test
    void aSweepThatDiedIsGoneOnWith() {
        List<String> before = list(false).batches();
        accounts(HUB, PAYMENTS, "555566667777");
        now = now.plus(Duration.ofHours(12)).minusSeconds(1);

        assertThat(list(true).batches()).isEqualTo(before);
        assertThat(list(true).whole()).isTrue();
        assertThat(list(true).permissionSetKnown()).isFalse();
        assertThat(list(false).batches()).isEqualTo(before);
    }

    @Test
    void aSweepThatEndedLongAgoOrWasOfMarksOnlyIsNot() {
        table.mark(PAYMENTS, 1, null);
        List<String> ofMarks = list(true).batches();
        now = now.plusSeconds(1);
        assertThat(list(true).batches()).isEqualTo(ofMarks);

        List<String> ofAll = list(false).batches();
        assertThat(ofAll).isNotEqualTo(ofMarks);
        now = now.plus(Duration.ofHours(12));
        assertThat(list(false).batches()).isNotEqualTo(ofAll);
    }

    @Test
    void aRecordThatCannotBeReadIsNone() {
        table.put(HUB, "ACCOUNT", Map.of("record", "{"));

        assertThat(list(false).obstacle()).isNotNull();
    }

    @Test
    void writesWhatItReads() throws Exception {
        Batch batch = new Batch(
                new AccountRecord.Known("user-1", "group-1", Looks.SET),
                List.of(new Member(PAYMENTS, null, Member.Standing.GONE, null, true, new Member.Marked(2, Looks.AT))));

        assertThat(Json.read(Json.write(batch), Batch.class)).isEqualTo(batch);
    }
}
