package groundwork.root;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.checklist.AccountId;
import groundwork.checklist.Console;
import groundwork.checklist.Findings;
import groundwork.checklist.Prerequisite;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Answers for {@link Prerequisite#ROOT_MFA} and {@link Prerequisite#ROOT_ACCESS_KEYS}. Writes nothing. */
public final class CheckRootUserHandler
        implements RequestHandler<CheckRootUserHandler.Request, CheckRootUserHandler.Report> {
    private final Settings settings;
    private final IamClient iam;
    private final Supplier<OrganizationsClient> organizations;
    private final Supplier<StsClient> sts;
    private final MemberClients memberClients;

    public CheckRootUserHandler() {
        this(
                System.getenv(),
                AwsClients.here(IamClient.builder()),
                AwsClients.onFirstUse(() -> AwsClients.here(OrganizationsClient.builder())),
                AwsClients.onFirstUse(() -> AwsClients.here(StsClient.builder())),
                credentials -> AwsClients.here(MemberClients.builder(credentials)));
    }

    /** The organization is asked about a root user without credentials, and STS about members: most looks need neither. */
    CheckRootUserHandler(
            Map<String, String> environment,
            IamClient iam,
            Supplier<OrganizationsClient> organizations,
            Supplier<StsClient> sts,
            MemberClients memberClients) {
        this.settings = new Settings(environment);
        this.iam = iam;
        this.organizations = organizations;
        this.sts = sts;
        this.memberClients = memberClients;
    }

    /**
     * @param accountId the account to look at
     */
    public record Request(String accountId) {
        public Request {
            AccountId.required(accountId);
        }
    }

    /**
     * @param findings one for each of the two prerequisites
     */
    public record Report(Findings findings) {}

    @Override
    public Report handleRequest(Request request, Context context) {
        String accountId = request.accountId();
        return new Report(
                accountId.equals(settings.accountId())
                        ? new RootUserCheck(
                                        iam,
                                        new RootUserOf.OwnAccount(
                                                accountId, organizations, new Console(settings.region())))
                                .check()
                        : new MemberRoots(settings, sts.get(), memberClients, iam).check(accountId));
    }
}
