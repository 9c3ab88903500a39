package groundwork.access;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;

import groundwork.runtime.AwsErrors;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.services.iam.IamClient;
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
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;

/** IAM of account 111122223333, with the role that the permission set AdministratorAccess became. Tests change it. */
final class ReservedRoleInPlace {
    static final String NAME = "AWSReservedSSO_AdministratorAccess_0123456789abcdef";
    static final String PROVIDER = "arn:aws:iam::111122223333:saml-provider/AWSSSO_fedcba9876543210_DO_NOT_DELETE";
    static final Role ROLE = Role.builder()
            .roleName(NAME)
            .arn("arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-central-1/" + NAME)
            .createDate(Instant.parse("2026-10-01T08:00:00Z"))
            .assumeRolePolicyDocument(encoded("""
                    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                     "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/AWSSSO_fedcba9876543210_DO_NOT_DELETE"},
                     "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"],
                     "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}}]}"""))
            .build();

    final IamClient iam = mock(IamClient.class, CALLS_REAL_METHODS);

    ReservedRoleInPlace() {
        roles(ROLE);
        role(ROLE);
        attached(AccessInPlace.POLICY_ARN);
        inlineNames();
        willReturn(GetSamlProviderResponse.builder().build())
                .given(iam)
                .getSAMLProvider(GetSamlProviderRequest.builder()
                        .samlProviderArn(PROVIDER)
                        .build());
    }

    void roles(Role... roles) {
        willReturn(ListRolesResponse.builder().roles(roles).isTruncated(false).build())
                .given(iam)
                .listRoles(argThat((ListRolesRequest request) -> request != null
                        && request.pathPrefix().equals("/aws-reserved/sso.amazonaws.com/")
                        && request.maxItems() == 1000));
    }

    void role(Role role) {
        willReturn(GetRoleResponse.builder().role(role).build())
                .given(iam)
                .getRole(GetRoleRequest.builder().roleName(role.roleName()).build());
    }

    void trust(String document) {
        role(ROLE.toBuilder().assumeRolePolicyDocument(encoded(document)).build());
    }

    void boundary(String arn) {
        role(ROLE.toBuilder()
                .permissionsBoundary(boundary -> boundary.permissionsBoundaryArn(arn))
                .build());
    }

    void attached(String... arns) {
        willReturn(ListAttachedRolePoliciesResponse.builder()
                        .attachedPolicies(Arrays.stream(arns)
                                .map(arn ->
                                        AttachedPolicy.builder().policyArn(arn).build())
                                .toList())
                        .isTruncated(false)
                        .build())
                .given(iam)
                .listAttachedRolePolicies(any(ListAttachedRolePoliciesRequest.class));
    }

    private void inlineNames(String... names) {
        willReturn(ListRolePoliciesResponse.builder()
                        .policyNames(List.of(names))
                        .isTruncated(false)
                        .build())
                .given(iam)
                .listRolePolicies(any(ListRolePoliciesRequest.class));
    }

    void inline(String name, String document) {
        inlineNames(name);
        willReturn(GetRolePolicyResponse.builder()
                        .policyDocument(encoded(document))
                        .build())
                .given(iam)
                .getRolePolicy(GetRolePolicyRequest.builder()
                        .roleName(NAME)
                        .policyName(name)
                        .build());
    }

    void samlProviderDeleted() {
        willThrow(noSuchEntity()).given(iam).getSAMLProvider(any(GetSamlProviderRequest.class));
    }

    /** There is a managed policy, of AWS or of the account. */
    void policy(String arn, String document) {
        willReturn(GetPolicyResponse.builder()
                        .policy(policy -> policy.defaultVersionId("v7"))
                        .build())
                .given(iam)
                .getPolicy(GetPolicyRequest.builder().policyArn(arn).build());
        willReturn(GetPolicyVersionResponse.builder()
                        .policyVersion(version -> version.document(encoded(document)))
                        .build())
                .given(iam)
                .getPolicyVersion(GetPolicyVersionRequest.builder()
                        .policyArn(arn)
                        .versionId("v7")
                        .build());
    }

    static RuntimeException noSuchEntity() {
        return AwsErrors.error(NoSuchEntityException.builder(), "NoSuchEntity", "cannot be found");
    }

    static RuntimeException denied(String action) {
        return AwsErrors.error(
                software.amazon.awssdk.services.iam.model.IamException.builder(),
                "AccessDenied",
                "User: arn:aws:sts::111122223333:assumed-role/groundwork/function is not authorized to perform: "
                        + action);
    }

    private static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
