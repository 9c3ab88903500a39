package groundwork.identitycenter;

import java.time.Instant;

/**
 * A successful sign-in to IAM Identity Center that has been seen.
 *
 * @param userId who signed in
 * @param at when
 * @param mfaRegistered whether the user has been seen to register an MFA device; false when that is not known
 */
public record FirstSignIn(String userId, Instant at, boolean mfaRegistered) {}
