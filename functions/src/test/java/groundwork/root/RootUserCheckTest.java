package groundwork.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.runtime.AwsErrors;
import groundwork.runtime.TryAgainException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AssignmentStatusType;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesResponse;
import software.amazon.awssdk.services.iam.model.VirtualMFADevice;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationRequest;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationResponse;
import software.amazon.awssdk.services.organizations.model.OrganizationsException;
import software.amazon.awssdk.services.sts.StsClient;

class RootUserCheckTest {
    private static final String ACCOUNT = "111122223333";
    private static final String MANAGEMENT = "444455556666";
    private static final URI SECURITY_CREDENTIALS =
            URI.create("https://console.aws.amazon.com/iam/home#/security_credentials");

    private final IamClient iam = mock(IamClient.class, CALLS_REAL_METHODS);
    private final OrganizationsClient organizations = mock(OrganizationsClient.class, CALLS_REAL_METHODS);
    private CheckRootUserHandler handler;

    @BeforeEach
    void handler() {
        handlerIn("eu-central-1");
    }

    private void handlerIn(String region) {
        handler = new CheckRootUserHandler(
                Map.of("ACCOUNT_ID", ACCOUNT, "AWS_REGION", region),
                iam,
                () -> organizations,
                () -> mock(StsClient.class),
                credentials -> {
                    throw new AssertionError("No session is begun in the account of the stack.");
                });
    }

    @Test
    void mfa_whenOnWithAnAuthenticatorApp_isDone() {
        summary("AccountMFAEnabled", 1);
        virtualDevices(VirtualMFADevice.builder()
                .serialNumber("arn:aws:iam::111122223333:mfa/root-account-mfa-device")
                .build());

        assertThat(mfa()).isEqualTo(new Outcome.Done("The root user has MFA (an authenticator app, at least)."));
    }

    @Test
    void mfa_whenOnWithAnAuthenticatorAppOfAnotherName_isRecognisedByItsUser() {
        summary("AccountMFAEnabled", 1);
        virtualDevices(VirtualMFADevice.builder()
                .serialNumber("arn:aws:iam::111122223333:mfa/phone")
                .user(user -> user.arn("arn:aws:iam::111122223333:root"))
                .build());

        assertThat(mfa().what()).contains("(an authenticator app, at least)");
    }

    @Test
    void mfa_whenOnAndOnlyOthersHaveVirtualDevices_isAPasskeyOrAHardwareToken() {
        summary("AccountMFAEnabled", 1);
        virtualDevices(
                VirtualMFADevice.builder()
                        .serialNumber("arn:aws:iam::111122223333:mfa/ada")
                        .user(user -> user.arn("arn:aws:iam::111122223333:user/ada"))
                        .build(),
                VirtualMFADevice.builder()
                        .serialNumber("arn:aws:iam::111122223333:mfa/nobody")
                        .build(),
                VirtualMFADevice.builder()
                        .serialNumber("arn:aws:iam::111122223333:mfa/somebody")
                        .user(user -> user.userName("somebody"))
                        .build());

        assertThat(mfa()).isEqualTo(new Outcome.Done("The root user has MFA (a passkey or a hardware token)."));
    }

    @Test
    void mfa_whenOn_asksOnlyForAssignedDevicesOnEveryPage() {
        summary("AccountMFAEnabled", 1);
        willReturn(ListVirtualMfaDevicesResponse.builder()
                        .isTruncated(true)
                        .marker("page 2")
                        .virtualMFADevices(List.of())
                        .build())
                .given(iam)
                .listVirtualMFADevices(page(null));
        willReturn(ListVirtualMfaDevicesResponse.builder()
                        .isTruncated(false)
                        .virtualMFADevices(VirtualMFADevice.builder()
                                .serialNumber("arn:aws:iam::111122223333:mfa/root-account-mfa-device")
                                .build())
                        .build())
                .given(iam)
                .listVirtualMFADevices(page("page 2"));

        assertThat(mfa().what()).contains("(an authenticator app, at least)");
    }

