package groundwork.access;

import groundwork.administrator.OwnRole;
import groundwork.identitycenter.CustomerManagedKey;
import groundwork.identitycenter.UserDirectory;
import groundwork.state.Effects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.AlternateIdentifier;
import software.amazon.awssdk.services.identitystore.model.DescribeGroupResponse;
import software.amazon.awssdk.services.identitystore.model.GroupMembership;
import software.amazon.awssdk.services.identitystore.model.ListGroupMembershipsRequest;
import software.amazon.awssdk.services.identitystore.model.ListGroupMembershipsResponse;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException;

/**
 * The group that has access to the account, and who is in it. One that Groundwork made stays the group under whatever name.
 * Somebody else's group of the right name is used if it has the access already or if nobody is in it: whoever is in it would
 * get the access.
 */
public final class AdministratorsGroup {
    /** What a page holds: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ListGroupMemberships.html */
    private static final int PAGE = 100;

    private static final int NAMED = 10;

    private final IdentitystoreClient identityStore;
    private final UserDirectory directory;
    private final String name;
    private final OwnRole maker;

    /** @param maker the role with which Groundwork makes groups and memberships */
    AdministratorsGroup(IdentitystoreClient identityStore, String name, OwnRole maker) {
        this.identityStore = identityStore;
        this.directory = new UserDirectory(identityStore);
        this.name = name;
        this.maker = maker;
    }

    /** What came of looking for the group. */
    sealed interface Result {
        /**
         * There is one, or in a plan there would be.
         *
         * @param id empty only in a plan, when the group does not exist yet
         * @param name what it is called now
         * @param ours whether Groundwork made it
         */
        record Present(Optional<String> id, String name, boolean ours) implements Result {}

        /** Nothing of that name, and none that Groundwork made. */
        record Missing() implements Result {}

        /** Somebody else's group of that name, whose members would get the access. */
        record Taken(Others members) implements Result {}

        /** Somebody else's group that has the access and was called as the parameters say. */
        record Renamed(String to) implements Result {}
    }

    /**
     * Looks for the group and changes nothing.
     *
     * @param knownId what an earlier run recorded, or somebody wrote into the table; null if nothing
     * @param hasAccess whether the group with this id has administrator access to the account already
     * @param administrator the administrator's user id; empty only in a plan
     */
    Result find(String identityStoreId, String knownId, Predicate<String> hasAccess, Optional<String> administrator) {
        Optional<DescribeGroupResponse> known =
                Optional.ofNullable(knownId).flatMap(id -> describe(identityStoreId, id));
        if (known.filter(this::isOurs).isPresent()) {
            return present(known.get());
        }
        if (known.filter(group -> !isNamed(group) && hasAccess.test(group.groupId()))
                .isPresent()) {
            return new Result.Renamed(known.get().displayName());
        }
        Optional<DescribeGroupResponse> found =
                idOf(identityStore, identityStoreId, name).flatMap(id -> describe(identityStoreId, id));
        if (found.isEmpty()) {
            return new Result.Missing();
        }
        if (isOurs(found.get()) || hasAccess.test(found.get().groupId())) {
            return present(found.get());
        }
        Members members = members(identityStoreId, found.get().groupId());
        Others others = others(identityStoreId, administrator, members, found.get()::displayName);
        return others.isEmpty() ? present(found.get()) : new Result.Taken(others);
    }

    /** Makes the group. */
    Result.Present create(String identityStoreId, Effects effects) {
        return new Result.Present(
                effects.create(
                        "group " + name,
                        () -> identityStore
                                .createGroup(request -> request.identityStoreId(identityStoreId)
                                        .displayName(name)
                                        .description("Administrators of AWS accounts. Created by Groundwork."))
                                .groupId()),
                name,
                true);
    }

    /** Makes the administrator a member, who is none: creating a membership that exists is a conflict. */
    void addMember(String identityStoreId, Optional<String> administrator, Result.Present group, Effects effects) {
        effects.create(
                "membership in group " + group.name(),
                () -> identityStore
                        .createGroupMembership(request -> request.identityStoreId(identityStoreId)
                                .groupId(group.id().orElseThrow())
                                .memberId(member -> member.userId(administrator.orElseThrow())))
                        .membershipId());
    }

