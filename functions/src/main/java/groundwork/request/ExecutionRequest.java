package groundwork.request;

import static java.util.Objects.requireNonNull;

/**
 * What an execution was started for.
 *
 * @param accountId the account to set up
 * @param plan whether to change nothing and only say what would be done
 * @param quiet whether to wait a moment first, because such executions come in bursts
 * @param selfTest whether to send test events the way that changes take, before looking
 * @param arrivedFrom the Region a test event came from, which is then all the execution is for; null for any other input
 * @param cause why
 * @param signIn what the event says about an Identity Center user at sign-in; null for any other input
 */
public record ExecutionRequest(
        String accountId,
        boolean plan,
        boolean quiet,
        boolean selfTest,
        String arrivedFrom,
        Cause cause,
        SignIn signIn) {
    public ExecutionRequest {
        requireNonNull(accountId);
        requireNonNull(cause);
    }

    /** Nobody is in a hurry, and nothing comes in bursts. */
    static ExecutionRequest atOnce(String accountId, Cause.Kind why) {
        return new ExecutionRequest(accountId, false, false, false, null, Cause.of(why), null);
    }
}
