package groundwork.access;

import groundwork.identitycenter.CustomerManagedKey;
import groundwork.runtime.AwsFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AttachedManagedPolicy;
import software.amazon.awssdk.services.ssoadmin.model.CustomerManagedPolicyReference;
import software.amazon.awssdk.services.ssoadmin.model.PermissionsBoundary;
import software.amazon.awssdk.services.ssoadmin.model.ResourceNotFoundException;

/**
 * What a permission set gives and takes.
 *
 * @param managed the ARNs of AWS managed policies
 * @param customerManaged policies of these names in each account
 * @param inline the document of the inline policy
 * @param boundary what bounds it
 * @param unread in sentences, what could not be read
 */
record PermissionSetPolicies(
        List<String> managed,
        List<CustomerManagedPolicyReference> customerManaged,
        Optional<String> inline,
        Optional<PermissionsBoundary> boundary,
        List<String> unread) {
    PermissionSetPolicies {
        managed = List.copyOf(managed);
        customerManaged = List.copyOf(customerManaged);
        unread = List.copyOf(unread);
    }

    static PermissionSetPolicies of(SsoAdminClient ssoAdmin, String instanceArn, String arn) {
        List<String> unread = new ArrayList<>();
        List<String> managed = ssoAdmin
                .listManagedPoliciesInPermissionSetPaginator(
                        request -> request.instanceArn(instanceArn).permissionSetArn(arn))
                .attachedManagedPolicies()
                .stream()
                .map(AttachedManagedPolicy::arn)
                .toList();
        Optional<List<CustomerManagedPolicyReference>> customerManaged = read(
                "the customer managed policies of the permission set",
                unread,
                () -> ssoAdmin
                        .listCustomerManagedPolicyReferencesInPermissionSetPaginator(
                                request -> request.instanceArn(instanceArn).permissionSetArn(arn))
                        .customerManagedPolicyReferences()
                        .stream()
                        .toList());
        Optional<String> inline = read(
                "the inline policy of the permission set",
                unread,
                () -> ssoAdmin.getInlinePolicyForPermissionSet(
                                request -> request.instanceArn(instanceArn).permissionSetArn(arn))
                        .inlinePolicy());
        Optional<Optional<PermissionsBoundary>> boundary = read(
                "the permissions boundary of the permission set", unread, () -> boundary(ssoAdmin, instanceArn, arn));
        return new PermissionSetPolicies(
                managed,
                customerManaged.orElse(List.of()),
                // Without a policy AWS answers with an empty text.
                inline.filter(document -> !document.isBlank()),
                boundary.flatMap(found -> found),
                unread);
    }

    /** A new set, to which one policy was attached. */
    static PermissionSetPolicies only(String managedPolicyArn) {
        return new PermissionSetPolicies(
                List.of(managedPolicyArn), List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    PermissionSetPolicies with(String managedPolicyArn) {
        List<String> more = new ArrayList<>(managed);
        more.add(managedPolicyArn);
        return new PermissionSetPolicies(more, customerManaged, inline, boundary, unread);
    }

    /**
     * Whether the set gives administrator access, if nothing limits it.
     *
     * @param administratorAccess the ARN of the AWS managed policy AdministratorAccess
     */
    boolean giveAdministratorAccess(String administratorAccess) {
        return managed.contains(administratorAccess)
                || inlineDocument().filter(StaticPolicy::allowsEverything).isPresent();
    }

    /** The inline policy; empty also if it is not a policy. */
    Optional<StaticPolicy> inlineDocument() {
        try {
            return inline.map(StaticPolicy::parse);
        } catch (UnreadablePolicyException e) {
            return Optional.empty();
        }
    }

    private static Optional<PermissionsBoundary> boundary(SsoAdminClient ssoAdmin, String instanceArn, String arn) {
        try {
            return Optional.of(ssoAdmin.getPermissionsBoundaryForPermissionSet(
                            request -> request.instanceArn(instanceArn).permissionSetArn(arn))
                    .permissionsBoundary());
        } catch (ResourceNotFoundException e) {
            return CustomerManagedKey.absent(e);
        }
    }

    /** Reads what may be denied. That the set is not visible yet is another matter, which passes by itself. */
    private static <T> Optional<T> read(String what, List<String> unread, Supplier<T> read) {
        try {
            return Optional.ofNullable(read.get());
        } catch (SdkException e) {
            if (AwsFailure.settles(e) || CustomerManagedKey.isReasonOf(e)) {
                throw e;
            }
            unread.add(AwsFailure.unreadable(e, what).what());
            return Optional.empty();
        }
    }
}
