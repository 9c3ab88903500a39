package groundwork.request;

import java.time.Instant;

/**
 * Something an Identity Center user did at sign-in, as an event told it.
 *
 * @param userId the user in the identity store
 * @param signedInAt when all credential challenges were passed; null if this event does not say so
 * @param mfaRegisteredAt when an MFA device was registered; null if this event does not say so
 */
public record SignIn(String userId, Instant signedInAt, Instant mfaRegisteredAt) {}