    boolean isMember(String identityStoreId, String userId, String groupId) {
        return identityStore
                .isMemberInGroups(request -> request.identityStoreId(identityStoreId)
                        .memberId(member -> member.userId(userId))
                        .groupIds(groupId))
                .results()
                .stream()
                .anyMatch(result -> Boolean.TRUE.equals(result.membershipExists()));
    }

    /**
     * Who is in a group: a hundred at most. A group of thousands must not keep a look from its end.
     *
     * @param more whether there are more
     */
    record Members(List<GroupMembership> listed, boolean more) {
        static final Members NOBODY = new Members(List.of(), false);

        Members {
            listed = List.copyOf(listed);
        }

        boolean include(String userId) {
            return listed.stream()
                    .anyMatch(membership -> userId.equals(membership.memberId().userId()));
        }
    }

    /** Nobody is in a group that is not there. */
    Members members(String identityStoreId, String groupId) {
        List<GroupMembership> memberships = new ArrayList<>();
        ListGroupMembershipsRequest request = ListGroupMembershipsRequest.builder()
                .identityStoreId(identityStoreId)
                .groupId(groupId)
                .maxResults(PAGE)
                .build();
        boolean more = true;
        try {
            // A page may hold fewer than it was asked for, or none, and others may follow.
            while (more && memberships.size() < PAGE) {
                ListGroupMembershipsResponse page = identityStore.listGroupMemberships(request);
                memberships.addAll(page.groupMemberships());
                request = request.toBuilder().nextToken(page.nextToken()).build();
                more = page.nextToken() != null;
            }
        } catch (ResourceNotFoundException e) {
            return CustomerManagedKey.<Members>absent(e).orElse(Members.NOBODY);
        }
        return new Members(memberships, more);
    }

    /** Who is in a group beside the administrator, the latest first, and ten of them by name. */
    Others others(String identityStoreId, String groupId, Optional<String> administrator, Members members) {
        return others(
                identityStoreId,
                administrator,
                members,
                () -> describe(identityStoreId, groupId)
                        .map(DescribeGroupResponse::displayName)
                        .orElse(groupId));
    }

    /** @param groupName only asked for if there are others */
    private Others others(
            String identityStoreId, Optional<String> administrator, Members members, Supplier<String> groupName) {
        List<GroupMembership> others = members.listed().stream()
                .filter(membership -> administrator
                        .filter(membership.memberId().userId()::equals)
                        .isEmpty())
                .sorted(Comparator.comparing(
                        GroupMembership::createdAt, Comparator.nullsLast(Comparator.reverseOrder())))
                .toList();
        return others.isEmpty() && !members.more()
                ? Others.NONE
                : new Others(
                        groupName.get(),
                        IntStream.range(0, others.size())
                                .mapToObj(i -> member(identityStoreId, others.get(i), i < NAMED))
                                .toList(),
                        members.more());
    }

    private Others.Member member(String identityStoreId, GroupMembership membership, boolean named) {
        String userId = membership.memberId().userId();
        return new Others.Member(
                membership.membershipId(),
                named
                        ? directory
                                .byId(identityStoreId, userId)
                                .map(user -> user.userName())
                                .orElse(userId)
                        : null,
                membership.createdAt(),
                membership.createdBy(),
                maker.made(membership.createdBy()));
    }

    /** The id of the group of a name, whoever made it; empty if there is none. */
    public static Optional<String> idOf(IdentitystoreClient identityStore, String identityStoreId, String name) {
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

    private Optional<DescribeGroupResponse> describe(String identityStoreId, String groupId) {
        try {
            return Optional.of(identityStore.describeGroup(
                    request -> request.identityStoreId(identityStoreId).groupId(groupId)));
        } catch (ResourceNotFoundException e) {
            return CustomerManagedKey.absent(e);
        }
    }

    private Result.Present present(DescribeGroupResponse group) {
        return new Result.Present(Optional.of(group.groupId()), group.displayName(), isOurs(group));
    }

    private boolean isOurs(DescribeGroupResponse group) {
        return maker.made(group.createdBy());
    }

    private boolean isNamed(DescribeGroupResponse group) {
        return name.equalsIgnoreCase(Objects.requireNonNullElse(group.displayName(), ""));
    }
}
