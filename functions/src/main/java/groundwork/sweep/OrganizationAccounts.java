package groundwork.sweep;

import groundwork.organization.Scope;
import groundwork.runtime.AwsFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.AccountState;
import software.amazon.awssdk.services.organizations.model.ListAccountsForParentResponse;
import software.amazon.awssdk.services.organizations.model.ListAccountsResponse;
import software.amazon.awssdk.services.organizations.model.ListOrganizationalUnitsForParentResponse;
import software.amazon.awssdk.services.organizations.model.Organization;
import software.amazon.awssdk.services.organizations.model.OrganizationalUnit;

/**
 * The organization as AWS Organizations shows it, listed within its rates.
 *
 * @see <a href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html">Quotas and service
 *     limits for AWS Organizations</a>: ListAccounts 8 a second, ListAccountsForParent and ListOrganizationalUnitsForParent 5
 */
public final class OrganizationAccounts {
    private static final Duration BETWEEN_LISTINGS = Duration.ofMillis(250);

    private final OrganizationsClient organizations;
    private final Pause pause;

    public OrganizationAccounts(OrganizationsClient organizations, Pause pause) {
        this.organizations = organizations;
        this.pause = pause;
    }

    /** The organization. */
    public Organization organization() {
        return AwsFailure.answered(organizations::describeOrganization).organization();
    }

    /** All its accounts in scope but one, and where each stands. */
    public List<Member> members(Scope scope, String managementAccountId) {
        return AwsFailure.answered(() -> {
            Map<String, List<String>> above = above(scope);
            List<Member> members = new ArrayList<>();
            for (ListAccountsResponse page : organizations.listAccountsPaginator()) {
                page.accounts().stream()
                        .filter(account -> !account.id().equals(managementAccountId))
                        .filter(account -> scope.includes(account.id(), above.getOrDefault(account.id(), List.of())))
                        .map(OrganizationAccounts::member)
                        .forEach(members::add);
                if (page.nextToken() != null) {
                    pause.of(BETWEEN_LISTINGS);
                }
            }
            return members;
        });
    }

    private static Member member(Account account) {
        return new Member(
                account.id(),
                account.name(),
                account.state() == AccountState.ACTIVE ? Member.Standing.ACTIVE : Member.Standing.NOT_ACTIVE,
                List.of(),
                false,
                null);
    }

    /** For each account below an organizational unit that the scope names, those units. */
    public Map<String, List<String>> above(Scope scope) {
        Map<String, List<String>> above = new HashMap<>();
        scope.organizationalUnits()
                .forEach(unit -> below(unit)
                        .forEach(account -> above.computeIfAbsent(account, ignored -> new ArrayList<>())
                                .add(unit)));
        return above;
    }

    private Set<String> below(String unit) {
        Set<String> accounts = new HashSet<>();
        for (ListAccountsForParentResponse page :
                organizations.listAccountsForParentPaginator(list -> list.parentId(unit))) {
            page.accounts().stream().map(Account::id).forEach(accounts::add);
            pause.of(BETWEEN_LISTINGS);
        }
        for (ListOrganizationalUnitsForParentResponse page :
                organizations.listOrganizationalUnitsForParentPaginator(list -> list.parentId(unit))) {
            pause.of(BETWEEN_LISTINGS);
            page.organizationalUnits().stream()
                    .map(OrganizationalUnit::id)
                    .map(this::below)
                    .forEach(accounts::addAll);
        }
        return accounts;
    }
}
