package groundwork.rehearsal.moto;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.DescribeGroupRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeUserRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;
import software.amazon.awssdk.services.identitystore.model.GetUserIdRequest;
import software.amazon.awssdk.services.identitystore.model.GroupMembershipExistenceResult;
import software.amazon.awssdk.services.identitystore.model.IsMemberInGroupsRequest;
import software.amazon.awssdk.services.identitystore.model.IsMemberInGroupsResponse;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.CreateAccountAssignmentRequest;
import software.amazon.awssdk.services.ssoadmin.model.CreateAccountAssignmentResponse;
import software.amazon.awssdk.services.ssoadmin.model.GetPermissionsBoundaryForPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentDeletionStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentDeletionStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListPermissionSetsProvisionedToAccountRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListPermissionSetsProvisionedToAccountResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListRegionsRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListRegionsResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssoadmin.model.PermissionSet;
import software.amazon.awssdk.services.ssoadmin.model.RegionMetadata;
import software.amazon.awssdk.services.ssoadmin.model.Tag;

/**
 * What moto 5 lacks or gets wrong and the functions need, each with what AWS documents. Everything else goes over the wire.
 */
final class Workarounds {
    private final Moto moto;

    Workarounds(Moto moto) {
        this.moto = moto;
    }

    SsoAdminClient ssoAdmin() {
        return client(
                SsoAdminClient.class,
                Map.of(
                        // Lacking. AWS returns the Regions of an instance, one of which is the primary one:
                        // https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListRegions.html
                        ListRegionsRequest.class,
                                request -> ListRegionsResponse.builder()
                                        .regions(RegionMetadata.builder()
                                                .regionName(Moto.REGION.id())
                                                .isPrimaryRegion(true)
                                                .build())
                                        .build(),
                        // Lacking. AWS returns the tags that CreatePermissionSet was given, by which Groundwork knows
                        // its own:
                        // https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListTagsForResource.html
                        ListTagsForResourceRequest.class, request -> tags((ListTagsForResourceRequest) request),
                        // Lacking. AWS lists the deletions of assignments by their status; moto's are over at once:
                        // https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListAccountAssignmentDeletionStatus.html
                        ListAccountAssignmentDeletionStatusRequest.class,
                                request -> ListAccountAssignmentDeletionStatusResponse.builder()
                                        .build(),
                        // Lacking. AWS answers so when there is none:
                        // https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_GetPermissionsBoundaryForPermissionSet.html
                        GetPermissionsBoundaryForPermissionSetRequest.class,
                                request -> {
                                    throw software.amazon.awssdk.services.ssoadmin.model.ResourceNotFoundException
                                            .builder()
                                            .message("No permissions boundary")
                                            .build();
                                },
                        // Makes no role and no SAML provider. AWS does:
                        // https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
                        CreateAccountAssignmentRequest.class,
                                request -> {
                                    CreateAccountAssignmentResponse assigned = moto.aws(SsoAdminClient.class)
                                            .createAccountAssignment((CreateAccountAssignmentRequest) request);
                                    role((CreateAccountAssignmentRequest) request);
                                    return assigned;
                                },
                        // Ignores ProvisioningStatus and lists what is up to date. AWS filters by it:
                        // https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListPermissionSetsProvisionedToAccount.html
                        ListPermissionSetsProvisionedToAccountRequest.class,
                                request -> ListPermissionSetsProvisionedToAccountResponse.builder()
                                        .build()));
    }

