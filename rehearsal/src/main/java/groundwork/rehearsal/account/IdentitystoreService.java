package groundwork.rehearsal.account;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.identitystore.model.AccessDeniedException;
import software.amazon.awssdk.services.identitystore.model.AlternateIdentifier;
import software.amazon.awssdk.services.identitystore.model.AttributeOperation;
import software.amazon.awssdk.services.identitystore.model.ConflictException;
import software.amazon.awssdk.services.identitystore.model.ConflictExceptionReason;
import software.amazon.awssdk.services.identitystore.model.CreateGroupMembershipRequest;
import software.amazon.awssdk.services.identitystore.model.CreateGroupMembershipResponse;
import software.amazon.awssdk.services.identitystore.model.CreateGroupRequest;
import software.amazon.awssdk.services.identitystore.model.CreateGroupResponse;
import software.amazon.awssdk.services.identitystore.model.CreateUserRequest;
import software.amazon.awssdk.services.identitystore.model.CreateUserResponse;
import software.amazon.awssdk.services.identitystore.model.DeleteGroupMembershipRequest;
import software.amazon.awssdk.services.identitystore.model.DeleteGroupMembershipResponse;
import software.amazon.awssdk.services.identitystore.model.DeleteGroupRequest;
import software.amazon.awssdk.services.identitystore.model.DeleteGroupResponse;
import software.amazon.awssdk.services.identitystore.model.DeleteUserRequest;
import software.amazon.awssdk.services.identitystore.model.DeleteUserResponse;
import software.amazon.awssdk.services.identitystore.model.DescribeGroupRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeGroupResponse;
import software.amazon.awssdk.services.identitystore.model.DescribeUserRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;
import software.amazon.awssdk.services.identitystore.model.Email;
import software.amazon.awssdk.services.identitystore.model.ExternalId;
import software.amazon.awssdk.services.identitystore.model.GetGroupIdRequest;
import software.amazon.awssdk.services.identitystore.model.GetGroupIdResponse;
import software.amazon.awssdk.services.identitystore.model.GetGroupMembershipIdRequest;
import software.amazon.awssdk.services.identitystore.model.GetGroupMembershipIdResponse;
import software.amazon.awssdk.services.identitystore.model.GetUserIdRequest;
import software.amazon.awssdk.services.identitystore.model.GetUserIdResponse;
import software.amazon.awssdk.services.identitystore.model.Group;
import software.amazon.awssdk.services.identitystore.model.GroupMembership;
import software.amazon.awssdk.services.identitystore.model.GroupMembershipExistenceResult;
import software.amazon.awssdk.services.identitystore.model.InternalServerException;
import software.amazon.awssdk.services.identitystore.model.IsMemberInGroupsRequest;
import software.amazon.awssdk.services.identitystore.model.IsMemberInGroupsResponse;
import software.amazon.awssdk.services.identitystore.model.ListGroupMembershipsRequest;
import software.amazon.awssdk.services.identitystore.model.ListGroupMembershipsResponse;
import software.amazon.awssdk.services.identitystore.model.ListGroupsRequest;
import software.amazon.awssdk.services.identitystore.model.ListGroupsResponse;
import software.amazon.awssdk.services.identitystore.model.ListUsersRequest;
import software.amazon.awssdk.services.identitystore.model.ListUsersResponse;
import software.amazon.awssdk.services.identitystore.model.MemberId;
import software.amazon.awssdk.services.identitystore.model.Name;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException;
import software.amazon.awssdk.services.identitystore.model.ResourceType;
import software.amazon.awssdk.services.identitystore.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.identitystore.model.ThrottlingException;
import software.amazon.awssdk.services.identitystore.model.UpdateUserRequest;
import software.amazon.awssdk.services.identitystore.model.UpdateUserResponse;
import software.amazon.awssdk.services.identitystore.model.User;
import software.amazon.awssdk.services.identitystore.model.UserStatus;
import software.amazon.awssdk.services.identitystore.model.ValidationException;

/** The Identity Store API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/welcome.html */
final class IdentitystoreService extends Service {
    private static final int PAGE = 100;

    /** https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_CreateUser.html */
    private static final Set<String> RESERVED_NAMES = Set.of("administrator", "awsadministrators");

