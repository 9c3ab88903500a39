package groundwork.access;

import groundwork.runtime.TryAgainException;
import groundwork.state.Effects;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatus;
import software.amazon.awssdk.services.ssoadmin.model.PermissionSetProvisioningStatus;
import software.amazon.awssdk.services.ssoadmin.model.PrincipalType;
import software.amazon.awssdk.services.ssoadmin.model.ProvisionTargetType;
import software.amazon.awssdk.services.ssoadmin.model.ProvisioningStatus;
import software.amazon.awssdk.services.ssoadmin.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.ssoadmin.model.StatusValues;
import software.amazon.awssdk.services.ssoadmin.model.TargetType;

/**
 * Gives the group the permission set on an account. Both ways of doing so are asynchronous: AWS takes the order and works
 * on it for seconds to minutes.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html">CreateAccountAssignment</a>
 */
final class AccountAssignment {
    /**
     * Identity Center works on 15 assignments at once. Two are left to others.
     *
     * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html">IAM Identity Center quotas</a>
     */
    private static final int UNDER_WAY = 13;

    private final SsoAdminClient ssoAdmin;
    private final String instanceArn;
    private final String accountId;
    private final Map<String, Boolean> assigned = new HashMap<>();
    private boolean hasSlot;

    AccountAssignment(SsoAdminClient ssoAdmin, String instanceArn, String accountId) {
        this.ssoAdmin = ssoAdmin;
        this.instanceArn = instanceArn;
        this.accountId = accountId;
    }

    /** Where an order stands. */
    sealed interface Progress {
        /** Nothing is left to do. */
        record Provisioned() implements Progress {}

        /** AWS is working on it. */
        record InProgress() implements Progress {}

        /**
         * AWS gave up.
         *
         * @param reason AWS's own words
         */
        record Failed(String reason) implements Progress {}
    }

    /**
     * What has to be ordered: the assignment or, when the set was changed after it was assigned, provisioning it again.
     *
     * @param groupId empty only in a plan
     * @param permissionSetArn empty only in a plan
     * @param permissionSetChanged whether the permission set was, or in a plan would be, changed in this run
     * @return empty when nothing is missing
     */
    Optional<AccessOrder.Kind> missing(
            Optional<String> groupId, Optional<String> permissionSetArn, boolean permissionSetChanged) {
        if (groupId.isEmpty() || permissionSetArn.isEmpty() || !isAssigned(groupId.get(), permissionSetArn.get())) {
            return Optional.of(AccessOrder.Kind.ASSIGNMENT);
        }
        return permissionSetChanged || isOutdated(permissionSetArn.get())
                ? Optional.of(AccessOrder.Kind.PROVISIONING)
                : Optional.empty();
    }

    /**
     * Orders it.
     *
     * @param groupId empty only in a plan
     * @param permissionSetArn empty only in a plan
     * @return the order; empty in a plan
     */
    Optional<AccessOrder> order(
            AccessOrder.Kind kind, Optional<String> groupId, Optional<String> permissionSetArn, Effects effects) {
        Optional<String> requestId = switch (kind) {
            case ASSIGNMENT ->
                effects.create(
                        "assignment to account " + accountId,
                        () -> assign(groupId.orElseThrow(), permissionSetArn.orElseThrow()));
            // Whatever was repaired in the set was reported there; this only carries it to the account.
            case PROVISIONING ->
                effects.update(
                        "permission set provisioned to account " + accountId,
                        permissionSetArn.orElseThrow(),
                        () -> provision(permissionSetArn.orElseThrow()));
        };
        return requestId.map(id -> new AccessOrder(kind, id));
    }

    /** Orders the set to be provisioned once more, as the account's role is not what the set says. */
    Optional<AccessOrder> repair(String role, String permissionSetArn, Effects effects) {
        return effects.create(role, () -> provision(permissionSetArn))
                .map(requestId -> new AccessOrder(AccessOrder.Kind.PROVISIONING, requestId));
    }

    /** Asks how far AWS is. */
    Progress progress(AccessOrder order) {
        return switch (order.kind()) {
            case ASSIGNMENT -> {
                AccountAssignmentOperationStatus status = ssoAdmin.describeAccountAssignmentCreationStatus(request ->
                                request.instanceArn(instanceArn).accountAssignmentCreationRequestId(order.requestId()))
                        .accountAssignmentCreationStatus();
                yield progress(status.status(), status.failureReason());
            }
            case PROVISIONING -> {
                PermissionSetProvisioningStatus status = ssoAdmin.describePermissionSetProvisioningStatus(request ->
                                request.instanceArn(instanceArn).provisionPermissionSetRequestId(order.requestId()))
                        .permissionSetProvisioningStatus();
                yield progress(status.status(), status.failureReason());
            }
        };
    }

