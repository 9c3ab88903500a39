package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.store.DirectoryMembership;
import groundwork.rehearsal.organization.store.EmbeddedAssignment;
import groundwork.rehearsal.organization.store.EmbeddedPermissionSet;
import groundwork.rehearsal.organization.store.IdentityCenter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignment;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentForPrincipal;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsFilter;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsForPrincipalRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsForPrincipalResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountsForProvisionedPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountsForProvisionedPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListPermissionSetsProvisionedToAccountRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListPermissionSetsProvisionedToAccountResponse;
import software.amazon.awssdk.services.ssoadmin.model.ProvisioningStatus;

/** The operations that list which principal has which permission set in which account, and what accounts last got of a set. */
final class SsoAdminAssignmentListings {
    private final SsoAdminService service;

    SsoAdminAssignmentListings(SsoAdminService service) {
        this.service = service;
    }

    void register() {
        service.read(
                "ListAccountAssignments",
                ListAccountAssignmentsRequest.class,
                (call, r) -> List.of(service.accountArn(r.accountId()), r.instanceArn(), r.permissionSetArn()),
                this::list);
        service.read(
                "ListAccountAssignmentsForPrincipal",
                ListAccountAssignmentsForPrincipalRequest.class,
                (call, r) -> List.of(r.instanceArn()),
                this::listForPrincipal);
        service.read(
                "ListAccountsForProvisionedPermissionSet",
                ListAccountsForProvisionedPermissionSetRequest.class,
                (call, r) -> List.of(r.instanceArn(), r.permissionSetArn()),
                this::listAccounts);
        service.read(
                "ListPermissionSetsProvisionedToAccount",
                ListPermissionSetsProvisionedToAccountRequest.class,
                (call, r) -> List.of(service.accountArn(r.accountId()), r.instanceArn()),
                this::listProvisioned);
    }

    private ListAccountAssignmentsResponse list(Invocation call, ListAccountAssignmentsRequest request) {
        IdentityCenter center = service.manageable(call, request.instanceArn(), "ListAccountAssignments");
        EmbeddedPermissionSet set = service.set(call, center, request.permissionSetArn());
        Paging.Page<EmbeddedAssignment> page = service.page(
                call,
                center.permissionSets.assignments(request.accountId(), set.arn()),
                request.nextToken(),
                Service.asked(request.maxResults()),
                SsoAdminService.PAGE);
        return ListAccountAssignmentsResponse.builder()
                .accountAssignments(page.items().stream()
                        .map(assignment -> AccountAssignment.builder()
                                .accountId(assignment.accountId())
                                .permissionSetArn(assignment.permissionSetArn())
                                .principalType(assignment.principalType())
                                .principalId(assignment.principalId())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    /**
     * What a user has through groups is listed as what the groups have.
     *
     * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListAccountAssignmentsForPrincipal.html">
     *     ListAccountAssignmentsForPrincipal</a>: "must be called from the management account"
     */
    private ListAccountAssignmentsForPrincipalResponse listForPrincipal(
            Invocation call, ListAccountAssignmentsForPrincipalRequest request) {
        IdentityCenter center = service.manageable(call, request.instanceArn(), "ListAccountAssignmentsForPrincipal");
        if (!center.ownerAccountId().equals(call.accountId())) {
            throw service.denied(
                    call,
                    "User: %s is not authorized to perform: sso:ListAccountAssignmentsForPrincipal"
                            .formatted(call.caller().assumedRoleArn()));
        }
        service.refusePrincipal(call, center, request.principalTypeAsString(), request.principalId());
        Stream<String> principals = Stream.concat(
                Stream.of(request.principalId()),
                center.directory.memberships().stream()
                        .filter(membership -> membership.userId().equals(request.principalId()))
                        .map(DirectoryMembership::groupId));
        Optional<String> account = Optional.ofNullable(request.filter()).map(ListAccountAssignmentsFilter::accountId);
        Paging.Page<EmbeddedAssignment> page = service.page(
                call,
                principals
                        .flatMap(principal -> center.permissionSets.assignmentsOf(principal).stream())
                        .filter(assignment -> account.isEmpty() || account.get().equals(assignment.accountId()))
                        .toList(),
                request.nextToken(),
                Service.asked(request.maxResults()),
                SsoAdminService.PAGE);
        return ListAccountAssignmentsForPrincipalResponse.builder()
                .accountAssignments(page.items().stream()
                        .map(assignment -> AccountAssignmentForPrincipal.builder()
                                .accountId(assignment.accountId())
                                .permissionSetArn(assignment.permissionSetArn())
                                .principalType(assignment.principalType())
                                .principalId(assignment.principalId())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private ListAccountsForProvisionedPermissionSetResponse listAccounts(
            Invocation call, ListAccountsForProvisionedPermissionSetRequest request) {
        IdentityCenter center =
                service.manageable(call, request.instanceArn(), "ListAccountsForProvisionedPermissionSet");
        EmbeddedPermissionSet set = service.set(call, center, request.permissionSetArn());
        Paging.Page<String> page = service.page(
                call,
                center.permissionSets.accountsWith(set.arn()).stream()
                        .filter(account -> hasStatus(
                                call,
                                center,
                                center.permissionSets.provisionedIn(account).get(set.arn()),
                                request.provisioningStatus()))
                        .toList(),
                request.nextToken(),
                Service.asked(request.maxResults()),
                SsoAdminService.PAGE);
        return ListAccountsForProvisionedPermissionSetResponse.builder()
                .accountIds(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private ListPermissionSetsProvisionedToAccountResponse listProvisioned(
            Invocation call, ListPermissionSetsProvisionedToAccountRequest request) {
        IdentityCenter center =
                service.manageable(call, request.instanceArn(), "ListPermissionSetsProvisionedToAccount");
        List<String> arns = center.permissionSets.provisionedIn(request.accountId()).values().stream()
                .filter(had -> hasStatus(call, center, had, request.provisioningStatus()))
                .map(EmbeddedPermissionSet::arn)
                .toList();
        Paging.Page<String> page = service.page(
                call, arns, request.nextToken(), Service.asked(request.maxResults()), SsoAdminService.PAGE);
        return ListPermissionSetsProvisionedToAccountResponse.builder()
                .permissionSets(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    /** @param had the set as an account last got it */
    private boolean hasStatus(
            Invocation call, IdentityCenter center, EmbeddedPermissionSet had, ProvisioningStatus status) {
        boolean latest = center.permissionSets
                .set(had.arn())
                .filter(now -> now.revision() == had.revision())
                .isPresent();
        return switch (status) {
            case null -> true;
            case LATEST_PERMISSION_SET_PROVISIONED -> latest;
            case LATEST_PERMISSION_SET_NOT_PROVISIONED -> !latest;
            case UNKNOWN_TO_SDK_VERSION -> throw service.invalid(call, "Unknown provisioning status");
        };
    }
}
