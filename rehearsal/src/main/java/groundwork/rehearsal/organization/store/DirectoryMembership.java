package groundwork.rehearsal.organization.store;

import java.time.Instant;

/**
 * That a user is in a group.
 *
 * @param createdBy the ARN of who added the user
 */
public record DirectoryMembership(
        String membershipId, String groupId, String userId, Instant createdAt, String createdBy) {}
