package groundwork.rehearsal.organization.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.call.UserIdentity;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.DirectoryUser;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.organization.trail.TrailEvent;
import java.util.Map;
import java.util.Optional;

/**
 * What a user does at the AWS access portal.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/username-sign-in-cloudtrail-events.html">User name sign-in CloudTrail events</a>
 */
public final class AccessPortalUser {
    private final Cloud cloud;
    private final String userName;

    public AccessPortalUser(Cloud cloud, String userName) {
        this.cloud = cloud;
        this.userName = userName;
    }

    /**
     * Signs in. A user who has no password yet is sent a one-time code, and sets a password, if "Send email OTP" is on; otherwise
     * the attempt fails. So it does for a disabled user.
     *
     * @return whether the user is signed in
     */
    public boolean signsIn() {
        return cloud.act(() -> {
            IdentityCenter center = center();
            DirectoryUser user = user(center);
            boolean firstTime = !user.password() && user.enabled() && center.emailOtp;
            if (firstTime && user.email().isPresent()) {
                cloud.mailbox.deliver(new Mail(
                        cloud.now(),
                        "no-reply@login.awsapps.com",
                        user.email().orElseThrow(),
                        "Verify your email address for AWS IAM Identity Center",
                        "Your verification code is " + Math.abs(cloud.ids.hex(8).hashCode() % 1_000_000),
                        Optional.empty()));
                verify(center, user, "EMAIL_OTP", true);
                directoryEvent(center, user, "VerifyEmail");
                directoryEvent(center, user, "UpdatePassword");
                center.directory.changeUser(
                        user.userId(), before -> before.withCredentials(true, before.mfaRegistered()));
                return complete(center, user, "EMAIL_OTP");
            }
            boolean right = user.password() && user.enabled();
            verify(center, user, "PASSWORD", right);
            return right && complete(center, user, "PASSWORD");
        });
    }

    /** Registers an authenticator app. */
    public void registersMfa() {
        cloud.act(() -> {
            IdentityCenter center = center();
            DirectoryUser user = user(center);
            center.directory.changeUser(user.userId(), before -> before.withCredentials(before.password(), true));
            directoryEvent(center, user, "CompleteVirtualMfaDeviceRegistration");
            return center;
        });
    }

    private void verify(IdentityCenter center, DirectoryUser user, String credentialType, boolean success) {
        signIn(center, user, "CredentialChallenge", credentialType, "Success");
        signIn(center, user, "CredentialVerification", credentialType, success ? "Success" : "Failure");
    }

    // UserAuthentication is logged only when every challenge has been passed.
    private boolean complete(IdentityCenter center, DirectoryUser user, String credentialType) {
        signIn(center, user, "UserAuthentication", credentialType, "Success");
        return true;
    }

    private void signIn(
            IdentityCenter center, DirectoryUser user, String eventName, String credentialType, String result) {
        ObjectNode additional = object().put("AuthWorkflowID", cloud.ids.uuid());
        if (eventName.equals("UserAuthentication")) {
            additional.put("LoginTo", "https://" + center.identityStoreId() + ".awsapps.com/start/");
        }
        additional.put("CredentialType", credentialType);
        cloud.events.record(event(center, user, "signin.amazonaws.com", eventName, NullNode.getInstance())
                .as(TrailEvent.Type.SERVICE_EVENT)
                .with(Map.of(
                        "additionalEventData", additional, "serviceEventDetails", object().put(eventName, result))));
    }

    private void directoryEvent(IdentityCenter center, DirectoryUser user, String eventName) {
        ObjectNode parameters =
                object().put("identityStoreId", center.identityStoreId()).put("userId", user.userId());
        cloud.events.record(event(center, user, "sso-directory.amazonaws.com", eventName, parameters));
    }

    private TrailEvent event(
            IdentityCenter center, DirectoryUser user, String source, String eventName, JsonNode parameters) {
        UserIdentity principal = new UserIdentity.PortalUser(
                center.ownerAccountId(), user.userId(), center.identityStoreArn(), cloud.ids.uuid());
        return TrailEvent.apiCall(
                source, eventName, principal, center.ownerAccountId(), center.primaryRegion(), parameters);
    }

    private IdentityCenter center() {
        return cloud.organizationInstance()
                .orElseThrow(() -> new IllegalStateException("There is no organization instance"));
    }

    private DirectoryUser user(IdentityCenter center) {
        return center.directory
                .userNamed(userName)
                .orElseThrow(() -> new IllegalStateException("There is no user " + userName));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
