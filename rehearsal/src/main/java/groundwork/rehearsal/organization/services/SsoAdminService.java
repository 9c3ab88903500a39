package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.EmbeddedPermissionSet;
import groundwork.rehearsal.organization.store.IdentityCenter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssoadmin.model.AccessDeniedException;
import software.amazon.awssdk.services.ssoadmin.model.ConflictException;
import software.amazon.awssdk.services.ssoadmin.model.CreatePermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.InstanceMetadata;
import software.amazon.awssdk.services.ssoadmin.model.InternalServerException;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListRegionsRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListRegionsResponse;
import software.amazon.awssdk.services.ssoadmin.model.RegionMetadata;
import software.amazon.awssdk.services.ssoadmin.model.RegionStatus;
import software.amazon.awssdk.services.ssoadmin.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssoadmin.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.ssoadmin.model.Tag;
import software.amazon.awssdk.services.ssoadmin.model.TagResourceRequest;
import software.amazon.awssdk.services.ssoadmin.model.ThrottlingException;
import software.amazon.awssdk.services.ssoadmin.model.ValidationException;

/** The IAM Identity Center API: https://docs.aws.amazon.com/singlesignon/latest/APIReference/welcome.html */
final class SsoAdminService extends Service {
    static final int PAGE = 100;

    private final SsoAdminAssignments assignments;

    SsoAdminService(Cloud cloud) {
        super(cloud, AwsService.SSO_ADMIN);
        read("ListInstances", ListInstancesRequest.class, anyResource(), this::listInstances);
        read("ListRegions", ListRegionsRequest.class, (call, r) -> List.of(r.instanceArn()), this::listRegions);
        new SsoAdminPermissionSets(this).register();
        new SsoAdminAssignmentListings(this).register();
        assignments = new SsoAdminAssignments(this);
        assignments.register();
    }

