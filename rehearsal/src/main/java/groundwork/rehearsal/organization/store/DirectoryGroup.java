package groundwork.rehearsal.organization.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A group of the identity store.
 *
 * @param createdBy the ARN of who made the group
 * @param visibleFrom when reads begin to find the group
 */
public record DirectoryGroup(
        String groupId,
        String displayName,
        Optional<String> description,
        Instant createdAt,
        String createdBy,
        Instant visibleFrom) {
    public DirectoryGroup named(String newDisplayName) {
        return new DirectoryGroup(groupId, newDisplayName, description, createdAt, createdBy, visibleFrom);
    }
}
