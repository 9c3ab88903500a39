package groundwork.state;

/** The table holds a record that this version cannot read. */
public final class UnreadableRecordException extends RuntimeException {
    UnreadableRecordException(String problem) {
        super("The account's item in the table cannot be read: " + problem
                + ". Delete its attribute \"record\" to start afresh; nothing in the account is lost by that.");
    }
}
