package groundwork.root;

import static groundwork.checklist.Prerequisite.ROOT_ACCESS_KEYS;
import static groundwork.checklist.Prerequisite.ROOT_MFA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.runtime.AwsErrors;
import groundwork.runtime.TryAgainException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.FeatureType;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.ListOrganizationsFeaturesRequest;
import software.amazon.awssdk.services.iam.model.ListOrganizationsFeaturesResponse;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesResponse;
import software.amazon.awssdk.services.iam.model.ServiceAccessNotEnabledException;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRootRequest;
import software.amazon.awssdk.services.sts.model.AssumeRootResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

/** The root user of member account 444455556666, as CheckRootUser sees it from account 111122223333. */
class MemberRootsTest {
    private static final String MEMBER = "444455556666";
    private static final String ROLE = "arn:aws:iam::444455556666:role/groundwork/groundwork-RootCheck";
    private static final URI IAM_CONSOLE = URI.create("https://console.aws.amazon.com/iam/");
    private static final Credentials OF_ROLE =
            Credentials.builder().accessKeyId("ASIAROLE").build();
    private static final Credentials OF_ROOT =
            Credentials.builder().accessKeyId("ASIAROOT").build();
    private static final String NO_ROLE =
            "The root user of account 444455556666 cannot be looked at: there is no role groundwork/groundwork-RootCheck"
                    + " that lets this stack in.";

    private final StsClient sts = mock(StsClient.class, CALLS_REAL_METHODS);
    private final IamClient own = mock(IamClient.class, CALLS_REAL_METHODS);
    private final IamClient ofRole = mock(IamClient.class, CALLS_REAL_METHODS);
    private final IamClient ofRoot = mock(IamClient.class, CALLS_REAL_METHODS);
    private final OrganizationsClient organizations = mock(OrganizationsClient.class, CALLS_REAL_METHODS);

    @BeforeEach
    void memberStackIsThere() {
        willReturn(AssumeRoleResponse.builder().credentials(OF_ROLE).build())
                .given(sts)
                .assumeRole(any(AssumeRoleRequest.class));
        willReturn(AssumeRootResponse.builder().credentials(OF_ROOT).build())
                .given(sts)
                .assumeRoot(any(AssumeRootRequest.class));
        features(FeatureType.ROOT_CREDENTIALS_MANAGEMENT);
        for (IamClient member : List.of(ofRole, ofRoot)) {
            summary(member, Map.of("AccountMFAEnabled", 1));
            willReturn(ListVirtualMfaDevicesResponse.builder()
                            .isTruncated(false)
                            .virtualMFADevices(List.of())
                            .build())
                    .given(member)
                    .listVirtualMFADevices(any(ListVirtualMfaDevicesRequest.class));
        }
    }

    @Test
    void theRoleOfTheMemberStackIsAssumedForFifteenMinutes() {
        assertThat(check(false).outcome(ROOT_MFA))
                .isEqualTo(new Outcome.Done("The root user has MFA (a passkey or a hardware token)."));
        verify(sts)
                .assumeRole(AssumeRoleRequest.builder()
                        .roleArn(ROLE)
                        .roleSessionName("groundwork-root-check")
                        .durationSeconds(900)
                        .build());
        verifyNoInteractions(own, organizations);
    }

    @Test
    void aRootUserWithoutCredentials_isDoneAndSaysSo_withoutAskingTheOrganization() {
        summary(ofRole, Map.of());

        assertThat(check(false))
                .isEqualTo(Findings.of(
                        new Finding(
                                ROOT_MFA,
                                new Outcome.Done(
                                        "The root user has no credentials at all, so there is nothing to sign in with.")),
                        new Finding(
                                ROOT_ACCESS_KEYS,
                                new Outcome.Done("The root user has no access keys and no signing certificates."))));
        verifyNoInteractions(organizations);
    }

