package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Account;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.EmbeddedAssignment;
import groundwork.rehearsal.organization.store.EmbeddedPermissionSet;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.organization.store.ProvisioningRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatus;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatusMetadata;
import software.amazon.awssdk.services.ssoadmin.model.CreateAccountAssignmentRequest;
import software.amazon.awssdk.services.ssoadmin.model.CreateAccountAssignmentResponse;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentCreationStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentCreationStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentDeletionStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentDeletionStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.DescribePermissionSetProvisioningStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribePermissionSetProvisioningStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentCreationStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentCreationStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentDeletionStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentDeletionStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.OperationStatusFilter;
import software.amazon.awssdk.services.ssoadmin.model.PermissionSetProvisioningStatus;
import software.amazon.awssdk.services.ssoadmin.model.ProvisionPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ProvisionPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.ProvisionTargetType;
import software.amazon.awssdk.services.ssoadmin.model.StatusValues;
import software.amazon.awssdk.services.ssoadmin.model.TargetType;

/**
 * The operations that assign permission sets to accounts. They take their time: a request is IN_PROGRESS, and what it does
 * becomes visible when it has been completed.
 */
final class SsoAdminAssignments {
    /** https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html */
    private static final int OUTSTANDING_ASSIGNMENTS = 15;

    private static final int CONCURRENT_PROVISIONINGS = 3;

    private final SsoAdminService service;
    private final Cloud cloud;

    SsoAdminAssignments(SsoAdminService service) {
        this.service = service;
        this.cloud = service.cloud;
    }

    void register() {
        service.read(
                "ListAccountAssignmentCreationStatus",
                ListAccountAssignmentCreationStatusRequest.class,
                (call, r) -> List.of(r.instanceArn()),
                this::listCreations);
        service.write(
                "CreateAccountAssignment",
                CreateAccountAssignmentRequest.class,
                (call, r) -> List.of(service.accountArn(r.targetId()), r.instanceArn(), r.permissionSetArn()),
                this::create);
        service.read(
                "DescribeAccountAssignmentCreationStatus",
                DescribeAccountAssignmentCreationStatusRequest.class,
                (call, r) -> List.of(r.instanceArn()),
                this::creationStatus);
        service.read(
                "DescribeAccountAssignmentDeletionStatus",
                DescribeAccountAssignmentDeletionStatusRequest.class,
                (call, r) -> List.of(r.instanceArn()),
                this::deletionStatus);
        service.read(
                "ListAccountAssignmentDeletionStatus",
                ListAccountAssignmentDeletionStatusRequest.class,
                (call, r) -> List.of(r.instanceArn()),
                this::listDeletions);
        service.write(
                "ProvisionPermissionSet",
                ProvisionPermissionSetRequest.class,
                (call, r) -> List.of(
                        service.accountArn(r.targetId() == null ? "*" : r.targetId()),
                        r.instanceArn(),
                        r.permissionSetArn()),
                this::provision);
        service.read(
                "DescribePermissionSetProvisioningStatus",
                DescribePermissionSetProvisioningStatusRequest.class,
                (call, r) -> List.of(r.instanceArn()),
                this::provisioningStatus);
    }

    private CreateAccountAssignmentResponse create(Invocation call, CreateAccountAssignmentRequest request) {
        IdentityCenter center = service.manageable(call, request.instanceArn(), "CreateAccountAssignment");
        EmbeddedAssignment assignment = new EmbeddedAssignment(
                request.targetId(), request.permissionSetArn(), request.principalTypeAsString(), request.principalId());
        refuseTarget(call, center, request.targetId());
        service.refusePrincipal(call, center, assignment.principalType(), assignment.principalId());
        EmbeddedPermissionSet set = service.set(call, center, request.permissionSetArn());
        refuseConcurrent(call, center, set, Set.of(request.targetId()));
        long outstanding = center.permissionSets.inProgress().stream()
                .filter(other -> other.kind() == ProvisioningRequest.Kind.CREATE_ASSIGNMENT)
                .count();
        if (outstanding >= OUTSTANDING_ASSIGNMENTS) {
            throw service.failure(
                    ServiceFault.QUOTA_EXCEEDED,
                    "There are already " + OUTSTANDING_ASSIGNMENTS + " outstanding account assignment requests",
                    call.requestId());
        }
        // The quota is published, but neither whether the call or the order fails, nor the words:
        // https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
        if (!center.permissionSets.isConfigured(request.targetId())
                && center.permissionSets.configuredAccounts() >= cloud.identityCenterAccounts) {
            throw service.failure(
                    ServiceFault.QUOTA_EXCEEDED,
                    "You have exceeded the number of AWS accounts that can be configured, "
                            + cloud.identityCenterAccounts,
                    call.requestId());
        }
        ProvisioningRequest started = start(
                call,
                center,
                set,
                ProvisioningRequest.Kind.CREATE_ASSIGNMENT,
                Set.of(request.targetId()),
                Optional.of(assignment));
        return CreateAccountAssignmentResponse.builder()
                .accountAssignmentCreationStatus(assignmentStatus(call, started, true))
                .build();
    }

