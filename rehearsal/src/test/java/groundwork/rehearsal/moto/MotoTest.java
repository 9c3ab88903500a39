package groundwork.rehearsal.moto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.Email;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.InstanceMetadata;

/**
 * The functions against a stranger's implementation of AWS, over real HTTP: marshalling, paging, and the errors that say
 * "there already is one" and "there is none". {@code .ci/moto} starts it and sets the property; it is no proof of how AWS
 * behaves, which is what the embedded organization is for.
 */
@Tag("moto")
@EnabledIfSystemProperty(named = "moto.endpoint", matches = ".+")
class MotoTest {
    private Moto moto;
    private IdentitystoreClient identityStore;
    private SsoAdminClient ssoAdmin;
    private InstanceMetadata instance;

    @BeforeEach
    void emptyAccount() {
        moto = new Moto(System.getProperty("moto.endpoint"));
        identityStore = moto.aws(IdentitystoreClient.class);
        ssoAdmin = moto.aws(SsoAdminClient.class);
        instance = ssoAdmin.listInstances(request -> {}).instances().getFirst();
        moto.forgetOperations();
    }

    @Test
    void anEmptyAccount_isProvisionedAndTheSignInUrlIsSent() {
        JsonNode report = moto.look(null);

        for (String done : List.of(
                "EMAIL_CHANNEL", "IDENTITY_CENTER", "ADMIN_USER", "ADMIN_ACCESS", "SIGN_IN_EMAIL", "CHANGE_EVENTS")) {
            assertThat(Moto.outcome(report, done).path("status").asText())
                    .as(done + " " + Moto.outcome(report, done))
                    .isEqualTo("DONE");
        }
        assertThat(report.path("sent").toString()).contains("sign-in URL and what is waiting to ada@example.com");
        assertThat(moto.operations())
                .containsOnlyOnce(
                        "CreateUser",
                        "CreateGroup",
                        "CreateGroupMembership",
                        "CreatePermissionSet",
                        "AttachManagedPolicyToPermissionSet",
                        "CreateAccountAssignment");
    }

    /** GetAccountSummary of moto always says that the root user has no MFA; AWS says 1 when it has. */
    @Test
    void rootMfa_isAskedFor() {
        assertThat(Moto.outcome(moto.look(null), "ROOT_MFA").path("status").asText())
                .isEqualTo("WAITING");
    }

    @Test
    void aSecondLook_createsAndSendsNothing() {
        String record = moto.look(null).path("record").asText();
        moto.forgetOperations();

        JsonNode report = moto.look(record);

        assertThat(Moto.outcome(report, "ADMIN_ACCESS").path("status").asText()).isEqualTo("DONE");
        assertThat(report.path("sent")).isEmpty();
        assertThat(moto.operations())
                .isNotEmpty()
                .noneMatch(operation -> operation.matches("(Create|Attach|Update|Put|Provision|Delete|Publish).*"));
    }

    @Test
    void aSecondLookWithoutRecord_createsAndSendsNothing() {
        moto.look(null);
        moto.forgetOperations();

        JsonNode report = moto.look(null);

        assertThat(report.path("sent")).isEmpty();
        assertThat(moto.operations())
                .noneMatch(operation -> operation.matches("(Create|Attach|Update|Provision|Delete|Publish).*"));
    }

    @Test
    void whatExists_isAdopted() {
        String userId = user("ada", Moto.ADA);
        String groupId = identityStore
                .createGroup(request -> request.identityStoreId(store()).displayName("Administrators"))
                .groupId();
        String set = administratorPermissionSet();
        moto.forgetOperations();

        JsonNode record = parsed(moto.look(null).path("record"));

        assertThat(record.at("/known/userId").asText()).isEqualTo(userId);
        assertThat(record.at("/known/groupId").asText()).isEqualTo(groupId);
        assertThat(record.at("/known/permissionSetArn").asText()).isEqualTo(set);
        assertThat(moto.operations())
                .contains("CreateGroupMembership", "CreateAccountAssignment")
                .doesNotContain(
                        "CreateUser", "CreateGroup", "CreatePermissionSet", "AttachManagedPolicyToPermissionSet");
    }

    @Test
    void aUserWithTheEmailAndAnotherName_isAdopted() {
        String userId = user("lovelace", Moto.ADA);

        JsonNode record = parsed(moto.look(null).path("record"));

        assertThat(record.at("/known/userId").asText()).isEqualTo(userId);
    }

    @Test
    void aUserOfTheNameWithAnotherEmail_isLeftAlone() {
        user("ada", "another.ada@example.com");
        moto.forgetOperations();

        JsonNode report = moto.look(null);

        assertThat(Moto.outcome(report, "ADMIN_USER").path("reason").asText()).isEqualTo("USER_NAME_TAKEN");
        assertThat(moto.operations()).noneMatch(operation -> operation.startsWith("Create"));
    }

