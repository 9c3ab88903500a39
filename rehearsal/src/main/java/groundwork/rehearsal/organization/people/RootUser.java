package groundwork.rehearsal.organization.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.call.UserIdentity;
import groundwork.rehearsal.organization.store.Account;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.trail.TrailEvent;
import java.util.Map;

/** What the root user of an account does, and what IAM counts of it. Every method emits the events of the act. */
public final class RootUser {
    private static final String IAM = "iam.amazonaws.com";

    /** https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html */
    private static final int MOST_MFA_DEVICES = 8;

    private final Cloud cloud;
    private final Account account;

    public RootUser(Cloud cloud, Account account) {
        this.cloud = cloud;
        this.account = account;
    }

    /** Registers an authenticator app. */
    public void enablesVirtualMfa() {
        String name = "root-account-mfa-device"
                + (account.rootMfaDevices.isEmpty() ? "" : "-" + account.rootMfaDevices.size());
        enableMfa(cloud.arn("iam", "", account.id, "mfa/" + name), true);
    }

    /** Registers a passkey or security key, which no API lists for the root user. */
    public void enablesPasskey() {
        String serial = cloud.arn("iam", "", account.id, "u2f/root-account/passkey-" + cloud.ids.alphanumeric(16));
        enableMfa(serial, false);
    }

    private void enableMfa(String serialNumber, boolean virtual) {
        requireSignIn();
        cloud.act(() -> {
            if (account.rootMfaDevices.size() >= MOST_MFA_DEVICES) {
                throw new IllegalStateException("The root user has " + MOST_MFA_DEVICES + " MFA devices already");
            }
            // The event is of the session that the device was not part of yet.
            record("EnableMFADevice", mfaParameters(serialNumber), NullNode.getInstance());
            return account.rootMfaDevices.add(new Account.MfaDevice(serialNumber, virtual, cloud.now()));
        });
    }

    /** Removes every MFA device. */
    public void deactivatesMfa() {
        cloud.act(() -> {
            account.rootMfaDevices.forEach(device ->
                    record("DeactivateMFADevice", mfaParameters(device.serialNumber()), NullNode.getInstance()));
            account.rootMfaDevices.clear();
            return account;
        });
    }

    private static ObjectNode mfaParameters(String serialNumber) {
        return object().put("userName", "AWS ROOT USER").put("serialNumber", serialNumber);
    }

    public void createsAccessKey() {
        cloud.act(() -> {
            String id = cloud.ids.unique("AKIA").substring(0, 20);
            account.rootAccessKeys.add(id);
            ObjectNode response = object();
            response.putObject("accessKey").put("accessKeyId", id).put("status", "Active");
            record("CreateAccessKey", NullNode.getInstance(), response);
            return id;
        });
    }

    /** Deletes every access key. */
    public void deletesAccessKeys() {
        cloud.act(() -> {
            account.rootAccessKeys.forEach(
                    id -> record("DeleteAccessKey", object().put("accessKeyId", id), NullNode.getInstance()));
            account.rootAccessKeys.clear();
            return account;
        });
    }

    public void uploadsSigningCertificate() {
        cloud.act(() -> {
            account.rootSigningCertificates++;
            record("UploadSigningCertificate", object(), NullNode.getInstance());
            return account;
        });
    }

    /** Deletes every signing certificate. */
    public void deletesSigningCertificates() {
        cloud.act(() -> {
            account.rootSigningCertificates = 0;
            record("DeleteSigningCertificate", object(), NullNode.getInstance());
            return account;
        });
    }

    /**
     * Gets a password in a member account, in a session that the management account opened.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html">Perform a privileged
     *     task on an AWS Organizations member account</a>
     */
    public void getsPassword() {
        setPassword(true, "CreateLoginProfile");
    }

    /** Loses the password again, in such a session. */
    public void losesPassword() {
        setPassword(false, "DeleteLoginProfile");
    }

    private void setPassword(boolean present, String eventName) {
        cloud.act(() -> {
            account.rootPassword = present;
            record(eventName, NullNode.getInstance(), NullNode.getInstance());
            return account;
        });
    }

    /** The root user in the IAM console. */
    public IamConsole iamConsole() {
        return new IamConsole(cloud, identity(), account.id);
    }

    /** The root user in the IAM Identity Center console, on the pages about the instance as a whole. */
    public InstanceConsole instanceConsole() {
        requireSignIn();
        return new InstanceConsole(cloud, identity());
    }

    /** Signs in to the console. */
    public void signsIn() {
        requireSignIn();
        cloud.act(() -> {
            cloud.events.record(consoleLogin());
            return account;
        });
    }

    private void requireSignIn() {
        if (!cloud.partition.rootUserSignsIn()) {
            throw new IllegalStateException("Nobody signs in as the root user in " + cloud.partition.id());
        }
    }

    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
    private TrailEvent consoleLogin() {
        boolean mfa = !account.rootMfaDevices.isEmpty();
        ObjectNode additional = object();
        additional.put("LoginTo", "https://console.aws.amazon.com/console/home");
        additional.put("MobileVersion", "No");
        account.rootMfaDevices.stream()
                .findFirst()
                .ifPresent(device -> additional.put("MFAIdentifier", device.serialNumber()));
        additional.put("MFAUsed", mfa ? "Yes" : "No");
        return TrailEvent.apiCall(
                        "signin.amazonaws.com",
                        "ConsoleLogin",
                        new UserIdentity.Root(account.id, mfa),
                        account.id,
                        cloud.partition.globalRegion(),
                        NullNode.getInstance())
                .as(TrailEvent.Type.CONSOLE_SIGN_IN)
                .answered(object().put("ConsoleLogin", "Success"))
                .with(Map.of("additionalEventData", additional));
    }

    private void record(String eventName, JsonNode parameters, JsonNode response) {
        cloud.events.record(
                TrailEvent.apiCall(IAM, eventName, identity(), account.id, cloud.partition.globalRegion(), parameters)
                        .answered(response));
    }

    private UserIdentity identity() {
        return new UserIdentity.Root(account.id, !account.rootMfaDevices.isEmpty());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
