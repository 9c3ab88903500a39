package groundwork.identitycenter;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;

import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationRequest;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesResponse;

/** What the function says of Identity Center, for samples of emails. */
public final class IdentityCenterAsFound {
    private IdentityCenterAsFound() {}

    /** In a new account, which has no organization. */
    public static Outcome notEnabled() {
        OrganizationsClient organizations = mock(OrganizationsClient.class, CALLS_REAL_METHODS);
        willThrow(AwsOrganizationsNotInUseException.builder().build())
                .given(organizations)
                .describeOrganization(any(DescribeOrganizationRequest.class));
        SsoAdminClient ssoAdmin = mock(SsoAdminClient.class, CALLS_REAL_METHODS);
        willReturn(ListInstancesResponse.builder().build())
                .given(ssoAdmin)
                .listInstances(any(ListInstancesRequest.class));
        return new OrganizationInstance(
                        "111122223333",
                        Region.EU_CENTRAL_1,
                        organizations,
                        mock(AccountClient.class),
                        region -> ssoAdmin,
                        new Console(Region.EU_CENTRAL_1))
                .find(Optional.empty())
                .findings()
                .outcome(Prerequisite.IDENTITY_CENTER);
    }
}
