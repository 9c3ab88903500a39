package groundwork.rehearsal.organization.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.services.RoleChange;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.DirectoryGroup;
import groundwork.rehearsal.organization.store.DirectoryMembership;
import groundwork.rehearsal.organization.store.DirectoryUser;
import groundwork.rehearsal.organization.store.EmbeddedAssignment;
import groundwork.rehearsal.organization.store.EmbeddedPermissionSet;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.organization.store.ProvisioningRequest;
import groundwork.rehearsal.organization.trail.TrailEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a person does in the IAM Identity Center console with users, groups and their access. Users and groups are changed there through the {@code sso-directory}
 * operations, which have no public API but appear in CloudTrail.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/sso-info-in-cloudtrail.html">IAM Identity Center information in CloudTrail</a>
 */
public final class IdentityCenterConsole {
    private static final String SSO = "sso.amazonaws.com";
    private static final String DIRECTORY = "sso-directory.amazonaws.com";

    private static final Duration INVITATION = Duration.ofDays(7);

    private final Cloud cloud;
    private final Caller person;

    public IdentityCenterConsole(Cloud cloud, Caller person) {
        this.cloud = cloud;
        this.person = person;
    }

    /** The same person on the pages about the instance as a whole. */
    public InstanceConsole instance() {
        return new InstanceConsole(cloud, person);
    }

    /**
     * Creates a user, whom AWS invites by email; returns the user's id.
     *
     * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/addusers.html">Add users</a>: "The email
     *     invitation will expire in seven days"
     */
    public String createsUser(String userName, String givenName, String familyName, String email) {
        return create(userName, givenName, familyName, email, Map.of());
    }

    /** Lets an external identity provider create a user by SCIM; returns the user's id. */
    public String provisionsUserByScim(String userName, String givenName, String familyName, String email) {
        return create(
                userName,
                givenName,
                familyName,
                email,
                Map.of("https://scim.aws.com/" + cloud.ids.uuid(), cloud.ids.uuid()));
    }

    private String create(
            String userName, String givenName, String familyName, String email, Map<String, String> externalIds) {
        return cloud.act(() -> {
            IdentityCenter center = center();
            DirectoryUser user = new DirectoryUser(
                    cloud.ids.uuid(),
                    userName,
                    givenName + " " + familyName,
                    givenName,
                    familyName,
                    Optional.of(email),
                    true,
                    false,
                    externalIds.isEmpty() ? Optional.of(cloud.now().plus(INVITATION)) : Optional.empty(),
                    false,
                    externalIds,
                    cloud.now(),
                    person.assumedRoleArn(),
                    cloud.now(),
                    cloud.now());
            center.directory.add(user);
            record(
                    center,
                    DIRECTORY,
                    "CreateUser",
                    directory(center).put("userName", "HIDDEN_DUE_TO_SECURITY_REASONS"));
            if (externalIds.isEmpty()) {
                mail(email, "Invitation to join AWS IAM Identity Center", "Accept the invitation to set a password.");
            }
            return user.userId();
        });
    }

    /** Creates a group; returns its id. */
    public String createsGroup(String displayName) {
        return cloud.act(() -> {
            IdentityCenter center = center();
            DirectoryGroup group = new DirectoryGroup(
                    cloud.ids.uuid(), displayName, Optional.empty(), cloud.now(), person.assumedRoleArn(), cloud.now());
            center.directory.add(group);
            record(
                    center,
                    DIRECTORY,
                    "CreateGroup",
                    directory(center).put("displayName", "HIDDEN_DUE_TO_SECURITY_REASONS"));
            return group.groupId();
        });
    }

    public void addsMember(String groupId, String userId) {
        change(center -> {
            center.directory.add(
                    new DirectoryMembership(cloud.ids.uuid(), groupId, userId, cloud.now(), person.assumedRoleArn()));
            record(center, DIRECTORY, "AddMemberToGroup", member(center, groupId, userId));
        });
    }

    public void removesMember(String groupId, String userId) {
        change(center -> {
            DirectoryMembership membership = center.directory
                    .membership(groupId, userId)
                    .orElseThrow(() -> new IllegalStateException("The user is not in the group"));
            center.directory.removeMembership(membership.membershipId());
            record(center, DIRECTORY, "RemoveMemberFromGroup", member(center, groupId, userId));
        });
    }

    private static ObjectNode member(IdentityCenter center, String groupId, String userId) {
        ObjectNode parameters = directory(center).put("groupId", groupId);
        parameters.putObject("member").put("memberId", userId);
        return parameters;
    }

    public void disablesUser(String userId) {
        switchUser(userId, false, "DisableUser");
    }

    public void enablesUser(String userId) {
        switchUser(userId, true, "EnableUser");
    }

    private void switchUser(String userId, boolean enabled, String eventName) {
        change(center -> {
            center.directory.changeUser(userId, user -> user.withEnabled(enabled));
            record(center, DIRECTORY, eventName, directory(center).put("userId", userId));
        });
    }

    public void deletesUser(String userId) {
        change(center -> {
            center.directory.removeUser(userId);
            record(center, DIRECTORY, "DeleteUser", directory(center).put("userId", userId));
        });
    }

