package groundwork.access;

/** A policy document that is not one; the message says in a sentence what is wrong. */
final class UnreadablePolicyException extends RuntimeException {
    UnreadablePolicyException(String problem) {
        super(problem);
    }
}