    // Works without any assignment too: the account gets the role, and nobody who may use it.
    private ProvisionPermissionSetResponse provision(Invocation call, ProvisionPermissionSetRequest request) {
        IdentityCenter center = service.manageable(call, request.instanceArn(), "ProvisionPermissionSet");
        EmbeddedPermissionSet set = service.set(call, center, request.permissionSetArn());
        Set<String> accounts = targets(center, request);
        if (request.targetType() == ProvisionTargetType.AWS_ACCOUNT && request.targetId() == null) {
            throw service.invalid(call, "TargetId is required for the target type AWS_ACCOUNT");
        }
        accounts.forEach(account -> refuseTarget(call, center, account));
        refuseConcurrent(call, center, set, accounts);
        long concurrent = center.permissionSets.inProgress().stream()
                .filter(other -> other.kind() == ProvisioningRequest.Kind.PROVISION)
                .count();
        if (concurrent >= CONCURRENT_PROVISIONINGS) {
            throw service.failure(ServiceFault.THROTTLED, service.throttlingMessage(), call.requestId());
        }
        ProvisioningRequest started =
                start(call, center, set, ProvisioningRequest.Kind.PROVISION, accounts, Optional.empty());
        return ProvisionPermissionSetResponse.builder()
                .permissionSetProvisioningStatus(provisioningStatus(call, started, true))
                .build();
    }

    private Set<String> targets(IdentityCenter center, ProvisionPermissionSetRequest request) {
        if (request.targetType() == ProvisionTargetType.ALL_PROVISIONED_ACCOUNTS) {
            return center.permissionSets.accountsWith(request.permissionSetArn());
        }
        return request.targetId() == null ? Set.of() : Set.of(request.targetId());
    }

    private void refuseTarget(Invocation call, IdentityCenter center, String accountId) {
        if (cloud.organizationOf(accountId).isEmpty()) {
            throw service.notFound(call, "The account " + accountId + " does not belong to the organization");
        }
        service.refuseDelegatedAdministrator(call, center.ownerAccountId().equals(accountId));
    }

    private void refuseConcurrent(
            Invocation call, IdentityCenter center, EmbeddedPermissionSet set, Set<String> accounts) {
        boolean busy = center.permissionSets.inProgress().stream()
                .anyMatch(other -> accounts.stream().anyMatch(account -> other.concerns(set.arn(), account)));
        if (busy) {
            throw service.conflict(call, "Another operation on the same target is in progress");
        }
    }

    private ProvisioningRequest start(
            Invocation call,
            IdentityCenter center,
            EmbeddedPermissionSet set,
            ProvisioningRequest.Kind kind,
            Set<String> accounts,
            Optional<EmbeddedAssignment> assignment) {
        List<RoleChange> changes = accounts.stream()
                .map(account -> new RoleChange(cloud, center, set, account, kind, assignment))
                .toList();
        Optional<String> failure = failure(call, accounts, changes);
        if (failure.isEmpty()) {
            changes.forEach(change -> change.record(call.caller()));
        }
        ProvisioningRequest request = new ProvisioningRequest(
                cloud.ids.uuid(),
                kind,
                set.arn(),
                accounts,
                assignment,
                call.now(),
                call.now().plus(cloud.behavior.provisioning()),
                failure);
        center.permissionSets.start(request);
        return request;
    }

