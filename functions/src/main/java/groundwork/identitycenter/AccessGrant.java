package groundwork.identitycenter;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Console;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.identitycenter.AdministratorPermissionSet.Result;
import groundwork.runtime.AwsFailure;
import groundwork.state.AccountRecord;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** Puts together what gives the administrator access: group, membership, permission set, assignment. */
final class AccessGrant {
    private final SsoAdminClient ssoAdmin;
    private final AdministratorsGroup group;
    private final AdministratorPermissionSet permissionSet;
    private final Console console;

    AccessGrant(
            SsoAdminClient ssoAdmin,
            AdministratorsGroup group,
            AdministratorPermissionSet permissionSet,
            Console console) {
        this.ssoAdmin = ssoAdmin;
        this.group = group;
        this.permissionSet = permissionSet;
        this.console = console;
    }

    GrantAccessHandler.Report ensure(GrantAccessHandler.Request request, AccountRecord.Known known, Changes changes) {
        String instanceArn = request.instance().instanceArn();
        try {
            // First, because it is the one that may be somebody else's: then nothing has been written yet.
            return switch (permissionSet.ensure(instanceArn, known.permissionSetArn(), changes)) {
                case Result.Taken taken ->
                    report(
                            Outcome.Blocked.because(BlockedReason.PERMISSION_SET_TAKEN, taken.name()),
                            changes,
                            Optional.empty(),
                            Optional.empty());
                case Result.Present present -> grant(request, known.groupId(), present.arn(), changes);
            };
        } catch (SdkException e) {
            return AwsFailure.settles(e) && !CustomerManagedKey.isReasonOf(e)
                    ? notYet(request, changes, AwsFailure.words((AwsServiceException) e))
                    : report(obstacle(e), changes, Optional.empty(), Optional.empty());
        }
    }

    private GrantAccessHandler.Report grant(
            GrantAccessHandler.Request request, String knownGroupId, Optional<String> arn, Changes changes) {
        boolean permissionSetChanged = changes.writes() > 0;
        String identityStoreId = request.instance().identityStoreId();
        Optional<String> groupId = group.ensure(identityStoreId, knownGroupId, changes);
        group.ensureMember(identityStoreId, Optional.ofNullable(request.administrator()), groupId, changes);
        AccountAssignment assignment =
                new AccountAssignment(ssoAdmin, request.instance().instanceArn(), request.accountId());
        if (groupId.isPresent() && arn.isPresent() && assignment.isBeingDeleted(groupId.get(), arn.get())) {
            return notYet(request, changes, "Somebody's order to take the access away is under way.");
        }
        Optional<GrantAccessHandler.Order.Kind> missing = assignment.missing(groupId, arn, permissionSetChanged);
        Optional<Setback> givenUp = request.earlierSetback()
                .filter(setback -> setback.kind() == Setback.Kind.GIVEN_UP && !setback.isLongAgo(request.waited()));
        if (missing.isPresent() && givenUp.isPresent()) {
            return report(givenUp(givenUp.get()), changes, groupId, arn).after(givenUp.get());
        }
        Optional<GrantAccessHandler.Order> order =
                missing.flatMap(kind -> assignment.order(kind, groupId, arn, changes));
        return order.isPresent()
                ? goOn(request.with(new GrantAccessHandler.Pending(
                        order.get(), groupId.orElseThrow(), arn.orElseThrow(), changes.made())))
                : report(granted(request, changes), changes, groupId, arn);
    }

    /**
     * What was created a moment ago may not be visible yet, and AWS refuses a change of access while another one of the
     * same permission set is under way, for minutes. That is nothing to fail of: it is asked again like an order. What is
     * still in the way after an hour is told.
     */
    private static GrantAccessHandler.Report notYet(GrantAccessHandler.Request request, Changes changes, String words) {
        Setback setback = Setback.continued(request.earlierSetback(), Setback.Kind.NOT_YET, words, request.waited());
        if (setback.isLongAgo(request.waited())) {
            return report(
                            Outcome.Blocked.because(BlockedReason.ASSIGNMENT_FAILED, words),
                            changes,
                            Optional.empty(),
                            Optional.empty())
                    .after(setback);
        }
        GrantAccessHandler.Pending pending = new GrantAccessHandler.Pending(null, null, null, changes.made());
        return report(new Outcome.Unknown("AWS has not finished an earlier change of access yet."), pending, pending)
                .after(setback);
    }

    /** Goes on from where an order to AWS left off. */
    GrantAccessHandler.Report goOn(GrantAccessHandler.Request request) {
        GrantAccessHandler.Pending pending = request.pending();
        AccountAssignment.Progress progress;
        try {
            progress = new AccountAssignment(ssoAdmin, request.instance().instanceArn(), request.accountId())
                    .progress(pending.order());
        } catch (SdkException e) {
            return report(obstacle(e), pending, null);
        }
        return switch (progress) {
            case AccountAssignment.Progress.Provisioned done -> report(hasAccess(request.accountId()), pending, null);
            case AccountAssignment.Progress.InProgress order ->
                report(new Outcome.Unknown("AWS is still working on the assignment."), pending, pending);
            case AccountAssignment.Progress.Failed failed -> {
                Setback setback = new Setback(Setback.Kind.GIVEN_UP, failed.reason(), request.waited());
                yield report(givenUp(setback), pending, null).after(setback);
            }
        };
    }

    private Outcome obstacle(SdkException e) {
        return CustomerManagedKey.problem(e, console).orElseGet(() -> AwsFailure.obstacle(e));
    }

    /** IAM refuses the caller also after the order was taken; then its refusal is the reason that AWS gives. */
    private static Outcome givenUp(Setback setback) {
        return AwsFailure.deniedAction(setback.reason())
                .map(action -> Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, action))
                .orElseGet(() -> Outcome.Blocked.because(BlockedReason.ASSIGNMENT_FAILED, setback.reason()));
    }

    private static Outcome granted(GrantAccessHandler.Request request, Changes changes) {
        Outcome.Done done = hasAccess(request.accountId());
        return request.plan() && changes.writes() > 0 ? new Outcome.Planned(done.what()) : done;
    }

    private static Outcome.Done hasAccess(String accountId) {
        return new Outcome.Done("The administrators' group has AdministratorAccess on account " + accountId + ".");
    }

    private static GrantAccessHandler.Report report(
            Outcome outcome, Changes changes, Optional<String> groupId, Optional<String> permissionSetArn) {
        return new GrantAccessHandler.Report(
                List.of(new Finding(Prerequisite.ADMIN_ACCESS, outcome, changes.made())),
                null,
                groupId.orElse(null),
                permissionSetArn.orElse(null),
                null);
    }

    private static GrantAccessHandler.Report report(
            Outcome outcome, GrantAccessHandler.Pending pending, GrantAccessHandler.Pending stillPending) {
        return new GrantAccessHandler.Report(
                List.of(new Finding(Prerequisite.ADMIN_ACCESS, outcome, pending.changes())),
                stillPending,
                pending.groupId(),
                pending.permissionSetArn(),
                null);
    }
}
