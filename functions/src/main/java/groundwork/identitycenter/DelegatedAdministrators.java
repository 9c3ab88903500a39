package groundwork.identitycenter;

import groundwork.runtime.AwsFailure;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.organizations.OrganizationsClient;

/**
 * Accounts that administer IAM Identity Center beside the management account. What they change in permission sets, assignments, the
 * identity source and the settings is recorded by CloudTrail there, and no rule of the stack sees it.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html">Delegated administration</a>
 */
final class DelegatedAdministrators {
    private final OrganizationsClient organizations;

    /** @param organizations of the management account */
    DelegatedAdministrators(OrganizationsClient organizations) {
        this.organizations = organizations;
    }

    /** What to know about changes made there; empty if there are no such accounts. That it cannot be read holds nothing up. */
    Optional<String> remark() {
        try {
            String accounts = organizations
                    .listDelegatedAdministratorsPaginator(request -> request.servicePrincipal("sso.amazonaws.com"))
                    .delegatedAdministrators()
                    .stream()
                    .map(account -> account.id())
                    .collect(Collectors.joining(", "));
            return accounts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "Account %s administers it, too. What is changed there, but for users, groups and memberships, wakes nobody: the schedule finds it."
                                    .formatted(accounts));
        } catch (AwsServiceException e) {
            return AwsFailure.deniedAction(e)
                    .map("Could not read which other accounts administer it: AWS denied %s."::formatted);
        } catch (SdkException e) {
            return Optional.empty();
        }
    }
}