    private static Progress progress(StatusValues status, String failureReason) {
        return switch (status) {
            case SUCCEEDED -> new Progress.Provisioned();
            case FAILED -> new Progress.Failed(failureReason == null ? "AWS gave no reason." : failureReason);
            case IN_PROGRESS, UNKNOWN_TO_SDK_VERSION -> new Progress.InProgress();
        };
    }

    /**
     * Whether AWS is taking the group's access away, on somebody else's order. The event of a deletion comes when it
     * begins; until it ends the assignment may still be listed.
     *
     * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListAccountAssignmentDeletionStatus.html">ListAccountAssignmentDeletionStatus</a>
     */
    boolean isBeingDeleted(String groupId, String permissionSetArn) {
        return ssoAdmin
                .listAccountAssignmentDeletionStatusPaginator(request ->
                        request.instanceArn(instanceArn).filter(filter -> filter.status(StatusValues.IN_PROGRESS)))
                .accountAssignmentsDeletionStatus()
                .stream()
                .map(deletion -> ssoAdmin.describeAccountAssignmentDeletionStatus(
                                request -> request.instanceArn(instanceArn)
                                        .accountAssignmentDeletionRequestId(deletion.requestId()))
                        .accountAssignmentDeletionStatus())
                .anyMatch(deletion -> deletion.status() == StatusValues.IN_PROGRESS
                        && accountId.equals(deletion.targetId())
                        && permissionSetArn.equals(deletion.permissionSetArn())
                        && groupId.equals(deletion.principalId()));
    }

    /** Asks whether AWS can take one more assignment beside those it works on, also for other tools. */
    boolean hasSlot() {
        hasSlot = ssoAdmin
                        .listAccountAssignmentCreationStatusPaginator(request -> request.instanceArn(instanceArn)
                                .filter(filter -> filter.status(StatusValues.IN_PROGRESS)))
                        .accountAssignmentsCreationStatus()
                        .stream()
                        .limit(UNDER_WAY)
                        .count()
                < UNDER_WAY;
        return hasSlot;
    }

    private String assign(String groupId, String permissionSetArn) {
        try {
            return ssoAdmin.createAccountAssignment(request -> request.instanceArn(instanceArn)
                            .targetType(TargetType.AWS_ACCOUNT)
                            .targetId(accountId)
                            .permissionSetArn(permissionSetArn)
                            .principalType(PrincipalType.GROUP)
                            .principalId(groupId))
                    .accountAssignmentCreationStatus()
                    .requestId();
        } catch (ServiceQuotaExceededException e) {
            if (hasSlot) {
                // Then it is another quota, such as that of accounts, and does not pass by itself.
                throw e;
            }
            // The quota here is the number of assignments under way at once, which falls by itself:
            // https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
            throw new TryAgainException(e.getMessage());
        }
    }

    private String provision(String permissionSetArn) {
        return ssoAdmin.provisionPermissionSet(request -> request.instanceArn(instanceArn)
                        .permissionSetArn(permissionSetArn)
                        .targetType(ProvisionTargetType.AWS_ACCOUNT)
                        .targetId(accountId))
                .permissionSetProvisioningStatus()
                .requestId();
    }

    /** A run that died between changing the set and provisioning it leaves the account with the old version. */
    private boolean isOutdated(String permissionSetArn) {
        return ssoAdmin
                .listPermissionSetsProvisionedToAccountPaginator(request -> request.instanceArn(instanceArn)
                        .accountId(accountId)
                        .provisioningStatus(ProvisioningStatus.LATEST_PERMISSION_SET_NOT_PROVISIONED))
                .permissionSets()
                .stream()
                .anyMatch(permissionSetArn::equals);
    }

    /** Whether the group has the set on the account. Asked once of a group, however often it is needed. */
    boolean isAssigned(String groupId, String permissionSetArn) {
        return assigned.computeIfAbsent(
                groupId + " " + permissionSetArn,
                unused -> ssoAdmin
                        .listAccountAssignmentsPaginator(request -> request.instanceArn(instanceArn)
                                .accountId(accountId)
                                .permissionSetArn(permissionSetArn))
                        .accountAssignments()
                        .stream()
                        .anyMatch(assignment -> assignment.principalType() == PrincipalType.GROUP
                                && groupId.equals(assignment.principalId())));
    }
}
