package groundwork.administrator;

import static java.util.Objects.requireNonNull;

/**
 * The administrator in the identity store.
 *
 * @param userId the id, which stays when the user is renamed
 * @param userName the name to sign in with
 * @param signsInElsewhere whether an identity provider or Active Directory has the password
 */
public record Administrator(String userId, String userName, boolean signsInElsewhere) {
    public Administrator {
        requireNonNull(userId);
        requireNonNull(userName);
    }

    /** One of IAM Identity Center's own users. */
    public Administrator(String userId, String userName) {
        this(userId, userName, false);
    }
}
