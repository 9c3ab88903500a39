package groundwork.rehearsal.organization.services;

import static groundwork.rehearsal.organization.Given.HOME;
import static groundwork.rehearsal.organization.Given.MANAGEMENT;
import static groundwork.rehearsal.organization.Given.MEMBER;
import static groundwork.rehearsal.organization.Given.SECURITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.Given;
import groundwork.rehearsal.organization.VirtualClock;
import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.organization.call.Caller;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccountNotManagementOrDelegatedAdministratorException;
import software.amazon.awssdk.services.iam.model.FeatureType;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.OrganizationNotFoundException;
import software.amazon.awssdk.services.iam.model.ServiceAccessNotEnabledException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

class StsServiceTest {
    private static final String AUDIT = "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials";
    private static final String ROLE = "arn:aws:iam::444455556666:role/path/Reader";

    private final VirtualClock clock = new VirtualClock();

    @Test
    void assumeRole_whenTheTrustPolicyLetsTheCallerIn_givesASessionOfTheRole() {
        EmbeddedOrganization aws = Given.organization(clock).build();
        aws.trustRoles((role, caller, context) -> role.equals(ROLE)
                && context.get("aws:PrincipalArn").equals(Given.FUNCTION.roleArn())
                && context.get("aws:PrincipalOrgID")
                        .equals(aws.organizationId(MEMBER).orElseThrow()));

        Credentials credentials = assumeRole(aws, ROLE);

        assertThat(aws.client(StsClient.class, credentials, HOME)
                        .getCallerIdentity(request -> {})
                        .arn())
                .isEqualTo("arn:aws:sts::444455556666:assumed-role/Reader/session");
    }

    @Test
    void assumeRole_whenThereIsNoSuchRole_isDenied() {
        assertThatThrownBy(() -> assumeRole(Given.organization(clock).build(), ROLE))
                .isInstanceOf(StsException.class)
                .hasMessageContaining("is not authorized to perform: sts:AssumeRole on resource: " + ROLE);
    }

