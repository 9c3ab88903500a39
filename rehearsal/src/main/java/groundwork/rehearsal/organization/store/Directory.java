package groundwork.rehearsal.organization.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The users, groups and memberships of one identity store. Names are unique at once, whatever reads can see yet. */
public final class Directory {
    private final Map<String, DirectoryUser> users = new LinkedHashMap<>();
    private final Map<String, DirectoryGroup> groups = new LinkedHashMap<>();
    private final Map<String, DirectoryMembership> memberships = new LinkedHashMap<>();

    public void add(DirectoryUser user) {
        users.put(user.userId(), user);
    }

    public void add(DirectoryGroup group) {
        groups.put(group.groupId(), group);
    }

    public void add(DirectoryMembership membership) {
        memberships.put(membership.membershipId(), membership);
    }

    public void changeUser(String userId, UnaryOperator<DirectoryUser> change) {
        users.computeIfPresent(userId, (id, user) -> change.apply(user));
    }

    public void removeUser(String userId) {
        users.remove(userId);
        memberships.values().removeIf(membership -> membership.userId().equals(userId));
    }

    public void removeGroup(String groupId) {
        groups.remove(groupId);
        memberships.values().removeIf(membership -> membership.groupId().equals(groupId));
    }

    public void removeMembership(String membershipId) {
        memberships.remove(membershipId);
    }

    public List<DirectoryUser> users() {
        return List.copyOf(users.values());
    }

    public List<DirectoryGroup> groups() {
        return List.copyOf(groups.values());
    }

    public List<DirectoryMembership> memberships() {
        return List.copyOf(memberships.values());
    }

    public Optional<DirectoryUser> userNamed(String userName) {
        return users.values().stream()
                .filter(user -> user.userName().equalsIgnoreCase(userName))
                .findFirst();
    }

    public Optional<DirectoryUser> userWithEmail(String address) {
        return users.values().stream()
                .filter(user -> user.email().filter(address::equalsIgnoreCase).isPresent())
                .findFirst();
    }

    public Optional<DirectoryGroup> groupNamed(String displayName) {
        return groups.values().stream()
                .filter(group -> group.displayName().equalsIgnoreCase(displayName))
                .findFirst();
    }

    public Optional<DirectoryUser> visibleUser(String userId, Instant now) {
        return Optional.ofNullable(users.get(userId))
                .filter(user -> !user.visibleFrom().isAfter(now));
    }

    public Optional<DirectoryGroup> visibleGroup(String groupId, Instant now) {
        return Optional.ofNullable(groups.get(groupId))
                .filter(group -> !group.visibleFrom().isAfter(now));
    }

    public Optional<DirectoryMembership> membership(String membershipId) {
        return Optional.ofNullable(memberships.get(membershipId));
    }

    public Optional<DirectoryMembership> membership(String groupId, String userId) {
        return memberships.values().stream()
                .filter(membership -> membership.groupId().equals(groupId)
                        && membership.userId().equals(userId))
                .findFirst();
    }
}