    /** Members whose shapes the API model marks as sensitive. */
    private static final Set<String> SENSITIVE = Set.of(
            "UserName",
            "Name",
            "DisplayName",
            "NickName",
            "ProfileUrl",
            "Emails",
            "Addresses",
            "PhoneNumbers",
            "UserType",
            "Title",
            "PreferredLanguage",
            "Locale",
            "Timezone",
            "Photos",
            "Website",
            "Birthdate",
            "Roles",
            "Extensions",
            "AttributeValue",
            "Description");

    IdentitystoreService(Cloud cloud) {
        super(cloud, AwsService.IDENTITYSTORE);
        read(
                "GetUserId",
                GetUserIdRequest.class,
                (call, r) -> List.of(user("*"), store(r.identityStoreId())),
                this::getUserId);
        read(
                "DescribeUser",
                DescribeUserRequest.class,
                (call, r) -> List.of(user(r.userId()), store(r.identityStoreId())),
                this::describeUser);
        read(
                "ListUsers",
                ListUsersRequest.class,
                (call, r) -> List.of(user("*"), store(r.identityStoreId())),
                this::listUsers);
        write(
                "CreateUser",
                CreateUserRequest.class,
                (call, r) -> List.of(store(r.identityStoreId())),
                this::createUser);
        write(
                "UpdateUser",
                UpdateUserRequest.class,
                (call, r) -> List.of(user(r.userId()), store(r.identityStoreId())),
                this::updateUser);
        write(
                "DeleteUser",
                DeleteUserRequest.class,
                (call, r) -> List.of(user(r.userId()), store(r.identityStoreId())),
                this::deleteUser);
        read(
                "GetGroupId",
                GetGroupIdRequest.class,
                (call, r) -> List.of(group("*"), store(r.identityStoreId())),
                this::getGroupId);
        read(
                "DescribeGroup",
                DescribeGroupRequest.class,
                (call, r) -> List.of(group(r.groupId()), store(r.identityStoreId())),
                this::describeGroup);
        read(
                "ListGroups",
                ListGroupsRequest.class,
                (call, r) -> List.of(group("*"), store(r.identityStoreId())),
                this::listGroups);
        write(
                "CreateGroup",
                CreateGroupRequest.class,
                (call, r) -> List.of(store(r.identityStoreId())),
                this::createGroup);
        write(
                "DeleteGroup",
                DeleteGroupRequest.class,
                (call, r) -> List.of(group(r.groupId()), store(r.identityStoreId())),
                this::deleteGroup);
        read("IsMemberInGroups", IsMemberInGroupsRequest.class, this::isMemberResources, this::isMemberInGroups);
        read(
                "GetGroupMembershipId",
                GetGroupMembershipIdRequest.class,
                (call, r) -> List.of(
                        group(r.groupId()), membership("*"), user(r.memberId().userId()), store(r.identityStoreId())),
                this::getGroupMembershipId);
        read(
                "ListGroupMemberships",
                ListGroupMembershipsRequest.class,
                (call, r) -> List.of(membership("*"), group(r.groupId()), store(r.identityStoreId())),
                this::listGroupMemberships);
        write(
                "CreateGroupMembership",
                CreateGroupMembershipRequest.class,
                (call, r) -> List.of(
                        group(r.groupId()),
                        store(r.identityStoreId()),
                        user(r.memberId().userId())),
                this::createGroupMembership);
        write(
                "DeleteGroupMembership",
                DeleteGroupMembershipRequest.class,
                this::deleteMembershipResources,
                this::deleteGroupMembership);
    }

    private GetUserIdResponse getUserId(Invocation call, GetUserIdRequest request) {
        IdentityCenter center = readable(call, request.identityStoreId());
        DirectoryUser user = find(call, request.alternateIdentifier(), center)
                .filter(found -> !found.visibleFrom().isAfter(call.now()))
                .orElseThrow(() -> notFound(call, ResourceType.USER, "USER not found."));
        return GetUserIdResponse.builder()
                .identityStoreId(center.identityStoreId())
                .userId(user.userId())
                .build();
    }

