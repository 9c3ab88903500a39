package groundwork.rehearsal.organization.people;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.call.UserIdentity;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.organization.store.ReservedRole;
import groundwork.rehearsal.organization.trail.TrailEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a person does in the IAM console of the account. Every method emits the event of the act.
 *
 * <p>AWS lets nobody change the roles of Identity Center ({@code UnmodifiableEntity}); that somebody does is played all the
 * same, in case the protection has a gap. The SAML provider is not protected.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/troubleshooting.html">Troubleshooting IAM
 *     Identity Center issues</a>
 */
public final class IamConsole {
    private final Cloud cloud;
    private final UserIdentity person;
    private final String accountId;

    public IamConsole(Cloud cloud, UserIdentity person, String accountId) {
        this.cloud = cloud;
        this.person = person;
        this.accountId = accountId;
    }

    /** Creates a managed policy; returns its ARN. */
    public String createsPolicy(String name, String document) {
        return cloud.act(() -> {
            String arn = cloud.arn("iam", "", accountId, "policy/" + name);
            cloud.account(accountId).customerManagedPolicies.put(arn, document);
            record("CreatePolicy", object().put("policyName", name).put("policyDocument", document));
            return arn;
        });
    }

    /** Deletes the SAML provider through which users of Identity Center enter the account. */
    public void deletesSamlProvider() {
        cloud.act(() -> {
            IdentityCenter center = center();
            center.permissionSets.deleteProvider(accountId);
            record("DeleteSAMLProvider", object().put("sAMLProviderArn", center.samlProviderArn(accountId)));
            return center;
        });
    }

    /** Deletes the role that the permission set became. */
    public void deletesReservedRole(String permissionSetName) {
        change(permissionSetName, "DeleteRole", object(), role -> Optional.empty());
    }

    public void attachesToReservedRole(String permissionSetName, String policyArn) {
        change(permissionSetName, "AttachRolePolicy", object().put("policyArn", policyArn), role -> {
            List<String> more = new ArrayList<>(role.attachedPolicies());
            more.add(policyArn);
            return Optional.of(role.withAttachedPolicies(more));
        });
    }

    public void detachesFromReservedRole(String permissionSetName, String policyArn) {
        change(permissionSetName, "DetachRolePolicy", object().put("policyArn", policyArn), role -> {
            List<String> fewer = new ArrayList<>(role.attachedPolicies());
            fewer.remove(policyArn);
            return Optional.of(role.withAttachedPolicies(fewer));
        });
    }

    public void putsInlinePolicyOfReservedRole(String permissionSetName, String policyName, String document) {
        ObjectNode parameters = object().put("policyName", policyName).put("policyDocument", document);
        changeInline(permissionSetName, "PutRolePolicy", parameters, documents -> documents.put(policyName, document));
    }

    public void deletesInlinePolicyOfReservedRole(String permissionSetName, String policyName) {
        ObjectNode parameters = object().put("policyName", policyName);
        changeInline(permissionSetName, "DeleteRolePolicy", parameters, documents -> documents.remove(policyName));
    }

    private interface Edit {
        void of(Map<String, String> documents);
    }

    private void changeInline(String permissionSetName, String eventName, ObjectNode parameters, Edit edit) {
        change(permissionSetName, eventName, parameters, role -> {
            Map<String, String> documents = new TreeMap<>(role.inlinePolicies());
            edit.of(documents);
            return Optional.of(role.withInlinePolicies(documents));
        });
    }

    public void boundsReservedRole(String permissionSetName, String policyArn) {
        change(
                permissionSetName,
                "PutRolePermissionsBoundary",
                object().put("permissionsBoundary", policyArn),
                role -> Optional.of(role.withPermissionsBoundary(policyArn)));
    }

    /** Changes who may assume the role that the permission set became. */
    public void changesTrustOfReservedRole(String permissionSetName, String document) {
        change(
                permissionSetName,
                "UpdateAssumeRolePolicy",
                object().put("policyDocument", document),
                role -> Optional.of(role.withTrustPolicy(document)));
    }

    private void change(
            String permissionSetName,
            String eventName,
            ObjectNode parameters,
            Function<ReservedRole, Optional<ReservedRole>> change) {
        cloud.act(() -> {
            IdentityCenter center = center();
            String setArn =
                    center.permissionSets.named(permissionSetName).orElseThrow().arn();
            Map<String, ReservedRole> roles = center.permissionSets.rolesIn(accountId);
            ReservedRole role = Optional.ofNullable(roles.get(setArn))
                    .orElseThrow(() -> new IllegalStateException("There is no role of " + permissionSetName));
            change.apply(role).ifPresentOrElse(changed -> roles.put(setArn, changed), () -> roles.remove(setArn));
            record(eventName, parameters.put("roleName", role.name()));
            return role;
        });
    }

    private IdentityCenter center() {
        return cloud.organizationInstance()
                .orElseThrow(() -> new IllegalStateException("There is no organization instance"));
    }

    private void record(String eventName, ObjectNode parameters) {
        cloud.events.record(TrailEvent.apiCall(
                "iam.amazonaws.com", eventName, person, accountId, cloud.partition.globalRegion(), parameters));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
