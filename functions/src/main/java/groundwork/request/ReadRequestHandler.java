package groundwork.request;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.google.gson.JsonElement;
import groundwork.organization.AccountRefusedException;
import groundwork.organization.MemberAccounts;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.organizations.OrganizationsClient;

/** Reads the input of an execution and says what the execution is for. Writes nothing. */
public final class ReadRequestHandler implements RequestHandler<JsonElement, ExecutionRequest> {
    private final String ownAccountId;
    private final Supplier<MemberAccounts> memberAccounts;

    public ReadRequestHandler() {
        this(System.getenv(), () -> AwsClients.here(OrganizationsClient.builder()));
    }

    /** Every event starts this function, and hardly any is about another account. */
    ReadRequestHandler(Map<String, String> environment, Supplier<OrganizationsClient> organizations) {
        Settings settings = new Settings(environment);
        this.ownAccountId = settings.accountId();
        this.memberAccounts = AwsClients.onFirstUse(() -> new MemberAccounts(settings, organizations.get()));
    }

    /**
     * @throws InvalidRequestException if the input cannot be used
     */
    @Override
    public ExecutionRequest handleRequest(JsonElement input, Context context) {
        ExecutionRequest request = new ExecutionInput(ownAccountId).read(input);
        if (!request.accountId().equals(ownAccountId)) {
            try {
                memberAccounts.get().require(request.accountId());
            } catch (AccountRefusedException e) {
                throw new InvalidRequestException(ExecutionInput.printable(e.getMessage(), 350));
            }
        }
        return request;
    }
}
