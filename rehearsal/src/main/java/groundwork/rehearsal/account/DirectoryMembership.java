package groundwork.rehearsal.account;

import java.time.Instant;

/** That a user is in a group. */
public record DirectoryMembership(String membershipId, String groupId, String userId, Instant createdAt) {}
