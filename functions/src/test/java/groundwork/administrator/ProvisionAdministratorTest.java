package groundwork.administrator;

import static groundwork.checklist.BlockedReason.ACCESS_DENIED;
import static groundwork.checklist.BlockedReason.EXTERNAL_IDENTITY_SOURCE;
import static groundwork.checklist.BlockedReason.SERVICE_QUOTA;
import static groundwork.checklist.BlockedReason.USER_NAME_TAKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import groundwork.access.AccessInPlace;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Checklist;
import groundwork.checklist.Effect;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.identitycenter.Instance;
import groundwork.runtime.AwsErrors;
import groundwork.runtime.TryAgainException;
import groundwork.state.AccountRecord;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.ConflictException;
import software.amazon.awssdk.services.identitystore.model.ConflictExceptionReason;
import software.amazon.awssdk.services.identitystore.model.CreateUserRequest;
import software.amazon.awssdk.services.identitystore.model.CreateUserResponse;
import software.amazon.awssdk.services.identitystore.model.DescribeUserRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;
import software.amazon.awssdk.services.identitystore.model.Email;
import software.amazon.awssdk.services.identitystore.model.ExternalId;
import software.amazon.awssdk.services.identitystore.model.GetUserIdRequest;
import software.amazon.awssdk.services.identitystore.model.GetUserIdResponse;
import software.amazon.awssdk.services.identitystore.model.IdentitystoreException;
import software.amazon.awssdk.services.identitystore.model.ListUsersRequest;
import software.amazon.awssdk.services.identitystore.model.ListUsersResponse;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundExceptionReason;
import software.amazon.awssdk.services.identitystore.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.identitystore.model.User;
import software.amazon.awssdk.services.identitystore.model.UserStatus;

/** The stack asks for the user {@code ada} with the address {@code ada@example.com}; the identity store is empty. */
class ProvisionAdministratorTest {
    private static final Instance INSTANCE =
            new Instance("arn:aws:sso:::instance/ssoins-1234567890abcdef", "d-1234567890");
    private static final Instant LOOK = Instant.parse("2026-11-20T10:15:30Z");
    private static final DescribeUserResponse ADA = DescribeUserResponse.builder()
            .userId("u-ada")
            .userName("ada")
            .emails(Email.builder().value("Ada@Example.com").primary(true).build())
            .userStatus(UserStatus.ENABLED)
            .createdBy(AccessInPlace.MADE_BY_GROUNDWORK)
            .build();

    private final IdentitystoreClient identityStore = mock(IdentitystoreClient.class, CALLS_REAL_METHODS);
    private final DynamoDbClient dynamoDb = mock(DynamoDbClient.class, CALLS_REAL_METHODS);

    @BeforeEach
    void emptyIdentityStore() {
        willThrow(AwsErrors.error(ResourceNotFoundException.builder(), "ResourceNotFoundException", "USER not found."))
                .given(identityStore)
                .getUserId(any(GetUserIdRequest.class));
        users();
        willReturn(CreateUserResponse.builder().userId("u-new").build())
                .given(identityStore)
                .createUser(any(CreateUserRequest.class));
        willReturn(UpdateItemResponse.builder().build()).given(dynamoDb).updateItem(any(UpdateItemRequest.class));
    }

    @Test
    void aUserOfThatNameAndAddressIsAdopted_whateverTheAddressesCase() {
        found("userName", "ada", ADA);

        assertThat(provision())
                .isEqualTo(new Provisioning(
                        Findings.of(new Finding(
                                Prerequisite.ADMIN_USER,
                                new Outcome.Done("The user ada exists and is enabled."),
                                List.of(new Effect(Effect.Kind.ADOPTED, "user ada", "u-ada")))),
                        new Administrator("u-ada", "ada"),
                        null,
                        null));
        nothingWritten();
    }

