package groundwork.rehearsal.states;

/** A definition breaks a rule of the States language or uses what the interpreter does not implement. */
public final class InvalidDefinitionException extends RuntimeException {

    InvalidDefinitionException(String sentence) {
        super(sentence);
    }
}
