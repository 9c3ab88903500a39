package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.DirectoryGroup;
import groundwork.rehearsal.organization.store.DirectoryMembership;
import groundwork.rehearsal.organization.store.IdentityCenter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.identitystore.model.CreateGroupMembershipRequest;
import software.amazon.awssdk.services.identitystore.model.CreateGroupMembershipResponse;
import software.amazon.awssdk.services.identitystore.model.CreateGroupRequest;
import software.amazon.awssdk.services.identitystore.model.CreateGroupResponse;
import software.amazon.awssdk.services.identitystore.model.DeleteGroupMembershipRequest;
import software.amazon.awssdk.services.identitystore.model.DeleteGroupMembershipResponse;
import software.amazon.awssdk.services.identitystore.model.DescribeGroupRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeGroupResponse;
import software.amazon.awssdk.services.identitystore.model.GetGroupIdRequest;
import software.amazon.awssdk.services.identitystore.model.GetGroupIdResponse;
import software.amazon.awssdk.services.identitystore.model.GroupMembership;
import software.amazon.awssdk.services.identitystore.model.GroupMembershipExistenceResult;
import software.amazon.awssdk.services.identitystore.model.IsMemberInGroupsRequest;
import software.amazon.awssdk.services.identitystore.model.IsMemberInGroupsResponse;
import software.amazon.awssdk.services.identitystore.model.ListGroupMembershipsRequest;
import software.amazon.awssdk.services.identitystore.model.ListGroupMembershipsResponse;
import software.amazon.awssdk.services.identitystore.model.MemberId;
import software.amazon.awssdk.services.identitystore.model.ResourceType;

/** The operations on groups and memberships. */
final class IdentitystoreGroups {
    private final IdentitystoreService service;
    private final Cloud cloud;

    IdentitystoreGroups(IdentitystoreService service) {
        this.service = service;
        this.cloud = service.cloud;
    }

    void register() {
        service.read(
                "GetGroupId",
                GetGroupIdRequest.class,
                (call, r) -> List.of(service.group("*"), service.store(r.identityStoreId())),
                this::getGroupId);
        service.read(
                "DescribeGroup",
                DescribeGroupRequest.class,
                (call, r) -> List.of(service.group(r.groupId()), service.store(r.identityStoreId())),
                this::describeGroup);
        service.write(
                "CreateGroup",
                CreateGroupRequest.class,
                (call, r) -> List.of(service.store(r.identityStoreId())),
                this::createGroup);
        service.read(
                "IsMemberInGroups", IsMemberInGroupsRequest.class, this::isMemberResources, this::isMemberInGroups);
        service.read(
                "ListGroupMemberships",
                ListGroupMembershipsRequest.class,
                (call, r) -> List.of(
                        service.membership("*"), service.group(r.groupId()), service.store(r.identityStoreId())),
                this::listGroupMemberships);
        service.write(
                "CreateGroupMembership",
                CreateGroupMembershipRequest.class,
                (call, r) -> List.of(
                        service.group(r.groupId()),
                        service.store(r.identityStoreId()),
                        service.user(r.memberId().userId())),
                this::createGroupMembership);
        service.write(
                "DeleteGroupMembership",
                DeleteGroupMembershipRequest.class,
                this::deleteMembershipResources,
                this::deleteGroupMembership);
    }

    private GetGroupIdResponse getGroupId(Invocation call, GetGroupIdRequest request) {
        IdentityCenter center = service.readable(call, request.identityStoreId());
        String value = service.uniqueAttribute(call, request.alternateIdentifier());
        String path = request.alternateIdentifier().uniqueAttribute().attributePath();
        if (!path.equalsIgnoreCase("displayName")) {
            throw service.invalid(call, "The attribute path has to be displayName");
        }
        DirectoryGroup group = center.directory
                .groupNamed(value)
                .filter(found -> !found.visibleFrom().isAfter(call.now()))
                .orElseThrow(() -> service.notFound(call, ResourceType.GROUP, "GROUP not found."));
        return GetGroupIdResponse.builder()
                .identityStoreId(center.identityStoreId())
                .groupId(group.groupId())
                .build();
    }

    private DescribeGroupResponse describeGroup(Invocation call, DescribeGroupRequest request) {
        IdentityCenter center = service.readable(call, request.identityStoreId());
        DirectoryGroup group = service.group(call, center, request.groupId());
        return DescribeGroupResponse.builder()
                .identityStoreId(center.identityStoreId())
                .groupId(group.groupId())
                .displayName(group.displayName())
                .description(group.description().orElse(null))
                .createdAt(group.createdAt())
                .createdBy(group.createdBy())
                .build();
    }