    @Test
    void credentialsThatCentralRootManagementCanRemove_areAStepOfAPersonWithItsLink() {
        summary(ofRole, Map.of("AccountPasswordPresent", 1, "AccountAccessKeysPresent", 2));

        assertThat(check(false).outcome(ROOT_MFA))
                .isEqualTo(new Outcome.Waiting(
                        "The root user has credentials but no MFA.",
                        "In the management account open Root access management in the IAM console, choose account 444455556666,"
                                + " and delete its root user credentials. Or sign in as the root user of that account and assign"
                                + " an MFA device.",
                        IAM_CONSOLE));
        assertThat(check(false).outcome(ROOT_ACCESS_KEYS))
                .isEqualTo(new Outcome.Waiting(
                        "The root user has access keys.",
                        "See first when they were last used, and that nothing depends on them. In the management account open"
                                + " Root access management in the IAM console, choose account 444455556666, and delete its root"
                                + " user credentials. Or sign in as the root user of that account and delete the access keys.",
                        IAM_CONSOLE));
    }

    @Test
    void withoutTheRole_isUnknownAndSaysHowToFindOut() {
        deniedRole("User: x is not authorized to perform: sts:AssumeRole on resource: " + ROLE);

        assertBoth(
                check(false), new Outcome.Unknown(NO_ROLE + " Roll out the member stack there: docs/organization.md."));
        verify(sts, never()).assumeRoot(any(AssumeRootRequest.class));
        verifyNoInteractions(own);
    }

