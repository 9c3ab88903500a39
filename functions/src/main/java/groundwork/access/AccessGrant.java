package groundwork.access;

import groundwork.access.AdministratorPermissionSet.Result;
import groundwork.administrator.Setback;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Console;
import groundwork.checklist.Effect;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.identitycenter.CustomerManagedKey;
import groundwork.identitycenter.Instance;
import groundwork.runtime.AwsFailure;
import groundwork.state.AccountRecord;
import groundwork.state.Effects;
import groundwork.state.RepairedTooOftenException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
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

    private static final String NOT_VISIBLE = "IAM does not show yet what was provisioned.";

    private final InstantSource clock;
    private final SsoAdminClient ssoAdmin;
    private final AdministratorsGroup group;
    private final AdministratorPermissionSet permissionSet;
    private final AccessExamination examination;
    private final Admission admission;
    private final ExistingAccess existingAccess;
    private final Console console;

    /** @param hubAccess what the members of a group may have already; of no meaning in the account of the stack */
    AccessGrant(
            InstantSource clock,
            SsoAdminClient ssoAdmin,
            Admission admission,
            AdministratorsGroup group,
            AdministratorPermissionSet permissionSet,
            AccessExamination examination,
            HubAccess hubAccess,
            Console console) {
        this.clock = clock;
        this.ssoAdmin = ssoAdmin;
        this.admission = admission;
        this.group = group;
        this.permissionSet = permissionSet;
        this.examination = examination;
        this.existingAccess = new ExistingAccess(group, permissionSet, hubAccess);
        this.console = console;
    }

    Access ensure(AccessTask task, AccountRecord record, Effects effects) {
        String instanceArn = task.instance().instanceArn();
        AccountRecord.Known known = record.known();
        AccountAssignment assignment = assignment(task);
        try {
            // The many that wait for one ask nothing else until there is one.
            if (task.pending().isPresent() && lacksSlot(task, assignment)) {
                return waitingForSlot(task, effects);
            }
            // Everything that may be somebody else's comes first: then nothing has been written yet.
            ExistingAccess.Found existing = existingAccess.find(task, known, assignment);
            Optional<Access> held = existing.hasAccess() ? Optional.empty() : admission.held(task, existing.group());
            if (held.isPresent()) {
                return held.get();
            }
            long earlier = effects.writes();
            return switch (permissionSet.ensure(
                    instanceArn, existing.permissionSet(), known.permissionSetArn(), effects)) {
                case Result.Taken taken ->
                    report(
                            Outcome.Blocked.because(BlockedReason.PERMISSION_SET_TAKEN, taken.name()),
                            effects,
                            Optional.empty(),
                            Optional.empty());
                case Result.Unreadable unreadable ->
                    report(
                            new Outcome.Unknown(String.join(" ", unreadable.unread())),
                            effects,
                            Optional.empty(),
                            Optional.empty());
                case Result.Present present ->
                    withOthers(
                            task,
                            grant(task, record, assignment, existing, present, effects.writes() > earlier, effects),
                            existing.members());
            };
        } catch (RepairedTooOftenException e) {
            return report(e.outcome(), effects, Optional.empty(), Optional.empty());
        } catch (SdkException e) {
            return AwsFailure.settles(e) && !CustomerManagedKey.isReasonOf(e)
                    ? notYet(task, effects.made(), null, null, AwsFailure.words((AwsServiceException) e))
                    : report(CustomerManagedKey.obstacle(e, console), effects, Optional.empty(), Optional.empty());
        }
    }

    private Access grant(
            AccessTask task,
            AccountRecord record,
            AccountAssignment assignment,
            ExistingAccess.Found existing,
            Result.Present present,
            boolean permissionSetChanged,
            Effects effects) {
        Optional<String> arn = present.arn();
        Examination ofSet = arn.map(set -> examine(task.accountId(), task.instance(), set, present.policies()))
                .orElse(Examination.NOTHING);
        if (ofSet.isLimited() && !present.ours()) {
            return report(ofSet.outcome(hasAccess(task.accountId())), effects, Optional.empty(), arn);
        }
        String identityStoreId = task.instance().identityStoreId();
        AdministratorsGroup.Result.Present members =
                existing.group() instanceof AdministratorsGroup.Result.Present there
                        ? there
                        : group.create(identityStoreId, effects);
        Optional<String> groupId = members.id();
        groupId.ifPresent(id -> effects.adopt(
                "group " + members.name(),
                id,
                members.ours() ? id : record.known().groupId()));
        if (!existing.isMember()) {
            group.addMember(identityStoreId, task.userId(), members, effects);
        }
        if (ofSet.isLimited()) {
            // Whatever limits the set must not be carried to the account by Groundwork.
            return report(ofSet.outcome(hasAccess(task.accountId())), effects, groupId, arn);
        }
        Optional<AccessOrder.Kind> missing = assignment.missing(groupId, arn, permissionSetChanged);
        boolean assigned = missing.filter(AccessOrder.Kind.ASSIGNMENT::equals).isEmpty();
        if (assigned && assignment.isBeingDeleted(groupId.orElseThrow(), arn.orElseThrow())) {
            return notYet(task, effects.made(), null, null, "Somebody's order to take the access away is under way.");
        }
        Optional<Setback> givenUp = task.setback()
                .filter(setback -> setback.kind() == Setback.Kind.GIVEN_UP && !setback.isLongAgo(task.waited()));
        if (missing.isPresent() && givenUp.isPresent()) {
            return report(givenUp(givenUp.get()), effects, groupId, arn).after(givenUp.get());
        }
        if (!assigned && lacksSlot(task, assignment)) {
            return waitingForSlot(task, effects);
        }
        Optional<AccessOrder> order = missing.flatMap(kind -> assignment.order(kind, groupId, arn, effects));
        Outcome limit = null;
        if (order.isEmpty() && !(task.plan() && effects.writes() > 0)) {
            Examination ofRole = examination.role(permissionSet.name(), present.policies(), task.accountId());
            String role = "access through the role of permission set %s in account %s"
                    .formatted(permissionSet.name(), task.accountId());
            boolean repaired = effects.created(role);
            Examination found = ofSet.and(ofRole);
            boolean judged = !ofRole.isLimited() || isKnown(found, record);
            if (!judged && !task.plan() && mayBeOld(task.pending())) {
                return notYet(
                        task,
                        effects.made(),
                        doubtedSince(task.pending()),
                        repaired ? found.outcome("") : null,
                        NOT_VISIBLE);
            }
            if (!judged && givenUp.isPresent()) {
                return report(givenUp(givenUp.get()), effects, groupId, arn).after(givenUp.get());
            }
            if (judged || repaired) {
                return report(found.outcome(hasAccess(task.accountId())), effects, groupId, arn);
            }
            order = assignment.repair(role, arn.orElseThrow(), effects);
            limit = found.outcome("");
        }
        if (order.isEmpty()) {
            return report(new Outcome.Planned(hasAccess(task.accountId())), effects, groupId, arn);
        }
        Pending pending = new Pending(
                order.get(),
                groupId.orElseThrow(),
                arn.orElseThrow(),
                effects.made(),
                null,
                limit,
                task.hub().isPresent()
                        ? ofSet.and(examination.role(permissionSet.name(), present.policies(), task.accountId()))
                                .outcome(hasAccess(task.accountId()))
                        : null);
        return report(pending.inProgress(), pending, pending);
    }

    /** In the stack's own account the access is ordered at once: AWS refuses what is too much. */
    private static boolean lacksSlot(AccessTask task, AccountAssignment assignment) {
        return task.hub().isPresent() && !task.plan() && !assignment.hasSlot();
    }

    private static Access waitingForSlot(AccessTask task, Effects effects) {
        return notYet(task, effects.made(), null, null, "AWS is working on as many assignments as it takes at once.");
    }

    private AccountAssignment assignment(AccessTask task) {
        return new AccountAssignment(ssoAdmin, task.instance().instanceArn(), task.accountId());
    }

    private Examination examine(
            String accountId, Instance instance, String permissionSetArn, PermissionSetPolicies policies) {
        return examination.permissionSet(
                permissionSet.name(), instance.instanceArn(), permissionSetArn, policies, accountId);
    }

    private boolean mayBeOld(Optional<Pending> pending) {
        return clock.instant().isBefore(doubtedSince(pending).plus(VISIBILITY));
    }

    private Instant doubtedSince(Optional<Pending> pending) {
        return pending.map(Pending::doubtedSince).orElseGet(clock::instant);
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
    private static Access notYet(
            AccessTask task, List<Effect> effects, Instant doubtedSince, Outcome limit, String words) {
        Setback setback = Setback.continued(task.setback(), Setback.Kind.NOT_YET, words, task.waited());
        Pending pending = new Pending(null, null, null, effects, doubtedSince, limit, null);
        return setback.isLongAgo(task.waited())
                ? report(Outcome.Blocked.because(BlockedReason.ASSIGNMENT_FAILED, words), pending, null)
                        .after(setback)
                : report(pending.notYet(), pending, pending).after(setback);
    }

    /** Goes on from where an order to AWS left off. */
    Access goOn(AccessTask task) {
        return withOthers(task, wentOn(task), Optional.empty());
    }

    private Access wentOn(AccessTask task) {
        Pending pending = task.pending().orElseThrow();
        try {
            return switch (assignment(task).progress(pending.order())) {
                case AccountAssignment.Progress.Provisioned done -> provisioned(task);
                case AccountAssignment.Progress.InProgress order -> report(pending.inProgress(), pending, pending);
                case AccountAssignment.Progress.Failed failed -> {
                    Setback setback = new Setback(Setback.Kind.GIVEN_UP, failed.reason(), task.waited());
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

    private Access provisioned(AccessTask task) {
        String accountId = task.accountId();
        Pending pending = task.pending().orElseThrow();
        if (pending.whenProvisioned() != null) {
            return report(pending.whenProvisioned(), pending, null);
        }
        String arn = pending.permissionSetArn();
        PermissionSetPolicies policies = permissionSet.policies(task.instance().instanceArn(), arn);
        Examination ofSet = examine(accountId, task.instance(), arn, policies);
        Examination ofRole =
                ofSet.isLimited() ? Examination.NOTHING : examination.role(permissionSet.name(), policies, accountId);
        return ofRole.isLimited()
                ? notYet(task, pending.effects(), clock.instant(), pending.limit(), NOT_VISIBLE)
                : report(ofSet.and(ofRole).outcome(hasAccess(accountId)), pending, null);
    }

    /** Whoever is in the group has the access, too, and that is said with the account of the stack. */
    private Access withOthers(AccessTask task, Access report, Optional<AdministratorsGroup.Members> listed) {
        Outcome outcome = report.findings().outcome(Prerequisite.ADMIN_ACCESS);
        if (task.hub().isPresent()
                || report.groupId() == null
                || !(outcome instanceof Outcome.Done || outcome instanceof Outcome.Planned)) {
            return report;
        }
        try {
            String identityStoreId = task.instance().identityStoreId();
            Others others = group.others(
                    identityStoreId,
                    report.groupId(),
                    task.userId(),
                    listed.orElseGet(() -> group.members(identityStoreId, report.groupId())));
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

    private static Access report(
            Outcome outcome, Effects effects, Optional<String> groupId, Optional<String> permissionSetArn) {
        return new Access(
                Findings.of(effects.finding(Prerequisite.ADMIN_ACCESS, outcome)),
                null,
                groupId.orElse(null),
                permissionSetArn.orElse(null),
                null);
    }

    private static Access report(Outcome outcome, Pending pending, Pending stillPending) {
        return new Access(
                Findings.of(new Finding(Prerequisite.ADMIN_ACCESS, outcome, pending.effects())),
                stillPending,
                pending.groupId(),
                pending.permissionSetArn(),
                null);
    }
}
