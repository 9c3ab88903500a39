package groundwork.email.channel;

import groundwork.checklist.Outcome;

/** What became of an email that was handed to a channel. */
public sealed interface Handover {
    /** The channel took it. */
    record Accepted() implements Handover {}

    /**
     * The channel refuses until a person does something.
     *
     * @param outcome what that is
     */
    record Refused(Outcome outcome) implements Handover {}
}
