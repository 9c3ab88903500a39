package groundwork.rehearsal.organization.people;

import static groundwork.rehearsal.organization.Given.FUNCTION;
import static groundwork.rehearsal.organization.Given.HOME;
import static groundwork.rehearsal.organization.Given.MANAGEMENT;
import static groundwork.rehearsal.organization.Given.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.Given;
import groundwork.rehearsal.organization.VirtualClock;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.store.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AccountNotFoundException;
import software.amazon.awssdk.services.organizations.model.AccountState;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;

/** What becomes of the accounts of an organization, and which event tells of it. */
class OrganizationsConsoleTest {
    private static final String UNIT = "ou-ab12-11112222";
    private static final String OTHER = "222233334444";

    private final VirtualClock clock = new VirtualClock();
    private final EmbeddedOrganization aws =
            Given.organization(clock).organizationalUnit(UNIT, "Workloads").build();
    private final OrganizationsConsole console = aws.organizationsConsole(FUNCTION);
    private final OrganizationsClient client = aws.client(OrganizationsClient.class, FUNCTION, HOME);

    @Test
    void anAccountThatAcceptsAnInvitation_isInTheRoot() {
        console.accountAcceptsInvitation(OTHER, "Acquired", "acquired@example.com");

        assertThat(ids()).contains(OTHER);
        assertThat(last("AccountJoinedOrganization").path("joinedMethod").asText())
                .isEqualTo("INVITED");
    }

    @Test
    void anAccountThatIsCreated_isInTheRoot() {
        console.createsMemberAccount(OTHER, "New", "new@example.com");

        assertThat(ids()).contains(OTHER);
        assertThat(last("AccountJoinedOrganization").path("joinedMethod").asText())
                .isEqualTo("CREATED");
        assertThat(last("CreateAccountResult")
                        .at("/createAccountStatus/accountId")
                        .asText())
                .isEqualTo(OTHER);
    }

    @ParameterizedTest
    @CsvSource({"removed, REMOVED", "leaves, LEFT", "closed for good, CLEANED"})
    void anAccountThatDeparts_belongsToNoOrganization(String how, String method) {
        switch (how) {
            case "removed" -> console.removesMemberAccount(MEMBER);
            case "leaves" -> console.accountLeaves(MEMBER);
            default -> console.accountIsClosedForGood(MEMBER);
        }

        assertThat(ids()).doesNotContain(MEMBER);
        assertThat(last("AccountDepartedOrganization").path("memberAccountId").asText())
                .isEqualTo(MEMBER);
        assertThat(last("AccountDepartedOrganization").path("departureMethod").asText())
                .isEqualTo(method);
        assertThatExceptionOfType(AccountNotFoundException.class)
                .isThrownBy(() -> client.describeAccount(request -> request.accountId(MEMBER)));
        assertThatExceptionOfType(AwsOrganizationsNotInUseException.class)
                .isThrownBy(() -> aws.client(OrganizationsClient.class, Caller.role(MEMBER, "Role", "session"), HOME)
                        .describeOrganization());
    }

    @ParameterizedTest
    @CsvSource({
        "account-joined-organization, AccountJoinedOrganization",
        "account-departed-organization, AccountDepartedOrganization"
    })
    void theEventsOfMembershipHaveTheFieldsOfTheSamples(String sample, String eventName) throws IOException {
        console.createsMemberAccount(OTHER, "New", "new@example.com");
        console.removesMemberAccount(OTHER);

        JsonNode expected = new ObjectMapper()
                .readTree(Path.of("..", "events", "organization", sample + ".json")
                        .toFile());
        assertThat(fields(last(eventName))).isEqualTo(fields(expected.at("/detail/serviceEventDetails")));
        assertThat(event(eventName).path("detail-type")).isEqualTo(expected.path("detail-type"));
        assertThat(event(eventName).path("account").asText()).isEqualTo(MANAGEMENT);
        assertThat(event(eventName).path("region")).isEqualTo(expected.path("region"));
    }

    @Test
    void anAccountThatIsMoved_hasAnotherParent() {
        String root = client.listRoots().roots().getFirst().id();

        console.movesAccount(MEMBER, UNIT);

        assertThat(client.listParents(request -> request.childId(MEMBER)).parents())
                .extracting(parent -> parent.id())
                .containsExactly(UNIT);
        assertThat(event("MoveAccount").at("/detail/requestParameters").toString())
                .isEqualTo("{\"accountId\":\"%s\",\"sourceParentId\":\"%s\",\"destinationParentId\":\"%s\"}"
                        .formatted(MEMBER, root, UNIT));
    }

    // orgs_manage_accounts_account_state: PENDING_CLOSURE until AWS has closed it, then SUSPENDED for 90 days.
    @Test
    void anAccountThatIsClosed_isPendingClosureAndThenSuspended() {
        console.closesMemberAccount(MEMBER);
        assertThat(state(MEMBER)).isEqualTo(AccountState.PENDING_CLOSURE);
        assertThat(event("CloseAccount").path("account").asText()).isEqualTo(MANAGEMENT);

        clock.advance(Duration.ofMinutes(5));
        console.closureCompletes(MEMBER);
        assertThat(state(MEMBER)).isEqualTo(AccountState.SUSPENDED);
        assertThat(last("CloseAccountResult")
                        .at("/closeAccountStatus/accountId")
                        .asText())
                .isEqualTo(MEMBER);
    }

    @Test
    void anAccountThatAwsSuspends_isSuspendedWithoutAnEvent() {
        int before = aws.eventHistory().size();

        console.accountBecomes(MEMBER, Account.State.SUSPENDED);

        assertThat(state(MEMBER)).isEqualTo(AccountState.SUSPENDED);
        assertThat(aws.eventHistory()).hasSize(before);
    }

    @Test
    void theManagementAccountCannotDepart() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> console.removesMemberAccount(MANAGEMENT));
    }

    private List<String> ids() {
        return client.listAccounts().accounts().stream()
                .map(account -> account.id())
                .toList();
    }

    private AccountState state(String id) {
        return client.describeAccount(request -> request.accountId(id))
                .account()
                .state();
    }

    private JsonNode event(String name) {
        return aws.eventHistory().stream()
                .filter(event -> event.at("/detail/eventName").asText().equals(name))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private JsonNode last(String eventName) {
        return event(eventName).at("/detail/serviceEventDetails");
    }

    private static Set<String> fields(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
