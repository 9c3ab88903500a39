package groundwork.administrator;

import static java.util.Objects.requireNonNull;

/**
 * The administrator in the identity store.
 *
 * @param userId the id, which stays when the user is renamed
 * @param userName the name to sign in with
 */
public record Administrator(String userId, String userName) {
    public Administrator {
        requireNonNull(userId);
        requireNonNull(userName);
    }
}
