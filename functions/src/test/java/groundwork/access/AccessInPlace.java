package groundwork.access;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;

import groundwork.administrator.Administrator;
import groundwork.administrator.Setback;
import groundwork.checklist.Checklist;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.identitycenter.Instance;
import groundwork.runtime.AwsErrors;
import groundwork.state.AccountRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mockito.invocation.Invocation;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.CreateGroupMembershipRequest;
import software.amazon.awssdk.services.identitystore.model.CreateGroupMembershipResponse;
import software.amazon.awssdk.services.identitystore.model.CreateGroupRequest;
import software.amazon.awssdk.services.identitystore.model.CreateGroupResponse;
import software.amazon.awssdk.services.identitystore.model.DescribeGroupRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeGroupResponse;
import software.amazon.awssdk.services.identitystore.model.DescribeUserRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;
import software.amazon.awssdk.services.identitystore.model.Email;
import software.amazon.awssdk.services.identitystore.model.GetGroupIdRequest;
import software.amazon.awssdk.services.identitystore.model.GetGroupIdResponse;
import software.amazon.awssdk.services.identitystore.model.GroupMembership;
import software.amazon.awssdk.services.identitystore.model.GroupMembershipExistenceResult;
import software.amazon.awssdk.services.identitystore.model.IsMemberInGroupsRequest;
import software.amazon.awssdk.services.identitystore.model.IsMemberInGroupsResponse;
import software.amazon.awssdk.services.identitystore.model.ListGroupMembershipsRequest;
import software.amazon.awssdk.services.identitystore.model.ListGroupMembershipsResponse;
import software.amazon.awssdk.services.identitystore.model.MemberId;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AccountState;
import software.amazon.awssdk.services.organizations.model.DescribeAccountRequest;
import software.amazon.awssdk.services.organizations.model.DescribeAccountResponse;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatus;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatusMetadata;
import software.amazon.awssdk.services.ssoadmin.model.AttachManagedPolicyToPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.AttachManagedPolicyToPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.AttachedManagedPolicy;
import software.amazon.awssdk.services.ssoadmin.model.CreateAccountAssignmentRequest;
import software.amazon.awssdk.services.ssoadmin.model.CreateAccountAssignmentResponse;
import software.amazon.awssdk.services.ssoadmin.model.CreatePermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.CreatePermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.CustomerManagedPolicyReference;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentCreationStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentCreationStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentDeletionStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentDeletionStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.DescribePermissionSetProvisioningStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribePermissionSetProvisioningStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.DescribePermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribePermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.GetInlinePolicyForPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.GetInlinePolicyForPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.GetPermissionsBoundaryForPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.GetPermissionsBoundaryForPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentCreationStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentCreationStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentDeletionStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentDeletionStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListCustomerManagedPolicyReferencesInPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListCustomerManagedPolicyReferencesInPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListManagedPoliciesInPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListManagedPoliciesInPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListPermissionSetsProvisionedToAccountRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListPermissionSetsProvisionedToAccountResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListPermissionSetsRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListPermissionSetsResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssoadmin.model.PermissionSet;
import software.amazon.awssdk.services.ssoadmin.model.PermissionsBoundary;
import software.amazon.awssdk.services.ssoadmin.model.PrincipalType;
import software.amazon.awssdk.services.ssoadmin.model.ProvisionPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ProvisionPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.ProvisioningStatus;
import software.amazon.awssdk.services.ssoadmin.model.SsoAdminRequest;
import software.amazon.awssdk.services.ssoadmin.model.StatusValues;
import software.amazon.awssdk.services.ssoadmin.model.Tag;
import software.amazon.awssdk.services.ssoadmin.model.TagResourceRequest;
import software.amazon.awssdk.services.ssoadmin.model.TagResourceResponse;
import software.amazon.awssdk.services.ssoadmin.model.UpdatePermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.UpdatePermissionSetResponse;

/**
 * Identity Center in which the administrators' group has access to account 111122223333 through a permission set that
 * Groundwork made. Tests take pieces away.
 */