    private Optional<DirectoryUser> find(Invocation call, AlternateIdentifier by, IdentityCenter center) {
        if (by != null && by.externalId() != null) {
            ExternalId id = by.externalId();
            return center.directory.users().stream()
                    .filter(user -> id.id().equals(user.externalIds().get(id.issuer())))
                    .findFirst();
        }
        String value = uniqueAttribute(call, by);
        return switch (by.uniqueAttribute().attributePath().toLowerCase(Locale.ROOT)) {
            case "username" -> center.directory.userNamed(value);
            case "emails.value" -> center.directory.userWithEmail(value);
            default -> throw invalid(call, "The attribute path has to be userName or emails.value");
        };
    }

    private String uniqueAttribute(Invocation call, AlternateIdentifier by) {
        if (by == null
                || by.uniqueAttribute() == null
                || by.uniqueAttribute().attributeValue() == null
                || !by.uniqueAttribute().attributeValue().isString()) {
            throw invalid(call, "An alternate identifier has an external id or a unique attribute with a string value");
        }
        return by.uniqueAttribute().attributeValue().asString();
    }

    private DescribeUserResponse describeUser(Invocation call, DescribeUserRequest request) {
        IdentityCenter center = readable(call, request.identityStoreId());
        User user = describe(center, user(call, center, request.userId()));
        return DescribeUserResponse.builder()
                .identityStoreId(user.identityStoreId())
                .userId(user.userId())
                .userName(user.userName())
                .displayName(user.displayName())
                .name(user.name())
                .emails(user.hasEmails() ? user.emails() : null)
                .externalIds(user.hasExternalIds() ? user.externalIds() : null)
                .userStatus(user.userStatus())
                .createdAt(user.createdAt())
                .updatedAt(user.updatedAt())
                .build();
    }

    private ListUsersResponse listUsers(Invocation call, ListUsersRequest request) {
        refuseFilters(request);
        IdentityCenter center = readable(call, request.identityStoreId());
        Paging.Page<DirectoryUser> page = page(
                call,
                center.directory.users().stream()
                        .filter(user -> !user.visibleFrom().isAfter(call.now()))
                        .toList(),
                request.nextToken(),
                asked(request.maxResults()),
                PAGE);
        return ListUsersResponse.builder()
                .users(page.items().stream().map(user -> describe(center, user)).toList())
                .nextToken(page.nextToken())
                .build();
    }

    /** Deprecated in favor of GetUserId and GetGroupId, so nobody should come to rely on them. */
    private static void refuseFilters(AwsRequest request) {
        if (request.getValueForField("Filters", List.class)
                .filter(filters -> !filters.isEmpty())
                .isPresent()) {
            throw new UnsupportedOperationException("The embedded organization has no filters in the Identity Store");
        }
    }

    private static User describe(IdentityCenter center, DirectoryUser user) {
        return User.builder()
                .identityStoreId(center.identityStoreId())
                .userId(user.userId())
                .userName(user.userName())
                .displayName(user.displayName())
                .name(Name.builder()
                        .givenName(user.givenName())
                        .familyName(user.familyName())
                        .build())
                .emails(user.email()
                        .map(address -> List.of(Email.builder()
                                .value(address)
                                .type("work")
                                .primary(true)
                                .build()))
                        .orElse(null))
                .externalIds(
                        user.externalIds().isEmpty()
                                ? null
                                : user.externalIds().entrySet().stream()
                                        .map(id -> ExternalId.builder()
                                                .issuer(id.getKey())
                                                .id(id.getValue())
                                                .build())
                                        .toList())
                .userStatus(user.enabled() ? UserStatus.ENABLED : UserStatus.DISABLED)
                .createdAt(user.createdAt())
                .updatedAt(user.updatedAt())
                .build();
    }

