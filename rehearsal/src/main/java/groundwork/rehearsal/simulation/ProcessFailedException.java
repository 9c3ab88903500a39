package groundwork.rehearsal.simulation;

import java.time.Instant;

/** A process of the simulation ended with an exception that it did not handle, which is the cause of this one. */
public final class ProcessFailedException extends RuntimeException {

    ProcessFailedException(String process, Instant at, Throwable cause) {
        super("Process '" + process + "' failed at " + at + ": " + cause, cause);
    }
}
