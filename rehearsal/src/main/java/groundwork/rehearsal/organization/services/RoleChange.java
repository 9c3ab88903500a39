package groundwork.rehearsal.organization.services;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.call.UserIdentity;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.EmbeddedAssignment;
import groundwork.rehearsal.organization.store.EmbeddedPermissionSet;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.organization.store.ProvisioningRequest;
import groundwork.rehearsal.organization.store.ReservedRole;
import groundwork.rehearsal.organization.trail.TrailEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Identity Center does to the role that a permission set becomes in one account. In the management account it acts with the
 * caller's permissions (forward access session), in member accounts with its service-linked role.
 *
 * <p>Which calls it makes is known from recordings only in part. Therefore the caller is asked for everything that the
 * policy of the {@link ServiceLinkedRole} withholds in the management account, whatever the change. What it reads and
 * takes away in the caller's name is in the user guide, and that it updates the SAML provider of an account that has one in
 * other people's failures (fivexl/terraform-aws-sso-elevator 15, avlcloudtechnologies/terraform-aws-sso 15).
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/iam-auth-access-using-id-policies.html">Example 2, permissions to assign in the management account</a>
 */
public final class RoleChange {
    private static final String CREATE_PROVIDER = "CreateSAMLProvider";
    private static final String UPDATE_PROVIDER = "UpdateSAMLProvider";

    private final Cloud cloud;
    private final IdentityCenter center;
    private final EmbeddedPermissionSet wanted;
    private final Optional<EmbeddedPermissionSet> present;
    private final String accountId;
    private final String roleArn;
    private final String provider;
    private final boolean firstInAccount;
    private final boolean removal;
    private final boolean nothing;

    public RoleChange(
            Cloud cloud,
            IdentityCenter center,
            EmbeddedPermissionSet wanted,
            String accountId,
            ProvisioningRequest.Kind kind,
            Optional<EmbeddedAssignment> assignment) {
        this.cloud = cloud;
        this.center = center;
        this.wanted = wanted;
        this.accountId = accountId;
        this.present = Optional.ofNullable(
                center.permissionSets.provisionedIn(accountId).get(wanted.arn()));
        this.roleArn = center.roleArn(accountId, wanted);
        this.provider = center.samlProviderArn(accountId);
        this.firstInAccount = center.permissionSets.provisionedIn(accountId).isEmpty();
        this.removal = kind == ProvisioningRequest.Kind.DELETE_ASSIGNMENT;
        boolean othersStay = center.permissionSets.assignments(accountId, wanted.arn()).stream()
                .anyMatch(other -> !Optional.of(other).equals(assignment));
        this.nothing = removal && (othersStay || present.isEmpty());
    }

    /** What IAM is asked in the caller's name; nothing outside the management account. */
    List<AccessCheck> forwardedChecks() {
        if (nothing || !center.ownerAccountId().equals(accountId)) {
            return List.of();
        }
        List<AccessCheck> checks = new ArrayList<>();
        checks.add(check("ListRoles", "*"));
        checks.add(check("GetSAMLProvider", provider));
        checks.add(check("GetRole", roleArn));
        if (!removal) {
            checks.add(check("ListPolicies", "*"));
        }
        if (present.isPresent()) {
            checks.add(check("ListAttachedRolePolicies", roleArn));
            checks.add(check("ListRolePolicies", roleArn));
        }
        writes().forEach(action -> checks.add(check(action, resource(action))));
        if (!removal) {
            ServiceLinkedRole.published().notInTheManagementAccount().stream()
                    .map(permission -> permission.action().substring("iam:".length()))
                    .filter(action -> !action.equals(CREATE_PROVIDER))
                    .forEach(action -> checks.add(check(action, resource(action))));
        }
        return checks.stream().distinct().toList();
    }

    /** Writes the IAM events of the change, in the partition's global Region of the account. */
    public void record(Caller caller) {
        if (nothing) {
            return;
        }
        UserIdentity principal = center.ownerAccountId().equals(accountId)
                ? caller
                : new Caller(
                        accountId,
                        cloud.arn("iam", "", accountId, "role/aws-service-role/sso.amazonaws.com/AWSServiceRoleForSSO"),
                        "AWS-SSO");
        for (String action : writes()) {
            cloud.events.record(TrailEvent.apiCall(
                            "iam.amazonaws.com",
                            action,
                            principal,
                            accountId,
                            cloud.partition.globalRegion(),
                            parameters(action))
                    .invokedBy("sso.amazonaws.com"));
        }
    }

    /** @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html">UpdateSAMLProvider</a> */
    private ObjectNode parameters(String action) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        switch (action) {
            case CREATE_PROVIDER -> parameters.put("name", provider.substring(provider.lastIndexOf('/') + 1));
            // The spelling of a published event.
            case UPDATE_PROVIDER -> parameters.put("sAMLProviderArn", provider);
            default -> parameters.put("roleName", ReservedRole.name(roleArn));
        }
        if (action.equals("CreateRole")) {
            parameters.put("path", ReservedRole.path(roleArn));
        }
        return parameters;
    }

    private String resource(String action) {
        return action.endsWith("SAMLProvider") ? provider : roleArn;
    }

    /** The IAM actions that change the SAML provider and the role, one for each policy that comes or goes. */
    private List<String> writes() {
        if (nothing) {
            return List.of();
        }
        List<String> before =
                present.map(EmbeddedPermissionSet::managedPolicies).orElse(List.of());
        List<String> after = removal ? List.of() : wanted.managedPolicies();
        Optional<String> inlineBefore = present.flatMap(EmbeddedPermissionSet::inlinePolicy);
        Optional<String> inlineAfter = removal ? Optional.empty() : wanted.inlinePolicy();
        Optional<String> boundaryBefore = present.flatMap(EmbeddedPermissionSet::permissionsBoundary);
        Optional<String> boundaryAfter = removal ? Optional.empty() : wanted.permissionsBoundary();
        List<String> actions = new ArrayList<>();
        if (!removal) {
            actions.add(firstInAccount ? CREATE_PROVIDER : UPDATE_PROVIDER);
        }
        if (!removal && present.isEmpty()) {
            actions.add("CreateRole");
        }
        if (!removal && present.isPresent()) {
            actions.add("UpdateRole");
            actions.add("UpdateRoleDescription");
        }
        after.stream().filter(policy -> !before.contains(policy)).forEach(policy -> actions.add("AttachRolePolicy"));
        before.stream().filter(policy -> !after.contains(policy)).forEach(policy -> actions.add("DetachRolePolicy"));
        if (inlineAfter.isPresent() && !inlineAfter.equals(inlineBefore)) {
            actions.add("PutRolePolicy");
        }
        if (inlineBefore.isPresent() && inlineAfter.isEmpty()) {
            actions.add("DeleteRolePolicy");
        }
        if (boundaryAfter.isPresent() && !boundaryAfter.equals(boundaryBefore)) {
            actions.add("PutRolePermissionsBoundary");
        }
        if (boundaryBefore.isPresent() && boundaryAfter.isEmpty()) {
            actions.add("DeleteRolePermissionsBoundary");
        }
        if (removal) {
            actions.add("DeleteRole");
        }
        return actions;
    }

    private AccessCheck check(String action, String resource) {
        return new AccessCheck(
                "iam:" + action,
                resource,
                Map.of("aws:ViaAWSService", "true", "aws:CalledViaFirst", "sso.amazonaws.com"),
                true);
    }
}