    @Test
    void aUserOfThatAddressIsAdoptedUnderItsOwnName() {
        found(
                "emails.value",
                "ada@example.com",
                ADA.toBuilder().userName("a.lovelace").build());

        assertThat(provision().administrator()).isEqualTo(new Administrator("u-ada", "a.lovelace"));
        nothingWritten();
    }

    @Test
    void aUserKnownFromAnEarlierRunIsNotReportedAgain() {
        found("userName", "ada", ADA);

        assertThat(provision(false, record("u-ada")).findings().all().getFirst().effects())
                .isEmpty();
    }

    @Test
    void aUserOfThatNameWithAnotherAddressIsNotTakenOver() {
        found(
                "userName",
                "ada",
                ADA.toBuilder()
                        .emails(Email.builder().value("ada@elsewhere.example").build())
                        .createdBy(AccessInPlace.GRACE)
                        .build());

        without(USER_NAME_TAKEN, "The user name ada belongs to a user with another email address.");
        nothingWritten();
    }

    @Test
    void aUserOfThatNameWithoutAnyAddressIsNotTakenOver() {
        found(
                "userName",
                "ada",
                ADA.toBuilder().emails(List.of()).createdBy(null).build());

        without(USER_NAME_TAKEN, "The user name ada belongs to a user without an email address.");
    }

    @Test
    void theAdministratorFromBeforeStaysTheAdministratorWhoseAddressChanged() {
        found(
                "userName",
                "ada",
                ADA.toBuilder()
                        .emails(Email.builder().value("ada@elsewhere.example").build())
                        .build());

        Provisioning report = provision(false, record(ADA.userId()));

        assertThat(report.administrator()).isEqualTo(new Administrator(ADA.userId(), "ada"));
        assertThat(report.findings().all())
                .containsExactly(new Finding(
                        Prerequisite.ADMIN_USER,
                        new Outcome.Done(
                                "The user ada exists and is enabled. Identity Center has another email address for"
                                        + " the user than the stack, and sends its own emails there.")));
        nothingWritten();
    }

    @Test
    void theAdministratorFromBeforeWithoutAnAddress_isNotSaidToHaveAnother() {
        found("userName", "ada", ADA.toBuilder().emails(List.of()).build());

        assertThat(provision(false, record(ADA.userId()))
                        .findings()
                        .all()
                        .getFirst()
                        .outcome())
                .isEqualTo(
                        new Outcome.Done("The user ada exists and is enabled. Identity Center has no email address for"
                                + " the user, and cannot send its own emails."));
    }

    @Test
    void theAdministratorFromBeforeIsNotReplaced_whoseNameAndAddressWereChangedInIdentityCenter() {
        known(ADA.toBuilder()
                .userName("ada.king")
                .emails(Email.builder().value("ada.king@example.com").build())
                .build());

        Provisioning report = provision(false, record("u-ada", "Ada@example.com"));

        assertThat(report.administrator()).isEqualTo(new Administrator("u-ada", "ada.king"));
        assertThat(report.findings().all().getFirst().outcome().what())
                .startsWith("The user ada.king exists and is enabled. Identity Center has another email address");
        nothingWritten();
    }

    @Test
    void anotherAddressInTheParametersMayBeAnotherPerson_whoIsCreated() {
        known(ADA.toBuilder().userName("grace").build());

        assertThat(provision(false, record("u-ada", "grace@example.com")).administrator())
                .isEqualTo(new Administrator("u-new", "ada"));
    }

    @Test
    void theAdministratorFromBeforeWhoWasDeleted_isCreatedAgain() {
        willThrow(ResourceNotFoundException.class).given(identityStore).describeUser(any(DescribeUserRequest.class));

        assertThat(provision(false, record("u-ada", "ada@example.com")).administrator())
                .isEqualTo(new Administrator("u-new", "ada"));
    }

