package groundwork.rehearsal.stack;

import java.time.Duration;

/**
 * Thrown in a handler to stop the function there. An error, so that no handler for exceptions goes on after it, as none
 * can.
 */
public final class FunctionStopped extends Error {
    /** Why a function stops in the middle. */
    public enum Why {
        /** It ran until its timeout. */
        TIMED_OUT("Sandbox.Timedout", "Task timed out after %1$d.00 seconds"),
        /** The process ended, for lack of memory for example. */
        EXITED("Runtime.ExitError", "Runtime exited without providing a reason");

        private final String errorType;
        private final String message;

        Why(String errorType, String message) {
            this.errorType = errorType;
            this.message = message;
        }
    }

    private final Why why;

    public FunctionStopped(Why why) {
        super("The function stopped: " + why, null, false, false);
        this.why = why;
    }

    /** The name under which Lambda reports it. */
    String errorType() {
        return why.errorType;
    }

    /** What Lambda says of it, with the type before the message. */
    String cause(Duration timeout) {
        return "{\"errorType\":\"%s\",\"errorMessage\":\"RequestId: 8f507cfc-e12a-4f1d-9c1b-0d2b6a1f4c11 Error: %s\"}"
                .formatted(why.errorType, why.message.formatted(timeout.toSeconds()));
    }

    /** How long it takes until that is known. */
    Duration knownAfter(Duration timeout) {
        return switch (why) {
            case TIMED_OUT -> timeout;
            case EXITED -> Duration.ZERO;
        };
    }
}
