package groundwork.organization;

import groundwork.runtime.AwsFailure;
import groundwork.runtime.Settings;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.AccountNotFoundException;
import software.amazon.awssdk.services.organizations.model.OrganizationsException;
import software.amazon.awssdk.services.organizations.model.Parent;
import software.amazon.awssdk.services.organizations.model.ParentType;

/**
 * The member accounts that the stack looks after: active, in its organization, and meant by its parameters. AWS is asked, whatever
 * the caller says; of the units above an account only where the parameters name units.
 */
public final class MemberAccounts {
    private final String ownAccountId;
    private final Scope scope;
    private final OrganizationsClient organizations;

    public MemberAccounts(Settings settings, OrganizationsClient organizations) {
        this.ownAccountId = settings.accountId();
        this.scope = Scope.of(settings.memberAccounts(), settings.excludedAccounts());
        this.organizations = organizations;
    }

    /**
     * Asks whether an account is one of them.
     *
     * @param accountId an account that is not the stack's own
     * @throws AccountRefusedException if it is not
     * @throws groundwork.runtime.TryAgainException if AWS cannot tell now
     */
    public void require(String accountId) {
        boolean asksForUnits = !scope.organizationalUnits().isEmpty();
        if (!asksForUnits) {
            requireMeant(accountId, List.of());
        }
        try {
            requireActive(organizations
                    .describeAccount(request -> request.accountId(accountId))
                    .account());
            if (asksForUnits) {
                requireMeant(accountId, unitsAbove(accountId));
            }
        } catch (AccountNotFoundException e) {
            throw new AccountRefusedException(
                    "Account %s is not in the organization of account %s.".formatted(accountId, ownAccountId));
        } catch (OrganizationsException e) {
            if (AwsFailure.passes(e)) {
                throw AwsFailure.rethrown(e);
            }
            throw new AccountRefusedException(
                    "Account %s cannot be set up from account %s, which may not read the organization: %s"
                            .formatted(accountId, ownAccountId, AwsFailure.words(e)));
        } catch (SdkException e) {
            throw AwsFailure.rethrown(e);
        }
    }

    private void requireMeant(String accountId, List<String> above) {
        if (scope.excludes(accountId, above)) {
            throw new AccountRefusedException(
                    "Account %s is left alone, because the stack's parameter ExcludedAccounts names it or a unit above it."
                            .formatted(accountId));
        }
        if (!scope.includes(accountId, above)) {
            throw new AccountRefusedException(
                    "Account %s is left alone, because the stack's parameter MemberAccounts does not include it."
                            .formatted(accountId));
        }
    }

    /** From the account up to the root, which has no parent and cannot be named in the parameters. */
    private List<String> unitsAbove(String accountId) {
        List<String> above = new ArrayList<>();
        Parent parent = parent(accountId);
        while (parent.type() == ParentType.ORGANIZATIONAL_UNIT) {
            above.add(parent.id());
            parent = parent(parent.id());
        }
        return above;
    }

    private Parent parent(String childId) {
        return organizations
                .listParents(request -> request.childId(childId))
                .parents()
                .getFirst();
    }

    /**
     * Identity Center would take an order for any account of the organization, and give up on it after a long while without
     * saying why.
     *
     * @see <a href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html">Account states</a>
     */
    private void requireActive(Account account) {
        String why = switch (account.state()) {
            case PENDING_ACTIVATION ->
                "is not active yet: AWS has not finished activating it, or the sign-up was not completed. Start again when it is.";
            case SUSPENDED ->
                "is suspended by AWS. Sign in there as the root user to see why, or ask AWS Support; start again when it is active.";
            case PENDING_CLOSURE, CLOSED ->
                "is closed or being closed. Within 90 days AWS Support can reopen it; otherwise there is nothing to set up.";
            // A state that AWS adds later is tried.
            case ACTIVE, UNKNOWN_TO_SDK_VERSION -> null;
            case null -> null;
        };
        if (why != null) {
            throw new AccountRefusedException("Account %s %s".formatted(account.id(), why));
        }
    }
}
