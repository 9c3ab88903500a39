package groundwork.rehearsal.account;

import java.time.Instant;
import java.util.Optional;

/** A group of the identity store; reads find it from {@code visibleFrom} on. */
public record DirectoryGroup(
        String groupId, String displayName, Optional<String> description, Instant createdAt, Instant visibleFrom) {}
