package groundwork.rehearsal.organization.services;

import static groundwork.rehearsal.organization.Given.FUNCTION;
import static groundwork.rehearsal.organization.Given.HOME;
import static groundwork.rehearsal.organization.Given.MANAGEMENT;
import static groundwork.rehearsal.organization.Given.MEMBER;
import static groundwork.rehearsal.organization.Given.SECURITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.Given;
import groundwork.rehearsal.organization.VirtualClock;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.people.RootUser;
import groundwork.rehearsal.organization.store.Behavior;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AssignmentStatusType;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AccessDeniedException;
import software.amazon.awssdk.services.organizations.model.AccountNotFoundException;
import software.amazon.awssdk.services.organizations.model.AccountState;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;

/** The root user's credentials, the organization and the accounts in it. */
class AccountsTest {
    private static final Caller MEMBER_ROLE = Caller.role(MEMBER, "Role", "session");
    private final VirtualClock clock = new VirtualClock();
    private final EmbeddedOrganization aws = Given.organization(clock)
            .delegatedAdministrator("sso.amazonaws.com", SECURITY)
            .suspendedAccount("000011112222", "Closed", "closed@example.com")
            .accountAlias(MANAGEMENT, "example")
            .build();

    private Map<String, Integer> summary(Caller caller) {
        return aws.client(IamClient.class, caller, HOME).getAccountSummary().summaryMapAsStrings();
    }

    @Test
    void theRootUserOfAManagementAccountBeginsWithAPasswordAndNoMfa() {
        assertThat(summary(FUNCTION))
                .containsEntry("AccountPasswordPresent", 1)
                .containsEntry("AccountMFAEnabled", 0)
                .containsEntry("AccountAccessKeysPresent", 0)
                .containsEntry("AccountSigningCertificatesPresent", 0);
    }

    @Test
    void theRootUserOfAMemberAccountBeginsWithoutCredentials() {
        assertThat(summary(MEMBER_ROLE)).containsEntry("AccountPasswordPresent", 0);
    }

    @Test
    void theSummaryCountsWhatTheRootUserDoes() {
        RootUser root = aws.rootUser(MANAGEMENT);
        root.enablesPasskey();
        root.createsAccessKey();
        root.uploadsSigningCertificate();

        assertThat(summary(FUNCTION))
                .containsEntry("AccountMFAEnabled", 1)
                .containsEntry("AccountAccessKeysPresent", 1)
                .containsEntry("AccountSigningCertificatesPresent", 1);
        root.deactivatesMfa();
        root.deletesAccessKeys();
        assertThat(summary(FUNCTION))
                .containsEntry("AccountMFAEnabled", 0)
                .containsEntry("AccountAccessKeysPresent", 0);
    }

    @Test
    void aVirtualDeviceOfTheRootUserIsListedAndAPasskeyIsNot() {
        RootUser root = aws.rootUser(MANAGEMENT);
        root.enablesPasskey();
        root.enablesVirtualMfa();

        assertThat(aws.client(IamClient.class, FUNCTION, HOME)
                        .listVirtualMFADevices(request -> request.assignmentStatus(AssignmentStatusType.ASSIGNED))
                        .virtualMFADevices())
                .extracting(device -> device.user().arn())
                .containsExactly("arn:aws:iam::111122223333:root");
    }

    @Test
    void virtualDevicesComeInPages() {
        RootUser root = aws.rootUser(MANAGEMENT);
        root.enablesVirtualMfa();
        root.enablesVirtualMfa();
        IamClient iam = aws.client(IamClient.class, FUNCTION, HOME);

        assertThat(iam.listVirtualMFADevices(request -> request.maxItems(1)).isTruncated())
                .isTrue();
        assertThat(iam.listVirtualMFADevicesPaginator(request -> request.maxItems(1))
                        .virtualMFADevices())
                .extracting(device -> device.serialNumber())
                .containsExactly(
                        "arn:aws:iam::111122223333:mfa/root-account-mfa-device",
                        "arn:aws:iam::111122223333:mfa/root-account-mfa-device-1");
    }

