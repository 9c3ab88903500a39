package groundwork.identitycenter;

/**
 * The administrator, as found or created in the identity store.
 *
 * @param userId the user's id
 * @param userName what the user signs in with
 * @param createdByGroundwork false for a user that was there before
 */
public record Administrator(String userId, String userName, boolean createdByGroundwork) {}
