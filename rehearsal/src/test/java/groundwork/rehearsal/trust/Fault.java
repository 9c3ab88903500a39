package groundwork.rehearsal.trust;

/** What may happen to a call to AWS, after the SDK's own retries. */
public enum Fault {
    THROTTLED("throttled"),
    SERVER_ERROR("5xx"),
    TIMEOUT_BEFORE("timeout, no effect"),
    TIMEOUT_AFTER("timeout after effect"),
    CONNECTION_RESET("connection reset"),
    CONFLICT("conflict"),
    ACCESS_DENIED("access denied"),
    /** The function runs into its timeout right after the call. */
    FUNCTION_TIMED_OUT("function timed out"),
    /** The function's process ends right after the call. */
    FUNCTION_EXITED("function exited");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Whether the call has taken effect when it happens, without the caller knowing. */
    boolean strikesAfterTheEffect() {
        return switch (this) {
            case TIMEOUT_AFTER, FUNCTION_TIMED_OUT, FUNCTION_EXITED -> true;
            case THROTTLED, SERVER_ERROR, TIMEOUT_BEFORE, CONNECTION_RESET, CONFLICT, ACCESS_DENIED -> false;
        };
    }
}
