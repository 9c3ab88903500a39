package groundwork.rehearsal.organization.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A user of the identity store.
 *
 * @param password whether the user has one; a user made by API has none
 * @param invitedUntil how long the link works with which a user made in the console can set a password; empty for a user made
 *     by API or by an identity provider, whom AWS does not invite
 * @param mfaRegistered whether the user has registered an MFA device of their own
 * @param externalIds the id by issuer, where an identity provider made the user
 * @param createdBy the ARN of who made the user; the API model calls it "the identifier of the user or system" and publishes
 *     no example, and the session's ARN is what other services put in a field of this name, such as AWS Systems Manager
 *     Incident Manager
 * @param visibleFrom when reads begin to find the user
 */
public record DirectoryUser(
        String userId,
        String userName,
        String displayName,
        String givenName,
        String familyName,
        Optional<String> email,
        boolean enabled,
        boolean password,
        Optional<Instant> invitedUntil,
        boolean mfaRegistered,
        Map<String, String> externalIds,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        Instant visibleFrom) {
    public DirectoryUser {
        externalIds = Map.copyOf(externalIds);
    }

    public DirectoryUser named(String newUserName, String newDisplayName, String newGivenName, String newFamilyName) {
        return new DirectoryUser(
                userId,
                newUserName,
                newDisplayName,
                newGivenName,
                newFamilyName,
                email,
                enabled,
                password,
                invitedUntil,
                mfaRegistered,
                externalIds,
                createdAt,
                createdBy,
                updatedAt,
                visibleFrom);
    }

    public DirectoryUser withEmail(Optional<String> address) {
        return new DirectoryUser(
                userId,
                userName,
                displayName,
                givenName,
                familyName,
                address,
                enabled,
                password,
                invitedUntil,
                mfaRegistered,
                externalIds,
                createdAt,
                createdBy,
                updatedAt,
                visibleFrom);
    }

    public DirectoryUser withEnabled(boolean on) {
        return new DirectoryUser(
                userId,
                userName,
                displayName,
                givenName,
                familyName,
                email,
                on,
                password,
                invitedUntil,
                mfaRegistered,
                externalIds,
                createdAt,
                createdBy,
                updatedAt,
                visibleFrom);
    }

    public DirectoryUser withCredentials(boolean hasPassword, boolean hasMfa) {
        return new DirectoryUser(
                userId,
                userName,
                displayName,
                givenName,
                familyName,
                email,
                enabled,
                hasPassword,
                invitedUntil,
                hasMfa,
                externalIds,
                createdAt,
                createdBy,
                updatedAt,
                visibleFrom);
    }

    public DirectoryUser updated(Instant now) {
        return new DirectoryUser(
                userId,
                userName,
                displayName,
                givenName,
                familyName,
                email,
                enabled,
                password,
                invitedUntil,
                mfaRegistered,
                externalIds,
                createdAt,
                createdBy,
                now,
                visibleFrom);
    }
}
