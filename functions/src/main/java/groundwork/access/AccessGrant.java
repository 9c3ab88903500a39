package groundwork.access;

import groundwork.access.AdministratorPermissionSet.Result;
import groundwork.administrator.Setback;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Change;
import groundwork.checklist.Console;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.identitycenter.CustomerManagedKey;
import groundwork.identitycenter.Instance;
import groundwork.runtime.AwsFailure;
import groundwork.state.AccountRecord;
import groundwork.state.Changes;
import groundwork.state.RepairedTooOftenException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.PermissionSet;

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

    private static final String NOT_VISIBLE = "IAM does not show yet what was provisioned.";

    private final InstantSource clock;
    private final SsoAdminClient ssoAdmin;
    private final AdministratorsGroup group;
    private final AdministratorPermissionSet permissionSet;
    private final AccessExamination examination;
    private final Admission admission;
    private final Console console;

    AccessGrant(
            InstantSource clock,
            SsoAdminClient ssoAdmin,
            Admission admission,
            AdministratorsGroup group,
            AdministratorPermissionSet permissionSet,
            AccessExamination examination,
            Console console) {
        this.clock = clock;
        this.ssoAdmin = ssoAdmin;
        this.admission = admission;
        this.group = group;
        this.permissionSet = permissionSet;
        this.examination = examination;
        this.console = console;
    }

    GrantAccessHandler.Report ensure(GrantAccessHandler.Request request, AccountRecord record, Changes changes) {
        return withOthers(request, granted(request, record, changes));
    }

    private GrantAccessHandler.Report granted(
            GrantAccessHandler.Request request, AccountRecord record, Changes changes) {
        AccountRecord.Known known = record.known();
        String instanceArn = request.instance().instanceArn();
        AccountAssignment assignment = assignment(request);
        long earlier = changes.writes();
        try {
            // Everything that may be somebody else's comes first: then nothing has been written yet.
            Optional<PermissionSet> found = permissionSet.find(instanceArn, known.permissionSetArn());
            Optional<String> arn = found.map(PermissionSet::permissionSetArn);
            AdministratorsGroup.Result looked = group.find(
                    request.instance().identityStoreId(),
                    known.groupId(),
                    groupId -> arn.filter(set -> assignment.isAssigned(groupId, set))
                            .isPresent(),
                    request.userId());
            Optional<GrantAccessHandler.Report> held = admission.held(request, looked, arn, assignment);
            if (held.isPresent()) {
                return held.get();
            }
            return switch (permissionSet.ensure(instanceArn, found, known.permissionSetArn(), changes)) {
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
                case Result.Present present ->
                    grant(request, record, present, looked, changes.writes() > earlier, changes);
            };
        } catch (RepairedTooOftenException e) {
            return report(e.outcome(), changes, Optional.empty(), Optional.empty());
        } catch (SdkException e) {
            return AwsFailure.settles(e) && !CustomerManagedKey.isReasonOf(e)
                    ? notYet(request, changes.made(), null, null, AwsFailure.words((AwsServiceException) e))
                    : report(CustomerManagedKey.obstacle(e, console), changes, Optional.empty(), Optional.empty());
        }
    }

    private GrantAccessHandler.Report grant(
            GrantAccessHandler.Request request,
            AccountRecord record,
            Result.Present present,
            AdministratorsGroup.Result looked,
            boolean permissionSetChanged,
            Changes changes) {
        Optional<String> arn = present.arn();
        Examination ofSet = arn.map(set -> examine(request.accountId(), request.instance(), set, present.policies()))
                .orElse(Examination.NOTHING);
        if (ofSet.isLimited() && !present.ours()) {
            return report(ofSet.outcome(hasAccess(request.accountId())), changes, Optional.empty(), arn);
        }
        String identityStoreId = request.instance().identityStoreId();
        AdministratorsGroup.Result.Present members = looked instanceof AdministratorsGroup.Result.Present there
                ? there
                : group.create(identityStoreId, changes);
        Optional<String> groupId = members.id();
        groupId.ifPresent(id -> changes.adopt(
                "group " + members.name(),
                id,
                members.ours() ? id : record.known().groupId()));
        group.ensureMember(identityStoreId, request.userId(), members, changes);
        if (ofSet.isLimited()) {
            // Whatever limits the set must not be carried to the account by Groundwork.
            return report(ofSet.outcome(hasAccess(request.accountId())), changes, groupId, arn);
        }
        AccountAssignment assignment = assignment(request);
        if (groupId.isPresent() && arn.isPresent() && assignment.isBeingDeleted(groupId.get(), arn.get())) {
            return notYet(
                    request, changes.made(), null, null, "Somebody's order to take the access away is under way.");
        }
        Optional<Setback> givenUp = request.earlierSetback()
                .filter(setback -> setback.kind() == Setback.Kind.GIVEN_UP && !setback.isLongAgo(request.waited()));
        Optional<GrantAccessHandler.Order.Kind> missing = assignment.missing(groupId, arn, permissionSetChanged);
        if (missing.isPresent() && givenUp.isPresent()) {
            return report(givenUp(givenUp.get()), changes, groupId, arn).after(givenUp.get());
        }
        Optional<GrantAccessHandler.Order> order =
                missing.flatMap(kind -> assignment.order(kind, groupId, arn, changes));
        Outcome limit = null;
        if (order.isEmpty() && !(request.plan() && changes.writes() > 0)) {
            Examination ofRole = examination.role(permissionSet.name(), present.policies(), request.accountId());
            String role = "access through the role of permission set %s in account %s"
                    .formatted(permissionSet.name(), request.accountId());
            boolean repaired = changes.created(role);
            Examination found = ofSet.and(ofRole);
            boolean judged = !ofRole.isLimited() || isKnown(found, record);
            if (!judged && !request.plan() && mayBeOld(request.pending())) {
                return notYet(
                        request,
                        changes.made(),
                        doubtedSince(request.pending()),
                        repaired ? found.outcome("") : null,
                        NOT_VISIBLE);
            }
            if (!judged && givenUp.isPresent()) {
                return report(givenUp(givenUp.get()), changes, groupId, arn).after(givenUp.get());
            }
            if (judged || repaired) {
                return report(found.outcome(hasAccess(request.accountId())), changes, groupId, arn);
            }
            order = assignment.repair(role, arn.orElseThrow(), changes);
            limit = found.outcome("");
        }
        return order.isPresent()
                ? wentOn(request.with(new GrantAccessHandler.Pending(
                        order.get(), groupId.orElseThrow(), arn.orElseThrow(), changes.made(), null, limit)))
                : report(new Outcome.Planned(hasAccess(request.accountId())), changes, groupId, arn);
    }

    private AccountAssignment assignment(GrantAccessHandler.Request request) {
        return new AccountAssignment(ssoAdmin, request.instance().instanceArn(), request.accountId());
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
    private static boolean isKnown(Examination found, AccountRecord record) {
        return record.lastChecklist()
                .map(checklist -> checklist.item(Prerequisite.ADMIN_ACCESS).outcome())
                .filter(found.outcome("")::equals)
                .isPresent();
    }

    /**
     * What was created a moment ago may not be visible yet, and AWS refuses a change of access while another one of the
     * same permission set is under way, for minutes. That is nothing to fail of: it is asked again like an order. What is
     * still in the way after an hour is told.
     */
    private static GrantAccessHandler.Report notYet(
            GrantAccessHandler.Request request,
            List<Change> changes,
            Instant doubtedSince,
            Outcome limit,
            String words) {
        Setback setback = Setback.continued(request.earlierSetback(), Setback.Kind.NOT_YET, words, request.waited());
        GrantAccessHandler.Pending pending =
                new GrantAccessHandler.Pending(null, null, null, changes, doubtedSince, limit);
        return setback.isLongAgo(request.waited())
                ? report(Outcome.Blocked.because(BlockedReason.ASSIGNMENT_FAILED, words), pending, null)
                        .after(setback)
                : report(pending.notYet(), pending, pending).after(setback);
    }

    /** Goes on from where an order to AWS left off. */
    GrantAccessHandler.Report goOn(GrantAccessHandler.Request request) {
        return withOthers(request, wentOn(request));
    }

    private GrantAccessHandler.Report wentOn(GrantAccessHandler.Request request) {
        GrantAccessHandler.Pending pending = request.pending();
        try {
            return switch (assignment(request).progress(pending.order())) {
                case AccountAssignment.Progress.Provisioned done -> provisioned(request);
                case AccountAssignment.Progress.InProgress order -> report(pending.inProgress(), pending, pending);
                case AccountAssignment.Progress.Failed failed -> {
                    Setback setback = new Setback(Setback.Kind.GIVEN_UP, failed.reason(), request.waited());
                    yield report(givenUp(setback), pending, null).after(setback);
                }
            };
        } catch (SdkException e) {
            return report(CustomerManagedKey.obstacle(e, console), pending, null);
        }
    }

    /** IAM refuses the caller also after the order was taken; then its refusal is the reason that AWS gives. */
    private static Outcome givenUp(Setback setback) {
        return AwsFailure.deniedAction(setback.reason())
                .map(action -> Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, action))
                .orElseGet(() -> Outcome.Blocked.because(BlockedReason.ASSIGNMENT_FAILED, setback.reason()));
    }

    private GrantAccessHandler.Report provisioned(GrantAccessHandler.Request request) {
        String accountId = request.accountId();
        GrantAccessHandler.Pending pending = request.pending();
        String arn = pending.permissionSetArn();
        PermissionSetPolicies policies =
                permissionSet.policies(request.instance().instanceArn(), arn);
        Examination ofSet = examine(accountId, request.instance(), arn, policies);
        Examination ofRole =
                ofSet.isLimited() ? Examination.NOTHING : examination.role(permissionSet.name(), policies, accountId);
        return ofRole.isLimited()
                ? notYet(request, pending.changes(), clock.instant(), pending.limit(), NOT_VISIBLE)
                : report(ofSet.and(ofRole).outcome(hasAccess(accountId)), pending, null);
    }

    /** Whoever is in the group has the access, too, and that is said. */
    private GrantAccessHandler.Report withOthers(GrantAccessHandler.Request request, GrantAccessHandler.Report report) {
        Outcome outcome = report.findings().getFirst().outcome();
        if (report.groupId() == null || !(outcome instanceof Outcome.Done || outcome instanceof Outcome.Planned)) {
            return report;
        }
        try {
            Others others = group.others(request.instance().identityStoreId(), report.groupId(), request.userId());
            return report.with(
                    others,
                    others.isEmpty()
                            ? outcome
                            : outcome.withRemark(
                                    "The group %s lets in %s as well.".formatted(others.group(), others.words())));
        } catch (SdkException e) {
            return report.with(
                    Others.NONE,
                    outcome.withRemark(
                            AwsFailure.unreadable(e, "who else is in the group").what()));
        }
    }

    private static String hasAccess(String accountId) {
        return "The administrators' group has administrator access to account " + accountId + ".";
    }

    private static GrantAccessHandler.Report report(
            Outcome outcome, Changes changes, Optional<String> groupId, Optional<String> permissionSetArn) {
        return new GrantAccessHandler.Report(
                List.of(changes.finding(Prerequisite.ADMIN_ACCESS, outcome)),
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