    // The user gets no password and no email:
    // https://docs.aws.amazon.com/singlesignon/latest/userguide/userswithoutpwd.html
    private CreateUserResponse createUser(Invocation call, CreateUserRequest request) {
        IdentityCenter center = writable(call, request.identityStoreId());
        Name name = request.name();
        if (request.userName() == null
                || request.displayName() == null
                || name == null
                || name.givenName() == null
                || name.familyName() == null) {
            throw invalid(call, "UserName, DisplayName and Name with GivenName and FamilyName are required");
        }
        refuseName(call, request.userName(), 128);
        if (request.emails().size() > 1) {
            throw invalid(call, "A user has at most one email address");
        }
        Optional<String> email = request.emails().stream().map(Email::value).findFirst();
        refuseDuplicateUser(call, center, request.userName(), email, "");
        DirectoryUser user = new DirectoryUser(
                cloud.ids.uuid(),
                request.userName(),
                request.displayName(),
                name.givenName(),
                name.familyName(),
                email,
                true,
                false,
                false,
                Map.of(),
                call.now(),
                call.now(),
                call.now().plus(cloud.behavior.visibility()));
        center.directory.add(user);
        return CreateUserResponse.builder()
                .identityStoreId(center.identityStoreId())
                .userId(user.userId())
                .build();
    }

    private void refuseName(Invocation call, String name, int longest) {
        if (name.isBlank() || name.length() > longest || name.chars().anyMatch(Character::isISOControl)) {
            throw invalid(call, "A name has 1 to " + longest + " printable characters");
        }
        if (RESERVED_NAMES.contains(name.toLowerCase(Locale.ROOT))) {
            throw invalid(call, name + " is a reserved name");
        }
    }

    private void refuseDuplicateUser(
            Invocation call, IdentityCenter center, String userName, Optional<String> email, String exceptUserId) {
        if (center.directory
                .userNamed(userName)
                .filter(other -> !other.userId().equals(exceptUserId))
                .isPresent()) {
            throw duplicate(call, "Duplicate UserName");
        }
        if (email.flatMap(center.directory::userWithEmail)
                .filter(other -> !other.userId().equals(exceptUserId))
                .isPresent()) {
            throw duplicate(call, "Duplicate Email");
        }
    }

    private UpdateUserResponse updateUser(Invocation call, UpdateUserRequest request) {
        IdentityCenter center = writable(call, request.identityStoreId());
        DirectoryUser user = user(call, center, request.userId());
        for (AttributeOperation operation : request.operations()) {
            user = update(call, user, operation);
        }
        refuseName(call, user.userName(), 128);
        refuseDuplicateUser(call, center, user.userName(), user.email(), user.userId());
        DirectoryUser changed = user.updated(call.now());
        center.directory.changeUser(user.userId(), before -> changed);
        return UpdateUserResponse.builder().build();
    }

    private DirectoryUser update(Invocation call, DirectoryUser user, AttributeOperation operation) {
        Document value = operation.attributeValue();
        return switch (operation.attributePath()) {
            case "userName" -> user.named(text(call, value), user.displayName(), user.givenName(), user.familyName());
            case "displayName" -> user.named(user.userName(), text(call, value), user.givenName(), user.familyName());
            case "name.givenName" ->
                user.named(user.userName(), user.displayName(), text(call, value), user.familyName());
            case "name.familyName" ->
                user.named(user.userName(), user.displayName(), user.givenName(), text(call, value));
            case "emails" -> user.withEmail(firstAddress(call, value));
            default ->
                throw new UnsupportedOperationException(
                        "The embedded organization does not update " + operation.attributePath() + " of a user");
        };
    }

    private String text(Invocation call, Document value) {
        if (value == null || !value.isString() || value.asString().isEmpty()) {
            throw invalid(call, "The attribute needs a string");
        }
        return value.asString();
    }

