package groundwork.request;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import groundwork.organization.AccountRefusedException;
import groundwork.organization.MemberAccounts;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import java.util.Map;
import software.amazon.awssdk.services.organizations.OrganizationsClient;

/** Reads the input of an execution and says what the execution is for. Writes nothing. */
public final class ReadRequestHandler implements RequestHandler<JsonNode, ExecutionRequest> {
    private final String ownAccountId;
    private final MemberAccounts memberAccounts;

    public ReadRequestHandler() {
        this(System.getenv(), AwsClients.here(OrganizationsClient.builder()));
    }

    ReadRequestHandler(Map<String, String> environment, OrganizationsClient organizations) {
        Settings settings = new Settings(environment);
        this.ownAccountId = settings.accountId();
        this.memberAccounts = new MemberAccounts(settings, organizations);
    }

    /**
     * @throws InvalidRequestException if the input cannot be used
     */
    @Override
    public ExecutionRequest handleRequest(JsonNode input, Context context) {
        ExecutionRequest request = new ExecutionInput(ownAccountId).read(input);
        if (!request.accountId().equals(ownAccountId)) {
            try {
                memberAccounts.require(request.accountId());
            } catch (AccountRefusedException e) {
                throw new InvalidRequestException(ExecutionInput.printable(e.getMessage(), 350));
            }
        }
        return request;
    }
}
