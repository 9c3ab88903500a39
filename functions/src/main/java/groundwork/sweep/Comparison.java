package groundwork.sweep;

import groundwork.checklist.Checklist;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.state.AccountRecord;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Whether an account is as its record says. Where it is, nothing has to be done, and its own state machine is not started. */
final class Comparison {
    private static final List<Prerequisite> ROOT = List.of(Prerequisite.ROOT_MFA, Prerequisite.ROOT_ACCESS_KEYS);
    /** What Groundwork itself can put right is tried again, whatever kept it from being done. */
    private static final List<Prerequisite> OURS =
            List.of(Prerequisite.IDENTITY_CENTER, Prerequisite.ADMIN_USER, Prerequisite.ADMIN_ACCESS);

    private final Function<String, Findings> rootUsers;

    /**
     * @param rootUsers what is to be seen of the root user of an account
     */
    Comparison(Function<String, Findings> rootUsers) {
        this.rootUsers = rootUsers;
    }

    /**
     * @param known the administrator and the group that are to be had
     * @param recorded what is on record of the account
     */
    boolean differs(AccountRecord.Known known, Member member, SweepTable.Recorded recorded) {
        if (member.standing() != Member.Standing.ACTIVE) {
            return false;
        }
        try {
            Optional<Checklist> last = recorded.record().lastChecklist();
            return recorded.failed()
                    || last.isEmpty()
                    || hasOtherAccess(known, member, recorded.record(), last.get())
                    || wasNotHeard(member, last.get())
                    || hasOtherRootUser(member, last.get());
        } catch (RuntimeException e) {
            // One account's failure never stops the others: its own execution meets it again and says so.
            return true;
        }
    }

    private static boolean hasOtherAccess(
            AccountRecord.Known known, Member member, AccountRecord record, Checklist last) {
        return OURS.stream().anyMatch(prerequisite -> !isDone(last, prerequisite))
                || !Objects.equals(known.userId(), record.known().userId())
                || !Objects.equals(known.groupId(), record.known().groupId())
                || !member.permissionSets().contains(record.known().permissionSetArn())
                || member.outdated();
    }

    /** Its events reach Groundwork, and the checklist does not say so yet. */
    private static boolean wasNotHeard(Member member, Checklist last) {
        return member.mark() != null && member.mark().seenAt() != null && !isDone(last, Prerequisite.CHANGE_EVENTS);
    }

    private boolean hasOtherRootUser(Member member, Checklist last) {
        Findings now = rootUsers.apply(member.id());
        return ROOT.stream()
                .anyMatch(prerequisite -> !now.outcome(prerequisite)
                        .equals(last.item(prerequisite).outcome()));
    }

    private static boolean isDone(Checklist checklist, Prerequisite prerequisite) {
        return checklist.item(prerequisite).outcome() instanceof Outcome.Done;
    }
}
