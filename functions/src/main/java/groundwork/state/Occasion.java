package groundwork.state;

/** The occasions of messages about a user, as the {@link Outbox} knows them, which more than one function asks for. */
public final class Occasion {
    private Occasion() {}

    /** The user is told the way in. */
    public static String signInEmail(String userId) {
        return "SIGN_IN#" + userId;
    }

    /** People are told that the user was there before Groundwork and is about to get access. */
    public static String existingUser(String userId) {
        return "EXISTING_USER#" + userId;
    }
}
