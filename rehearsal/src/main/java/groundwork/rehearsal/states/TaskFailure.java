package groundwork.rehearsal.states;

import java.util.Objects;

/** What a task reports when it fails: an error name, matched by Retry and Catch, and a cause for people. */
public final class TaskFailure extends RuntimeException {

    private final String error;
    private final String cause;

    /**
     * Creates a failure.
     *
     * @param error error name as Step Functions would report it, for example {@code Lambda.ServiceException}
     * @param cause human-readable text, or the JSON document that Step Functions puts there; may be empty
     */
    public TaskFailure(String error, String cause) {
        super(error + ": " + cause);
        this.error = Objects.requireNonNull(error);
        this.cause = Objects.requireNonNull(cause);
    }

    /** The error name. */
    public String error() {
        return error;
    }

    /** The cause; may be empty. */
    public String cause() {
        return cause;
    }
}
