package groundwork.access;

import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/**
 * The administrators' access to the account of the stack. In a member account a group that others made may be used if it has that
 * access: whoever is in it gets nothing that goes further.
 */
final class HubAccess {
    private final SsoAdminClient ssoAdmin;
    private final String accountId;
    private final AdministratorPermissionSet permissionSet;

    HubAccess(SsoAdminClient ssoAdmin, String accountId, AdministratorPermissionSet permissionSet) {
        this.ssoAdmin = ssoAdmin;
        this.accountId = accountId;
        this.permissionSet = permissionSet;
    }

    /** Whether a group has it, by the permission set that is remembered. AWS says what that is, and who has it. */
    boolean isOf(String groupId, AccessTask.Hub remembered, String instanceArn) {
        String arn = remembered.known().permissionSetArn();
        return arn != null
                && new AccountAssignment(ssoAdmin, instanceArn, accountId).isAssigned(groupId, arn)
                && permissionSet.isGivenBy(instanceArn, arn);
    }
}
