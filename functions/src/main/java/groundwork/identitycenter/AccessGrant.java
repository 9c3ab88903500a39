package groundwork.identitycenter;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Change;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.identitycenter.AdministratorPermissionSet.Result;
import groundwork.runtime.AwsFailure;
import groundwork.state.AccountRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/**
 * Puts together what gives the administrator access (group, membership, permission set, assignment), and sees to it that
 * nothing takes it away again.
 */
final class AccessGrant {
    /**
     * How long IAM may show what it was before a change. AWS gives no figure.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency">Changes
     *     that I make are not always immediately visible</a>
     */
    private static final Duration VISIBILITY = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final SsoAdminClient ssoAdmin;
    private final AdministratorsGroup group;
    private final AdministratorPermissionSet permissionSet;
    private final AccessExamination examination;

    AccessGrant(
            InstantSource clock,
            SsoAdminClient ssoAdmin,
            AdministratorsGroup group,
            AdministratorPermissionSet permissionSet,
            AccessExamination examination) {
        this.clock = clock;
        this.ssoAdmin = ssoAdmin;
        this.group = group;
        this.permissionSet = permissionSet;
        this.examination = examination;
    }

    GrantAccessHandler.Report ensure(GrantAccessHandler.Request request, AccountRecord record, Changes changes) {
        AccountRecord.Known known = record.known();
        String instanceArn = request.instance().instanceArn();
        long earlier = changes.writes();
        try {
            // First, because it is the one that may be somebody else's: then nothing has been written yet.
            return switch (permissionSet.ensure(instanceArn, known.permissionSetArn(), changes)) {
                case Result.Taken taken ->
                    report(
                            Outcome.Blocked.because(BlockedReason.PERMISSION_SET_TAKEN, taken.name()),
                            changes,
                            Optional.empty(),
                            Optional.empty());
                case Result.Unreadable unreadable ->
                    report(
                            new Outcome.Unknown(String.join(" ", unreadable.unread())),
                            changes,
                            Optional.empty(),
                            Optional.empty());
                case Result.Present present -> grant(request, record, present, changes.writes() > earlier, changes);
            };
        } catch (SdkException e) {
            return AwsFailure.settles(e)
                    ? notYet(changes.made(), null, null)
                    : report(AwsFailure.obstacle(e), changes, Optional.empty(), Optional.empty());
        }
    }

    private GrantAccessHandler.Report grant(
            GrantAccessHandler.Request request,
            AccountRecord record,
            Result.Present present,
            boolean permissionSetChanged,
            Changes changes) {
        Optional<String> arn = present.arn();
        Examination ofSet = arn.map(set -> examine(request.accountId(), request.instance(), set, present.policies()))
                .orElse(Examination.NOTHING);
        if (ofSet.isLimited() && !present.ours()) {
            return report(ofSet.outcome(hasAccess(request.accountId())), changes, Optional.empty(), arn);
        }
        String identityStoreId = request.instance().identityStoreId();
        Optional<String> groupId = group.ensure(identityStoreId, record.known().groupId(), changes);
        group.ensureMember(identityStoreId, Optional.ofNullable(request.administrator()), groupId, changes);
        if (ofSet.isLimited()) {
            // Whatever limits the set must not be carried to the account by Groundwork.
            return report(ofSet.outcome(hasAccess(request.accountId())), changes, groupId, arn);
        }
        AccountAssignment assignment =
                new AccountAssignment(ssoAdmin, request.instance().instanceArn(), request.accountId());
        if (groupId.isPresent() && arn.isPresent() && assignment.isBeingDeleted(groupId.get(), arn.get())) {
            return notYet(changes.made(), null, null);
        }
        Optional<GrantAccessHandler.Order> order = assignment.ensure(groupId, arn, permissionSetChanged, changes);
        Outcome limit = null;
        if (order.isEmpty() && !(request.plan() && changes.writes() > 0)) {
            Examination ofRole = examination.role(permissionSet.name(), present.policies(), request.accountId());
            String role = "access through the role of permission set %s in account %s"
                    .formatted(permissionSet.name(), request.accountId());
            boolean repaired = changes.created(role);
            boolean judged = !ofRole.isLimited() || isKnown(ofRole, record);
            if (!judged && !request.plan() && mayBeOld(request.pending())) {
                return notYet(changes.made(), doubtedSince(request.pending()), repaired ? ofRole.outcome("") : null);
            }
            if (judged || repaired) {
                return report(ofSet.and(ofRole).outcome(hasAccess(request.accountId())), changes, groupId, arn);
            }
            order = assignment.repair(role, arn.orElseThrow(), changes);
            limit = ofRole.outcome("");
        }
        return order.isPresent()
                ? goOn(
                        request.accountId(),
                        request.instance(),
                        new GrantAccessHandler.Pending(
                                order.get(), groupId.orElseThrow(), arn.orElseThrow(), changes.made(), null, limit))
                : report(new Outcome.Planned(hasAccess(request.accountId())), changes, groupId, arn);
    }