    public void deletesGroup(String groupId) {
        change(center -> {
            center.directory.removeGroup(groupId);
            record(center, DIRECTORY, "DeleteGroup", directory(center).put("groupId", groupId));
        });
    }

    public void renamesGroup(String groupId, String displayName) {
        change(center -> {
            DirectoryGroup group =
                    center.directory.visibleGroup(groupId, cloud.now()).orElseThrow();
            center.directory.add(group.named(displayName));
            record(
                    center,
                    DIRECTORY,
                    "UpdateGroupDisplayName",
                    directory(center).put("groupId", groupId));
        });
    }

    /** Sends the user a link to set a password: https://docs.aws.amazon.com/singlesignon/latest/userguide/reset-password-for-user.html */
    public void resetsPassword(String userId) {
        change(center -> {
            center.directory.changeUser(userId, user -> {
                mail(user.email().orElseThrow(), "Password reset requested", "Follow the link to set a password.");
                return user.withCredentials(true, user.mfaRegistered());
            });
            record(center, DIRECTORY, "UpdatePassword", directory(center).put("userId", userId));
        });
    }

    /** Detaches a managed policy; the console provisions the set again where it is in use. */
    public void detachesPolicy(String permissionSetName, String managedPolicyArn) {
        change(center -> {
            EmbeddedPermissionSet set =
                    center.permissionSets.named(permissionSetName).orElseThrow();
            List<String> fewer = new ArrayList<>(set.managedPolicies());
            if (!fewer.remove(managedPolicyArn)) {
                throw new IllegalStateException("The policy is not attached");
            }
            center.permissionSets.change(
                    set.arn(), before -> before.withPolicies(fewer, set.inlinePolicy(), set.permissionsBoundary()));
            ObjectNode parameters =
                    object().put("instanceArn", center.instanceArn()).put("permissionSetArn", set.arn());
            record(
                    center,
                    SSO,
                    "DetachManagedPolicyFromPermissionSet",
                    parameters.deepCopy().put("managedPolicyArn", managedPolicyArn));
            start(
                    center,
                    ProvisioningRequest.Kind.PROVISION,
                    set.arn(),
                    center.permissionSets.accountsWith(set.arn()),
                    Optional.empty());
            record(center, SSO, "ProvisionPermissionSet", parameters.put("targetType", "ALL_PROVISIONED_ACCOUNTS"));
        });
    }

    /**
     * Repairs the identity provider of an account, which the console offers on the account's page and no public API does.
     * The SAML provider is made anew by Identity Center.
     */
    public void repairsIdentityProvider(String accountId) {
        change(center -> {
            center.permissionSets.repairProvider(accountId);
            cloud.events.record(TrailEvent.apiCall(
                            "iam.amazonaws.com",
                            "CreateSAMLProvider",
                            person,
                            accountId,
                            cloud.partition.globalRegion(),
                            object().put("sAMLProviderArn", center.samlProviderArn(accountId)))
                    .invokedBy("sso.amazonaws.com"));
        });
    }

    public void deletesAssignment(EmbeddedAssignment assignment) {
        change(center -> {
            if (!center.permissionSets.assignments().contains(assignment)) {
                throw new IllegalStateException("There is no such assignment");
            }
            start(
                    center,
                    ProvisioningRequest.Kind.DELETE_ASSIGNMENT,
                    assignment.permissionSetArn(),
                    Set.of(assignment.accountId()),
                    Optional.of(assignment));
            ObjectNode parameters = object().put("instanceArn", center.instanceArn())
                    .put("targetId", assignment.accountId())
                    .put("targetType", "AWS_ACCOUNT")
                    .put("permissionSetArn", assignment.permissionSetArn())
                    .put("principalType", assignment.principalType())
                    .put("principalId", assignment.principalId());
            record(center, SSO, "DeleteAccountAssignment", parameters);
        });
    }

    private void start(
            IdentityCenter center,
            ProvisioningRequest.Kind kind,
            String setArn,
            Set<String> accounts,
            Optional<EmbeddedAssignment> assignment) {
        EmbeddedPermissionSet set = center.permissionSets.set(setArn).orElseThrow();
        accounts.forEach(account -> new RoleChange(cloud, center, set, account, kind, assignment).record(person));
        center.permissionSets.start(new ProvisioningRequest(
                cloud.ids.uuid(),
                kind,
                setArn,
                accounts,
                assignment,
                cloud.now(),
                cloud.now().plus(cloud.behavior.provisioning()),
                Optional.empty()));
    }

    private interface Change {
        void of(IdentityCenter center);
    }

    private void change(Change change) {
        cloud.act(() -> {
            IdentityCenter center = center();
            change.of(center);
            return center;
        });
    }

    private IdentityCenter center() {
        return cloud.organizationInstance()
                .orElseThrow(() -> new IllegalStateException("There is no organization instance"));
    }

    private void record(IdentityCenter center, String source, String eventName, JsonNode parameters) {
        cloud.events.record(
                TrailEvent.apiCall(source, eventName, person, person.accountId(), center.primaryRegion(), parameters));
    }

    private void mail(String to, String subject, String text) {
        cloud.mailbox.deliver(new Mail(cloud.now(), "no-reply@login.awsapps.com", to, subject, text, Optional.empty()));
    }

    private static ObjectNode directory(IdentityCenter center) {
        return object().put("identityStoreId", center.identityStoreId());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
