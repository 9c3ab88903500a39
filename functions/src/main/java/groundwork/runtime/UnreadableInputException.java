package groundwork.runtime;

/**
 * A function was invoked with something that is not its input. The Lambda runtime reports what a serialiser throws as a
 * {@link RuntimeException} with this as its cause, so a state machine cannot catch it by name.
 */
public final class UnreadableInputException extends RuntimeException {
    /**
     * Refuses an input without a part that the function cannot do without, as one may be that an execution hands over which
     * began before the stack was updated. Told by the function itself, it reaches people in these words.
     */
    public static void require(Object part, String name) {
        if (part == null) {
            throw new UnreadableInputException(name + " is missing");
        }
    }

    UnreadableInputException(String problem) {
        super("The function's input cannot be read: " + problem
                + ". If this execution began before an update of the stack, that is why: it hands over what the version"
                + " before knew.");
    }
}