    private CreateGroupResponse createGroup(Invocation call, CreateGroupRequest request) {
        IdentityCenter center = service.writable(call, request.identityStoreId());
        if (request.displayName() == null) {
            throw service.invalid(call, "DisplayName is required");
        }
        service.refuseName(call, request.displayName(), 1024);
        if (center.directory.groupNamed(request.displayName()).isPresent()) {
            throw service.duplicate(call, "Duplicate GroupDisplayName");
        }
        DirectoryGroup group = new DirectoryGroup(
                cloud.ids.uuid(),
                request.displayName(),
                Optional.ofNullable(request.description()),
                call.now(),
                call.caller().assumedRoleArn(),
                call.now().plus(cloud.behavior.visibility()));
        center.directory.add(group);
        return CreateGroupResponse.builder()
                .identityStoreId(center.identityStoreId())
                .groupId(group.groupId())
                .build();
    }

    private List<String> isMemberResources(Invocation call, IsMemberInGroupsRequest request) {
        return Stream.concat(
                        request.groupIds().stream().map(service::group),
                        List.of(
                                service.membership("*"),
                                service.user(request.memberId().userId()),
                                service.store(request.identityStoreId()))
                                .stream())
                .toList();
    }

    private IsMemberInGroupsResponse isMemberInGroups(Invocation call, IsMemberInGroupsRequest request) {
        IdentityCenter center = service.readable(call, request.identityStoreId());
        if (request.groupIds().isEmpty() || request.groupIds().size() > 100) {
            throw service.invalid(call, "GroupIds has 1 to 100 members");
        }
        String userId = service.user(call, center, request.memberId().userId()).userId();
        return IsMemberInGroupsResponse.builder()
                .results(request.groupIds().stream()
                        .map(groupId -> service.group(call, center, groupId).groupId())
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

    private ListGroupMembershipsResponse listGroupMemberships(Invocation call, ListGroupMembershipsRequest request) {
        IdentityCenter center = service.readable(call, request.identityStoreId());
        String groupId = service.group(call, center, request.groupId()).groupId();
        Paging.Page<DirectoryMembership> page = service.page(
                call,
                center.directory.memberships().stream()
                        .filter(membership -> membership.groupId().equals(groupId))
                        .toList(),
                request.nextToken(),
                Service.asked(request.maxResults()),
                IdentitystoreService.PAGE);
        return ListGroupMembershipsResponse.builder()
                .groupMemberships(page.items().stream()
                        .map(membership -> GroupMembership.builder()
                                .identityStoreId(center.identityStoreId())
                                .membershipId(membership.membershipId())
                                .groupId(membership.groupId())
                                .memberId(MemberId.fromUserId(membership.userId()))
                                .createdAt(membership.createdAt())
                                .createdBy(membership.createdBy())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private CreateGroupMembershipResponse createGroupMembership(Invocation call, CreateGroupMembershipRequest request) {
        IdentityCenter center = service.writable(call, request.identityStoreId());
        String groupId = service.group(call, center, request.groupId()).groupId();
        String userId = service.user(call, center, request.memberId().userId()).userId();
        if (center.directory.membership(groupId, userId).isPresent()) {
            throw service.duplicate(call, "Member and Group Relationship already exists");
        }
        DirectoryMembership membership = new DirectoryMembership(
                cloud.ids.uuid(), groupId, userId, call.now(), call.caller().assumedRoleArn());
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
                        service.group(membership.groupId()),
                        service.membership(membership.membershipId()),
                        service.user(membership.userId()),
                        service.store(request.identityStoreId())))
                .orElse(List.of(service.membership(request.membershipId()), service.store(request.identityStoreId())));
    }

    private DeleteGroupMembershipResponse deleteGroupMembership(Invocation call, DeleteGroupMembershipRequest request) {
        IdentityCenter center = service.writable(call, request.identityStoreId());
        DirectoryMembership membership = center.directory
                .membership(request.membershipId())
                .orElseThrow(() -> service.notFound(call, ResourceType.GROUP_MEMBERSHIP, "MEMBERSHIP not found."));
        center.directory.removeMembership(membership.membershipId());
        return DeleteGroupMembershipResponse.builder().build();
    }
}