    @Test
    void anAccountHasAtMostOneAlias() {
        assertThat(aws.client(IamClient.class, FUNCTION, HOME)
                        .listAccountAliases()
                        .accountAliases())
                .containsExactly("example");
    }

    @Test
    void aStandaloneAccountHasNoOrganization() {
        EmbeddedOrganization alone = EmbeddedOrganization.builder(clock)
                .standaloneAccount(MANAGEMENT, "Alone", "owner@example.com")
                .build();

        assertThatExceptionOfType(AwsOrganizationsNotInUseException.class)
                .isThrownBy(() ->
                        alone.client(OrganizationsClient.class, FUNCTION, HOME).describeOrganization())
                .returns(
                        "AWSOrganizationsNotInUseException",
                        failure -> failure.awsErrorDetails().errorCode());
    }

    @Test
    void everyMemberLearnsWhoTheManagementAccountIs() {
        assertThat(aws.client(OrganizationsClient.class, MEMBER_ROLE, HOME)
                        .describeOrganization()
                        .organization()
                        .masterAccountId())
                .isEqualTo(MANAGEMENT);
    }

    @Test
    void onlyManagementAndDelegatedAdministratorsDescribeAccounts() {
        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> aws.client(OrganizationsClient.class, MEMBER_ROLE, HOME)
                        .describeAccount(request -> request.accountId(MEMBER)));
        assertThat(aws.client(OrganizationsClient.class, Caller.role(SECURITY, "Role", "session"), HOME)
                        .describeAccount(request -> request.accountId(MEMBER))
                        .account()
                        .name())
                .isEqualTo("Workload");
    }

    @Test
    void anUnknownAccountIsNotFound() {
        assertThatExceptionOfType(AccountNotFoundException.class)
                .isThrownBy(() -> aws.client(OrganizationsClient.class, FUNCTION, HOME)
                        .describeAccount(request -> request.accountId("999999999999")));
    }

    @Test
    void accountsAreListedOverAllPagesWithTheirState() {
        aws.behave(Behavior.USUAL.withPageSize(1).withEmptyFirstPages());

        assertThat(aws.client(OrganizationsClient.class, FUNCTION, HOME).listAccountsPaginator().stream()
                        .flatMap(page -> page.accounts().stream()))
                .extracting(account -> account.state())
                .containsExactly(AccountState.ACTIVE, AccountState.ACTIVE, AccountState.ACTIVE, AccountState.SUSPENDED);
    }

    @Test
    void anAccountKnowsItsRegionsAndItsName() {
        EmbeddedOrganization small = Given.organization(clock)
                .enabledRegions(Region.US_EAST_1, Region.EU_WEST_1)
                .build();
        AccountClient account = small.client(AccountClient.class, FUNCTION, HOME);

        assertThat(account.listRegionsPaginator(request -> request.maxResults(1))
                        .regions())
                .extracting(region -> region.regionName())
                .containsExactly("eu-west-1", "us-east-1");
        assertThat(account.getAccountInformation(request -> {}).accountName()).isEqualTo("Main");
    }

    @Test
    void anotherAccountsNameNeedsTrustedAccessForAccountManagement() {
        EmbeddedOrganization trusting =
                Given.organization(clock).trustedAccess("account.amazonaws.com").build();

        assertThat(trusting.client(AccountClient.class, FUNCTION, HOME)
                        .getAccountInformation(request -> request.accountId(MEMBER))
                        .accountName())
                .isEqualTo("Workload");
        assertThatExceptionOfType(software.amazon.awssdk.services.account.model.AccessDeniedException.class)
                .isThrownBy(() -> aws.client(AccountClient.class, FUNCTION, HOME)
                        .getAccountInformation(request -> request.accountId(MEMBER)));
    }
}
