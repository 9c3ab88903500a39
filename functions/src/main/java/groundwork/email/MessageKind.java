package groundwork.email;

/** The kinds of things that emails tell. One email may tell several of them. */
public enum MessageKind {
    EXISTING_USER("user from before"),
    SIGN_IN("sign-in URL"),
    SIGN_IN_REMINDER("sign-in reminder"),
    FIRST_PASSWORD("first password"),
    WAITING("what is waiting"),
    NEEDS_YOU_AGAIN("needs you again"),
    REMINDER("reminder"),
    REPAIRED("repaired"),
    OTHERS("who else has access"),
    DIFFERENCE("what is different"),
    READY("ready"),
    ESCALATION("escalation"),
    CHANNEL_BROKEN("emails do not arrive");

    private final String words;

    MessageKind(String words) {
        this.words = words;
    }

    /** The kind in words, for the report of a run. */
    public String words() {
        return words;
    }
}
