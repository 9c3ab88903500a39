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
 * <p>How far the first sign-in gets depends on how the user was made:
 *
 * <table>
 * <caption>The first sign-in</caption>
 * <tr><td>by API, "Send email OTP" on</td><td>AWS emails a code at the first attempt; then the user sets a password</td></tr>
 * <tr><td>by API, "Send email OTP" off</td><td>the portal asks for a password that nobody has, until somebody presses "Reset
 *     password" on the page of the user</td></tr>
 * <tr><td>in the console</td><td>the user follows the link in AWS's invitation and sets a password</td></tr>
 * <tr><td>by an identity provider</td><td>the user signs in there</td></tr>
 * </table>
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/userswithoutpwd.html">Email one-time password to users
 *     created with API or CLI</a>
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/howtoactivateaccount.html">Activating the portal for
 *     first-time users</a>
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/understanding-sign-in-events.html">Understanding
 *     sign-in events</a>
 */
public final class AccessPortalUser {
    private final Cloud cloud;
    private final String userName;

    public AccessPortalUser(Cloud cloud, String userName) {
        this.cloud = cloud;
        this.userName = userName;
    }

    /**
     * Signs in, as far as the user gets. A disabled user does not get in.
     *
     * @return whether the user is signed in
     */
    public boolean signsIn() {
        return cloud.act(() -> {
            IdentityCenter center = center();
            DirectoryUser user = user(center);
            String workflow = cloud.ids.uuid();
            if (!user.externalIds().isEmpty()) {
                return user.enabled() && complete(center, user, "EXTERNAL_IDP", workflow);
            }
            boolean first = !user.password() && user.enabled();
            if (first && isInvited(user)) {
                setsPassword(center, user);
                return signsInWith("PASSWORD", true, center, user, workflow);
            }
            if (first
                    && user.invitedUntil().isEmpty()
                    && center.emailOtp
                    && user.email().isPresent()) {
                emailsCode(user.email().get());
                verify(center, user, "EMAIL_OTP", true, workflow);
                directoryEvent(center, user, "VerifyEmail");
                setsPassword(center, user);
                return complete(center, user, "EMAIL_OTP", workflow);
            }
            return signsInWith("PASSWORD", user.password() && user.enabled(), center, user, workflow);
        });
    }

    private boolean isInvited(DirectoryUser user) {
        return user.invitedUntil().filter(cloud.now()::isBefore).isPresent();
    }

    private void emailsCode(String address) {
        cloud.mailbox.deliver(new Mail(
                cloud.now(),
                "no-reply@login.awsapps.com",
                address,
                "Verify your email address for AWS IAM Identity Center",
                "Your verification code is " + Math.abs(cloud.ids.hex(8).hashCode() % 1_000_000),
                Optional.empty()));
    }

    private void setsPassword(IdentityCenter center, DirectoryUser user) {
        directoryEvent(center, user, "UpdatePassword");
        center.directory.changeUser(user.userId(), before -> before.withCredentials(true, before.mfaRegistered()));
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

    private boolean signsInWith(
            String credentialType, boolean right, IdentityCenter center, DirectoryUser user, String workflow) {
        verify(center, user, credentialType, right, workflow);
        return right && complete(center, user, credentialType, workflow);
    }

    private void verify(
            IdentityCenter center, DirectoryUser user, String credentialType, boolean success, String workflow) {
        signIn(center, user, "CredentialChallenge", credentialType, "Success", workflow);
        signIn(center, user, "CredentialVerification", credentialType, success ? "Success" : "Failure", workflow);
    }

    // UserAuthentication is logged only when every challenge has been passed.
    private boolean complete(IdentityCenter center, DirectoryUser user, String credentialType, String workflow) {
        signIn(center, user, "UserAuthentication", credentialType, "Success", workflow);
        return true;
    }

    /** @param workflow the id that all events of one sign-in share */
    private void signIn(
            IdentityCenter center,
            DirectoryUser user,
            String eventName,
            String credentialType,
            String result,
            String workflow) {
        ObjectNode additional = object().put("AuthWorkflowID", workflow);
        if (eventName.equals("UserAuthentication")) {
            additional.put("LoginTo", "https://" + center.identityStoreId() + ".awsapps.com/start/");
        }
        additional.put("CredentialType", credentialType);
        if (namesTheUser(eventName, credentialType)) {
            additional.put("UserName", user.userName());
        }
        cloud.events.record(event(center, user, "signin.amazonaws.com", eventName, NullNode.getInstance())
                .as(TrailEvent.Type.SERVICE_EVENT)
                .with(Map.of(
                        "additionalEventData", additional, "serviceEventDetails", object().put(eventName, result))));
    }

    /** https://docs.aws.amazon.com/singlesignon/latest/userguide/username-sign-in-cloudtrail-events.html */
    private static boolean namesTheUser(String eventName, String credentialType) {
        return switch (credentialType) {
            case "PASSWORD", "EMAIL_OTP" -> eventName.equals("CredentialChallenge");
            case "EXTERNAL_IDP" -> eventName.equals("UserAuthentication");
            default -> false;
        };
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
