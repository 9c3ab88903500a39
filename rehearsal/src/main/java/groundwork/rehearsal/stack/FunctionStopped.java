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
        TIMED_OUT("Sandbox.Timedout"),
        /** The process ended, for lack of memory for example. */
        EXITED("Runtime.ExitError");

        private final String errorType;

        Why(String errorType) {
            this.errorType = errorType;
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

    /** How long it takes until that is known. */
    Duration knownAfter(Duration timeout) {
        return switch (why) {
            case TIMED_OUT -> timeout;
            case EXITED -> Duration.ZERO;
        };
    }
}
