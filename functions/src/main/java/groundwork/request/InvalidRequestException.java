package groundwork.request;

/** The execution's input cannot be used. The state machine catches this name, so the class stays where it is. */
public final class InvalidRequestException extends RuntimeException {
    InvalidRequestException(String problem) {
        super(problem);
    }
}
