package groundwork.request;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import groundwork.runtime.AwsClients;
import groundwork.runtime.AwsFailure;
import groundwork.runtime.Settings;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.AccountNotFoundException;
import software.amazon.awssdk.services.organizations.model.OrganizationsException;

/** Reads the input of an execution and says what the execution is for. Writes nothing. */
public final class ReadRequestHandler implements RequestHandler<JsonNode, ExecutionRequest> {
    private final String ownAccountId;
    private final OrganizationsClient organizations;

    public ReadRequestHandler() {
        this(System.getenv(), AwsClients.here(OrganizationsClient.builder()));
    }

    ReadRequestHandler(Map<String, String> environment, OrganizationsClient organizations) {
        this.ownAccountId = new Settings(environment).accountId();
        this.organizations = organizations;
    }

    /**
     * @throws InvalidRequestException if the input cannot be used
     */
    @Override
    public ExecutionRequest handleRequest(JsonNode input, Context context) {
        ExecutionRequest request = new ExecutionInput(ownAccountId).read(input);
        if (!request.accountId().equals(ownAccountId)) {
            requireInOrganization(request.accountId());
        }
        return request;
    }

    private void requireInOrganization(String accountId) {
        try {
            requireActive(organizations
                    .describeAccount(request -> request.accountId(accountId))
                    .account());
        } catch (AccountNotFoundException e) {
            throw new InvalidRequestException(
                    "Account %s is not in the organization of account %s.".formatted(accountId, ownAccountId));
        } catch (OrganizationsException e) {
            if (AwsFailure.passes(e)) {
                throw AwsFailure.rethrown(e);
            }
            throw new InvalidRequestException(
                    "Account %s cannot be set up from account %s, which may not read the organization: %s"
                            .formatted(accountId, ownAccountId, ExecutionInput.printable(AwsFailure.words(e), 250)));
        } catch (SdkException e) {
            throw AwsFailure.rethrown(e);
        }
    }

    /**
     * Identity Center would take an order for any account of the organization, and give up on it after a long while without
     * saying why.
     *
     * @see <a href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html">Account states</a>
     */
    private static void requireActive(Account account) {
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
            throw new InvalidRequestException("Account %s %s".formatted(account.id(), why));
        }
    }
}