    /**
     * @param overlooksUsers whether users are not found although they exist
     */
    IdentitystoreClient identityStore(boolean overlooksUsers) {
        Map<Class<? extends AwsRequest>, Function<AwsRequest, AwsResponse>> answers = new HashMap<>();
        // Lacking. AWS says for each group whether the member is in it:
        // https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_IsMemberInGroups.html
        answers.put(IsMemberInGroupsRequest.class, request -> memberships((IsMemberInGroupsRequest) request));
        // Lacking. AWS says who made a user or a group; here that is Groundwork, but for users with another address:
        // https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_DescribeUser.html
        answers.put(DescribeUserRequest.class, request -> {
            DescribeUserResponse user = moto.aws(IdentitystoreClient.class).describeUser((DescribeUserRequest) request);
            boolean ours =
                    user.emails().stream().anyMatch(email -> email.value().equals(Moto.ADA));
            return user.toBuilder()
                    .createdBy(ours ? "AROAPROVISION" : "AROASOMEBODY")
                    .build();
        });
        answers.put(
                DescribeGroupRequest.class,
                request -> moto.aws(IdentitystoreClient.class).describeGroup((DescribeGroupRequest) request).toBuilder()
                        .createdBy("AROAGRANT")
                        .build());
        if (overlooksUsers) {
            answers.put(GetUserIdRequest.class, request -> {
                throw ResourceNotFoundException.builder()
                        .message("USER not found.")
                        .build();
            });
        }
        return client(IdentitystoreClient.class, answers);
    }

    private void role(CreateAccountAssignmentRequest request) {
        SsoAdminClient ssoAdmin = moto.aws(SsoAdminClient.class);
        IamClient iam = moto.aws(IamClient.class);
        String name = ssoAdmin.describePermissionSet(describe ->
                        describe.instanceArn(request.instanceArn()).permissionSetArn(request.permissionSetArn()))
                .permissionSet()
                .name();
        String provider = iam.createSAMLProvider(create ->
                        create.name("AWSSSO_0123456789abcdef_DO_NOT_DELETE").samlMetadataDocument("m".repeat(1000)))
                .samlProviderArn();
        String role = iam.createRole(create -> create.path("/aws-reserved/sso.amazonaws.com/")
                        .roleName("AWSReservedSSO_" + name + "_0123456789abcdef")
                        .assumeRolePolicyDocument("""
                                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": "%s"},
                                 "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"],
                                 "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}}]}""".formatted(provider)))
                .role()
                .roleName();
        ssoAdmin.listManagedPoliciesInPermissionSet(
                        list -> list.instanceArn(request.instanceArn()).permissionSetArn(request.permissionSetArn()))
                .attachedManagedPolicies()
                .forEach(policy ->
                        iam.attachRolePolicy(attach -> attach.roleName(role).policyArn(policy.arn())));
    }

    private ListTagsForResourceResponse tags(ListTagsForResourceRequest request) {
        PermissionSet set = moto.aws(SsoAdminClient.class)
                .describePermissionSet(
                        describe -> describe.instanceArn(request.instanceArn()).permissionSetArn(request.resourceArn()))
                .permissionSet();
        boolean ours = "Administrator access. Created by Groundwork.".equals(set.description());
        Tag[] tags = ours
                ? new Tag[] {
                    Tag.builder().key("groundwork:stack").value(Moto.STACK_ID).build()
                }
                : new Tag[0];
        return ListTagsForResourceResponse.builder().tags(tags).build();
    }

    private IsMemberInGroupsResponse memberships(IsMemberInGroupsRequest request) {
        String groupId = request.groupIds().getFirst();
        boolean member = moto
                .aws(IdentitystoreClient.class)
                .listGroupMembershipsPaginator(
                        list -> list.identityStoreId(request.identityStoreId()).groupId(groupId))
                .groupMemberships()
                .stream()
                .anyMatch(each -> each.memberId().equals(request.memberId()));
        return IsMemberInGroupsResponse.builder()
                .results(GroupMembershipExistenceResult.builder()
                        .groupId(groupId)
                        .memberId(request.memberId())
                        .membershipExists(member)
                        .build())
                .build();
    }

    private <C extends SdkClient> C client(
            Class<C> type, Map<Class<? extends AwsRequest>, Function<AwsRequest, AwsResponse>> answers) {
        C real = moto.aws(type);
        InvocationHandler handler = (proxy, method, arguments) -> {
            boolean operation = arguments != null
                    && arguments.length == 1
                    && arguments[0] instanceof AwsRequest
                    && AwsResponse.class.isAssignableFrom(method.getReturnType());
            if (!operation) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            Function<AwsRequest, AwsResponse> answer = answers.get(arguments[0].getClass());
            if (answer != null) {
                return answer.apply((AwsRequest) arguments[0]);
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
