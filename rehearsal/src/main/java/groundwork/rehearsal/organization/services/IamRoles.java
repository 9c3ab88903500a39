package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.ReservedRole;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.GetSamlProviderRequest;
import software.amazon.awssdk.services.iam.model.GetSamlProviderResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Role;

/** IAM, as far as the roles and the SAML provider go that Identity Center makes, and managed policies. */
final class IamRoles {
    private final IamService service;
    private final Cloud cloud;

    IamRoles(IamService service) {
        this.service = service;
        this.cloud = service.cloud;
    }

    void register() {
        service.read("ListRoles", ListRolesRequest.class, Service.anyResource(), this::listRoles);
        service.read("GetRole", GetRoleRequest.class, (call, r) -> roleArn(call, r.roleName()), this::getRole);
        service.read(
                "ListAttachedRolePolicies",
                ListAttachedRolePoliciesRequest.class,
                (call, r) -> roleArn(call, r.roleName()),
                this::listAttachedRolePolicies);
        service.read(
                "ListRolePolicies",
                ListRolePoliciesRequest.class,
                (call, r) -> roleArn(call, r.roleName()),
                this::listRolePolicies);
        service.read(
                "GetRolePolicy",
                GetRolePolicyRequest.class,
                (call, r) -> roleArn(call, r.roleName()),
                this::getRolePolicy);
        service.read(
                "GetSAMLProvider",
                GetSamlProviderRequest.class,
                (call, r) -> List.of(r.samlProviderArn()),
                this::getSamlProvider);
        service.read("GetPolicy", GetPolicyRequest.class, (call, r) -> List.of(r.policyArn()), this::getPolicy);
        service.read(
                "GetPolicyVersion",
                GetPolicyVersionRequest.class,
                (call, r) -> List.of(r.policyArn()),
                this::getPolicyVersion);
    }

    private Stream<ReservedRole> roles(Invocation call) {
        return cloud.identityCenters.stream()
                .flatMap(center -> center.permissionSets.rolesIn(call.accountId()).values().stream())
                .flatMap(role -> role.visibleAt(call.now()).stream());
    }

    private List<String> roleArn(Invocation call, String name) {
        return List.of(roles(call)
                .filter(role -> role.name().equals(name))
                .map(ReservedRole::arn)
                .findFirst()
                .orElse(cloud.arn("iam", "", call.accountId(), "role/" + name)));
    }

