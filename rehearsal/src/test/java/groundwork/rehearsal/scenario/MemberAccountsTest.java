package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.ADMIN_ACCESS;
import static groundwork.checklist.Prerequisite.ADMIN_USER;
import static groundwork.checklist.Prerequisite.IDENTITY_CENTER;
import static groundwork.rehearsal.scenario.Scenario.HOME;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.organization.OrganizationBuilder;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.states.ExecutionResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** What an execution for one member account does, and what it costs. */
@Tag("slow")
class MemberAccountsTest {
    private static final String OTHER = "777788889999";

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    @Test
    void aLook_asksAwsTheSame_howeverMuchTheOrganizationHas() {
        List<String> small = callsOfALook(organization -> {}, world -> {});
        List<String> large = callsOfALook(
                organization -> {
                    for (int number = 0; number < 100; number++) {
                        organization.memberAccount(
                                "%012d".formatted(600_000_000_000L + number), "A", number + "@example.com");
                    }
                },
                world -> {
                    SsoAdminClient sso = world.organization().client(SsoAdminClient.class, world.person(), HOME);
                    String instance = world.identityCenter().instanceArn();
                    for (int number = 0; number < 150; number++) {
                        String name = "Z" + number;
                        sso.createPermissionSet(
                                request -> request.instanceArn(instance).name(name));
                        world.console().createsGroup(name);
                        world.console().createsUser(name, "A", "B", name + "@example.com");
                    }
                });

        assertThat(large).isEqualTo(small);
        assertThat(small).hasSize(22);
    }

    @Test
    void theNextMember_findsThePermissionSetOfTheMembersAtOnce() {
        try (World world = ready(organization -> {})) {
            look(world, MEMBER);

            assertThat(callsOf(world, () -> look(world, OTHER)))
                    .containsOnlyOnce("DescribePermissionSet")
                    .doesNotContain("CreatePermissionSet");
            assertThat(world.seen().status(ADMIN_ACCESS)).isEqualTo("DONE");
        }
    }

    @Test
    void aPlan_hasALineForEachPrerequisiteAndDoesNothing() {
        try (World world = ready(organization -> {})) {
            int writes = world.seen().writes().size();

            world.starts(JsonNodeFactory.instance
                    .objectNode()
                    .put("accountId", MEMBER)
                    .put("plan", true));
            world.settles();

            JsonNode output = ((ExecutionResult.Succeeded)
                            world.stack().executions().getLast().result())
                    .output();
            assertThat(output.path("status").asText()).isEqualTo("PLANNED");
            assertThat(output.path("plan"))
                    .extracting(line -> line.path("prerequisite").asText() + " "
                            + line.path("verb").asText())
                    .contains("ADMIN_ACCESS AS_IT_SHOULD_BE", "EMAIL_CHANNEL NOT_APPLICABLE")
                    .hasSize(9);
            assertThat(world.seen().writes()).hasSize(writes);
        }
    }

    @Test
    void inADelegatedAdministratorsAccount_itsOwnLinesAreBlockedWithTheReason_andOtherAccountsAreRefused() {
        Scenario scenario = new Scenario(
                "delegated",
                "",
                MEMBER,
                organization -> {
                    company(organization);
                    organization.delegatedAdministrator("sso.amazonaws.com", MEMBER);
                },
                Scenarios.lookingAfter("all"),
                unused -> {});
        try (World world = new World(scenario, TEMPLATE, TABLES)) {
            world.addressIsConfirmed();
            world.stackIsCreated();
            world.settles();

            for (Prerequisite prerequisite : List.of(IDENTITY_CENTER, ADMIN_USER, ADMIN_ACCESS)) {
                assertThat(world.seen().status(prerequisite)).isEqualTo("BLOCKED");
                assertThat(world.seen().what(prerequisite)).contains(MANAGEMENT);
            }

            for (String other : List.of(OTHER, MANAGEMENT)) {
                look(world, other);
                assertThat(world.stack().executions().getLast().result())
                        .isInstanceOfSatisfying(
                                ExecutionResult.Failed.class,
                                failed -> assertThat(failed.cause())
                                        .startsWith("Account " + other + " cannot be set up from account " + MEMBER));
            }
        }
    }

    private static List<String> callsOfALook(Consumer<OrganizationBuilder> more, Consumer<World> then) {
        try (World world = ready(more)) {
            then.accept(world);
            look(world, MEMBER);
            return callsOf(world, () -> look(world, MEMBER));
        }
    }

    private static List<String> callsOf(World world, Runnable deed) {
        int before = world.seen().calls().size();
        deed.run();
        return world.seen().calls().subList(before, world.seen().calls().size()).stream()
                .filter(world.seen()::isOfTheStack)
                .map(Call::operation)
                .toList();
    }

    private static void look(World world, String accountId) {
        world.starts(JsonNodeFactory.instance.objectNode().put("accountId", accountId));
        world.settles();
    }

    /** The account of the stack is ready, and both members have the member stack. */
    private static World ready(Consumer<OrganizationBuilder> more) {
        Scenario scenario = new Scenario(
                "member-accounts",
                "",
                MANAGEMENT,
                organization -> {
                    company(organization);
                    more.accept(organization);
                },
                Scenarios.lookingAfter("all"),
                unused -> {});
        World world = new World(scenario, TEMPLATE, TABLES);
        Scenarios.ready(world);
        world.memberStacksAreRolledOut(List.of(MEMBER, OTHER));
        world.passes(Duration.ofMinutes(10));
        return world;
    }

    private static void company(OrganizationBuilder organization) {
        Scenarios.companyWithIdentityCenter(organization);
        organization.memberAccount(MEMBER, "Workload", "workload@example.com");
        organization.memberAccount(OTHER, "Sandbox", "sandbox@example.com");
    }
}
