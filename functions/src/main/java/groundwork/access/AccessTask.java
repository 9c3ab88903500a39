package groundwork.access;

import groundwork.administrator.Setback;
import groundwork.identitycenter.Instance;
import groundwork.state.AccountRecord;
import java.util.Optional;

/**
 * Whose access to which account is to be seen to, and where that stands.
 *
 * @param accountId the account to give access to
 * @param plan whether to change nothing and only say what would be done
 * @param instance the instance of IAM Identity Center
 * @param userId the administrator; empty only in a plan, when the user does not exist yet
 * @param pending what the last call left under way; empty at the first call
 * @param waited how many seconds the execution has waited for people and for AWS
 * @param setback what an earlier call of the execution came up against
 * @param hub what is remembered of the access to the stack's own account; empty if that is the account
 */
record AccessTask(
        String accountId,
        boolean plan,
        Instance instance,
        Optional<String> userId,
        Optional<Pending> pending,
        int waited,
        Optional<Setback> setback,
        Optional<Hub> hub) {
    /**
     * What is remembered with the stack's own account, and helps to find things in a member account.
     *
     * @param known the ids of that account
     * @param memberPermissionSetArn the permission set of the member accounts; null if none is known
     */
    record Hub(AccountRecord.Known known, String memberPermissionSetArn) {}

    /** Whether AWS has been asked to do something, and how far it is has to be asked first. */
    boolean isOrdered() {
        return pending.map(Pending::order).isPresent();
    }
}