    @Test
    void aPolicyThatDeniesTheRole_isANamedReason() {
        deniedRole("User: x is not authorized to perform: sts:AssumeRole on resource: " + ROLE
                + " with an explicit deny in a resource control policy");

        assertBoth(check(true), Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, "sts:AssumeRole"));
        verify(sts, never()).assumeRoot(any(AssumeRootRequest.class));
    }

    @Test
    void aPolicyThatDeniesWhatTheRoleMayDo_isANamedReason() {
        willThrow(AwsErrors.denied(IamException.builder(), "iam:GetAccountSummary"))
                .given(ofRole)
                .getAccountSummary(any(GetAccountSummaryRequest.class));

        assertBoth(check(false), Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, "iam:GetAccountSummary"));
    }

    @Test
    void withoutTheRole_centralRootAccessIsUsedWhereItIsAllowedAndEnabled_forAuditingOnly() {
        deniedRole("is not authorized to perform: sts:AssumeRole");

        assertThat(check(true).outcome(ROOT_MFA)).isEqualTo(new Outcome.Done("The root user has MFA."));
        verify(sts)
                .assumeRoot(AssumeRootRequest.builder()
                        .targetPrincipal(MEMBER)
                        .taskPolicyArn(
                                policy -> policy.arn("arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"))
                        .durationSeconds(900)
                        .build());
        // The policy of that session leaves it out.
        verify(ofRoot, never()).listVirtualMFADevices(any(ListVirtualMfaDevicesRequest.class));
    }

    @Test
    void withoutTheRole_andWithoutCentralRootAccess_isUnknownAndSaysBoth() {
        deniedRole("is not authorized to perform: sts:AssumeRole");
        Outcome unknown = new Outcome.Unknown(NO_ROLE
                + " Centralized root access is not enabled in the organization either. Roll out the member stack"
                + " there: docs/organization.md.");

        features(FeatureType.ROOT_SESSIONS);
        assertBoth(check(true), unknown);

        willThrow(AwsErrors.error(ServiceAccessNotEnabledException.builder(), "ServiceAccessNotEnabled", "no"))
                .given(own)
                .listOrganizationsFeatures(any(ListOrganizationsFeaturesRequest.class));
        assertBoth(check(true), unknown);
        verify(sts, never()).assumeRoot(any(AssumeRootRequest.class));
    }

    @Test
    void whenAPolicyDeniesTheRootUser_thatIsANamedReason() {
        deniedRole("is not authorized to perform: sts:AssumeRole");
        willThrow(AwsErrors.denied(IamException.builder(), "iam:GetAccountSummary"))
                .given(ofRoot)
                .getAccountSummary(any(GetAccountSummaryRequest.class));
        assertBoth(check(true), Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, "iam:GetAccountSummary"));

        willThrow(AwsErrors.error(
                        StsException.builder(), "AccessDenied", "x is not authorized to perform: sts:AssumeRoot"))
                .given(sts)
                .assumeRoot(any(AssumeRootRequest.class));
        assertBoth(check(true), Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, "sts:AssumeRoot"));
    }

    @Test
    void whatHoldsForTheOrganization_isAskedOnceInALook() {
        deniedRole("is not authorized to perform: sts:AssumeRole");
        MemberRoots look = roots(true);

        look.check(MEMBER);
        look.check("777788889999");

        verify(own).listOrganizationsFeatures(any(ListOrganizationsFeaturesRequest.class));
    }

    @Test
    void whatPasses_isTriedAgain() {
        willThrow(AwsErrors.throttled(StsException.builder())).given(sts).assumeRole(any(AssumeRoleRequest.class));

        assertThatThrownBy(() -> check(false)).isInstanceOf(TryAgainException.class);

        deniedRole("is not authorized to perform: sts:AssumeRole");
        willThrow(AwsErrors.throttled(StsException.builder())).given(sts).assumeRoot(any(AssumeRootRequest.class));

        assertThatThrownBy(() -> check(true)).isInstanceOf(TryAgainException.class);
    }

    private static void assertBoth(Findings findings, Outcome outcome) {
        for (Prerequisite prerequisite : List.of(ROOT_MFA, ROOT_ACCESS_KEYS)) {
            assertThat(findings.outcome(prerequisite)).isEqualTo(outcome);
        }
    }

    private Findings check(boolean centralRootAccess) {
        return new CheckRootUserHandler(
                        environment(centralRootAccess), own, () -> organizations, () -> sts, this::client)
                .handleRequest(new CheckRootUserHandler.Request(MEMBER), null)
                .findings();
    }

    private MemberRoots roots(boolean centralRootAccess) {
        return new MemberRoots(new groundwork.runtime.Settings(environment(centralRootAccess)), sts, this::client, own);
    }

    private static Map<String, String> environment(boolean centralRootAccess) {
        return Map.of(
                "ACCOUNT_ID",
                "111122223333",
                "AWS_REGION",
                "eu-central-1",
                "MEMBER_ROLE",
                "groundwork/groundwork-RootCheck",
                "CENTRAL_ROOT_ACCESS",
                Boolean.toString(centralRootAccess));
    }

    private IamClient client(Credentials credentials) {
        return credentials.equals(OF_ROOT) ? ofRoot : ofRole;
    }

    private void deniedRole(String words) {
        willThrow(AwsErrors.error(StsException.builder(), "AccessDenied", words))
                .given(sts)
                .assumeRole(any(AssumeRoleRequest.class));
    }

    private void features(FeatureType... features) {
        willReturn(ListOrganizationsFeaturesResponse.builder()
                        .enabledFeatures(features)
                        .build())
                .given(own)
                .listOrganizationsFeatures(any(ListOrganizationsFeaturesRequest.class));
    }

    /** Everything that is not said is 0. */
    private static void summary(IamClient member, Map<String, Integer> said) {
        Map<String, Integer> summary = new HashMap<>(Map.of(
                "AccountMFAEnabled",
                0,
                "AccountPasswordPresent",
                0,
                "AccountAccessKeysPresent",
                0,
                "AccountSigningCertificatesPresent",
                0));
        summary.putAll(said);
        willReturn(GetAccountSummaryResponse.builder()
                        .summaryMapWithStrings(summary)
                        .build())
                .given(member)
                .getAccountSummary(any(GetAccountSummaryRequest.class));
    }
}