    private Optional<String> failure(Invocation call, Set<String> accounts, List<RoleChange> changes) {
        Optional<String> suspended = accounts.stream()
                .filter(account -> cloud.account(account).state != Account.State.ACTIVE)
                .findFirst()
                // https://github.com/aws-samples/aws-identitycenter-codepipeline-auto-assignment/issues/31
                .map(account ->
                        "AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your"
                                + " AWS account '%s' takes longer than usual. Please try again in a few minutes. If this problem"
                                        .formatted(account)
                                + " continues, contact AWS Support.");
        // A refused forward access session is no error of the call but the reason why the request ends as FAILED, in
        // these
        // words: https://github.com/fivexl/terraform-aws-sso-elevator/issues/15
        Optional<String> refused = changes.stream()
                .flatMap(change -> cloud.accessChecks.refusal(call.caller(), change.forwardedChecks()).stream())
                .findFirst()
                .map(refusal ->
                        "Received a 403 status error: Access denied by IAM. Please check your policy, or wait for role"
                                + " propagation to complete. IAM Error: %s (Service: AmazonIdentityManagement; Status Code: 403; Error Code:"
                                        .formatted(refusal.message(call.caller()))
                                + " AccessDenied; Request ID: %s; Proxy: null)".formatted(cloud.ids.uuid()));
        return suspended.or(() -> refused);
    }

    List<AccessCheck> forwardedChecks(Invocation call, AwsRequest request) {
        return switch (request) {
            case CreateAccountAssignmentRequest create ->
                forwardedChecks(
                        create.instanceArn(),
                        create.permissionSetArn(),
                        Set.of(create.targetId()),
                        ProvisioningRequest.Kind.CREATE_ASSIGNMENT);
            case ProvisionPermissionSetRequest provision ->
                organizationInstance(provision.instanceArn())
                        .map(center -> forwardedChecks(
                                provision.instanceArn(),
                                provision.permissionSetArn(),
                                targets(center, provision),
                                ProvisioningRequest.Kind.PROVISION))
                        .orElse(List.of());
            default -> List.of();
        };
    }

    private List<AccessCheck> forwardedChecks(
            String instanceArn, String setArn, Set<String> accounts, ProvisioningRequest.Kind kind) {
        return organizationInstance(instanceArn)
                .flatMap(center -> center.permissionSets
                        .set(setArn)
                        .map(set -> accounts.stream()
                                .flatMap(account -> new RoleChange(cloud, center, set, account, kind, Optional.empty())
                                        .forwardedChecks().stream())
                                .toList()))
                .orElse(List.of());
    }

    private Optional<IdentityCenter> organizationInstance(String arn) {
        return cloud.organizationInstance()
                .filter(center -> center.instanceArn().equals(arn));
    }

    private DescribeAccountAssignmentCreationStatusResponse creationStatus(
            Invocation call, DescribeAccountAssignmentCreationStatusRequest request) {
        return DescribeAccountAssignmentCreationStatusResponse.builder()
                .accountAssignmentCreationStatus(assignmentStatus(
                        call,
                        request(
                                call,
                                request.instanceArn(),
                                "DescribeAccountAssignmentCreationStatus",
                                request.accountAssignmentCreationRequestId(),
                                ProvisioningRequest.Kind.CREATE_ASSIGNMENT),
                        false))
                .build();
    }

    private DescribeAccountAssignmentDeletionStatusResponse deletionStatus(
            Invocation call, DescribeAccountAssignmentDeletionStatusRequest request) {
        return DescribeAccountAssignmentDeletionStatusResponse.builder()
                .accountAssignmentDeletionStatus(assignmentStatus(
                        call,
                        request(
                                call,
                                request.instanceArn(),
                                "DescribeAccountAssignmentDeletionStatus",
                                request.accountAssignmentDeletionRequestId(),
                                ProvisioningRequest.Kind.DELETE_ASSIGNMENT),
                        false))
                .build();
    }

    private ListAccountAssignmentDeletionStatusResponse listDeletions(
            Invocation call, ListAccountAssignmentDeletionStatusRequest request) {
        IdentityCenter center = service.manageable(call, request.instanceArn(), "ListAccountAssignmentDeletionStatus");
        Paging.Page<ProvisioningRequest> page = service.page(
                call,
                requests(call, center, ProvisioningRequest.Kind.DELETE_ASSIGNMENT, request.filter()),
                request.nextToken(),
                Service.asked(request.maxResults()),
                SsoAdminService.PAGE);
        return ListAccountAssignmentDeletionStatusResponse.builder()
                .accountAssignmentsDeletionStatus(metadata(call, page))
                .nextToken(page.nextToken())
                .build();
    }

