package groundwork.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;

import groundwork.runtime.AwsErrors;
import groundwork.runtime.Settings;
import groundwork.runtime.TryAgainException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AccountState;
import software.amazon.awssdk.services.organizations.model.DescribeAccountRequest;
import software.amazon.awssdk.services.organizations.model.DescribeAccountResponse;
import software.amazon.awssdk.services.organizations.model.ListParentsRequest;
import software.amazon.awssdk.services.organizations.model.ListParentsResponse;
import software.amazon.awssdk.services.organizations.model.OrganizationsException;
import software.amazon.awssdk.services.organizations.model.Parent;
import software.amazon.awssdk.services.organizations.model.ParentType;

/** Account 444455556666 is in unit ou-ab12-teams00, which is in ou-ab12-company0, below the root. */
class MemberAccountsTest {
    private static final String MEMBER = "444455556666";
    private static final String UNIT = "ou-ab12-teams000";
    private static final String ABOVE = "ou-ab12-company0";

    private final OrganizationsClient organizations = mock(OrganizationsClient.class, CALLS_REAL_METHODS);

    @BeforeEach
    void organization() {
        account(AccountState.ACTIVE);
        parent(MEMBER, ParentType.ORGANIZATIONAL_UNIT, UNIT);
        parent(UNIT, ParentType.ORGANIZATIONAL_UNIT, ABOVE);
        parent(ABOVE, ParentType.ROOT, "r-ab12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", MEMBER, UNIT, ABOVE, "777788889999, " + ABOVE})
    void anAccountThatIsMeantByItselfOrByAnyUnitAboveIt_isOneOfThem(String members) {
        assertThatCode(() -> require(members, "")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "777788889999", "ou-ab12-others00"})
    void anAccountThatIsNotMeant_isRefusedNamingTheParameter(String members) {
        assertThatThrownBy(() -> require(members, ""))
                .isInstanceOf(AccountRefusedException.class)
                .hasMessage(
                        "Account 444455556666 is left alone, because the stack's parameter MemberAccounts does not include it.");
    }

    @ParameterizedTest
    @CsvSource({"all, " + MEMBER, "all, " + UNIT, MEMBER + ", " + ABOVE})
    void anAccountThatIsExcluded_isRefusedWhateverElseMeansIt(String members, String excluded) {
        assertThatThrownBy(() -> require(members, excluded))
                .isInstanceOf(AccountRefusedException.class)
                .hasMessage(
                        "Account 444455556666 is left alone, because the stack's parameter ExcludedAccounts names it or a unit above it.");
    }

    @Test
    void theUnitsAboveAreAskedForOnlyWhereTheParametersNameUnits() {
        require("all", "777788889999");
        assertThat(calls()).containsExactly("DescribeAccountRequest");

        require(ABOVE, "");
        assertThat(calls())
                .containsExactly(
                        "DescribeAccountRequest",
                        "DescribeAccountRequest",
                        "ListParentsRequest",
                        "ListParentsRequest",
                        "ListParentsRequest");
    }

    @Test
    void anAccountThatIsNotMeant_isRefusedWithoutAskingAws_whereNoUnitDecides() {
        assertThatThrownBy(() -> require("777788889999", MEMBER)).isInstanceOf(AccountRefusedException.class);

        assertThat(calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SUSPENDED, is suspended by AWS",
        "PENDING_CLOSURE, is closed or being closed",
        "CLOSED, is closed or being closed",
        "PENDING_ACTIVATION, is not active yet"
    })
    void anAccountThatIsNotActive_isRefusedSayingSo(AccountState state, String why) {
        account(state);

        assertThatThrownBy(() -> require("all", ""))
                .isInstanceOf(AccountRefusedException.class)
                .hasMessageStartingWith("Account 444455556666 " + why);
    }

    @Test
    void whenTheUnitsCannotBeReadNow_nothingIsDecided() {
        willThrow(AwsErrors.throttled(OrganizationsException.builder()))
                .given(organizations)
                .listParents(any(ListParentsRequest.class));

        assertThatThrownBy(() -> require(UNIT, "")).isInstanceOf(TryAgainException.class);
    }

    private void require(String members, String excluded) {
        new MemberAccounts(
                        new Settings(Map.of(
                                "ACCOUNT_ID",
                                "111122223333",
                                "MEMBER_ACCOUNTS",
                                members,
                                "EXCLUDED_ACCOUNTS",
                                excluded)),
                        organizations)
                .require(MEMBER);
    }

    private void account(AccountState state) {
        willReturn(DescribeAccountResponse.builder()
                        .account(account -> account.id(MEMBER).state(state))
                        .build())
                .given(organizations)
                .describeAccount(any(DescribeAccountRequest.class));
    }

    private void parent(String child, ParentType type, String id) {
        willReturn(ListParentsResponse.builder()
                        .parents(Parent.builder().id(id).type(type).build())
                        .build())
                .given(organizations)
                .listParents(ListParentsRequest.builder().childId(child).build());
    }

    private List<String> calls() {
        return mockingDetails(organizations).getInvocations().stream()
                .map(call -> call.getRawArguments()[0])
                .filter(software.amazon.awssdk.core.SdkRequest.class::isInstance)
                .map(request -> request.getClass().getSimpleName())
                .toList();
    }
}
