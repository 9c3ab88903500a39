package groundwork.root;

import groundwork.checklist.Console;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.runtime.AwsFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AssignmentStatusType;
import software.amazon.awssdk.services.iam.model.VirtualMFADevice;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;

/**
 * Looks at the root user of the account.
 *
 * <p>Reads the account summary, not the credential report: the report is cached for up to four hours and would stay red
 * after the fix.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html">GetAccountSummary</a>
 */
final class RootUserCheck {
    private final IamClient iam;
    private final OrganizationsClient organizations;
    private final Console console;

    RootUserCheck(IamClient iam, OrganizationsClient organizations, Console console) {
        this.iam = iam;
        this.organizations = organizations;
        this.console = console;
    }

    Findings check(String accountId) {
        Map<String, Integer> summary;
        try {
            summary = iam.getAccountSummary().summaryMapAsStrings();
        } catch (SdkException e) {
            Outcome unreadable = AwsFailure.unreadable(e, "the root user's credentials");
            return Findings.of(
                    new Finding(Prerequisite.ROOT_MFA, unreadable),
                    new Finding(Prerequisite.ROOT_ACCESS_KEYS, unreadable));
        }
        return Findings.of(
                new Finding(Prerequisite.ROOT_MFA, mfa(accountId, summary)),
                new Finding(Prerequisite.ROOT_ACCESS_KEYS, accessKeys(summary)));
    }

    private Outcome mfa(String accountId, Map<String, Integer> summary) {
        Integer enabled = summary.get("AccountMFAEnabled");
        if (enabled == null) {
            return new Outcome.Unknown("AWS did not say whether the root user has MFA (AccountMFAEnabled is missing).");
        }
        if (enabled > 0) {
            return new Outcome.Done("The root user has MFA" + devices());
        }
        List<Integer> credentials =
                List.of("AccountPasswordPresent", "AccountAccessKeysPresent", "AccountSigningCertificatesPresent")
                        .stream()
                        .map(key -> summary.getOrDefault(key, -1))
                        .toList();
        if (credentials.stream().anyMatch(present -> present > 0)) {
            return mfaMissing("The root user has credentials but no MFA.");
        }
        boolean unsaid = credentials.contains(-1);
        Membership membership;
        try {
            membership = membership(accountId);
        } catch (SdkException e) {
            if (unsaid) {
                return credentialsUnsaid();
            }
            return new Outcome.Unknown(
                    "The root user has no MFA and no credentials. That is fine in a member account only. "
                            + AwsFailure.unreadable(e, "the organization").what());
        }
        return switch (membership) {
            case MEMBER ->
                unsaid
                        ? credentialsUnsaid()
                        : new Outcome.Done(
                                "The root user has no credentials at all, so there is nothing to sign in with.");
            // The owner can always get a root password by email, whatever the summary says of a password today:
            // https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html
            case MANAGEMENT_OR_STANDALONE -> mfaMissing("The root user has no MFA.");
        };
    }

    private static Outcome credentialsUnsaid() {
        return new Outcome.Unknown("The root user has no MFA, and AWS did not say whether it has credentials.");
    }

    private Outcome mfaMissing(String what) {
        return new Outcome.Waiting(
                what,
                "Sign in as the root user, open Security credentials from the account menu, and assign an MFA device:"
                        + " a passkey or an authenticator app.",
                console.rootSecurityCredentials());
    }

    private Outcome accessKeys(Map<String, Integer> summary) {
        Integer keys = summary.get("AccountAccessKeysPresent");
        Integer certificates = summary.get("AccountSigningCertificatesPresent");
        List<String> present = new ArrayList<>();
        if (keys != null && keys > 0) {
            present.add("access keys");
        }
        if (certificates != null && certificates > 0) {
            present.add("signing certificates");
        }
        if (!present.isEmpty()) {
            String found = String.join(" and ", present);
            return new Outcome.Waiting(
                    "The root user has " + found + ".",
                    "Sign in as the root user, open Security credentials from the account menu, and delete the " + found
                            + ". Check first, under Last used, that nothing depends on them.",
                    console.rootSecurityCredentials());
        }
        if (keys == null || certificates == null) {
            return new Outcome.Unknown(
                    "AWS did not say whether the root user has access keys or signing certificates.");
        }
        return new Outcome.Done("The root user has no access keys and no signing certificates.");
    }

    /**
     * Only virtual devices can be listed for the root user. MFA without one of them is a passkey or a hardware token;
     * next to a virtual device others stay unseen.
     */
    private String devices() {
        try {
            long virtual = iam
                    .listVirtualMFADevicesPaginator(request -> request.assignmentStatus(AssignmentStatusType.ASSIGNED))
                    .virtualMFADevices()
                    .stream()
                    .filter(RootUserCheck::belongsToRoot)
                    .count();
            return virtual == 0 ? " (a passkey or a hardware token)." : " (an authenticator app, at least).";
        } catch (SdkException e) {
            return ". " + AwsFailure.unreadable(e, "of which kind").what();
        }
    }

    private static boolean belongsToRoot(VirtualMFADevice device) {
        return device.serialNumber().endsWith(":mfa/root-account-mfa-device")
                || (device.user() != null
                        && device.user().arn() != null
                        && device.user().arn().endsWith(":root"));
    }

    private enum Membership {
        MEMBER,
        MANAGEMENT_OR_STANDALONE
    }

    private Membership membership(String accountId) {
        try {
            String management =
                    organizations.describeOrganization().organization().masterAccountId();
            return accountId.equals(management) ? Membership.MANAGEMENT_OR_STANDALONE : Membership.MEMBER;
        } catch (AwsOrganizationsNotInUseException e) {
            return Membership.MANAGEMENT_OR_STANDALONE;
        }
    }
}