    private Examination examine(
            String accountId, Instance instance, String permissionSetArn, PermissionSetPolicies policies) {
        return examination.permissionSet(
                permissionSet.name(), instance.instanceArn(), permissionSetArn, policies, accountId);
    }

    private boolean mayBeOld(GrantAccessHandler.Pending pending) {
        return clock.instant().isBefore(doubtedSince(pending).plus(VISIBILITY));
    }

    private Instant doubtedSince(GrantAccessHandler.Pending pending) {
        return pending == null || pending.doubtedSince() == null ? clock.instant() : pending.doubtedSince();
    }

    /** Whether the last look ended with these very limits, so that making the role anew has not helped. */
    private static boolean isKnown(Examination ofRole, AccountRecord record) {
        return record.lastChecklist()
                .map(checklist -> checklist.item(Prerequisite.ADMIN_ACCESS).outcome())
                .filter(ofRole.outcome("")::equals)
                .isPresent();
    }

    /**
     * What was created a moment ago may not be visible yet, and AWS refuses a change of access while another one of the
     * same permission set is under way, for minutes. That is nothing to fail of: it is asked again like an order.
     */
    private static GrantAccessHandler.Report notYet(List<Change> changes, Instant doubtedSince, Outcome limit) {
        GrantAccessHandler.Pending pending =
                new GrantAccessHandler.Pending(null, null, null, changes, doubtedSince, limit);
        return report(pending.notYet(), pending, pending);
    }

    /** Goes on from where an order to AWS left off. */
    GrantAccessHandler.Report goOn(String accountId, Instance instance, GrantAccessHandler.Pending pending) {
        try {
            AccountAssignment.Progress progress =
                    new AccountAssignment(ssoAdmin, instance.instanceArn(), accountId).progress(pending.order());
            return switch (progress) {
                case AccountAssignment.Progress.Provisioned done -> provisioned(accountId, instance, pending);
                case AccountAssignment.Progress.InProgress order -> report(pending.inProgress(), pending, pending);
                case AccountAssignment.Progress.Failed failed ->
                    report(Outcome.Blocked.because(BlockedReason.ASSIGNMENT_FAILED, failed.reason()), pending, null);
            };
        } catch (SdkException e) {
            return report(AwsFailure.obstacle(e), pending, null);
        }
    }

    private GrantAccessHandler.Report provisioned(
            String accountId, Instance instance, GrantAccessHandler.Pending pending) {
        String arn = pending.permissionSetArn();
        PermissionSetPolicies policies = permissionSet.policies(instance.instanceArn(), arn);
        Examination ofSet = examine(accountId, instance, arn, policies);
        Examination ofRole =
                ofSet.isLimited() ? Examination.NOTHING : examination.role(permissionSet.name(), policies, accountId);
        return ofRole.isLimited()
                ? notYet(pending.changes(), clock.instant(), pending.limit())
                : report(ofSet.and(ofRole).outcome(hasAccess(accountId)), pending, null);
    }

    private static String hasAccess(String accountId) {
        return "The administrators' group has administrator access to account " + accountId + ".";
    }

    private static GrantAccessHandler.Report report(
            Outcome outcome, Changes changes, Optional<String> groupId, Optional<String> permissionSetArn) {
        return new GrantAccessHandler.Report(
                List.of(new Finding(Prerequisite.ADMIN_ACCESS, outcome, changes.made())),
                null,
                groupId.orElse(null),
                permissionSetArn.orElse(null));
    }

    private static GrantAccessHandler.Report report(
            Outcome outcome, GrantAccessHandler.Pending pending, GrantAccessHandler.Pending stillPending) {
        return new GrantAccessHandler.Report(
                List.of(new Finding(Prerequisite.ADMIN_ACCESS, outcome, pending.changes())),
                stillPending,
                pending.groupId(),
                pending.permissionSetArn());
    }
}