    private ListAccountAssignmentCreationStatusResponse listCreations(
            Invocation call, ListAccountAssignmentCreationStatusRequest request) {
        IdentityCenter center = service.manageable(call, request.instanceArn(), "ListAccountAssignmentCreationStatus");
        Paging.Page<ProvisioningRequest> page = service.page(
                call,
                requests(call, center, ProvisioningRequest.Kind.CREATE_ASSIGNMENT, request.filter()),
                request.nextToken(),
                Service.asked(request.maxResults()),
                SsoAdminService.PAGE);
        return ListAccountAssignmentCreationStatusResponse.builder()
                .accountAssignmentsCreationStatus(metadata(call, page))
                .nextToken(page.nextToken())
                .build();
    }

    private static List<ProvisioningRequest> requests(
            Invocation call, IdentityCenter center, ProvisioningRequest.Kind kind, OperationStatusFilter filter) {
        Optional<StatusValues> status = Optional.ofNullable(filter).map(OperationStatusFilter::status);
        List<ProvisioningRequest> all = status.equals(Optional.of(StatusValues.IN_PROGRESS))
                ? center.permissionSets.inProgress()
                : center.permissionSets.requests();
        return all.stream()
                .filter(one -> one.kind() == kind)
                .filter(one -> status.isEmpty() || status.get().toString().equals(one.status(call.now())))
                .toList();
    }

    private static List<AccountAssignmentOperationStatusMetadata> metadata(
            Invocation call, Paging.Page<ProvisioningRequest> page) {
        return page.items().stream()
                .map(one -> AccountAssignmentOperationStatusMetadata.builder()
                        .requestId(one.id())
                        .status(one.status(call.now()))
                        .createdDate(one.createdAt())
                        .build())
                .toList();
    }

    private DescribePermissionSetProvisioningStatusResponse provisioningStatus(
            Invocation call, DescribePermissionSetProvisioningStatusRequest request) {
        return DescribePermissionSetProvisioningStatusResponse.builder()
                .permissionSetProvisioningStatus(provisioningStatus(
                        call,
                        request(
                                call,
                                request.instanceArn(),
                                "DescribePermissionSetProvisioningStatus",
                                request.provisionPermissionSetRequestId(),
                                ProvisioningRequest.Kind.PROVISION),
                        false))
                .build();
    }

    private ProvisioningRequest request(
            Invocation call, String instanceArn, String operation, String id, ProvisioningRequest.Kind kind) {
        return service.manageable(call, instanceArn, operation)
                .permissionSets
                .request(id)
                .filter(request -> request.kind() == kind)
                .orElseThrow(() -> service.notFound(call, "Request not found: " + id));
    }

    // The answer to the request itself never says more than that it was accepted.
    private AccountAssignmentOperationStatus assignmentStatus(
            Invocation call, ProvisioningRequest request, boolean accepted) {
        EmbeddedAssignment assignment = request.assignment().orElseThrow();
        String status = accepted ? "IN_PROGRESS" : request.status(call.now());
        return AccountAssignmentOperationStatus.builder()
                .status(status)
                .requestId(request.id())
                .failureReason(status.equals("FAILED") ? request.failureReason().orElse(null) : null)
                .targetId(assignment.accountId())
                .targetType(TargetType.AWS_ACCOUNT)
                .permissionSetArn(assignment.permissionSetArn())
                .principalType(assignment.principalType())
                .principalId(assignment.principalId())
                .createdDate(request.createdAt())
                .build();
    }

    private PermissionSetProvisioningStatus provisioningStatus(
            Invocation call, ProvisioningRequest request, boolean accepted) {
        String status = accepted ? "IN_PROGRESS" : request.status(call.now());
        return PermissionSetProvisioningStatus.builder()
                .status(status)
                .requestId(request.id())
                .failureReason(status.equals("FAILED") ? request.failureReason().orElse(null) : null)
                .accountId(request.accountIds().stream().findFirst().orElse(null))
                .permissionSetArn(request.permissionSetArn())
                .createdDate(request.createdAt())
                .build();
    }
}
