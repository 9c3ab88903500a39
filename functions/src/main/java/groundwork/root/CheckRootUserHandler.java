package groundwork.root;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.checklist.Console;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import java.util.Map;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;

/** Answers for {@link Prerequisite#ROOT_MFA} and {@link Prerequisite#ROOT_ACCESS_KEYS}. Writes nothing. */
public final class CheckRootUserHandler
        implements RequestHandler<CheckRootUserHandler.Request, CheckRootUserHandler.Report> {
    private final RootUserCheck rootUser;
    private final String ownAccountId;

    public CheckRootUserHandler() {
        this(System.getenv(), AwsClients.here(IamClient.builder()), AwsClients.here(OrganizationsClient.builder()));
    }

    CheckRootUserHandler(Map<String, String> environment, IamClient iam, OrganizationsClient organizations) {
        Settings settings = new Settings(environment);
        this.ownAccountId = settings.accountId();
        this.rootUser = new RootUserCheck(iam, organizations, new Console(settings.region()));
    }

    /**
     * @param accountId the account to look at
     */
    public record Request(String accountId) {}

    /**
     * @param findings one for each of the two prerequisites
     */
    public record Report(Findings findings) {}

    @Override
    public Report handleRequest(Request request, Context context) {
        return new Report(
                request.accountId().equals(ownAccountId)
                        ? rootUser.check(ownAccountId)
                        : notReadableFrom(request.accountId()));
    }

    private Findings notReadableFrom(String accountId) {
        Outcome unknown = new Outcome.Unknown(
                "The root user of account %s cannot be read from account %s.".formatted(accountId, ownAccountId));
        return Findings.of(
                new Finding(Prerequisite.ROOT_MFA, unknown), new Finding(Prerequisite.ROOT_ACCESS_KEYS, unknown));
    }
}
