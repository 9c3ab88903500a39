package groundwork.identitycenter;

import java.util.Optional;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.AlternateIdentifier;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException;

/** The group that has access to the account, and the administrator's membership in it. */
final class AdministratorsGroup {
    private final IdentitystoreClient identityStore;
    private final String name;

    AdministratorsGroup(IdentitystoreClient identityStore, String name) {
        this.identityStore = identityStore;
        this.name = name;
    }

    /** The group's id; empty only in a plan, when the group does not exist yet. */
    Optional<String> ensure(String identityStoreId, String knownGroupId, Changes changes) {
        Optional<String> found = find(identityStoreId);
        if (found.isPresent()) {
            changes.adopt("group " + name, found.get(), knownGroupId);
            return found;
        }
        return changes.create(
                "group " + name,
                () -> identityStore
                        .createGroup(request -> request.identityStoreId(identityStoreId)
                                .displayName(name)
                                .description("Administrators of AWS accounts. Created by Groundwork."))
                        .groupId());
    }

    /**
     * Makes the administrator a member. Asks first: creating a membership that exists is a conflict.
     *
     * @param administrator empty only in a plan
     * @param groupId empty only in a plan
     */
    void ensureMember(
            String identityStoreId, Optional<Administrator> administrator, Optional<String> groupId, Changes changes) {
        if (administrator.isPresent()
                && groupId.isPresent()
                && isMember(identityStoreId, administrator.get().userId(), groupId.get())) {
            return;
        }
        changes.create(
                "membership in group " + name,
                () -> identityStore
                        .createGroupMembership(request -> request.identityStoreId(identityStoreId)
                                .groupId(groupId.orElseThrow())
                                .memberId(member -> member.userId(
                                        administrator.orElseThrow().userId())))
                        .membershipId());
    }

    private Optional<String> find(String identityStoreId) {
        try {
            return Optional.of(identityStore
                    .getGroupId(request -> request.identityStoreId(identityStoreId)
                            .alternateIdentifier(AlternateIdentifier.fromUniqueAttribute(unique ->
                                    unique.attributePath("displayName").attributeValue(Document.fromString(name)))))
                    .groupId());
        } catch (ResourceNotFoundException e) {
            return CustomerManagedKey.absent(e);
        }
    }

    private boolean isMember(String identityStoreId, String userId, String groupId) {
        return identityStore
                .isMemberInGroups(request -> request.identityStoreId(identityStoreId)
                        .memberId(member -> member.userId(userId))
                        .groupIds(groupId))
                .results()
                .stream()
                .anyMatch(result -> Boolean.TRUE.equals(result.membershipExists()));
    }
}
