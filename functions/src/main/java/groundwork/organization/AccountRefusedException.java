package groundwork.organization;

/** An account is not one that Groundwork looks after from here. The message says why, in words that a person can act on. */
public final class AccountRefusedException extends RuntimeException {
    AccountRefusedException(String message) {
        super(message);
    }
}