public final class AccessInPlace {
    static final String STACK_ID =
            "arn:aws:cloudformation:eu-central-1:111122223333:stack/groundwork/5f8e2d10-3a1b-4c2d-9e8f-0a1b2c3d4e5f";

    static final Instance ORGANIZATION_INSTANCE =
            new Instance("arn:aws:sso:::instance/ssoins-1234567890abcdef", "d-1234567890");
    static final Administrator ADA = new Administrator("u-ada", "ada");
    static final String ACCOUNT = "111122223333";
    static final Instant LOOK = Instant.parse("2026-11-20T10:15:30Z");
    static final String SET_ARN = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-0123456789abcdef";
    static final String MEMBER = "444455556666";
    static final String MEMBER_SET_ARN = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-fedcba9876543210";
    static final String POLICY_ARN = "arn:aws:iam::aws:policy/AdministratorAccess";

    public static final String USER_MAKER =
            "arn:aws:iam::111122223333:role/groundwork-5f8e2d10/groundwork-ProvisionAdministratorRole-A1B2 AROAPROVISION";
    static final String GROUP_MAKER =
            "arn:aws:iam::111122223333:role/groundwork-5f8e2d10/groundwork-GrantAccessRole-A1B2 AROAGRANT";
    public static final String MADE_BY_GROUNDWORK =
            "arn:aws:sts::111122223333:assumed-role/groundwork-ProvisionAdministratorRole-A1B2/provision";
    static final String GRANTED_BY_GROUNDWORK =
            "arn:aws:sts::111122223333:assumed-role/groundwork-GrantAccessRole-A1B2/grant";
    public static final String GRACE = "arn:aws:sts::111122223333:assumed-role/Operations/grace";
    static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("ACCOUNT_ID", "111122223333"),
            Map.entry("AWS_REGION", "eu-central-1"),
            Map.entry("ADMINISTRATOR_EMAIL", "ada@example.com"),
            Map.entry("USER_NAME", "ada"),
            Map.entry("USER_MAKER", USER_MAKER),
            Map.entry("GROUP_MAKER", GROUP_MAKER),
            Map.entry("GROUP_NAME", "Administrators"),
            Map.entry("PERMISSION_SET_NAME", "AdministratorAccess"),
            Map.entry("MEMBER_PERMISSION_SET_NAME", "MemberAdministratorAccess"),
            Map.entry("MEMBER_ACCOUNTS", "444455556666"),
            Map.entry("SESSION_DURATION", "PT4H"),
            Map.entry("STACK_ID", STACK_ID),
            Map.entry("STACK_NAME", "groundwork"),
            Map.entry("TABLE_NAME", "groundwork-Table"));

    /** The time; tests let it pass. */
    Instant now = LOOK;

    final IdentitystoreClient identityStore = mock(IdentitystoreClient.class, CALLS_REAL_METHODS);
    final SsoAdminClient ssoAdmin = mock(SsoAdminClient.class, CALLS_REAL_METHODS);
    final OrganizationsClient organizations = mock(OrganizationsClient.class, CALLS_REAL_METHODS);
    final ReservedRoleInPlace role = new ReservedRoleInPlace();
    final DynamoDbClient dynamoDb = mock(DynamoDbClient.class, CALLS_REAL_METHODS);

    AccessInPlace() {
        user("u-ada", "ada", "ada@example.com", MADE_BY_GROUNDWORK);
        groupNamed("g-found");
        group("g-found", "Administrators", GRACE);
        group("g-new", "Administrators", GRANTED_BY_GROUNDWORK);
        members("g-found", "u-ada");
        members("g-new", "u-ada");
        nothingSent();
        member(true);
        permissionSets(SET_ARN);
        permissionSet(SET_ARN, "AdministratorAccess", "PT4H");
        permissionSet(MEMBER_SET_ARN, "MemberAdministratorAccess", "PT4H");
        memberIs(AccountState.ACTIVE);
        assignmentsUnderWay(0);
        tags(Tag.builder().key("groundwork:stack").value(STACK_ID).build());
        policies(POLICY_ARN);
        customerManagedPolicies();
        inlinePolicy("");
        noBoundary();
        assignments(AccountAssignmentOf.group("g-found"));
        deletions();
        outdated();

        willReturn(CreateGroupResponse.builder().groupId("g-new").build())
                .given(identityStore)
                .createGroup(any(CreateGroupRequest.class));
        willReturn(CreateGroupMembershipResponse.builder().membershipId("m-new").build())
                .given(identityStore)
                .createGroupMembership(any(CreateGroupMembershipRequest.class));
        willReturn(CreatePermissionSetResponse.builder()
                        .permissionSet(PermissionSet.builder()
                                .permissionSetArn("ps-new")
                                .build())
                        .build())
                .given(ssoAdmin)
                .createPermissionSet(any(CreatePermissionSetRequest.class));
        willReturn(UpdatePermissionSetResponse.builder().build())
                .given(ssoAdmin)
                .updatePermissionSet(any(UpdatePermissionSetRequest.class));
        willReturn(AttachManagedPolicyToPermissionSetResponse.builder().build())
                .given(ssoAdmin)
                .attachManagedPolicyToPermissionSet(any(AttachManagedPolicyToPermissionSetRequest.class));
        willReturn(CreateAccountAssignmentResponse.builder()
                        .accountAssignmentCreationStatus(
                                status -> status.requestId("assignment-1").status(StatusValues.IN_PROGRESS))
                        .build())
                .given(ssoAdmin)
                .createAccountAssignment(any(CreateAccountAssignmentRequest.class));
        willReturn(ProvisionPermissionSetResponse.builder()
                        .permissionSetProvisioningStatus(
                                status -> status.requestId("provisioning-1").status(StatusValues.IN_PROGRESS))
                        .build())
                .given(ssoAdmin)
                .provisionPermissionSet(any(ProvisionPermissionSetRequest.class));
        assignmentIs(StatusValues.SUCCEEDED, null);
        provisioningIs(StatusValues.SUCCEEDED, null);
        willReturn(UpdateItemResponse.builder().build()).given(dynamoDb).updateItem(any(UpdateItemRequest.class));
    }

    /** An empty Identity Center. */
    static AccessInPlace nothing() {
        AccessInPlace nothing = new AccessInPlace();
        nothing.noGroup();
        nothing.member(false);
        nothing.permissionSets();
        nothing.assignments();
        return nothing;
    }

    void memberIs(AccountState state) {
        willReturn(DescribeAccountResponse.builder()
                        .account(account -> account.id(MEMBER).state(state))
                        .build())
                .given(organizations)
                .describeAccount(
                        DescribeAccountRequest.builder().accountId(MEMBER).build());
    }

    /** AWS works on so many assignments, whoever ordered them. */
    void assignmentsUnderWay(int count) {
        willReturn(ListAccountAssignmentCreationStatusResponse.builder()
                        .accountAssignmentsCreationStatus(Collections.nCopies(
                                count,
                                AccountAssignmentOperationStatusMetadata.builder()
                                        .status(StatusValues.IN_PROGRESS)
                                        .build()))
                        .build())
                .given(ssoAdmin)
                .listAccountAssignmentCreationStatus(argThat((ListAccountAssignmentCreationStatusRequest request) ->
                        request != null && request.filter().status() == StatusValues.IN_PROGRESS));
    }

    void user(String id, String userName, String email, String createdBy) {
        willReturn(DescribeUserResponse.builder()
                        .userId(id)
                        .userName(userName)
                        .emails(Email.builder().value(email).primary(true).build())
                        .createdAt(LOOK.minusSeconds(3_600))
                        .createdBy(createdBy)
                        .build())
                .given(identityStore)
                .describeUser(DescribeUserRequest.builder()
                        .identityStoreId(ORGANIZATION_INSTANCE.identityStoreId())
                        .userId(id)
                        .build());
    }

    void group(String id, String displayName, String createdBy) {
        willReturn(DescribeGroupResponse.builder()
                        .groupId(id)
                        .displayName(displayName)
                        .createdBy(createdBy)
                        .build())
                .given(identityStore)
                .describeGroup(DescribeGroupRequest.builder()
                        .identityStoreId(ORGANIZATION_INSTANCE.identityStoreId())
                        .groupId(id)
                        .build());
    }

    /** The group of the name that the parameters give. */
    void groupNamed(String id) {
        willReturn(GetGroupIdResponse.builder().groupId(id).build())
                .given(identityStore)
                .getGroupId(any(GetGroupIdRequest.class));
    }

    /** These users are in the group, the last one added last, by Grace. */
    void members(String groupId, String... userIds) {
        memberships(groupId, false, userIds);
    }

    void memberships(String groupId, boolean more, String... userIds) {
        members(groupId, more, GRACE, userIds);
    }

    /** This user alone is in the group. */
    void memberAddedBy(String groupId, String userId, String createdBy) {
        members(groupId, false, createdBy, userId);
    }

    private void members(String groupId, boolean more, String createdBy, String... userIds) {
        willReturn(ListGroupMembershipsResponse.builder()
                        .groupMemberships(IntStream.range(0, userIds.length)
                                .mapToObj(i -> GroupMembership.builder()
                                        .membershipId("m-" + userIds[i])
                                        .memberId(MemberId.fromUserId(userIds[i]))
                                        .createdAt(LOOK.minusSeconds(1_000 - i))
                                        .createdBy(createdBy)
                                        .build())
                                .toList())
                        .nextToken(more ? "page 2" : null)
                        .build())
                .given(identityStore)
                .listGroupMemberships(ListGroupMembershipsRequest.builder()
                        .identityStoreId(ORGANIZATION_INSTANCE.identityStoreId())
                        .groupId(groupId)
                        .maxResults(100)
                        .build());
    }

    void nothingSent() {
        willReturn(GetItemResponse.builder().build()).given(dynamoDb).getItem(any(GetItemRequest.class));
    }

    /** A message was sent for this occasion. */
    void sent(String occasion) {
        willReturn(GetItemResponse.builder()
                        .item(Map.of(
                                "item", AttributeValue.fromS("MESSAGE#" + occasion),
                                "state", AttributeValue.fromS("SENT")))
                        .build())
                .given(dynamoDb)
                .getItem(argThat((GetItemRequest request) -> request != null
                        && request.key().get("item").s().equals("MESSAGE#" + occasion)
                        && request.consistentRead()));
    }

    void noGroup() {
        willThrow(AwsErrors.error(ResourceNotFoundException.builder(), "ResourceNotFoundException", "GROUP not found."))
                .given(identityStore)
                .getGroupId(any(GetGroupIdRequest.class));
    }

    void member(boolean member) {
        members("g-found", member ? new String[] {"u-ada"} : new String[0]);
        willReturn(IsMemberInGroupsResponse.builder()
                        .results(GroupMembershipExistenceResult.builder()
                                .groupId("g-found")
                                .membershipExists(member)
                                .build())
                        .build())
                .given(identityStore)
                .isMemberInGroups(any(IsMemberInGroupsRequest.class));
    }

    /** Lists these permission sets, one on each page. */
    void permissionSets(String... arns) {
        for (int page = 0; page < Math.max(1, arns.length); page++) {
            String token = page == 0 ? null : "page " + page;
            willReturn(ListPermissionSetsResponse.builder()
                            .permissionSets(arns.length == 0 ? List.of() : List.of(arns[page]))
                            .nextToken(page < arns.length - 1 ? "page " + (page + 1) : null)
                            .build())
                    .given(ssoAdmin)
                    .listPermissionSets(
                            argThat((ListPermissionSetsRequest request) -> Objects.equals(request.nextToken(), token)));
        }
    }

    void permissionSet(String arn, String name, String sessionDuration) {
        willReturn(DescribePermissionSetResponse.builder()
                        .permissionSet(
                                set -> set.permissionSetArn(arn).name(name).sessionDuration(sessionDuration))
                        .build())
                .given(ssoAdmin)
                .describePermissionSet(DescribePermissionSetRequest.builder()
                        .instanceArn(ORGANIZATION_INSTANCE.instanceArn())
                        .permissionSetArn(arn)
                        .build());
    }

    void permissionSetDeleted(String arn) {
        willThrow(AwsErrors.error(
                        software.amazon.awssdk.services.ssoadmin.model.ResourceNotFoundException.builder(),
                        "ResourceNotFoundException",
                        "PermissionSet not found"))
                .given(ssoAdmin)
                .describePermissionSet(DescribePermissionSetRequest.builder()
                        .instanceArn(ORGANIZATION_INSTANCE.instanceArn())
                        .permissionSetArn(arn)
                        .build());
    }

    void tags(Tag... tags) {
        willReturn(ListTagsForResourceResponse.builder().tags(tags).build())
                .given(ssoAdmin)
                .listTagsForResource(any(ListTagsForResourceRequest.class));
    }

    /** The permission set was made by a stack of an earlier version, which marked it with the stack's name. */
    void taggedByName() {
        tags(Tag.builder().key("groundwork:stack").value("groundwork").build());
        willReturn(TagResourceResponse.builder().build()).given(ssoAdmin).tagResource(any(TagResourceRequest.class));
    }

    /** The permission set was made by somebody else. */
    void foreign() {
        tags(Tag.builder().key("team").value("platform").build());
    }

    void policies(String... arns) {
        willReturn(ListManagedPoliciesInPermissionSetResponse.builder()
                        .attachedManagedPolicies(Arrays.stream(arns)
                                .map(arn ->
                                        AttachedManagedPolicy.builder().arn(arn).build())
                                .toList())
                        .build())
                .given(ssoAdmin)
                .listManagedPoliciesInPermissionSet(any(ListManagedPoliciesInPermissionSetRequest.class));
    }

    /** Policies of these names, with the path / in each account. */
    void customerManagedPolicies(String... names) {
        willReturn(ListCustomerManagedPolicyReferencesInPermissionSetResponse.builder()
                        .customerManagedPolicyReferences(Arrays.stream(names)
                                .map(name -> CustomerManagedPolicyReference.builder()
                                        .path("/")
                                        .name(name)
                                        .build())
                                .toList())
                        .build())
                .given(ssoAdmin)
                .listCustomerManagedPolicyReferencesInPermissionSet(
                        any(ListCustomerManagedPolicyReferencesInPermissionSetRequest.class));
    }

    /** An empty text is how AWS answers when there is none. */
    void inlinePolicy(String document) {
        willReturn(GetInlinePolicyForPermissionSetResponse.builder()
                        .inlinePolicy(document)
                        .build())
                .given(ssoAdmin)
                .getInlinePolicyForPermissionSet(any(GetInlinePolicyForPermissionSetRequest.class));
    }

    void noBoundary() {
        willThrow(AwsErrors.error(
                        software.amazon.awssdk.services.ssoadmin.model.ResourceNotFoundException.builder(),
                        "ResourceNotFoundException",
                        "No permissions boundary"))
                .given(ssoAdmin)
                .getPermissionsBoundaryForPermissionSet(any(GetPermissionsBoundaryForPermissionSetRequest.class));
    }

    void boundary(PermissionsBoundary boundary) {
        willReturn(GetPermissionsBoundaryForPermissionSetResponse.builder()
                        .permissionsBoundary(boundary)
                        .build())
                .given(ssoAdmin)
                .getPermissionsBoundaryForPermissionSet(any(GetPermissionsBoundaryForPermissionSetRequest.class));
    }

    void assignments(AccountAssignmentOf... principals) {
        willReturn(ListAccountAssignmentsResponse.builder()
                        .accountAssignments(Arrays.stream(principals)
                                .map(principal ->
                                        software.amazon.awssdk.services.ssoadmin.model.AccountAssignment.builder()
                                                .principalType(principal.type())
                                                .principalId(principal.id())
                                                .build())
                                .toList())
                        .build())
                .given(ssoAdmin)
                .listAccountAssignments(any(ListAccountAssignmentsRequest.class));
    }

    record AccountAssignmentOf(PrincipalType type, String id) {
        static AccountAssignmentOf group(String id) {
            return new AccountAssignmentOf(PrincipalType.GROUP, id);
        }

        static AccountAssignmentOf user(String id) {
            return new AccountAssignmentOf(PrincipalType.USER, id);
        }
    }

    /** What AWS says of the deletions of assignments that it lists as being under way. */
    void deletions(AccountAssignmentOperationStatus... deletions) {
        willReturn(ListAccountAssignmentDeletionStatusResponse.builder()
                        .accountAssignmentsDeletionStatus(Arrays.stream(deletions)
                                .map(deletion -> AccountAssignmentOperationStatusMetadata.builder()
                                        .requestId(deletion.requestId())
                                        .status(StatusValues.IN_PROGRESS)
                                        .build())
                                .toList())
                        .build())
                .given(ssoAdmin)
                .listAccountAssignmentDeletionStatus(argThat((ListAccountAssignmentDeletionStatusRequest request) ->
                        request != null && request.filter().status() == StatusValues.IN_PROGRESS));
        for (AccountAssignmentOperationStatus deletion : deletions) {
            willReturn(DescribeAccountAssignmentDeletionStatusResponse.builder()
                            .accountAssignmentDeletionStatus(deletion)
                            .build())
                    .given(ssoAdmin)
                    .describeAccountAssignmentDeletionStatus(DescribeAccountAssignmentDeletionStatusRequest.builder()
                            .instanceArn(ORGANIZATION_INSTANCE.instanceArn())
                            .accountAssignmentDeletionRequestId(deletion.requestId())
                            .build());
        }
    }

    /** The account has an older version of these permission sets. */
    void outdated(String... arns) {
        willReturn(ListPermissionSetsProvisionedToAccountResponse.builder()
                        .permissionSets(arns)
                        .build())
                .given(ssoAdmin)
                .listPermissionSetsProvisionedToAccount(
                        argThat((ListPermissionSetsProvisionedToAccountRequest request) -> request.provisioningStatus()
                                == ProvisioningStatus.LATEST_PERMISSION_SET_NOT_PROVISIONED));
    }

    void assignmentIs(StatusValues status, String reason) {
        willReturn(DescribeAccountAssignmentCreationStatusResponse.builder()
                        .accountAssignmentCreationStatus(
                                creation -> creation.status(status).failureReason(reason))
                        .build())
                .given(ssoAdmin)
                .describeAccountAssignmentCreationStatus(DescribeAccountAssignmentCreationStatusRequest.builder()
                        .instanceArn(ORGANIZATION_INSTANCE.instanceArn())
                        .accountAssignmentCreationRequestId("assignment-1")
                        .build());
    }

    void provisioningIs(StatusValues status, String reason) {
        willReturn(DescribePermissionSetProvisioningStatusResponse.builder()
                        .permissionSetProvisioningStatus(
                                provisioning -> provisioning.status(status).failureReason(reason))
                        .build())
                .given(ssoAdmin)
                .describePermissionSetProvisioningStatus(DescribePermissionSetProvisioningStatusRequest.builder()
                        .instanceArn(ORGANIZATION_INSTANCE.instanceArn())
                        .provisionPermissionSetRequestId("provisioning-1")
                        .build());
    }

    /** A first run. */
    Access grant() {
        return call(ACCOUNT, false, ADA, null, null);
    }

    /** A run after one that had everything in place. */
    Access grantAgain() {
        return call(ACCOUNT, false, ADA, recordOfAccess(), null);
    }

    /** A run after one that ended with this outcome. */
    Access grantAfter(Outcome last) {
        return call(ACCOUNT, false, ADA, record(last), null);
    }

    /** A run with this record. */
    Access grantWith(String record) {
        return call(ACCOUNT, false, ADA, record, null);
    }

    /** A later run for a member account. */
    Access grantIn(String accountId) {
        return grantIn(accountId, recordOfAccess(), MEMBER_SET_ARN);
    }

    /**
     * A run for a member account.
     *
     * @param record of that account
     * @param memberSetArn what is remembered as the members' permission set
     */
    Access grantIn(String accountId, String record, String memberSetArn) {
        return call(accountId, false, ADA, record, null, 0, null, recordOfAccess(), memberSetArn);
    }

    /** Goes on in a run for a member account. */
    Access goOnIn(String accountId, Pending pending) {
        return call(accountId, false, ADA, recordOfAccess(), pending, 0, null, recordOfAccess(), MEMBER_SET_ARN);
    }

    /** A plan for a member account of which nothing is remembered. */
    Access planIn(String accountId) {
        return call(accountId, true, ADA, null, null, 0, null, recordOfAccess(), MEMBER_SET_ARN);
    }

    /** A plan before there is a user. */
    Access planWithoutUser() {
        return call(ACCOUNT, true, null, null, null);
    }

    Access plan() {
        return call(ACCOUNT, true, ADA, null, null);
    }

    /** What comes of a call's order when AWS has been asked once how far it is; the call itself if it ordered nothing. */
    Access finished(Access report) {
        return report.pending() == null ? report : goOnAgain(report.pending());
    }

    /** Goes on in a run after one that had everything in place. */
    Access goOnAgain(Pending pending) {
        return call(ACCOUNT, false, ADA, recordOfAccess(), pending);
    }

    Access goOn(Pending pending) {
        return call(ACCOUNT, false, ADA, null, pending);
    }

    /** A first run, which the caller says is for this user. */
    Access grantTo(Administrator administrator) {
        return call(ACCOUNT, false, administrator, null, null);
    }

    /** A run with a record in which this group is known. */
    Access grantWithKnownGroup(String groupId) {
        return call(
                ACCOUNT,
                false,
                ADA,
                new AccountRecord(null, new AccountRecord.Known("u-ada", groupId, SET_ARN)).stored(),
                null);
    }

    /** A later look of the same execution. */
    Access grantAfter(int waited, Setback setback) {
        return call(ACCOUNT, false, ADA, null, null, waited, setback, null, null);
    }

    private Access call(String accountId, boolean plan, Administrator administrator, String record, Pending pending) {
        return call(accountId, plan, administrator, record, pending, 0, null, null, null);
    }

    private Access call(
            String accountId,
            boolean plan,
            Administrator administrator,
            String record,
            Pending pending,
            int waited,
            Setback setback,
            String hubRecord,
            String memberSetArn) {
        return new GrantAccessHandler(
                        ENVIRONMENT, () -> now, identityStore, ssoAdmin, role.iam, () -> organizations, () -> dynamoDb)
                .handleRequest(
                        new GrantAccessHandler.Request(
                                accountId,
                                plan,
                                ORGANIZATION_INSTANCE,
                                administrator,
                                record,
                                pending,
                                waited,
                                setback,
                                hubRecord,
                                memberSetArn),
                        null);
    }

    static String recordOfAccess() {
        return record(new Outcome.Done("The group has access."));
    }

    private static String record(Outcome outcome) {
        Checklist checklist = Checklist.after(
                Optional.empty(),
                Findings.of(new Finding(Prerequisite.ADMIN_ACCESS, outcome)),
                Set.of(),
                Optional.empty(),
                LOOK.minusSeconds(86_400));
        return new AccountRecord(checklist, new AccountRecord.Known("u-ada", "g-found", SET_ARN), "u-ada", null)
                .stored();
    }

    /** What was written, in order: notes in the table by their key, everything else by the name of the call. */
    List<String> writes() {
        return Stream.of(identityStore, ssoAdmin, dynamoDb)
                .flatMap(client -> mockingDetails(client).getInvocations().stream())
                .sorted(Comparator.comparingInt(Invocation::getSequenceNumber))
                .flatMap(AccessInPlace::write)
                .toList();
    }

    private static Stream<String> write(Invocation call) {
        return switch (call.getRawArguments()[0]) {
            case UpdateItemRequest note ->
                Stream.of("note " + note.key().get("item").s());
            case CreateGroupRequest request -> Stream.of("CreateGroup");
            case CreateGroupMembershipRequest request -> Stream.of("CreateGroupMembership");
            case SsoAdminRequest request ->
                call.getMethod().getName().matches("(list|describe|get).*")
                        ? Stream.empty()
                        : Stream.of(request.getClass().getSimpleName().replaceAll("Request$", ""));
            default -> Stream.empty();
        };
    }
}