    @Test
    void aDisabledUserIsAdoptedAndAPersonAskedToEnableIt() {
        found("userName", "ada", ADA.toBuilder().userStatus(UserStatus.DISABLED).build());

        Provisioning report = provision();

        assertThat(report.findings().all().getFirst().outcome())
                .isEqualTo(new Outcome.Waiting(
                        "The user ada is disabled.",
                        "Open the user in IAM Identity Center and press \"Enable user access\".",
                        URI.create("https://eu-central-1.console.aws.amazon.com/singlesignon/home?region=eu-central-1"
                                + "#!/instances/1234567890abcdef/users/user-details/u-ada")));
        assertThat(report.administrator()).isEqualTo(new Administrator("u-ada", "ada"));
        nothingWritten();
    }

    @Test
    void aUserWithoutAStatusCountsAsEnabled() {
        found("userName", "ada", ADA.toBuilder().userStatus((UserStatus) null).build());

        assertThat(provision().findings().all().getFirst().outcome()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aMissingUserIsCreatedWithAllThatIdentityCenterRequires() {
        assertThat(provision())
                .isEqualTo(new Provisioning(
                        Findings.of(new Finding(
                                Prerequisite.ADMIN_USER,
                                new Outcome.Done("The user ada exists and is enabled."),
                                List.of(new Effect(Effect.Kind.CREATED, "user ada", "u-new")))),
                        new Administrator("u-new", "ada"),
                        null,
                        null));
        verify(identityStore)
                .createUser(CreateUserRequest.builder()
                        .identityStoreId("d-1234567890")
                        .userName("ada")
                        .displayName("Ada Lovelace")
                        .name(name -> name.givenName("Ada").familyName("Lovelace"))
                        .emails(Email.builder()
                                .value("ada@example.com")
                                .type("work")
                                .primary(true)
                                .build())
                        .build());
    }

    /** https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_CreateUser.html */
    @Test
    void anAddressThatIsTooLongForAUserName_isSaidInWords_andNobodyIsCreated() {
        String address = "ada@" + "a".repeat(60) + "." + "b".repeat(60) + ".example.com";
        Map<String, String> environment = new HashMap<>(environment("IdentityCenter"));
        environment.put("USER_NAME", address);
        environment.put("ADMINISTRATOR_EMAIL", address);

        Provisioning provisioning = new ProvisionAdministratorHandler(
                        environment, InstantSource.fixed(LOOK), identityStore, () -> dynamoDb)
                .handleRequest(
                        new ProvisionAdministratorHandler.Request("111122223333", false, INSTANCE, null, 0, null),
                        null);

        assertThat(provisioning.findings().outcome(Prerequisite.ADMIN_USER))
                .isInstanceOfSatisfying(Outcome.Waiting.class, waiting -> {
                    assertThat(waiting.what())
                            .contains("longer than the 128 characters")
                            .contains(address);
                    assertThat(waiting.todo()).contains("UserName");
                });
        verify(identityStore, never()).createUser(any(CreateUserRequest.class));
    }

    @Test
    void aUserThatWasThereBeforeIsRepairedAndTheRepairNotedBeforeItHappens() {
        isGone("u-deleted");

        assertThat(provision(false, record("u-deleted"))
                        .findings()
                        .all()
                        .getFirst()
                        .effects())
                .containsExactly(new Effect(Effect.Kind.REPAIRED, "user ada", "u-new"));

        InOrder order = inOrder(dynamoDb, identityStore);
        ArgumentCaptor<UpdateItemRequest> note = ArgumentCaptor.forClass(UpdateItemRequest.class);
        order.verify(dynamoDb).updateItem(note.capture());
        assertThat(note.getValue().key())
                .containsEntry("item", AttributeValue.fromS("REPAIR#2026-11-19T10:15:30Z#ADMIN_USER#user ada"));
        assertThat(note.getValue().expressionAttributeValues())
                .containsEntry(":what", AttributeValue.fromS("The user ada was missing and has been put back."));
        order.verify(identityStore).createUser(any(CreateUserRequest.class));
    }

    @Test
    void aRepairThatCannotBeNotedDoesNotHappen() {
        isGone("u-deleted");
        willThrow(AwsErrors.throttled(DynamoDbException.builder()))
                .given(dynamoDb)
                .updateItem(any(UpdateItemRequest.class));

        assertThatThrownBy(() -> provision(false, record("u-deleted"))).isInstanceOf(TryAgainException.class);
        verify(identityStore, never()).createUser(any(CreateUserRequest.class));
    }

    private void isGone(String userId) {
        willThrow(AwsErrors.error(ResourceNotFoundException.builder(), "ResourceNotFoundException", "USER not found."))
                .given(identityStore)
                .describeUser(DescribeUserRequest.builder()
                        .identityStoreId("d-1234567890")
                        .userId(userId)
                        .build());
    }

    @Test
    void theKnownUser_whoStillHasTheName_isNotLookedUpByName() {
        known(DescribeUserResponse.builder().userId("u-known").userName("ada").build());

        assertThat(provision(false, record("u-known")).administrator()).isEqualTo(new Administrator("u-known", "ada"));
        verify(identityStore, never()).getUserId(any(GetUserIdRequest.class));
    }

    @Test
    void aPlanSaysWhatWouldBeCreatedAndWritesNothing() {
        assertThat(provision(true, null))
                .isEqualTo(new Provisioning(
                        Findings.of(new Finding(
                                Prerequisite.ADMIN_USER,
                                new Outcome.Planned("The user ada exists and is enabled."),
                                List.of(new Effect(Effect.Kind.CREATED, "user ada", null)))),
                        null,
                        null,
                        null));
        nothingWritten();
    }

    @Test
    void aPlanAdoptsAsARunDoes() {
        found("userName", "ada", ADA);

        assertThat(provision(true, null)).isEqualTo(provision(false, null));
        nothingWritten();
    }

    @Test
    void withAnExternalIdentitySourceNobodyIsCreated() {
        assertThat(provisionExternal().findings())
                .isEqualTo(both(EXTERNAL_IDENTITY_SOURCE, "the user ada with the address ada@example.com"));
        nothingWritten();
    }

    @Test
    void withAnExternalIdentitySourceAUserThatArrivedIsAdopted() {
        found("userName", "ada", ADA);

        assertThat(provisionExternal().administrator()).isEqualTo(new Administrator("u-ada", "ada", true));
    }

    @Test
    void whereUsersCarryExternalIdsNobodyIsCreated() {
        users(
                User.builder().userName("grace").build(),
                User.builder()
                        .userName("alan")
                        .externalIds(ExternalId.builder()
                                .issuer("https://scim.aws.com/1")
                                .id("alan")
                                .build())
                        .build());

        without(EXTERNAL_IDENTITY_SOURCE, "the user ada with the address ada@example.com");
        nothingWritten();
    }

    @Test
    void usersMadeInIdentityCenterAreNoObstacle() {
        users(User.builder().userName("grace").build());

        assertThat(provision().administrator()).isEqualTo(new Administrator("u-new", "ada"));
    }

    @Test
    void aUserDeletedBetweenTheTwoReadsIsMissing() {
        willReturn(GetUserIdResponse.builder().userId("u-ada").build())
                .given(identityStore)
                .getUserId(lookup("userName", "ada"));
        willThrow(AwsErrors.error(ResourceNotFoundException.builder(), "ResourceNotFoundException", "USER not found."))
                .given(identityStore)
                .describeUser(any(DescribeUserRequest.class));

        assertThat(provision().administrator()).isEqualTo(new Administrator("u-new", "ada"));
    }

    @Test
    void aUserSomebodyElseCreatedMeanwhileIsLookedForAgain() {
        createFails(AwsErrors.error(ConflictException.builder(), "ConflictException", "Duplicate UserName"));

        assertThatThrownBy(this::provision).isInstanceOf(TryAgainException.class);
    }

    /** A user that was just made is not visible at once. */
    @Test
    void aNameThatIsTakenByNobodyWhoIsFound_isUnknownAtFirst() {
        nameIsTaken();

        Provisioning report = provisionAfter(60, null);

        assertThat(report.findings().all())
                .extracting(Finding::outcome)
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Unknown.class));
        assertThat(report.setback()).isEqualTo(new Setback(Setback.Kind.NOT_YET, "Duplicate UserName", 60));
    }

