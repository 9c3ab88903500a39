package groundwork.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import groundwork.organization.Scope;
import groundwork.runtime.TryAgainException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.AccountState;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationRequest;
import software.amazon.awssdk.services.organizations.model.ListAccountsForParentRequest;
import software.amazon.awssdk.services.organizations.model.ListAccountsForParentResponse;
import software.amazon.awssdk.services.organizations.model.ListAccountsRequest;
import software.amazon.awssdk.services.organizations.model.ListAccountsResponse;
import software.amazon.awssdk.services.organizations.model.ListOrganizationalUnitsForParentRequest;
import software.amazon.awssdk.services.organizations.model.ListOrganizationalUnitsForParentResponse;
import software.amazon.awssdk.services.organizations.model.OrganizationalUnit;
import software.amazon.awssdk.services.organizations.model.TooManyRequestsException;

class OrganizationAccountsTest {
    private static final String MANAGEMENT = "111122223333";
    private static final String PAYMENTS = "444455556666";
    private static final String SANDBOX = "555566667777";
    private static final String CLOSED = "666677778888";
    private static final String WORKLOADS = "ou-ab12-workload";
    private static final String PRODUCTION = "ou-ab12-producti";

    private final OrganizationsClient organizations = mock(OrganizationsClient.class, CALLS_REAL_METHODS);
    private final List<Duration> pauses = new ArrayList<>();
    private final OrganizationAccounts accounts = new OrganizationAccounts(organizations, pauses::add);

    /** Payments is below Production, and that below Workloads; every listing has two pages. */
    @BeforeEach
    void organization() {
        doAnswer(call -> ((ListAccountsRequest) call.getArgument(0)).nextToken() == null
                        ? ListAccountsResponse.builder()
                                .accounts(
                                        account(MANAGEMENT, AccountState.ACTIVE),
                                        account(PAYMENTS, AccountState.ACTIVE))
                                .nextToken("more")
                                .build()
                        : ListAccountsResponse.builder()
                                .accounts(
                                        account(SANDBOX, AccountState.ACTIVE),
                                        account(CLOSED, AccountState.PENDING_CLOSURE))
                                .build())
                .when(organizations)
                .listAccounts(any(ListAccountsRequest.class));
        doAnswer(call -> {
                    ListAccountsForParentRequest list = call.getArgument(0);
                    return list.nextToken() == null
                            ? ListAccountsForParentResponse.builder()
                                    .nextToken("more")
                                    .build()
                            : ListAccountsForParentResponse.builder()
                                    .accounts(
                                            list.parentId().equals(PRODUCTION)
                                                    ? List.of(account(PAYMENTS, AccountState.ACTIVE))
                                                    : List.of())
                                    .build();
                })
                .when(organizations)
                .listAccountsForParent(any(ListAccountsForParentRequest.class));
        Map<String, List<OrganizationalUnit>> below = Map.of(
                WORKLOADS, List.of(OrganizationalUnit.builder().id(PRODUCTION).build()), PRODUCTION, List.of());
        doAnswer(call -> {
                    ListOrganizationalUnitsForParentRequest list = call.getArgument(0);
                    return list.nextToken() == null
                            ? ListOrganizationalUnitsForParentResponse.builder()
                                    .nextToken("more")
                                    .build()
                            : ListOrganizationalUnitsForParentResponse.builder()
                                    .organizationalUnits(below.get(list.parentId()))
                                    .build();
                })
                .when(organizations)
                .listOrganizationalUnitsForParent(any(ListOrganizationalUnitsForParentRequest.class));
    }

    private static Account account(String id, AccountState state) {
        return Account.builder().id(id).name("Account " + id).state(state).build();
    }

    @Test
    void allAreThoseOfTheOrganizationWithoutTheManagementAccount() {
        assertThat(accounts.members(Scope.of("all", ""), MANAGEMENT))
                .containsExactly(
                        member(PAYMENTS, Member.Standing.ACTIVE),
                        member(SANDBOX, Member.Standing.ACTIVE),
                        member(CLOSED, Member.Standing.NOT_ACTIVE));
    }

    private static Member member(String id, Member.Standing standing) {
        return new Member(id, "Account " + id, standing, List.of(), false, null);
    }

    @Test
    void anOrganizationalUnitStandsForAllBelowIt() {
        assertThat(ids(Scope.of(WORKLOADS, ""))).containsExactly(PAYMENTS);
        assertThat(ids(Scope.of("all", WORKLOADS))).containsExactly(SANDBOX, CLOSED);
        assertThat(ids(Scope.of(WORKLOADS + "," + SANDBOX, PRODUCTION))).containsExactly(SANDBOX);
        assertThat(ids(Scope.of("", ""))).isEmpty();
    }

    private List<String> ids(Scope scope) {
        return accounts.members(scope, MANAGEMENT).stream().map(Member::id).toList();
    }

    @Test
    void betweenTwoListingsThereIsAPause() {
        accounts.members(Scope.of("all", ""), MANAGEMENT);
        assertThat(pauses).containsExactly(Duration.ofMillis(250));

        pauses.clear();
        accounts.members(Scope.of(WORKLOADS, ""), MANAGEMENT);
        assertThat(pauses).hasSize(9).containsOnly(Duration.ofMillis(250));
    }

    @Test
    void whatPassesIsTriedAgain() {
        doThrow(TooManyRequestsException.builder()
                        .message("Rate exceeded")
                        .statusCode(429)
                        .build())
                .when(organizations)
                .listAccounts(any(ListAccountsRequest.class));
        doThrow(TooManyRequestsException.builder()
                        .message("Rate exceeded")
                        .statusCode(429)
                        .build())
                .when(organizations)
                .describeOrganization(any(DescribeOrganizationRequest.class));

        assertThatThrownBy(() -> accounts.members(Scope.of("all", ""), MANAGEMENT))
                .isInstanceOf(TryAgainException.class);
        assertThatThrownBy(accounts::organization).isInstanceOf(TryAgainException.class);
    }
}