    private ListInstancesResponse listInstances(Invocation call, ListInstancesRequest request) {
        Paging.Page<IdentityCenter> page =
                page(call, visible(call), request.nextToken(), asked(request.maxResults()), PAGE);
        return ListInstancesResponse.builder()
                .instances(page.items().stream()
                        .map(center -> InstanceMetadata.builder()
                                .instanceArn(center.instanceArn())
                                .identityStoreId(center.identityStoreId())
                                .ownerAccountId(center.ownerAccountId())
                                .createdDate(center.createdAt)
                                .status(center.status)
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private ListRegionsResponse listRegions(Invocation call, ListRegionsRequest request) {
        IdentityCenter center = organizationInstance(call, request.instanceArn(), "ListRegions");
        List<RegionMetadata> regions = new ArrayList<>();
        regions.add(RegionMetadata.builder()
                .regionName(center.primaryRegion().id())
                .status(RegionStatus.ACTIVE)
                .addedDate(center.createdAt)
                .isPrimaryRegion(true)
                .build());
        center.additionalRegions.forEach((region, status) -> regions.add(RegionMetadata.builder()
                .regionName(region.id())
                .status(status)
                .addedDate(center.createdAt)
                .isPrimaryRegion(false)
                .build()));
        Paging.Page<RegionMetadata> page = page(call, regions, request.nextToken(), asked(request.maxResults()), PAGE);
        return ListRegionsResponse.builder()
                .regions(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    /** Instances are regional: elsewhere the list is empty. */
    private List<IdentityCenter> visible(Invocation call) {
        return cloud.identityCenters.stream()
                .filter(center -> center.isIn(call.region()))
                .filter(center -> switch (center.type()) {
                    case ORGANIZATION ->
                        cloud.administersIdentityCenter(call.accountId())
                                || cloud.behavior.membersSeeOrganizationInstance();
                    case ACCOUNT -> center.ownerAccountId().equals(call.accountId());
                })
                .toList();
    }

    /** An unknown or deleted instance is answered like a forbidden one, as the API reference says of DescribeInstance. */
    IdentityCenter instance(Invocation call, String arn, String operation) {
        return visible(call).stream()
                .filter(center -> center.instanceArn().equals(arn))
                .findFirst()
                .orElseThrow(() -> denied(
                        call,
                        "User: %s is not authorized to perform: sso:%s on resource: %s"
                                .formatted(call.caller().assumedRoleArn(), operation, arn)));
    }

    /** https://docs.aws.amazon.com/singlesignon/latest/userguide/identity-center-instances.html */
    private IdentityCenter organizationInstance(Invocation call, String arn, String operation) {
        IdentityCenter center = instance(call, arn, operation);
        if (center.type() == IdentityCenter.Type.ACCOUNT) {
            throw invalid(call, "The operation is not supported for this Identity Center instance");
        }
        if (!cloud.administersIdentityCenter(call.accountId())) {
            throw denied(
                    call,
                    "User: %s is not authorized to perform: sso:%s on resource: %s"
                            .formatted(call.caller().assumedRoleArn(), operation, arn));
        }
        return center;
    }

    /**
     * The instance, for permission sets and assignments: only an active organization instance in its primary Region has them,
     * https://docs.aws.amazon.com/singlesignon/latest/userguide/use-cases-across-regions.html
     */
    IdentityCenter manageable(Invocation call, String arn, String operation) {
        IdentityCenter center = organizationInstance(call, arn, operation);
        if (!center.isActive()) {
            throw invalid(call, "The instance is not active: " + center.status);
        }
        if (!center.primaryRegion().equals(call.region())) {
            throw invalid(call, "The operation is supported only in the primary Region of the instance");
        }
        return center;
    }

    EmbeddedPermissionSet set(Invocation call, IdentityCenter center, String arn) {
        return center.permissionSets
                .set(arn)
                .filter(set -> !set.visibleFrom().isAfter(call.now()))
                .orElseThrow(() -> notFound(call, "PermissionSet not found: " + arn));
    }

    /** https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin-how-to-register.html */
    void refuseDelegatedAdministrator(Invocation call, boolean concernsManagementAccount) {
        if (concernsManagementAccount && !cloud.isManagement(call.accountId())) {
            throw denied(call, "A delegated administrator cannot manage access to the management account");
        }
    }

    void refusePrincipal(Invocation call, IdentityCenter center, String type, String id) {
        boolean found = switch (type) {
            case "USER" -> center.directory.visibleUser(id, call.now()).isPresent();
            case "GROUP" -> center.directory.visibleGroup(id, call.now()).isPresent();
            default -> throw invalid(call, "The principal type is USER or GROUP");
        };
        if (!found) {
            throw notFound(call, type + " not found.");
        }
    }

    String accountArn(String accountId) {
        return cloud.arn("sso", "", "", "account/" + accountId);
    }

    AwsServiceException notFound(Invocation call, String message) {
        return failure(ServiceFault.NOT_FOUND, message, call.requestId());
    }

    AwsServiceException conflict(Invocation call, String message) {
        return failure(ServiceFault.CONFLICT, message, call.requestId());
    }

    @Override
    List<AccessCheck> forwardedChecks(Operation<?> operation, Invocation call, AwsRequest request) {
        return assignments.forwardedChecks(call, request);
    }

    @Override
    Map<String, String> context(Invocation call, AwsRequest request) {
        Map<String, String> context = new HashMap<>(super.context(call, request));
        Optional<IdentityCenter> instance = request.getValueForField("InstanceArn", String.class)
                .flatMap(arn -> cloud.identityCenters.stream()
                        .filter(center -> center.instanceArn().equals(arn))
                        .findFirst());
        instance.ifPresent(center ->
                context.put("sso:PrimaryRegion", center.primaryRegion().id()));
        instance.flatMap(center -> request.getValueForField("PermissionSetArn", String.class)
                        .or(() -> request.getValueForField("ResourceArn", String.class))
                        .flatMap(center.permissionSets::set))
                .ifPresent(set -> set.tags().forEach((key, value) -> context.put("aws:ResourceTag/" + key, value)));
        List<Tag> requested = switch (request) {
            case CreatePermissionSetRequest create -> create.tags();
            case TagResourceRequest tag -> tag.tags();
            default -> List.of();
        };
        requested.forEach(tag -> context.put("aws:RequestTag/" + tag.key(), tag.value()));
        return context;
    }

    // All operations together.
    @Override
    Optional<String> rateBucket(Operation<?> operation, Invocation call, AwsRequest request) {
        return Optional.of("sso-admin/" + call.accountId() + "/" + call.region());
    }

    @Override
    Optional<ErrorShape> errorShape(ServiceFault fault) {
        return Optional.of(
                switch (fault) {
                    case ACCESS_DENIED -> new ErrorShape(AccessDeniedException::builder, "AccessDeniedException", 400);
                    case THROTTLED -> new ErrorShape(ThrottlingException::builder, "ThrottlingException", 400);
                    case INTERNAL_ERROR ->
                        new ErrorShape(InternalServerException::builder, "InternalServerException", 500);
                    case CONFLICT -> new ErrorShape(ConflictException::builder, "ConflictException", 400);
                    case VALIDATION -> new ErrorShape(ValidationException::builder, "ValidationException", 400);
                    case NOT_FOUND ->
                        new ErrorShape(ResourceNotFoundException::builder, "ResourceNotFoundException", 400);
                    case QUOTA_EXCEEDED ->
                        new ErrorShape(ServiceQuotaExceededException::builder, "ServiceQuotaExceededException", 400);
                });
    }
}