    private Optional<String> firstAddress(Invocation call, Document value) {
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isList() || value.asList().size() > 1) {
            throw invalid(call, "emails is a list of at most one address");
        }
        return value.asList().stream()
                .map(email -> {
                    Document address = email.asMap().get("value");
                    return text(call, address == null ? email.asMap().get("Value") : address);
                })
                .findFirst();
    }

    // Assignments of a deleted user stay behind, without effect.
    private DeleteUserResponse deleteUser(Invocation call, DeleteUserRequest request) {
        IdentityCenter center = writable(call, request.identityStoreId());
        center.directory.removeUser(user(call, center, request.userId()).userId());
        return DeleteUserResponse.builder().build();
    }

    private GetGroupIdResponse getGroupId(Invocation call, GetGroupIdRequest request) {
        IdentityCenter center = readable(call, request.identityStoreId());
        String value = uniqueAttribute(call, request.alternateIdentifier());
        String path = request.alternateIdentifier().uniqueAttribute().attributePath();
        if (!path.equalsIgnoreCase("displayName")) {
            throw invalid(call, "The attribute path has to be displayName");
        }
        DirectoryGroup group = center.directory
                .groupNamed(value)
                .filter(found -> !found.visibleFrom().isAfter(call.now()))
                .orElseThrow(() -> notFound(call, ResourceType.GROUP, "GROUP not found."));
        return GetGroupIdResponse.builder()
                .identityStoreId(center.identityStoreId())
                .groupId(group.groupId())
                .build();
    }

    private DescribeGroupResponse describeGroup(Invocation call, DescribeGroupRequest request) {
        IdentityCenter center = readable(call, request.identityStoreId());
        DirectoryGroup group = group(call, center, request.groupId());
        return DescribeGroupResponse.builder()
                .identityStoreId(center.identityStoreId())
                .groupId(group.groupId())
                .displayName(group.displayName())
                .description(group.description().orElse(null))
                .createdAt(group.createdAt())
                .build();
    }

    private ListGroupsResponse listGroups(Invocation call, ListGroupsRequest request) {
        refuseFilters(request);
        IdentityCenter center = readable(call, request.identityStoreId());
        Paging.Page<DirectoryGroup> page = page(
                call,
                center.directory.groups().stream()
                        .filter(group -> !group.visibleFrom().isAfter(call.now()))
                        .toList(),
                request.nextToken(),
                asked(request.maxResults()),
                PAGE);
        return ListGroupsResponse.builder()
                .groups(page.items().stream()
                        .map(group -> Group.builder()
                                .identityStoreId(center.identityStoreId())
                                .groupId(group.groupId())
                                .displayName(group.displayName())
                                .description(group.description().orElse(null))
                                .createdAt(group.createdAt())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private CreateGroupResponse createGroup(Invocation call, CreateGroupRequest request) {
        IdentityCenter center = writable(call, request.identityStoreId());
        if (request.displayName() == null) {
            throw invalid(call, "DisplayName is required");
        }
        refuseName(call, request.displayName(), 1024);
        if (center.directory.groupNamed(request.displayName()).isPresent()) {
            throw duplicate(call, "Duplicate GroupDisplayName");
        }
        DirectoryGroup group = new DirectoryGroup(
                cloud.ids.uuid(),
                request.displayName(),
                Optional.ofNullable(request.description()),
                call.now(),
                call.now().plus(cloud.behavior.visibility()));
        center.directory.add(group);
        return CreateGroupResponse.builder()
                .identityStoreId(center.identityStoreId())
                .groupId(group.groupId())
                .build();
    }

    private DeleteGroupResponse deleteGroup(Invocation call, DeleteGroupRequest request) {
        IdentityCenter center = writable(call, request.identityStoreId());
        center.directory.removeGroup(group(call, center, request.groupId()).groupId());
        return DeleteGroupResponse.builder().build();
    }

    private List<String> isMemberResources(Invocation call, IsMemberInGroupsRequest request) {
        return Stream.concat(
                        request.groupIds().stream().map(this::group),
                        List.of(membership("*"), user(request.memberId().userId()), store(request.identityStoreId()))
                                .stream())
                .toList();
    }

    private IsMemberInGroupsResponse isMemberInGroups(Invocation call, IsMemberInGroupsRequest request) {
        IdentityCenter center = readable(call, request.identityStoreId());
        if (request.groupIds().isEmpty() || request.groupIds().size() > 100) {
            throw invalid(call, "GroupIds has 1 to 100 members");
        }
        String userId = user(call, center, request.memberId().userId()).userId();
        return IsMemberInGroupsResponse.builder()
                .results(request.groupIds().stream()
                        .map(groupId -> group(call, center, groupId).groupId())
                        .map(groupId -> GroupMembershipExistenceResult.builder()
                                .groupId(groupId)
                                .memberId(MemberId.fromUserId(userId))
                                .membershipExists(center.directory
                                        .membership(groupId, userId)
                                        .isPresent())
                                .build())
                        .toList())
                .build();
    }

    private GetGroupMembershipIdResponse getGroupMembershipId(Invocation call, GetGroupMembershipIdRequest request) {
        IdentityCenter center = readable(call, request.identityStoreId());
        DirectoryMembership membership = center.directory
                .membership(request.groupId(), request.memberId().userId())
                .orElseThrow(() -> notFound(call, ResourceType.GROUP_MEMBERSHIP, "MEMBERSHIP not found."));
        return GetGroupMembershipIdResponse.builder()
                .identityStoreId(center.identityStoreId())
                .membershipId(membership.membershipId())
                .build();
    }

    private ListGroupMembershipsResponse listGroupMemberships(Invocation call, ListGroupMembershipsRequest request) {
        IdentityCenter center = readable(call, request.identityStoreId());
        String groupId = group(call, center, request.groupId()).groupId();
        Paging.Page<DirectoryMembership> page = page(
                call,
                center.directory.memberships().stream()
                        .filter(membership -> membership.groupId().equals(groupId))
                        .toList(),
                request.nextToken(),
                asked(request.maxResults()),
                PAGE);
        return ListGroupMembershipsResponse.builder()
                .groupMemberships(page.items().stream()
                        .map(membership -> GroupMembership.builder()
                                .identityStoreId(center.identityStoreId())
                                .membershipId(membership.membershipId())
                                .groupId(membership.groupId())
                                .memberId(MemberId.fromUserId(membership.userId()))
                                .createdAt(membership.createdAt())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private CreateGroupMembershipResponse createGroupMembership(Invocation call, CreateGroupMembershipRequest request) {
        IdentityCenter center = writable(call, request.identityStoreId());
        String groupId = group(call, center, request.groupId()).groupId();
        String userId = user(call, center, request.memberId().userId()).userId();
        if (center.directory.membership(groupId, userId).isPresent()) {
            throw duplicate(call, "Member and Group Relationship already exists");
        }
        DirectoryMembership membership = new DirectoryMembership(cloud.ids.uuid(), groupId, userId, call.now());
        center.directory.add(membership);
        return CreateGroupMembershipResponse.builder()
                .identityStoreId(center.identityStoreId())
                .membershipId(membership.membershipId())
                .build();
    }

    private List<String> deleteMembershipResources(Invocation call, DeleteGroupMembershipRequest request) {
        return cloud.identityCenters.stream()
                .flatMap(center -> center.directory.membership(request.membershipId()).stream())
                .findFirst()
                .map(membership -> List.of(
                        group(membership.groupId()),
                        membership(membership.membershipId()),
                        user(membership.userId()),
                        store(request.identityStoreId())))
                .orElse(List.of(membership(request.membershipId()), store(request.identityStoreId())));
    }

    private DeleteGroupMembershipResponse deleteGroupMembership(Invocation call, DeleteGroupMembershipRequest request) {
        IdentityCenter center = writable(call, request.identityStoreId());
        DirectoryMembership membership = center.directory
                .membership(request.membershipId())
                .orElseThrow(() -> notFound(call, ResourceType.GROUP_MEMBERSHIP, "MEMBERSHIP not found."));
        center.directory.removeMembership(membership.membershipId());
        return DeleteGroupMembershipResponse.builder().build();
    }

    /** The store, for reads: they work in every Region the instance is in. */
    private IdentityCenter readable(Invocation call, String storeId) {
        IdentityCenter center = cloud.identityCenters.stream()
                .filter(candidate -> candidate.identityStoreId().equals(storeId) && candidate.isIn(call.region()))
                .findFirst()
                .orElseThrow(() -> notFound(call, ResourceType.IDENTITY_STORE, "IDENTITY_STORE not found."));
        boolean mayUse = switch (center.type()) {
            case ORGANIZATION -> cloud.administersIdentityCenter(call.accountId());
            case ACCOUNT -> center.ownerAccountId().equals(call.accountId());
        };
        if (!mayUse) {
            throw denied(call, "You don't have access to the identity store " + storeId);
        }
        return center;
    }

    /** The store, for writes: https://docs.aws.amazon.com/singlesignon/latest/userguide/use-cases-across-regions.html */
    private IdentityCenter writable(Invocation call, String storeId) {
        IdentityCenter center = readable(call, storeId);
        if (!center.primaryRegion().equals(call.region())) {
            throw invalid(call, "The operation is supported only in the primary Region of the instance");
        }
        return center;
    }

    private DirectoryUser user(Invocation call, IdentityCenter center, String userId) {
        return center.directory
                .visibleUser(userId, call.now())
                .orElseThrow(() -> notFound(call, ResourceType.USER, "USER not found."));
    }

    private DirectoryGroup group(Invocation call, IdentityCenter center, String groupId) {
        return center.directory
                .visibleGroup(groupId, call.now())
                .orElseThrow(() -> notFound(call, ResourceType.GROUP, "GROUP not found."));
    }

    private String store(String storeId) {
        String owner = cloud.identityCenters.stream()
                .filter(center -> center.identityStoreId().equals(storeId))
                .map(IdentityCenter::ownerAccountId)
                .findFirst()
                .orElse("");
        return cloud.arn("identitystore", "", owner, "identitystore/" + storeId);
    }

    private String user(String userId) {
        return cloud.arn("identitystore", "", "", "user/" + userId);
    }

    private String group(String groupId) {
        return cloud.arn("identitystore", "", "", "group/" + groupId);
    }

    private String membership(String membershipId) {
        return cloud.arn("identitystore", "", "", "membership/" + membershipId);
    }

    private AwsServiceException notFound(Invocation call, ResourceType type, String message) {
        ErrorShape shape = errorShape(ServiceFault.NOT_FOUND).orElseThrow();
        return describe(ResourceNotFoundException.builder().resourceType(type), shape, message, call.requestId())
                .build();
    }

    private AwsServiceException duplicate(Invocation call, String message) {
        ErrorShape shape = errorShape(ServiceFault.CONFLICT).orElseThrow();
        ConflictException.Builder builder =
                ConflictException.builder().reason(ConflictExceptionReason.UNIQUENESS_CONSTRAINT_VIOLATION);
        return describe(builder, shape, message, call.requestId()).build();
    }

    @Override
    Map<String, String> context(Invocation call, AwsRequest request) {
        Map<String, String> context = new HashMap<>(super.context(call, request));
        request.getValueForField("IdentityStoreId", String.class)
                .flatMap(id -> cloud.identityCenters.stream()
                        .filter(center -> center.identityStoreId().equals(id))
                        .findFirst())
                .ifPresent(center -> context.put(
                        "identitystore:PrimaryRegion", center.primaryRegion().id()));
        return context;
    }

    // 20 requests a second for each API: https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
    @Override
    Optional<String> rateBucket(Operation<?> operation, Invocation call, AwsRequest request) {
        return request.getValueForField("IdentityStoreId", String.class)
                .map(id -> "identitystore/" + operation.name() + "/" + id);
    }

    @Override
    Set<String> hiddenMembers() {
        return SENSITIVE;
    }

    @Override
    Optional<ErrorShape> errorShape(ServiceFault fault) {
        return Optional.of(
                switch (fault) {
                    case ACCESS_DENIED -> new ErrorShape(AccessDeniedException::builder, "AccessDeniedException", 403);
                    case THROTTLED -> new ErrorShape(ThrottlingException::builder, "ThrottlingException", 429);
                    case INTERNAL_ERROR ->
                        new ErrorShape(InternalServerException::builder, "InternalServerException", 500);
                    // A conflict that a retry resolves; the other reason is a duplicate.
                    case CONFLICT ->
                        new ErrorShape(
                                () -> ConflictException.builder()
                                        .reason(ConflictExceptionReason.CONCURRENT_MODIFICATION),
                                "ConflictException",
                                409);
                    case VALIDATION -> new ErrorShape(ValidationException::builder, "ValidationException", 400);
                    case NOT_FOUND ->
                        new ErrorShape(ResourceNotFoundException::builder, "ResourceNotFoundException", 404);
                    case QUOTA_EXCEEDED ->
                        new ErrorShape(ServiceQuotaExceededException::builder, "ServiceQuotaExceededException", 402);
                });
    }
}
