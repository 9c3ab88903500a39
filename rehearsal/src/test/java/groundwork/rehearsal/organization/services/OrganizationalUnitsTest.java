package groundwork.rehearsal.organization.services;

import static groundwork.rehearsal.organization.Given.FUNCTION;
import static groundwork.rehearsal.organization.Given.HOME;
import static groundwork.rehearsal.organization.Given.MANAGEMENT;
import static groundwork.rehearsal.organization.Given.MEMBER;
import static groundwork.rehearsal.organization.Given.SECURITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.Given;
import groundwork.rehearsal.organization.VirtualClock;
import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.store.Behavior;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AccessDeniedException;
import software.amazon.awssdk.services.organizations.model.ChildNotFoundException;
import software.amazon.awssdk.services.organizations.model.InvalidInputException;
import software.amazon.awssdk.services.organizations.model.ParentNotFoundException;
import software.amazon.awssdk.services.organizations.model.TooManyRequestsException;

/** Where the accounts of an organization are, and how fast one may ask. */
class OrganizationalUnitsTest {
    private static final String WORKLOADS = "ou-ab12-11112222";
    private static final String PRODUCTION = "ou-ab12-33334444";
    private static final String PRODUCT = "000011112222";

    private final VirtualClock clock = new VirtualClock();
    private final EmbeddedOrganization aws = Given.organization(clock)
            .organizationalUnit(WORKLOADS, "Workloads")
            .organizationalUnit(PRODUCTION, "Production", WORKLOADS)
            .memberAccount(PRODUCT, "Product", "product@example.com", PRODUCTION)
            .build();
    private final OrganizationsClient client = aws.client(OrganizationsClient.class, FUNCTION, HOME);
    private final String root = client.listRoots().roots().getFirst().id();

    @Test
    void theRootHasTheAccountsThatAreInNoUnit() {
        assertThat(accountsIn(root)).containsExactly(MANAGEMENT, MEMBER, SECURITY);
        assertThat(accountsIn(WORKLOADS)).isEmpty();
        assertThat(accountsIn(PRODUCTION)).containsExactly(PRODUCT);
    }

    @Test
    void aUnitHasTheUnitsDirectlyInIt() {
        assertThat(unitsIn(root)).containsExactly(WORKLOADS);
        assertThat(unitsIn(WORKLOADS)).containsExactly(PRODUCTION);
        assertThat(unitsIn(PRODUCTION)).isEmpty();
    }

    @Test
    void accountsAndUnitsHaveOneParent() {
        assertThat(parentsOf(PRODUCT)).containsExactly("ORGANIZATIONAL_UNIT " + PRODUCTION);
        assertThat(parentsOf(PRODUCTION)).containsExactly("ORGANIZATIONAL_UNIT " + WORKLOADS);
        assertThat(parentsOf(MEMBER)).containsExactly("ROOT " + root);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatExceptionOfType(ParentNotFoundException.class).isThrownBy(() -> accountsIn("ou-ab12-99999999"));
        assertThatExceptionOfType(ParentNotFoundException.class).isThrownBy(() -> unitsIn("r-none"));
        assertThatExceptionOfType(ChildNotFoundException.class).isThrownBy(() -> parentsOf("999999999999"));
    }

    @Test
    void onlyTheManagementAccountAndDelegatedAdministratorsMayAsk() {
        OrganizationsClient member =
                aws.client(OrganizationsClient.class, Caller.role(MEMBER, "Role", "session"), HOME);

        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(member::listRoots);
    }

    // API model: MaxResults from 1 to 20.
    @Test
    void listingsComeInPagesOfTwenty() {
        IntStream.range(0, 30)
                .forEach(number -> aws.organizationsConsole(FUNCTION)
                        .createsMemberAccount("%012d".formatted(number), "A" + number, number + "@example.com"));

        assertThat(client.listAccountsForParent(request -> request.parentId(root))
                        .accounts())
                .hasSize(20);
        assertThat(client.listAccountsForParentPaginator(request -> request.parentId(root)).stream()
                        .flatMap(page -> page.accounts().stream()))
                .hasSize(33);
        assertThat(client.listAccountsPaginator().stream().flatMap(page -> page.accounts().stream()))
                .hasSize(34);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> client.listAccounts(request -> request.maxResults(21)));
    }

    @Test
    void iamIsAskedAboutTheRootOrTheUnit() {
        List<AccessCheck> checks = Given.accessChecks(aws);

        accountsIn(root);
        unitsIn(WORKLOADS);
        parentsOf(PRODUCT);

        assertThat(checks)
                .extracting(AccessCheck::resource)
                .map(arn -> arn.replaceFirst("/o-[a-z0-9]{10}/", "/o/"))
                .containsExactly(
                        "arn:aws:organizations::111122223333:root/o/" + root,
                        "arn:aws:organizations::111122223333:ou/o/" + WORKLOADS,
                        "arn:aws:organizations::111122223333:account/o/" + PRODUCT);
    }

    @ParameterizedTest
    @CsvSource({"ListAccounts, 8, 1", "ListAccountsForParent, 5, 1", "DescribeOrganization, 2, 2", "ListParents, 50, 0"
    })
    void moreRequestsThanThePublishedRateAreThrottled(String operation, int taken, int seconds) {
        aws.behave(Behavior.USUAL.withThrottling());
        Runnable request = () -> {
            switch (operation) {
                case "ListAccounts" -> client.listAccounts();
                case "ListAccountsForParent" -> accountsIn(root);
                case "DescribeOrganization" -> client.describeOrganization();
                default -> parentsOf(PRODUCT);
            }
        };
        IntStream.range(0, taken).forEach(number -> request.run());
        if (seconds > 0) {
            assertThatExceptionOfType(TooManyRequestsException.class).isThrownBy(request::run);
            clock.advance(Duration.ofSeconds(seconds));
        }
        request.run();
    }

    private List<String> accountsIn(String parent) {
        return client.listAccountsForParent(request -> request.parentId(parent)).accounts().stream()
                .map(account -> account.id())
                .toList();
    }

    private List<String> unitsIn(String parent) {
        return client
                .listOrganizationalUnitsForParent(request -> request.parentId(parent))
                .organizationalUnits()
                .stream()
                .map(unit -> unit.id())
                .toList();
    }

    private List<String> parentsOf(String child) {
        return client.listParents(request -> request.childId(child)).parents().stream()
                .map(parent -> parent.typeAsString() + " " + parent.id())
                .toList();
    }
}
