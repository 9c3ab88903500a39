package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.DirectoryGroup;
import groundwork.rehearsal.organization.store.DirectoryUser;
import groundwork.rehearsal.organization.store.IdentityCenter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.identitystore.model.AccessDeniedException;
import software.amazon.awssdk.services.identitystore.model.AlternateIdentifier;
import software.amazon.awssdk.services.identitystore.model.ConflictException;
import software.amazon.awssdk.services.identitystore.model.ConflictExceptionReason;
import software.amazon.awssdk.services.identitystore.model.InternalServerException;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException;
import software.amazon.awssdk.services.identitystore.model.ResourceType;
import software.amazon.awssdk.services.identitystore.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.identitystore.model.ThrottlingException;
import software.amazon.awssdk.services.identitystore.model.ValidationException;

/** The Identity Store API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/welcome.html */
final class IdentitystoreService extends Service {
    static final int PAGE = 100;

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
        new IdentitystoreUsers(this).register();
        new IdentitystoreGroups(this).register();
    }

    String uniqueAttribute(Invocation call, AlternateIdentifier by) {
        if (by == null
                || by.uniqueAttribute() == null
                || by.uniqueAttribute().attributeValue() == null
                || !by.uniqueAttribute().attributeValue().isString()) {
            throw invalid(call, "An alternate identifier has an external id or a unique attribute with a string value");
        }
        return by.uniqueAttribute().attributeValue().asString();
    }

    /** Deprecated in favor of GetUserId and GetGroupId, so nobody should come to rely on them. */
    static void refuseFilters(AwsRequest request) {
        if (request.getValueForField("Filters", List.class)
                .filter(filters -> !filters.isEmpty())
                .isPresent()) {
            throw new UnsupportedOperationException("The embedded organization has no filters in the Identity Store");
        }
    }

    void refuseName(Invocation call, String name, int longest) {
        if (name.isBlank() || name.length() > longest || name.chars().anyMatch(Character::isISOControl)) {
            throw invalid(call, "A name has 1 to " + longest + " printable characters");
        }
        if (RESERVED_NAMES.contains(name.toLowerCase(Locale.ROOT))) {
            throw invalid(call, name + " is a reserved name");
        }
    }

    /** The store, for reads: they work in every Region the instance is in. */
    IdentityCenter readable(Invocation call, String storeId) {
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
    IdentityCenter writable(Invocation call, String storeId) {
        IdentityCenter center = readable(call, storeId);
        if (!center.primaryRegion().equals(call.region())) {
            throw invalid(call, "The operation is supported only in the primary Region of the instance");
        }
        return center;
    }

    DirectoryUser user(Invocation call, IdentityCenter center, String userId) {
        return center.directory
                .visibleUser(userId, call.now())
                .orElseThrow(() -> notFound(call, ResourceType.USER, "USER not found."));
    }

    DirectoryGroup group(Invocation call, IdentityCenter center, String groupId) {
        return center.directory
                .visibleGroup(groupId, call.now())
                .orElseThrow(() -> notFound(call, ResourceType.GROUP, "GROUP not found."));
    }

    String store(String storeId) {
        String owner = cloud.identityCenters.stream()
                .filter(center -> center.identityStoreId().equals(storeId))
                .map(IdentityCenter::ownerAccountId)
                .findFirst()
                .orElse("");
        return cloud.arn("identitystore", "", owner, "identitystore/" + storeId);
    }

    String user(String userId) {
        return cloud.arn("identitystore", "", "", "user/" + userId);
    }

    String group(String groupId) {
        return cloud.arn("identitystore", "", "", "group/" + groupId);
    }

    String membership(String membershipId) {
        return cloud.arn("identitystore", "", "", "membership/" + membershipId);
    }

    AwsServiceException notFound(Invocation call, ResourceType type, String message) {
        ErrorShape shape = errorShape(ServiceFault.NOT_FOUND).orElseThrow();
        return describe(ResourceNotFoundException.builder().resourceType(type), shape, message, call.requestId())
                .build();
    }

    AwsServiceException duplicate(Invocation call, String message) {
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

    // Each operation by itself.
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