    @Test
    void aNameThatIsTakenByNobodyWhoIsFoundForAnHour_isToldInAwssOwnWords() {
        nameIsTaken();
        Setback first = new Setback(Setback.Kind.NOT_YET, "Duplicate UserName", 60);

        assertThat(provisionAfter(3_659, first).findings().all().getFirst().outcome())
                .isInstanceOf(Outcome.Unknown.class);
        assertThat(provisionAfter(3_660, first))
                .isEqualTo(new Provisioning(
                        both(
                                USER_NAME_TAKEN,
                                "IAM Identity Center says that the user name ada or the address ada@example.com is taken,"
                                        + " but does not find the user. It says: Duplicate UserName"),
                        null,
                        first,
                        null));
    }

    /** Else a user would be created who may exist. */
    @ParameterizedTest
    @EnumSource(
            value = ResourceNotFoundExceptionReason.class,
            names = "UNKNOWN_TO_SDK_VERSION",
            mode = EnumSource.Mode.EXCLUDE)
    void aKeyThatIsGone_isNotTakenForAUserThatIsMissing(ResourceNotFoundExceptionReason reason) {
        willThrow(AwsErrors.error(
                        ResourceNotFoundException.builder().reason(reason),
                        "ResourceNotFoundException",
                        "Key not found"))
                .given(identityStore)
                .getUserId(any(GetUserIdRequest.class));

        assertThat(provision().findings().all().getFirst().outcome())
                .isInstanceOf(Outcome.Waiting.class)
                .extracting(Outcome::what)
                .asString()
                .contains(reason.toString());
        nothingWritten();
    }

