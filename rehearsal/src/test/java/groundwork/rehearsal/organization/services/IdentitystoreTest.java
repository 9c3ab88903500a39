package groundwork.rehearsal.organization.services;

import static groundwork.rehearsal.organization.Given.FUNCTION;
import static groundwork.rehearsal.organization.Given.HOME;
import static groundwork.rehearsal.organization.Given.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.Given;
import groundwork.rehearsal.organization.VirtualClock;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.store.Behavior;
import groundwork.rehearsal.organization.store.DirectoryUser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.AccessDeniedException;
import software.amazon.awssdk.services.identitystore.model.AttributeOperation;
import software.amazon.awssdk.services.identitystore.model.ConflictException;
import software.amazon.awssdk.services.identitystore.model.ConflictExceptionReason;
import software.amazon.awssdk.services.identitystore.model.CreateUserRequest;
import software.amazon.awssdk.services.identitystore.model.Email;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException;
import software.amazon.awssdk.services.identitystore.model.ResourceType;
import software.amazon.awssdk.services.identitystore.model.User;
import software.amazon.awssdk.services.identitystore.model.UserStatus;
import software.amazon.awssdk.services.identitystore.model.ValidationException;

class IdentitystoreTest {
    private final VirtualClock clock = new VirtualClock();
    private final EmbeddedOrganization aws = Given.withIdentityCenter(clock);
    private final String store = aws.identityCenter().orElseThrow().identityStoreId();
    private final IdentitystoreClient client = aws.client(IdentitystoreClient.class, FUNCTION, HOME);

    private static CreateUserRequest.Builder alice(String store) {
        return CreateUserRequest.builder()
                .identityStoreId(store)
                .userName("alice")
                .displayName("Alice Doe")
                .name(name -> name.givenName("Alice").familyName("Doe"))
                .emails(email("alice@example.com"));
    }

    private static Email email(String address) {
        return Email.builder().value(address).type("work").primary(true).build();
    }

    private static AttributeOperation set(String path, Document value) {
        return AttributeOperation.builder()
                .attributePath(path)
                .attributeValue(value)
                .build();
    }

    private String createAlice() {
        return client.createUser(alice(store).build()).userId();
    }

    private String createGroup(String name) {
        return client.createGroup(request -> request.identityStoreId(store).displayName(name))
                .groupId();
    }

    private String idBy(String path, String value) {
        return client.getUserId(request -> request.identityStoreId(store)
                        .alternateIdentifier(by -> by.uniqueAttribute(
                                attribute -> attribute.attributePath(path).attributeValue(Document.fromString(value)))))
                .userId();
    }

    @Test
    void aUserIsFoundByUserNameAndByEmail() {
        String id = createAlice();

        assertThat(List.of(idBy("userName", "alice"), idBy("emails.value", "alice@example.com")))
                .containsOnly(id);
    }

    @Test
    void aUserMadeByApiIsEnabledAndHasNoPassword() {
        createAlice();

        assertThat(aws.identityCenter().orElseThrow().user("alice"))
                .hasValueSatisfying(user ->
                        assertThat(user).returns(true, DirectoryUser::enabled).returns(false, DirectoryUser::password));
    }

    @Test
    void awsSendsNoEmailToAUserMadeByApi() {
        createAlice();

        assertThat(aws.mailbox().all()).isEmpty();
    }

    @Test
    void describeUserShowsNameEmailAndStatus() {
        String id = createAlice();

        assertThat(client.describeUser(request -> request.identityStoreId(store).userId(id)))
                .returns("alice", user -> user.userName())
                .returns("Doe", user -> user.name().familyName())
                .returns("alice@example.com", user -> user.emails().getFirst().value())
                .returns(UserStatus.ENABLED, user -> user.userStatus());
    }

