package groundwork.root;

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

/**
 * Looks at the root user of an account.
 *
 * <p>Reads the account summary, not the credential report: the report is cached for up to four hours and would stay red
 * after the fix.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html">GetAccountSummary</a>
 */
final class RootUserCheck {
    private final IamClient iam;
    private final RootUserOf whose;

    /** @param iam acts in the account */
    RootUserCheck(IamClient iam, RootUserOf whose) {
        this.iam = iam;
        this.whose = whose;
    }

    Findings check() {
        Map<String, Integer> summary;
        try {
            summary = iam.getAccountSummary().summaryMapAsStrings();
        } catch (SdkException e) {
            Outcome unreadable = whose.unreadable(e);
            return Findings.of(
                    new Finding(Prerequisite.ROOT_MFA, signsIn() ? unreadable : mfaNotApplicable()),
                    new Finding(Prerequisite.ROOT_ACCESS_KEYS, unreadable));
        }
        return Findings.of(
                new Finding(Prerequisite.ROOT_MFA, signsIn() ? mfa(summary) : mfaNotApplicable()),
                new Finding(Prerequisite.ROOT_ACCESS_KEYS, accessKeys(summary)));
    }

    private boolean signsIn() {
        return whose.console().partition().rootUserSignsIn();
    }

    private static Outcome mfaNotApplicable() {
        return new Outcome.NotApplicable(
                "Nobody can sign in as the root user of an account in AWS GovCloud (US), and it cannot have MFA. Its access keys count.");
    }

    private Outcome mfa(Map<String, Integer> summary) {
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
            return whose.mfaMissing("The root user has credentials but no MFA.");
        }
        boolean unsaid = credentials.contains(-1);
        boolean mayHaveNone;
        try {
            mayHaveNone = whose.mayHaveNoCredentials();
        } catch (SdkException e) {
            if (unsaid) {
                return credentialsUnsaid();
            }
            return new Outcome.Unknown(
                    "The root user has no MFA and no credentials. That is fine in a member account only. "
                            + AwsFailure.unreadable(e, "the organization").what());
        }
        if (!mayHaveNone) {
            // The owner can always get a root password by email, whatever the summary says of a password today:
            // https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html
            return whose.mfaMissing("The root user has no MFA.");
        }
        return unsaid
                ? credentialsUnsaid()
                : new Outcome.Done("The root user has no credentials at all, so there is nothing to sign in with.");
    }

    private static Outcome credentialsUnsaid() {
        return new Outcome.Unknown("The root user has no MFA, and AWS did not say whether it has credentials.");
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
            return whose.credentials(String.join(" and ", present));
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
        if (!whose.showsDevices()) {
            return ".";
        }
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
}