    private void nameIsTaken() {
        createFails(AwsErrors.error(
                ConflictException.builder().reason(ConflictExceptionReason.UNIQUENESS_CONSTRAINT_VIOLATION),
                "ConflictException",
                "Duplicate UserName"));
    }

    @Test
    void whenTheIdentityStoreIsFull_theQuotaIsNamed() {
        createFails(AwsErrors.error(
                ServiceQuotaExceededException.builder(), "ServiceQuotaExceededException", "200000 users at most."));

        without(SERVICE_QUOTA, "200000 users at most.");
    }

    @Test
    void whenAwsDeniesTheLookUp_theActionIsNamed() {
        willThrow(AwsErrors.denied(IdentitystoreException.builder(), "identitystore:GetUserId"))
                .given(identityStore)
                .getUserId(any(GetUserIdRequest.class));

        without(ACCESS_DENIED, "identitystore:GetUserId");
    }

    @Test
    void whenAwsDeniesTheCreation_theActionIsNamed() {
        createFails(AwsErrors.denied(IdentitystoreException.builder(), "identitystore:CreateUser"));

        without(ACCESS_DENIED, "identitystore:CreateUser");
    }

    @Test
    void whenTheIdentityStoreIsThrottled_itIsTriedAgain() {
        willThrow(AwsErrors.throttled(IdentitystoreException.builder()))
                .given(identityStore)
                .getUserId(any(GetUserIdRequest.class));

        assertThatThrownBy(this::provision).isInstanceOf(TryAgainException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"USER_NAME", "GIVEN_NAME", "FAMILY_NAME", "ADMINISTRATOR_EMAIL", "IDENTITY_SOURCE", "USER_MAKER"
            })
    void aSettingThatTheTemplateForgotIsNamed(String missing) {
        Map<String, String> environment = new HashMap<>(environment("IdentityCenter"));
        environment.remove(missing);

        assertThatThrownBy(() -> new ProvisionAdministratorHandler(
                        environment, InstantSource.fixed(LOOK), identityStore, () -> dynamoDb))
                .hasMessageContaining(missing);
    }

    private Provisioning provision() {
        return provision(false, null);
    }