    @Test
    void mfa_whenOnAndTheKindOfDeviceIsUnreadable_isDoneAllTheSame() {
        summary("AccountMFAEnabled", 1);
        willThrow(AwsErrors.denied(IamException.builder(), "iam:ListVirtualMFADevices"))
                .given(iam)
                .listVirtualMFADevices(any(ListVirtualMfaDevicesRequest.class));

        assertThat(mfa())
                .isEqualTo(new Outcome.Done(
                        "The root user has MFA. Could not read of which kind: AWS denied iam:ListVirtualMFADevices."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccountPasswordPresent", "AccountAccessKeysPresent", "AccountSigningCertificatesPresent"})
    void mfa_whenOffWithAnyCredential_waitsForAPersonWhateverTheAccount(String credential) {
        summary("AccountMFAEnabled", 0, credential, 1);

        assertThat(mfa())
                .isEqualTo(new Outcome.Waiting(
                        "The root user has credentials but no MFA.",
                        "Sign in as the root user, open Security credentials from the account menu, and assign an MFA"
                                + " device: a passkey or an authenticator app.",
                        SECURITY_CREDENTIALS));
        verifyNoInteractions(organizations);
    }

    @Test
    void mfa_whenAMemberAccountHasNoRootCredentialsAtAll_isDone() {
        noCredentials();
        managementAccount(MANAGEMENT);

        assertThat(mfa())
                .isEqualTo(new Outcome.Done(
                        "The root user has no credentials at all, so there is nothing to sign in with."));
    }

    @Test
    void mfa_whenTheManagementAccountShowsNoRootCredentials_isNotTrusted() {
        noCredentials();
        managementAccount(ACCOUNT);

        assertThat(mfa()).isInstanceOf(Outcome.Waiting.class);
        assertThat(mfa().what()).isEqualTo("The root user has no MFA.");
    }

    @Test
    void mfa_whenAStandaloneAccountShowsNoRootCredentials_isNotTrusted() {
        noCredentials();
        willThrow(AwsOrganizationsNotInUseException.builder().build())
                .given(organizations)
                .describeOrganization(any(DescribeOrganizationRequest.class));

        assertThat(mfa()).isInstanceOf(Outcome.Waiting.class);
    }

    @Test
    void mfa_whenThereAreNoCredentialsAndTheOrganizationIsUnreadable_isUnknown() {
        noCredentials();
        organizationUnreadable();

        assertThat(mfa())
                .isEqualTo(
                        new Outcome.Unknown(
                                "The root user has no MFA and no credentials. That is fine in a member"
                                        + " account only. Could not read the organization: AWS denied organizations:DescribeOrganization."));
    }

    @Test
    void mfa_whenTheSummaryDoesNotMentionIt_isUnknown() {
        summary("AccountPasswordPresent", 1);

        assertThat(mfa())
                .isEqualTo(new Outcome.Unknown(
                        "AWS did not say whether the root user has MFA (AccountMFAEnabled is missing)."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccountPasswordPresent", "AccountAccessKeysPresent", "AccountSigningCertificatesPresent"})
    void mfa_whenAMemberAccountsSummaryLeavesOutACredential_isUnknown(String missing) {
        noCredentials(missing);
        managementAccount(MANAGEMENT);

        assertThat(mfa())
                .isEqualTo(new Outcome.Unknown(
                        "The root user has no MFA, and AWS did not say whether it has credentials."));
    }

    @Test
    void mfa_whenNeitherCredentialsNorOrganizationAreReadable_doesNotClaimThatThereAreNoCredentials() {
        noCredentials("AccountPasswordPresent");
        organizationUnreadable();

        assertThat(mfa()).isInstanceOf(Outcome.Unknown.class);
        assertThat(mfa().what()).doesNotContain("no credentials");
    }

    @Test
    void mfa_whenTheManagementAccountsSummaryLeavesOutACredential_stillWaitsForMfa() {
        noCredentials("AccountPasswordPresent");
        managementAccount(ACCOUNT);

        assertThat(mfa()).isInstanceOf(Outcome.Waiting.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, access keys", "0, 1, signing certificates", "1, 1, access keys and signing certificates"})
    void accessKeys_whenThereAreLongTermCredentials_namesThemAndAsksToDeleteThem(
            int keys, int certificates, String named) {
        summary("AccountAccessKeysPresent", keys, "AccountSigningCertificatesPresent", certificates);

        assertThat(accessKeys())
                .isEqualTo(new Outcome.Waiting(
                        "The root user has " + named + ".",
                        "Sign in as the root user, open Security credentials from the account menu, and delete the "
                                + named + ". Check first, under Last used, that nothing depends on them.",
                        SECURITY_CREDENTIALS));
    }

    @Test
    void accessKeys_whenThereAreNone_isDone() {
        summary("AccountAccessKeysPresent", 0, "AccountSigningCertificatesPresent", 0);

        assertThat(accessKeys())
                .isEqualTo(new Outcome.Done("The root user has no access keys and no signing certificates."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccountAccessKeysPresent", "AccountSigningCertificatesPresent"})
    void accessKeys_whenTheSummarySaysOnlyHalf_isUnknown(String said) {
        summary(said, 0);

        assertThat(accessKeys())
                .isEqualTo(new Outcome.Unknown(
                        "AWS did not say whether the root user has access keys or signing certificates."));
    }

    @Test
    void accessKeys_whenTheOnlyThingSaidIsBad_isReported() {
        summary("AccountSigningCertificatesPresent", 1);

        assertThat(accessKeys().what()).isEqualTo("The root user has signing certificates.");
    }

    @Test
    void check_whenAwsDeniesTheSummary_isUnknownForBothNamingTheAction() {
        willThrow(AwsErrors.denied(IamException.builder(), "iam:GetAccountSummary"))
                .given(iam)
                .getAccountSummary(any(GetAccountSummaryRequest.class));

        Outcome unknown =
                new Outcome.Unknown("Could not read the root user's credentials: AWS denied iam:GetAccountSummary.");
        assertThat(check(ACCOUNT))
                .containsExactly(
                        new Finding(Prerequisite.ROOT_MFA, unknown),
                        new Finding(Prerequisite.ROOT_ACCESS_KEYS, unknown));
    }

    @Test
    void check_whenTheSummaryIsThrottled_asksToTryAgain() {
        willThrow(AwsErrors.throttled(IamException.builder()))
                .given(iam)
                .getAccountSummary(any(GetAccountSummaryRequest.class));

        assertThatThrownBy(() -> check(ACCOUNT)).isInstanceOf(TryAgainException.class);
    }

    @Test
    void check_whenTheDevicesAreThrottled_asksToTryAgain() {
        summary("AccountMFAEnabled", 1);
        willThrow(AwsErrors.throttled(IamException.builder()))
                .given(iam)
                .listVirtualMFADevices(any(ListVirtualMfaDevicesRequest.class));

        assertThatThrownBy(() -> check(ACCOUNT)).isInstanceOf(TryAgainException.class);
    }

    @Test
    void check_whenTheOrganizationIsThrottled_asksToTryAgain() {
        noCredentials();
        willThrow(AwsErrors.throttled(OrganizationsException.builder()))
                .given(organizations)
                .describeOrganization(any(DescribeOrganizationRequest.class));

        assertThatThrownBy(() -> check(ACCOUNT)).isInstanceOf(TryAgainException.class);
    }

    @Test
    void check_readsTheSummaryOnce() {
        summary("AccountMFAEnabled", 0, "AccountPasswordPresent", 1);

        check(ACCOUNT);

        verify(iam).getAccountSummary(any(GetAccountSummaryRequest.class));
    }

    private List<Finding> check(String accountId) {
        return handler.handleRequest(new CheckRootUserHandler.Request(accountId), null)
                .findings()
                .all();
    }

    /** https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-iam.html */
    @ParameterizedTest
    @ValueSource(strings = {"us-gov-west-1", "us-gov-east-1"})
    void mfa_whereNobodySignsInAsTheRootUser_isNotApplicable(String region) {
        handlerIn(region);
        noCredentials();

        assertThat(mfa())
                .isEqualTo(
                        new Outcome.NotApplicable(
                                "Nobody can sign in as the root user of an account in AWS GovCloud (US), and it cannot have MFA. Its access keys count."));
        assertThat(accessKeys()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void accessKeys_whereNobodySignsInAsTheRootUser_areDeletedWithTheKeysThemselves() {
        handlerIn("us-gov-west-1");
        summary("AccountAccessKeysPresent", 1, "AccountSigningCertificatesPresent", 0);

        assertThat(accessKeys()).isInstanceOfSatisfying(Outcome.Waiting.class, waiting -> {
            assertThat(waiting.what()).isEqualTo("The root user has access keys.");
            assertThat(waiting.todo()).contains("aws iam delete-access-key").doesNotContain("Sign in as");
            assertThat(waiting.link()).hasToString("https://console.amazonaws-us-gov.com/iam/");
        });
    }

    @Test
    void theSummaryThatCannotBeRead_whereNobodySignsIn_leavesOnlyTheKeysUnknown() {
        handlerIn("us-gov-west-1");
        willThrow(AwsErrors.denied(IamException.builder(), "iam:GetAccountSummary"))
                .given(iam)
                .getAccountSummary(any(GetAccountSummaryRequest.class));

        assertThat(mfa()).isInstanceOf(Outcome.NotApplicable.class);
        assertThat(accessKeys()).isInstanceOf(Outcome.Unknown.class);
    }

    private Outcome mfa() {
        return outcome(Prerequisite.ROOT_MFA);
    }

    private Outcome accessKeys() {
        return outcome(Prerequisite.ROOT_ACCESS_KEYS);
    }

    private Outcome outcome(Prerequisite prerequisite) {
        return check(ACCOUNT).stream()
                .filter(finding -> finding.prerequisite() == prerequisite)
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    private void summary(String key, int value) {
        summary(Map.of(key, value));
    }

    private void summary(String key, int value, String otherKey, int otherValue) {
        summary(Map.of(key, value, otherKey, otherValue));
    }

    private void noCredentials(String... leftOut) {
        Map<String, Integer> summary = new HashMap<>(Map.of(
                "AccountMFAEnabled", 0,
                "AccountPasswordPresent", 0,
                "AccountAccessKeysPresent", 0,
                "AccountSigningCertificatesPresent", 0));
        summary.keySet().removeAll(List.of(leftOut));
        summary(summary);
    }

    private void summary(Map<String, Integer> summary) {
        willReturn(GetAccountSummaryResponse.builder()
                        .summaryMapWithStrings(summary)
                        .build())
                .given(iam)
                .getAccountSummary(any(GetAccountSummaryRequest.class));
    }

    private void virtualDevices(VirtualMFADevice... devices) {
        willReturn(ListVirtualMfaDevicesResponse.builder()
                        .virtualMFADevices(devices)
                        .isTruncated(false)
                        .build())
                .given(iam)
                .listVirtualMFADevices(any(ListVirtualMfaDevicesRequest.class));
    }

    private static ListVirtualMfaDevicesRequest page(String marker) {
        return argThat(request -> request.assignmentStatus() == AssignmentStatusType.ASSIGNED
                && Objects.equals(request.marker(), marker));
    }

    private void managementAccount(String accountId) {
        willReturn(DescribeOrganizationResponse.builder()
                        .organization(organization -> organization.masterAccountId(accountId))
                        .build())
                .given(organizations)
                .describeOrganization(any(DescribeOrganizationRequest.class));
    }

    private void organizationUnreadable() {
        willThrow(AwsErrors.denied(OrganizationsException.builder(), "organizations:DescribeOrganization"))
                .given(organizations)
                .describeOrganization(any(DescribeOrganizationRequest.class));
    }
}