    @Test
    void credentials_whenTheyHaveExpired_areGoodForNothing() {
        EmbeddedOrganization aws = Given.organization(clock).build();
        aws.trustRoles((role, caller, context) -> true);
        Credentials credentials = assumeRole(aws, ROLE);
        clock.advance(Duration.ofSeconds(899));
        assertThat(aws.client(IamClient.class, credentials, HOME)).isNotNull();

        clock.advance(Duration.ofSeconds(1));

        assertThatThrownBy(() -> aws.client(IamClient.class, credentials, HOME))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void assumeRoot_audits() {
        EmbeddedOrganization aws = Given.organization(clock).centralRootAccess().build();
        aws.rootUser(MEMBER).enablesPasskey();
        aws.rootUser(MEMBER).createsAccessKey();

        IamClient root = aws.client(IamClient.class, assumeRoot(aws, Given.FUNCTION, MEMBER), Region.US_EAST_1);

        assertThat(root.getAccountSummary(request -> {}).summaryMapAsStrings())
                .containsEntry("AccountMFAEnabled", 1)
                .containsEntry("AccountAccessKeysPresent", 1);
        assertThat(root.listMFADevices(request -> {}).mfaDevices()).hasSize(1);
        assertThat(root.listAccessKeys(request -> {}).accessKeyMetadata()).hasSize(1);
        assertThat(root.listSigningCertificates(request -> {}).certificates()).isEmpty();
        assertThatThrownBy(() -> root.getLoginProfile(request -> {})).isInstanceOf(NoSuchEntityException.class);
        assertThatThrownBy(() -> root.listVirtualMFADevices(request -> {}))
                .isInstanceOf(IamException.class)
                .hasMessageContaining("iam:ListVirtualMFADevices");
    }

    @Test
    void assumeRoot_whenCentralRootAccessIsOff_isDenied() {
        assertThatThrownBy(() -> assumeRoot(Given.organization(clock).build(), Given.FUNCTION, MEMBER))
                .isInstanceOf(StsException.class)
                .hasMessageContaining("sts:AssumeRoot");
    }

    @Test
    void assumeRoot_isForTheManagementAccountAndTheDelegatedAdministrator_andForMembersAlone() {
        EmbeddedOrganization aws = Given.organization(clock)
                .centralRootAccess()
                .delegatedAdministrator("iam.amazonaws.com", SECURITY)
                .build();

        assertThat(assumeRoot(aws, Caller.role(SECURITY, "Auditor", "a"), MEMBER))
                .isNotNull();
        assertThatThrownBy(() -> assumeRoot(aws, Caller.role(MEMBER, "Auditor", "a"), SECURITY))
                .isInstanceOf(StsException.class);
        assertThatThrownBy(() -> assumeRoot(aws, Given.FUNCTION, MANAGEMENT)).isInstanceOf(StsException.class);
    }

    /** A policy that denies the root user everything lets the session begin, and makes what comes after it fail. */
    @Test
    void aPolicyThatDeniesTheRootUser_deniesTheSession() {
        EmbeddedOrganization aws = Given.organization(clock).centralRootAccess().build();
        aws.checkAccess((caller, checks) -> caller.accountId().equals(MEMBER)
                ? Optional.of(AccessChecks.Refusal.deniedByServiceControlPolicy(checks.getFirst()))
                : Optional.empty());

        IamClient root = aws.client(IamClient.class, assumeRoot(aws, Given.FUNCTION, MEMBER), Region.US_EAST_1);

        assertThatThrownBy(() -> root.getAccountSummary(request -> {}))
                .isInstanceOf(IamException.class)
                .hasMessageContaining("with an explicit deny in a service control policy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"arn:aws:iam::aws:policy/AdministratorAccess", "arn:aws:iam::aws:policy/root-task/Everything"})
    void assumeRoot_withAPolicyThatIsNoTask_isRefused(String policy) {
        EmbeddedOrganization aws = Given.organization(clock).centralRootAccess().build();

        assertThatThrownBy(() -> aws.client(StsClient.class, Given.FUNCTION, HOME)
                        .assumeRoot(request -> request.targetPrincipal(MEMBER).taskPolicyArn(task -> task.arn(policy))))
                .isInstanceOf(StsException.class)
                .hasMessageContaining("not valid");
    }

    @Test
    void theFeaturesOfTheOrganization_areShownToWhoManagesThem() {
        EmbeddedOrganization off = Given.organization(clock).build();
        EmbeddedOrganization on = Given.organization(clock).centralRootAccess().build();
        EmbeddedOrganization standalone = EmbeddedOrganization.builder(clock)
                .standaloneAccount(MANAGEMENT, "Alone", "alone@example.com")
                .build();

        assertThat(iam(on, Given.FUNCTION)
                        .listOrganizationsFeatures(request -> {})
                        .enabledFeatures())
                .containsExactly(FeatureType.ROOT_CREDENTIALS_MANAGEMENT, FeatureType.ROOT_SESSIONS);
        assertThatThrownBy(() -> iam(off, Given.FUNCTION).listOrganizationsFeatures(request -> {}))
                .isInstanceOf(ServiceAccessNotEnabledException.class);
        assertThatThrownBy(() -> iam(on, Caller.role(MEMBER, "Auditor", "a")).listOrganizationsFeatures(request -> {}))
                .isInstanceOf(AccountNotManagementOrDelegatedAdministratorException.class);
        assertThatThrownBy(() -> iam(standalone, Given.FUNCTION).listOrganizationsFeatures(request -> {}))
                .isInstanceOf(OrganizationNotFoundException.class);
    }

    private static IamClient iam(EmbeddedOrganization aws, Caller caller) {
        return aws.client(IamClient.class, caller, HOME);
    }

    private static Credentials assumeRole(EmbeddedOrganization aws, String role) {
        return aws.client(StsClient.class, Given.FUNCTION, HOME)
                .assumeRole(request ->
                        request.roleArn(role).roleSessionName("session").durationSeconds(900))
                .credentials();
    }

    private static Credentials assumeRoot(EmbeddedOrganization aws, Caller caller, String account) {
        return aws.client(StsClient.class, caller, HOME)
                .assumeRoot(request -> request.targetPrincipal(account)
                        .taskPolicyArn(task -> task.arn(AUDIT))
                        .durationSeconds(900))
                .credentials();
    }
}
