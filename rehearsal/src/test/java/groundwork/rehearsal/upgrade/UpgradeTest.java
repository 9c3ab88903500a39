package groundwork.rehearsal.upgrade;

import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.HOME;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Resource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.Email;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.Tag;

/**
 * A stack of an earlier release is updated: its table stays, a running execution keeps its old definition, and the functions
 * and permissions are at once the new ones.
 */
@org.junit.jupiter.api.Tag("slow")
class UpgradeTest {
    private static final String ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    static final List<String> RELEASES = Recording.RELEASES;

    /** Every step of a look that may be under way. */
    static Stream<Arguments> steps() {
        return RELEASES.stream().flatMap(release -> {
            List<String> states = Recording.of(release).states();
            return IntStream.range(0, states.size()).mapToObj(step -> Arguments.of(release, step, states.get(step)));
        });
    }

    @ParameterizedTest
    @FieldSource("RELEASES")
    void aWaitingExecutionEndsAsSuperseded_andWhatWasToldIsNotToldAgain(String release) {
        play(release, (world, recording) -> {
            int waiting = recording.states().size() - 1;
            world.stack()
                    .resume(
                            recording.definition(),
                            recording.execution(),
                            recording.states().get(waiting),
                            recording.variables(waiting));
            world.stack().reports("UPDATE_COMPLETE");
            world.passes(Duration.ofMinutes(90));

            assertThat(world.seen().executionStatuses()).containsExactly("SUPERSEDED", "RUNNING");
            assertThat(world.seen().mails()).isEmpty();

            // Reminders come when they would have come, and what happens from now on is told.
            world.passes(Duration.ofHours(26));
            assertThat(subjects(world))
                    .hasSize(2)
                    .anyMatch(subject -> subject.endsWith("you have not signed in"))
                    .anyMatch(subject -> subject.endsWith("1 step still waits"));
            world.organization().rootUser(MANAGEMENT).enablesPasskey();
            world.console()
                    .resetsPassword(
                            world.identityCenter().user("ada").orElseThrow().userId());
            world.organization().accessPortalUser("ada").signsIn();
            world.passes(Duration.ofMinutes(90));
            assertThat(world.seen().checklistStatus()).isEqualTo("READY");
            assertThat(world.seen().mails("your account is ready")).hasSize(1);
            assertThat(world.seen().mails()).hasSize(3);
            assertThat(world.seen().executionStatuses()).doesNotContain("FAILED");
        });
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("steps")
    void anExecutionInTheMiddleOfALook_failsAtMostOnceAndSaysWhy(String release, int step, String state) {
        play(release, (world, recording) -> {
            world.stack().resume(recording.definition(), recording.execution(), state, recording.variables(step));
            world.stack().reports("UPDATE_COMPLETE");
            world.passes(Duration.ofMinutes(90));

            assertThat(world.seen().executionStatuses().getFirst()).isIn("SUPERSEDED", "FAILED");
            assertThat(world.seen().executionStatuses().getLast()).isEqualTo("RUNNING");
            boolean failed = world.seen().executionStatuses().contains("FAILED");
            assertThat(subjects(world)).hasSize(failed ? 1 : 0);
            if (failed) {
                assertThat(world.seen().mails().getFirst().text()).contains("update of the stack");
            }
        });
    }

    /** As when an earlier release does not know yet of a field that a function needs. */
    @ParameterizedTest
    @FieldSource("RELEASES")
    void aFunctionThatCannotUseWhatAnEarlierReleaseHandsOver_saysThatAnUpdateMayBeWhy(String release) {
        play(release, (world, recording) -> {
            int step = recording.states().indexOf("Grant access");
            Map<String, JsonNode> variables = new HashMap<>(recording.variables(step));
            variables.put(
                    "identityCenter",
                    ((ObjectNode) variables.get("identityCenter").deepCopy()).without("instance"));
            world.stack().resume(recording.definition(), recording.execution(), "Grant access", variables);
            world.stack().reports("UPDATE_COMPLETE");
            world.passes(Duration.ofMinutes(90));

            assertThat(world.seen().executionStatuses()).containsExactly("FAILED", "RUNNING");
            List<Mail> mails = world.seen().mails();
            assertThat(mails).hasSize(1);
            assertThat(mails.getFirst().to()).isEqualTo(ADA);
            assertThat(mails.getFirst().text()).contains("at the step \"Grant access\"", "update of the stack");
        });
    }

    private static List<String> subjects(World world) {
        return world.seen().mails().stream().map(Mail::subject).toList();
    }

    /** As the stack of the release left it, with the new template. */
    private static void play(String release, BiConsumer<World, Recording> then) {
        Scenario scenario = new Scenario(
                "upgrade",
                "A stack is updated.",
                organization -> organization
                        .managementAccount(MANAGEMENT, "Example", "root@example.com")
                        .identityCenter(HOME),
                world -> {});
        try (World world = new World(scenario, TEMPLATE, TABLES)) {
            world.addressIsConfirmed();
            Recording recording = Recording.of(release).withIds(provisioned(world));
            world.passes(Duration.between(world.now(), recording.at()));
            DynamoDbClient table = world.organization().client(DynamoDbClient.class, world.person(), HOME);
            String name = world.tableName();
            recording
                    .items()
                    .forEach(item -> table.putItem(put -> put.tableName(name).item(item)));
            then.accept(world, recording);
        }
    }

    /** What the release made in Identity Center, in the name of the stack's roles. */
    private static Map<String, String> provisioned(World world) {
        String store = world.identityCenter().identityStoreId();
        String instance = world.identityCenter().instanceArn();
        String user = world.organization()
                .client(IdentitystoreClient.class, role(world, "ProvisionAdministratorFunction"), HOME)
                .createUser(request -> request.identityStoreId(store)
                        .userName("ada")
                        .displayName("Ada Lovelace")
                        .name(name -> name.givenName("Ada").familyName("Lovelace"))
                        .emails(Email.builder()
                                .value(ADA)
                                .type("work")
                                .primary(true)
                                .build()))
                .userId();
        Caller grantAccess = role(world, "GrantAccessFunction");
        IdentitystoreClient identityStore = world.organization().client(IdentitystoreClient.class, grantAccess, HOME);
        String group = identityStore
                .createGroup(request -> request.identityStoreId(store).displayName("Administrators"))
                .groupId();
        identityStore.createGroupMembership(
                request -> request.identityStoreId(store).groupId(group).memberId(member -> member.userId(user)));
        SsoAdminClient sso = world.organization().client(SsoAdminClient.class, grantAccess, HOME);
        String set = sso.createPermissionSet(request -> request.instanceArn(instance)
                        .name("AdministratorAccess")
                        .sessionDuration("PT4H")
                        // By its name, which is all that the tag held then.
                        .tags(Tag.builder()
                                .key("groundwork:stack")
                                .value("groundwork")
                                .build()))
                .permissionSet()
                .permissionSetArn();
        sso.attachManagedPolicyToPermissionSet(
                request -> request.instanceArn(instance).permissionSetArn(set).managedPolicyArn(ADMINISTRATOR_ACCESS));
        sso.createAccountAssignment(request -> request.instanceArn(instance)
                .permissionSetArn(set)
                .principalType("GROUP")
                .principalId(group)
                .targetType("AWS_ACCOUNT")
                .targetId(MANAGEMENT));
        return Map.of("instance", instance, "identityStore", store, "user", user, "group", group, "permissionSet", set);
    }

    private static Caller role(World world, String function) {
        Resource resource = world.stack().template().resource(function);
        return new Caller(
                MANAGEMENT,
                resource.properties().path("Role").asText(),
                resource.ref().orElseThrow());
    }
}
