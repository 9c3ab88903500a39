package groundwork.root;

import static org.mockito.BDDMockito.willReturn;
import static org.mockito.Mockito.mock;

import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import java.util.Map;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.organizations.OrganizationsClient;

/** What the function says of the root user, for samples of emails. */
public final class RootUserAsFound {
    private RootUserAsFound() {}

    public static Outcome withoutMfa() {
        IamClient iam = mock(IamClient.class);
        willReturn(GetAccountSummaryResponse.builder()
                        .summaryMapWithStrings(Map.of("AccountMFAEnabled", 0, "AccountPasswordPresent", 1))
                        .build())
                .given(iam)
                .getAccountSummary();
        return new RootUserCheck(
                        iam,
                        new RootUserOf.OwnAccount(
                                "111122223333",
                                () -> mock(OrganizationsClient.class),
                                new Console(Region.EU_CENTRAL_1)))
                .check()
                .outcome(Prerequisite.ROOT_MFA);
    }
}