    private Provisioning provision(boolean plan, String record) {
        return provision("IdentityCenter", plan, record);
    }

    private Provisioning provisionExternal() {
        return provision("External", false, null);
    }

    private Provisioning provision(String identitySource, boolean plan, String record) {
        return provision(
                identitySource,
                new ProvisionAdministratorHandler.Request("111122223333", plan, INSTANCE, record, 0, null));
    }

    /** A later look of the same execution. */
    private Provisioning provisionAfter(int waited, Setback setback) {
        return provision(
                "IdentityCenter",
                new ProvisionAdministratorHandler.Request("111122223333", false, INSTANCE, null, waited, setback));
    }

    private Provisioning provision(String identitySource, ProvisionAdministratorHandler.Request request) {
        return new ProvisionAdministratorHandler(
                        environment(identitySource), InstantSource.fixed(LOOK), identityStore, () -> dynamoDb)
                .handleRequest(request, null);
    }

    private static Map<String, String> environment(String identitySource) {
        return Map.of(
                "AWS_REGION", "eu-central-1",
                "USER_NAME", "ada",
                "GIVEN_NAME", "Ada",
                "FAMILY_NAME", "Lovelace",
                "ADMINISTRATOR_EMAIL", "ada@example.com",
                "IDENTITY_SOURCE", identitySource,
                "TABLE_NAME", "groundwork-Table",
                "USER_MAKER", AccessInPlace.USER_MAKER);
    }

    /** The record of a run that had the user in place. */
    private static String record(String userId) {
        return record(userId, null);
    }

    /** As the other, of a run in which the stack had this address. */
    private static String record(String userId, String administratorEmail) {
        Checklist checklist = Checklist.after(
                Optional.empty(),
                Findings.of(new Finding(Prerequisite.ADMIN_USER, new Outcome.Done("The user exists."))),
                Set.of(),
                Optional.empty(),
                LOOK.minusSeconds(86_400));
        return new AccountRecord(checklist, new AccountRecord.Known(userId, null, null), null, administratorEmail)
                .stored();
    }

    private void without(BlockedReason reason, String subject) {
        assertThat(provision()).isEqualTo(new Provisioning(both(reason, subject), null, null, null));
    }

    /** Without an administrator there is nobody to give access to. */
    private static Findings both(BlockedReason reason, String subject) {
        Outcome blocked = Outcome.Blocked.because(reason, subject);
        return Findings.of(
                new Finding(Prerequisite.ADMIN_USER, blocked), new Finding(Prerequisite.ADMIN_ACCESS, blocked));
    }

    private void nothingWritten() {
        verify(identityStore, never()).createUser(any(CreateUserRequest.class));
        verifyNoInteractions(dynamoDb);
    }

    /** A user that is found neither by name nor by address. */
    private void known(DescribeUserResponse user) {
        willReturn(user)
                .given(identityStore)
                .describeUser(DescribeUserRequest.builder()
                        .identityStoreId("d-1234567890")
                        .userId(user.userId())
                        .build());
    }

    private void found(String attribute, String value, DescribeUserResponse user) {
        willReturn(GetUserIdResponse.builder().userId(user.userId()).build())
                .given(identityStore)
                .getUserId(lookup(attribute, value));
        known(user);
    }

    private static GetUserIdRequest lookup(String attribute, String value) {
        return argThat(request -> request.identityStoreId().equals("d-1234567890")
                && request.alternateIdentifier()
                        .uniqueAttribute()
                        .attributePath()
                        .equals(attribute)
                && request.alternateIdentifier()
                        .uniqueAttribute()
                        .attributeValue()
                        .asString()
                        .equals(value));
    }

    private void users(User... users) {
        willReturn(ListUsersResponse.builder().users(users).build())
                .given(identityStore)
                .listUsers(any(ListUsersRequest.class));
    }

    private void createFails(AwsServiceException failure) {
        willThrow(failure).given(identityStore).createUser(any(CreateUserRequest.class));
    }
}
