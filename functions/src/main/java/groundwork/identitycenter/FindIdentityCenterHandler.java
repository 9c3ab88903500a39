package groundwork.identitycenter;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.checklist.Console;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** Answers for {@link groundwork.checklist.Prerequisite#IDENTITY_CENTER}. Writes nothing. */
public final class FindIdentityCenterHandler
        implements RequestHandler<FindIdentityCenterHandler.Request, FindIdentityCenterHandler.Report> {
    private final OrganizationInstance identityCenter;
    private final AccountClient account;
    private final String ownAccountId;

    public FindIdentityCenterHandler() {
        this(
                System.getenv(),
                AwsClients.here(OrganizationsClient.builder()),
                AwsClients.here(AccountClient.builder()),
                region -> AwsClients.in(region, SsoAdminClient.builder()));
    }

    FindIdentityCenterHandler(
            Map<String, String> environment,
            OrganizationsClient organizations,
            AccountClient account,
            SsoAdminClients ssoAdmin) {
        Settings settings = new Settings(environment);
        Region region = settings.region();
        this.account = account;
        this.ownAccountId = settings.accountId();
        this.identityCenter =
                new OrganizationInstance(ownAccountId, region, organizations, account, ssoAdmin, new Console(region));
    }

    /**
     * @param accountId the account that is being set up
     * @param onRecord what is on record of IAM Identity Center with the stack's own account; null if nothing
     */
    public record Request(String accountId, Outcome onRecord) {}

    /**
     * @param findings IDENTITY_CENTER and, when it cannot be used, what depends on it
     * @param instance the instance to use; null when it cannot be used
     * @param accountName the name of the account, for people; null when it could not be read
     */
    public record Report(Findings findings, Instance instance, String accountName) {}

    @Override
    public Report handleRequest(Request request, Context context) {
        Optional<Outcome> onRecord = Optional.ofNullable(request.onRecord());
        OrganizationInstance.Search search = request.accountId().equals(ownAccountId)
                ? identityCenter.find(onRecord)
                : identityCenter.findForMember(onRecord);
        return new Report(search.findings(), search.found().orElse(null), accountName(request.accountId()));
    }

    /** A name is a courtesy: without it the account is told by its id. */
    private String accountName(String accountId) {
        if (!accountId.equals(ownAccountId)) {
            return null;
        }
        try {
            return account.getAccountInformation(request -> {}).accountName();
        } catch (SdkException e) {
            return null;
        }
    }
}
