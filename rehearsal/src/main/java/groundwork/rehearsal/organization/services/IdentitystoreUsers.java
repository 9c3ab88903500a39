package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.DirectoryUser;
import groundwork.rehearsal.organization.store.IdentityCenter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.identitystore.model.AlternateIdentifier;
import software.amazon.awssdk.services.identitystore.model.AttributeOperation;
import software.amazon.awssdk.services.identitystore.model.CreateUserRequest;
import software.amazon.awssdk.services.identitystore.model.CreateUserResponse;
import software.amazon.awssdk.services.identitystore.model.DescribeUserRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;
import software.amazon.awssdk.services.identitystore.model.Email;
import software.amazon.awssdk.services.identitystore.model.ExternalId;
import software.amazon.awssdk.services.identitystore.model.GetUserIdRequest;
import software.amazon.awssdk.services.identitystore.model.GetUserIdResponse;
import software.amazon.awssdk.services.identitystore.model.ListUsersRequest;
import software.amazon.awssdk.services.identitystore.model.ListUsersResponse;
import software.amazon.awssdk.services.identitystore.model.Name;
import software.amazon.awssdk.services.identitystore.model.ResourceType;
import software.amazon.awssdk.services.identitystore.model.UpdateUserRequest;
import software.amazon.awssdk.services.identitystore.model.UpdateUserResponse;
import software.amazon.awssdk.services.identitystore.model.User;
import software.amazon.awssdk.services.identitystore.model.UserStatus;

/** The operations on users. */
final class IdentitystoreUsers {
    private final IdentitystoreService service;
    private final Cloud cloud;

    IdentitystoreUsers(IdentitystoreService service) {
        this.service = service;
        this.cloud = service.cloud;
    }

    void register() {
        service.read(
                "GetUserId",
                GetUserIdRequest.class,
                (call, r) -> List.of(service.user("*"), service.store(r.identityStoreId())),
                this::getUserId);
        service.read(
                "DescribeUser",
                DescribeUserRequest.class,
                (call, r) -> List.of(service.user(r.userId()), service.store(r.identityStoreId())),
                this::describeUser);
        service.read(
                "ListUsers",
                ListUsersRequest.class,
                (call, r) -> List.of(service.user("*"), service.store(r.identityStoreId())),
                this::listUsers);
        service.write(
                "CreateUser",
                CreateUserRequest.class,
                (call, r) -> List.of(service.store(r.identityStoreId())),
                this::createUser);
        service.write(
                "UpdateUser",
                UpdateUserRequest.class,
                (call, r) -> List.of(service.user(r.userId()), service.store(r.identityStoreId())),
                this::updateUser);
    }

    private GetUserIdResponse getUserId(Invocation call, GetUserIdRequest request) {
        IdentityCenter center = service.readable(call, request.identityStoreId());
        DirectoryUser user = find(call, request.alternateIdentifier(), center)
                .filter(found -> !found.visibleFrom().isAfter(call.now()))
                .orElseThrow(() -> service.notFound(call, ResourceType.USER, "USER not found."));
        return GetUserIdResponse.builder()
                .identityStoreId(center.identityStoreId())
                .userId(user.userId())
                .build();
    }

    private Optional<DirectoryUser> find(Invocation call, AlternateIdentifier by, IdentityCenter center) {
        if (by != null && by.externalId() != null) {
            ExternalId id = by.externalId();
            return center.directory.users().stream()
                    .filter(user -> id.id().equals(user.externalIds().get(id.issuer())))
                    .findFirst();
        }
        String value = service.uniqueAttribute(call, by);
        return switch (by.uniqueAttribute().attributePath().toLowerCase(Locale.ROOT)) {
            case "username" -> center.directory.userNamed(value);
            case "emails.value" -> center.directory.userWithEmail(value);
            default -> throw service.invalid(call, "The attribute path has to be userName or emails.value");
        };
    }

    private DescribeUserResponse describeUser(Invocation call, DescribeUserRequest request) {
        IdentityCenter center = service.readable(call, request.identityStoreId());
        User user = describe(center, service.user(call, center, request.userId()));
        return DescribeUserResponse.builder()
                .identityStoreId(user.identityStoreId())
                .userId(user.userId())
                .userName(user.userName())
                .displayName(user.displayName())
                .name(user.name())
                .emails(user.hasEmails() ? user.emails() : null)
                .externalIds(user.hasExternalIds() ? user.externalIds() : null)
                .userStatus(user.userStatus())
                .createdAt(user.createdAt())
                .createdBy(user.createdBy())
                .updatedAt(user.updatedAt())
                .build();
    }

