package groundwork.runtime;

/** A function was invoked with something that is not its input. */
public final class UnreadableInputException extends RuntimeException {
    UnreadableInputException(String problem) {
        super("The function's input cannot be read: " + problem);
    }
}
