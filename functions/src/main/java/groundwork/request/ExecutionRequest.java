package groundwork.request;

import static java.util.Objects.requireNonNull;

/**
 * What an execution was started for.
 *
 * @param accountId the account to set up
 * @param plan whether to change nothing and only say what would be done
 * @param quiet whether to wait a moment first, because such executions come in bursts
 * @param cause why
 * @param signIn what the event says about an Identity Center user at sign-in; null for any other input
 */
public record ExecutionRequest(String accountId, boolean plan, boolean quiet, Cause cause, SignIn signIn) {
    public ExecutionRequest {
        requireNonNull(accountId);
        requireNonNull(cause);
    }
}
