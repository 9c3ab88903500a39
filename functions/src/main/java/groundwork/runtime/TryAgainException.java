package groundwork.runtime;

/**
 * AWS could not do it now and will be able to later: throttled, a concurrent change, not visible yet, out of reach. The
 * state machine retries on this name, so the class stays where it is.
 */
public final class TryAgainException extends RuntimeException {
    public TryAgainException(String why) {
        super(why);
    }

    public TryAgainException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