    @Test
    void createUser_whenUserNameIsTaken_isAUniquenessConflict() {
        createAlice();

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> client.createUser(
                        alice(store).emails(email("other@example.com")).build()))
                .satisfies(conflict -> {
                    assertThat(conflict.reason()).isEqualTo(ConflictExceptionReason.UNIQUENESS_CONSTRAINT_VIOLATION);
                    assertThat(conflict.statusCode()).isEqualTo(409);
                    assertThat(conflict.awsErrorDetails().errorCode()).isEqualTo("ConflictException");
                    assertThat(conflict.requestId()).isNotBlank();
                });
    }

    @Test
    void createUser_whenEmailIsTaken_isAConflict() {
        createAlice();

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> client.createUser(alice(store).userName("bob").build()));
    }

    @Test
    void createUser_withoutName_isInvalid() {
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> client.createUser(request ->
                        request.identityStoreId(store).userName("alice").displayName("Alice")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Administrator", "AWSAdministrators"})
    void createUser_withReservedName_isInvalid(String reserved) {
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(
                        () -> client.createUser(alice(store).userName(reserved).build()));
    }

    @Test
    void createGroup_namedAdministrators_isNotReserved() {
        assertThat(createGroup("Administrators")).isNotBlank();
    }

    @Test
    void createGroup_whenNameIsTaken_isAConflict() {
        createGroup("Administrators");

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> createGroup("Administrators"))
                .withMessageContaining("Duplicate GroupDisplayName");
    }

    @Test
    void aNewUserIsNotFoundUntilItIsVisible() {
        aws.behave(Behavior.USUAL.withVisibility(Duration.ofSeconds(5)));
        String id = createAlice();

        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> idBy("userName", "alice"))
                .returns(ResourceType.USER, ResourceNotFoundException::resourceType);
        clock.advance(Duration.ofSeconds(5));
        assertThat(idBy("userName", "alice")).isEqualTo(id);
    }

    @Test
    void aNameIsTakenBeforeTheUserIsVisible() {
        aws.behave(Behavior.USUAL.withVisibility(Duration.ofSeconds(5)));
        createAlice();

        assertThatExceptionOfType(ConflictException.class).isThrownBy(this::createAlice);
    }

    @Test
    void createGroupMembership_whenTheUserIsNotVisibleYet_isNotFound() {
        String group = createGroup("Administrators");
        aws.behave(Behavior.USUAL.withVisibility(Duration.ofSeconds(5)));
        String user = createAlice();

        assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> join(group, user));
    }

    @Test
    void createGroupMembership_whenThereIsOne_isAConflict() {
        String group = createGroup("Administrators");
        String user = createAlice();
        join(group, user);

        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> join(group, user));
    }

    @Test
    void isMemberInGroupsTellsMembershipOfEachGroup() {
        String user = createAlice();
        String administrators = createGroup("Administrators");
        String auditors = createGroup("Auditors");
        join(administrators, user);

        assertThat(client.isMemberInGroups(request -> request.identityStoreId(store)
                                .memberId(member -> member.userId(user))
                                .groupIds(administrators, auditors))
                        .results())
                .extracting(result -> result.membershipExists())
                .containsExactly(true, false);
    }

    @Test
    void updateUserChangesTheAttributesItNames() {
        String user = createAlice();

        client.updateUser(request -> request.identityStoreId(store)
                .userId(user)
                .operations(
                        set("displayName", Document.fromString("Alice D.")),
                        set(
                                "emails",
                                Document.fromList(List.of(Document.fromMap(
                                        Map.of("value", Document.fromString("alice@example.org"))))))));

        assertThat(aws.identityCenter().orElseThrow().user("alice").orElseThrow())
                .returns("Alice D.", DirectoryUser::displayName)
                .returns("alice@example.org", changed -> changed.email().orElseThrow());
    }

    @Test
    void listUsersPagesAreShortAndTheFirstMayBeEmpty() {
        aws.behave(Behavior.USUAL.withPageSize(1).withEmptyFirstPages());
        createAlice();
        client.createUser(
                alice(store).userName("bob").emails(email("bob@example.com")).build());

        assertThat(client.listUsersPaginator(request -> request.identityStoreId(store)).stream()
                        .map(page -> page.users().stream().map(User::userName).toList()))
                .containsExactly(List.of(), List.of("alice"), List.of("bob"));
    }

    @Test
    void listUsers_withAForgedToken_isInvalid() {
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> client.listUsers(
                        request -> request.identityStoreId(store).nextToken("forged")));
    }

    @Test
    void aMemberAccountMayNotUseTheStore() {
        IdentitystoreClient member =
                aws.client(IdentitystoreClient.class, Caller.role(MEMBER, "Role", "session"), HOME);

        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> member.listUsers(request -> request.identityStoreId(store)));
    }

    @Test
    void theStoreDoesNotExistInAnotherRegion() {
        IdentitystoreClient elsewhere = aws.client(IdentitystoreClient.class, FUNCTION, Region.US_EAST_1);

        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> elsewhere.listUsers(request -> request.identityStoreId(store)))
                .returns(ResourceType.IDENTITY_STORE, ResourceNotFoundException::resourceType);
    }

    @Test
    void aReplicaAnswersReadsAndRefusesWrites() {
        EmbeddedOrganization replicated =
                Given.organization(clock).identityCenter(HOME, Region.US_EAST_1).build();
        String id = replicated.identityCenter().orElseThrow().identityStoreId();
        IdentitystoreClient replica = replicated.client(IdentitystoreClient.class, FUNCTION, Region.US_EAST_1);

        assertThat(replica.listUsers(request -> request.identityStoreId(id)).users())
                .isEmpty();
        assertThatThrownBy(() -> replica.createUser(alice(id).build())).isInstanceOf(ValidationException.class);
    }

    private void join(String groupId, String userId) {
        client.createGroupMembership(
                request -> request.identityStoreId(store).groupId(groupId).memberId(member -> member.userId(userId)));
    }
}