    private ReservedRole role(Invocation call, String name) {
        return roles(call)
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> service.noSuchEntity(call, "The role with name %s cannot be found.".formatted(name)));
    }

    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
    private ListRolesResponse listRoles(Invocation call, ListRolesRequest request) {
        String prefix = request.pathPrefix() == null ? "/" : request.pathPrefix();
        Paging.Page<ReservedRole> page = service.page(
                call,
                roles(call).filter(role -> role.path().startsWith(prefix)).toList(),
                request.marker(),
                Service.asked(request.maxItems()),
                IamService.PAGE);
        return ListRolesResponse.builder()
                .roles(page.items().stream().map(role -> model(role).build()).toList())
                .isTruncated(page.nextToken() != null)
                .marker(page.nextToken())
                .build();
    }

    /** What a list shows, which leaves the permissions boundary out. */
    private static Role.Builder model(ReservedRole role) {
        return Role.builder()
                .arn(role.arn())
                .roleName(role.name())
                .path(role.path())
                .createDate(role.createdAt())
                .assumeRolePolicyDocument(encoded(role.trustPolicy()));
    }

    private GetRoleResponse getRole(Invocation call, GetRoleRequest request) {
        ReservedRole role = role(call, request.roleName());
        return GetRoleResponse.builder()
                .role(model(role)
                        .permissionsBoundary(role.permissionsBoundary()
                                .map(arn -> AttachedPermissionsBoundary.builder()
                                        .permissionsBoundaryType("Policy")
                                        .permissionsBoundaryArn(arn)
                                        .build())
                                .orElse(null))
                        .build())
                .build();
    }

    private ListAttachedRolePoliciesResponse listAttachedRolePolicies(
            Invocation call, ListAttachedRolePoliciesRequest request) {
        Paging.Page<String> page = service.page(
                call,
                role(call, request.roleName()).attachedPolicies(),
                request.marker(),
                Service.asked(request.maxItems()),
                IamService.PAGE);
        return ListAttachedRolePoliciesResponse.builder()
                .attachedPolicies(page.items().stream()
                        .map(arn -> AttachedPolicy.builder()
                                .policyArn(arn)
                                .policyName(name(arn))
                                .build())
                        .toList())
                .isTruncated(page.nextToken() != null)
                .marker(page.nextToken())
                .build();
    }

    private ListRolePoliciesResponse listRolePolicies(Invocation call, ListRolePoliciesRequest request) {
        Paging.Page<String> page = service.page(
                call,
                role(call, request.roleName()).inlinePolicies().keySet().stream()
                        .sorted()
                        .toList(),
                request.marker(),
                Service.asked(request.maxItems()),
                IamService.PAGE);
        return ListRolePoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(page.nextToken() != null)
                .marker(page.nextToken())
                .build();
    }

    private GetRolePolicyResponse getRolePolicy(Invocation call, GetRolePolicyRequest request) {
        String document = Optional.ofNullable(
                        role(call, request.roleName()).inlinePolicies().get(request.policyName()))
                .orElseThrow(() -> service.noSuchEntity(
                        call, "The role policy with name %s cannot be found.".formatted(request.policyName())));
        return GetRolePolicyResponse.builder()
                .roleName(request.roleName())
                .policyName(request.policyName())
                .policyDocument(encoded(document))
                .build();
    }

    private GetSamlProviderResponse getSamlProvider(Invocation call, GetSamlProviderRequest request) {
        boolean there = cloud.identityCenters.stream()
                .anyMatch(center -> center.samlProviderArn(call.accountId()).equals(request.samlProviderArn())
                        && center.permissionSets.hasProvider(call.accountId()));
        if (!there) {
            throw service.noSuchEntity(call, "Manifest not found for arn " + request.samlProviderArn());
        }
        return GetSamlProviderResponse.builder()
                .samlMetadataDocument("<EntityDescriptor/>")
                .build();
    }

    private GetPolicyResponse getPolicy(Invocation call, GetPolicyRequest request) {
        return GetPolicyResponse.builder()
                .policy(Policy.builder()
                        .arn(request.policyArn())
                        .policyName(name(request.policyArn()))
                        .defaultVersionId(policy(call, request.policyArn()).version())
                        .build())
                .build();
    }

    private GetPolicyVersionResponse getPolicyVersion(Invocation call, GetPolicyVersionRequest request) {
        ManagedPolicyDocuments.Policy policy = policy(call, request.policyArn());
        if (!policy.version().equals(request.versionId())) {
            throw service.noSuchEntity(
                    call, "Policy %s version %s does not exist.".formatted(request.policyArn(), request.versionId()));
        }
        return GetPolicyVersionResponse.builder()
                .policyVersion(PolicyVersion.builder()
                        .versionId(policy.version())
                        .isDefaultVersion(true)
                        .document(encoded(policy.document()))
                        .build())
                .build();
    }

    private ManagedPolicyDocuments.Policy policy(Invocation call, String arn) {
        return Optional.ofNullable(
                        cloud.account(call.accountId()).customerManagedPolicies.get(arn))
                .map(document -> new ManagedPolicyDocuments.Policy("v1", document))
                .or(() -> ManagedPolicyDocuments.of(arn))
                .orElseThrow(() -> service.noSuchEntity(call, "Policy %s was not found.".formatted(arn)));
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /** IAM returns documents URL-encoded, a blank as %20. */
    private static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