    /** Somebody else creates the user between our look and our write. The conflict's reason comes over the wire. */
    @Test
    void aUserWhoTurnsUpInBetween_isLeftToTheNextLook() {
        user("ada", Moto.ADA);
        moto.overlooksUsers();

        JsonNode report = moto.look(null);

        assertThat(Moto.outcome(report, "ADMIN_USER").path("status").asText()).isEqualTo("UNKNOWN");
        assertThat(Moto.outcome(report, "ADMIN_USER").path("what").asText())
                .contains("is taken, but does not find the user yet");
    }

    @Test
    void aPermissionSetOfTheNameWithoutThePolicy_isLeftAlone() {
        permissionSet("AdministratorAccess");
        moto.forgetOperations();

        JsonNode report = moto.look(null);

        assertThat(Moto.outcome(report, "ADMIN_ACCESS").path("reason").asText()).isEqualTo("PERMISSION_SET_TAKEN");
        assertThat(moto.operations())
                .doesNotContain("CreatePermissionSet", "AttachManagedPolicyToPermissionSet", "CreateAccountAssignment");
    }

    /** The document is AWS's own, URL-encoded in the XML of IAM. */
    @Test
    void aPermissionSetWithADenyingPolicy_isLimited() {
        String set = administratorPermissionSet();
        ssoAdmin.attachManagedPolicyToPermissionSet(request -> request.instanceArn(instance.instanceArn())
                .permissionSetArn(set)
                .managedPolicyArn("arn:aws:iam::aws:policy/AWSDenyAll"));

        JsonNode outcome = Moto.outcome(moto.look(null), "ADMIN_ACCESS");

        assertThat(outcome.path("reason").asText()).as(outcome.toString()).isEqualTo("ACCESS_LIMITED");
        assertThat(outcome.path("subject").asText()).contains("AWSDenyAll");
    }

    @Test
    void aPermissionSetOnTheThirdPage_isFound() {
        for (int i = 0; i < 205; i++) {
            permissionSet("Set" + i);
        }
        String set = administratorPermissionSet();
        moto.forgetOperations();

        JsonNode record = parsed(moto.look(null).path("record"));

        assertThat(record.at("/known/permissionSetArn").asText()).isEqualTo(set);
        // Once to see whether the instance has permission sets at all, then three pages.
        assertThat(moto.operations()).filteredOn("ListPermissionSets"::equals).hasSize(4);
    }

    /** What moto answers to each operation that is worked around; when one of these fails, a workaround can go. */
    @Test
    void theWorkaroundsAreStillNeeded() {
        assertThatThrownBy(() -> ssoAdmin.listRegions(request -> request.instanceArn(instance.instanceArn())))
                .satisfies(failure -> assertThat(failure.getMessage()).containsAnyOf("404", "500", "501"));
        assertThatThrownBy(() -> ssoAdmin.listTagsForResource(
                        request -> request.instanceArn(instance.instanceArn()).resourceArn(instance.instanceArn())))
                .satisfies(failure -> assertThat(failure.getMessage()).containsAnyOf("404", "500", "501"));
        assertThatThrownBy(() -> ssoAdmin.getPermissionsBoundaryForPermissionSet(
                        request -> request.instanceArn(instance.instanceArn()).permissionSetArn("ps-1")))
                .satisfies(failure -> assertThat(failure.getMessage()).containsAnyOf("404", "500", "501"));
        assertThatThrownBy(() -> identityStore.isMemberInGroups(request ->
                        request.identityStoreId(store()).groupIds("g").memberId(member -> member.userId("u"))))
                .satisfies(failure -> assertThat(failure.getMessage()).containsAnyOf("404", "500", "501"));
    }

    @Test
    void provisionedSets_areStillListedWhateverTheirStatus() {
        String set = permissionSet("Provisioned");
        ssoAdmin.provisionPermissionSet(request -> request.instanceArn(instance.instanceArn())
                .permissionSetArn(set)
                .targetType("AWS_ACCOUNT")
                .targetId(Moto.ACCOUNT));

        assertThat(ssoAdmin.listPermissionSetsProvisionedToAccount(
                                request -> request.instanceArn(instance.instanceArn())
                                        .accountId(Moto.ACCOUNT)
                                        .provisioningStatus("LATEST_PERMISSION_SET_NOT_PROVISIONED"))
                        .permissionSets())
                .containsExactly(set);
    }

    private String store() {
        return instance.identityStoreId();
    }

    private String user(String userName, String email) {
        return identityStore
                .createUser(request -> request.identityStoreId(store())
                        .userName(userName)
                        .displayName("Ada Lovelace")
                        .name(name -> name.givenName("Ada").familyName("Lovelace"))
                        .emails(Email.builder()
                                .value(email)
                                .type("work")
                                .primary(true)
                                .build()))
                .userId();
    }

    private String permissionSet(String name) {
        return ssoAdmin.createPermissionSet(
                        request -> request.instanceArn(instance.instanceArn()).name(name))
                .permissionSet()
                .permissionSetArn();
    }

    private String administratorPermissionSet() {
        String set = permissionSet("AdministratorAccess");
        ssoAdmin.attachManagedPolicyToPermissionSet(request -> request.instanceArn(instance.instanceArn())
                .permissionSetArn(set)
                .managedPolicyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
        return set;
    }

    private static JsonNode parsed(JsonNode record) {
        return Moto.parsed(record.asText());
    }
}
