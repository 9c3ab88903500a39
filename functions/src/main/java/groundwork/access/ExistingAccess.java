package groundwork.access;

import groundwork.runtime.AwsFailure;
import groundwork.state.AccountRecord;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssoadmin.model.PermissionSet;

/** Finds what there is of the access already, and changes nothing. */
final class ExistingAccess {
    private final AdministratorsGroup group;
    private final AdministratorPermissionSet permissionSet;
    private final HubAccess hubAccess;

    ExistingAccess(AdministratorsGroup group, AdministratorPermissionSet permissionSet, HubAccess hubAccess) {
        this.group = group;
        this.permissionSet = permissionSet;
        this.hubAccess = hubAccess;
    }

    /**
     * What there is.
     *
     * @param group what came of looking for the group
     * @param members who is in it; empty where that was not listed, as for a member account, or where there is none
     * @param isMember whether the administrator is in it
     * @param hasAccess whether the group has the permission set on the account, too
     */
    record Found(
            Optional<PermissionSet> permissionSet,
            AdministratorsGroup.Result group,
            Optional<AdministratorsGroup.Members> members,
            boolean isMember,
            boolean hasAccess) {}

    Found find(AccessTask task, AccountRecord.Known known, AccountAssignment assignment) {
        String instanceArn = task.instance().instanceArn();
        String identityStoreId = task.instance().identityStoreId();
        Optional<PermissionSet> set = permissionSet.find(
                instanceArn,
                task.hub().map(AccessTask.Hub::memberPermissionSetArn).orElse(known.permissionSetArn()));
        Optional<String> arn = set.map(PermissionSet::permissionSetArn);
        AdministratorsGroup.Result looked = group.find(
                identityStoreId,
                known.orElse(task.hub().map(AccessTask.Hub::known).orElse(known))
                        .groupId(),
                groupId -> arn.filter(found -> assignment.isAssigned(groupId, found))
                                .isPresent()
                        || task.hub()
                                .filter(hub -> hubAccess.isOf(groupId, hub, instanceArn))
                                .isPresent(),
                task.userId());
        Optional<String> groupId =
                looked instanceof AdministratorsGroup.Result.Present present ? present.id() : Optional.empty();
        // Whoever else is in it is told with the account of the stack.
        Optional<AdministratorsGroup.Members> members =
                task.hub().isPresent() ? Optional.empty() : groupId.flatMap(id -> members(identityStoreId, id));
        boolean isMember = groupId.flatMap(
                        id -> task.userId().filter(userId -> isMember(identityStoreId, userId, id, members)))
                .isPresent();
        boolean hasAccess = isMember
                && arn.filter(found -> assignment.isAssigned(groupId.orElseThrow(), found))
                        .isPresent();
        return new Found(set, looked, members, isMember, hasAccess);
    }

    /** Who may not list the members may still ask for one. */
    private Optional<AdministratorsGroup.Members> members(String identityStoreId, String groupId) {
        try {
            return Optional.of(group.members(identityStoreId, groupId));
        } catch (AwsServiceException e) {
            if (AwsFailure.deniedAction(e).isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean isMember(
            String identityStoreId, String userId, String groupId, Optional<AdministratorsGroup.Members> members) {
        return members.filter(listed -> listed.include(userId)).isPresent()
                || (members.map(AdministratorsGroup.Members::more).orElse(true)
                        && group.isMember(identityStoreId, userId, groupId));
    }
}