    private ListUsersResponse listUsers(Invocation call, ListUsersRequest request) {
        IdentitystoreService.refuseFilters(request);
        IdentityCenter center = service.readable(call, request.identityStoreId());
        Paging.Page<DirectoryUser> page = service.page(
                call,
                center.directory.users().stream()
                        .filter(user -> !user.visibleFrom().isAfter(call.now()))
                        .toList(),
                request.nextToken(),
                Service.asked(request.maxResults()),
                IdentitystoreService.PAGE);
        return ListUsersResponse.builder()
                .users(page.items().stream().map(user -> describe(center, user)).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private User describe(IdentityCenter center, DirectoryUser user) {
        return User.builder()
                .identityStoreId(center.identityStoreId())
                .userId(user.userId())
                .userName(user.userName())
                .displayName(user.displayName())
                .name(Name.builder()
                        .givenName(user.givenName())
                        .familyName(user.familyName())
                        .build())
                .emails(user.email()
                        .map(address -> List.of(Email.builder()
                                .value(address)
                                .type("work")
                                .primary(true)
                                .build()))
                        .orElse(null))
                .externalIds(
                        user.externalIds().isEmpty()
                                ? null
                                : user.externalIds().entrySet().stream()
                                        .map(id -> ExternalId.builder()
                                                .issuer(id.getKey())
                                                .id(id.getValue())
                                                .build())
                                        .toList())
                .userStatus(user.enabled() ? UserStatus.ENABLED : UserStatus.DISABLED)
                .createdAt(user.createdAt())
                .createdBy(user.createdBy())
                .updatedAt(user.updatedAt())
                .build();
    }

    // The user gets no password and no email:
    // https://docs.aws.amazon.com/singlesignon/latest/userguide/userswithoutpwd.html
    private CreateUserResponse createUser(Invocation call, CreateUserRequest request) {
        IdentityCenter center = service.writable(call, request.identityStoreId());
        Name name = request.name();
        if (request.userName() == null
                || request.displayName() == null
                || name == null
                || name.givenName() == null
                || name.familyName() == null) {
            throw service.invalid(call, "UserName, DisplayName and Name with GivenName and FamilyName are required");
        }
        service.refuseName(call, request.userName(), 128);
        if (request.emails().size() > 1) {
            throw service.invalid(call, "A user has at most one email address");
        }
        Optional<String> email = request.emails().stream().map(Email::value).findFirst();
        refuseDuplicateUser(call, center, request.userName(), email, "");
        DirectoryUser user = new DirectoryUser(
                cloud.ids.uuid(),
                request.userName(),
                request.displayName(),
                name.givenName(),
                name.familyName(),
                email,
                true,
                false,
                Optional.empty(),
                false,
                Map.of(),
                call.now(),
                call.caller().assumedRoleArn(),
                call.now(),
                call.now().plus(cloud.behavior.visibility()));
        center.directory.add(user);
        return CreateUserResponse.builder()
                .identityStoreId(center.identityStoreId())
                .userId(user.userId())
                .build();
    }

    private void refuseDuplicateUser(
            Invocation call, IdentityCenter center, String userName, Optional<String> email, String exceptUserId) {
        if (center.directory
                .userNamed(userName)
                .filter(other -> !other.userId().equals(exceptUserId))
                .isPresent()) {
            throw service.duplicate(call, "Duplicate UserName");
        }
        if (email.flatMap(center.directory::userWithEmail)
                .filter(other -> !other.userId().equals(exceptUserId))
                .isPresent()) {
            throw service.duplicate(call, "Duplicate Email");
        }
    }

    private UpdateUserResponse updateUser(Invocation call, UpdateUserRequest request) {
        IdentityCenter center = service.writable(call, request.identityStoreId());
        DirectoryUser user = service.user(call, center, request.userId());
        for (AttributeOperation operation : request.operations()) {
            user = update(call, user, operation);
        }
        service.refuseName(call, user.userName(), 128);
        refuseDuplicateUser(call, center, user.userName(), user.email(), user.userId());
        DirectoryUser changed = user.updated(call.now());
        center.directory.changeUser(user.userId(), before -> changed);
        return UpdateUserResponse.builder().build();
    }

    private DirectoryUser update(Invocation call, DirectoryUser user, AttributeOperation operation) {
        Document value = operation.attributeValue();
        return switch (operation.attributePath()) {
            case "userName" -> user.named(text(call, value), user.displayName(), user.givenName(), user.familyName());
            case "displayName" -> user.named(user.userName(), text(call, value), user.givenName(), user.familyName());
            case "name.givenName" ->
                user.named(user.userName(), user.displayName(), text(call, value), user.familyName());
            case "name.familyName" ->
                user.named(user.userName(), user.displayName(), user.givenName(), text(call, value));
            case "emails" -> user.withEmail(firstAddress(call, value));
            default ->
                throw new UnsupportedOperationException(
                        "The embedded organization does not update " + operation.attributePath() + " of a user");
        };
    }

    private String text(Invocation call, Document value) {
        if (value == null || !value.isString() || value.asString().isEmpty()) {
            throw service.invalid(call, "The attribute needs a string");
        }
        return value.asString();
    }

    private Optional<String> firstAddress(Invocation call, Document value) {
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isList() || value.asList().size() > 1) {
            throw service.invalid(call, "emails is a list of at most one address");
        }
        return value.asList().stream()
                .map(email -> {
                    Document address = email.asMap().get("value");
                    return text(call, address == null ? email.asMap().get("Value") : address);
                })
                .findFirst();
    }
}
