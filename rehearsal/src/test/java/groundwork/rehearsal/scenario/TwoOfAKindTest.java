package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.organization.store.EmbeddedPermissionSet;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.stack.Stack;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** Two stacks that look after the same things, and another automation that undoes what Groundwork does: nobody fights. */
@Tag("slow")
class TwoOfAKindTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    @Test
    void twoStacksWithDifferentSessionDurations_leaveTheSetToTheOneThatMadeIt() {
        Remembered.play(TABLES, Map.of(), remembered -> {
            World world = remembered.world();
            int own = world.stack().executions().size();
            Stack other = world.anotherStack(new Scenario(
                            "other",
                            "Another stack.",
                            MANAGEMENT,
                            organization -> {},
                            Map.of("SessionDuration", "PT8H"),
                            w -> {})
                    .called("other"));
            other.subscriptions()
                    .forEach((topic, address) ->
                            world.organization().emailRecipient(address).confirmsSubscription(topic));
            assertThat(remembered.mails("something is different", () -> {
                        other.reports("CREATE_COMPLETE");
                        world.passes(Duration.ofDays(3));
                    }))
                    .isOne();

            assertThat(world.identityCenter().permissionSets())
                    .extracting(EmbeddedPermissionSet::sessionDuration)
                    .containsExactly("PT4H");
            assertThat(world.seen().calls()).noneMatch(call -> call.operation().equals("UpdatePermissionSet"));
            assertThat(world.seen().mails().getLast().text())
                    .contains(
                            "sessions last PT4H, not PT8H",
                            world.stack().template().deployment().stackId());
            // The schedules, and nothing else.
            assertThat(world.stack().executions().size() - own).isLessThanOrEqualTo(4);
            assertThat(other.executions()).hasSizeLessThanOrEqualTo(5);
            assertThat(world.seen().checklistStatus()).isEqualTo("READY");

            // What is taken away comes back once, whoever is first, and both tell at most once.
            int assignments = world.identityCenter().assignments().size();
            assertThat(remembered.mails("undone and put back", remembered::adaIsRemoved))
                    .isBetween(1, 2);
            world.passes(Duration.ofDays(1));
            assertThat(world.identityCenter().assignments()).hasSize(assignments);
            assertThat(other.executions())
                    .noneMatch(execution -> execution.status().equals("FAILED"));
        });
    }

    /** Within a minute of every repair. */
    @Test
    void anAutomationThatRemovesTheAssignment_isLeftAloneAfterThreeRepairs() {
        Remembered.play(TABLES, Map.of(), remembered -> {
            World world = remembered.world();
            int before = world.seen().mails().size();
            long ordered = orders(world, "CreateAccountAssignment");
            removes(world, Duration.ofHours(20));

            assertThat(orders(world, "CreateAccountAssignment") - ordered).isEqualTo(3);
            assertThat(world.seen().reason(Prerequisite.ADMIN_ACCESS)).isEqualTo("REPAIRED_TOO_OFTEN");
            assertThat(world.seen().what(Prerequisite.ADMIN_ACCESS))
                    .contains("the assignment to account " + MANAGEMENT);
            assertThat(world.seen().mails("undone and put back")).hasSize(3);
            assertThat(world.seen().mails("needs you again")).hasSize(1);
            assertThat(world.seen().mails()).hasSize(before + 4);

            // When the automation has been ended, a person or the next day puts it right.
            world.passes(Duration.ofHours(30));
            assertThat(world.seen().checklistStatus()).isEqualTo("READY");
            assertThat(world.seen().mails("ready again")).hasSize(1);
        });
    }

    private static void removes(World world, Duration time) {
        for (long minute = 0; minute < time.toMinutes(); minute++) {
            world.identityCenter().assignments().stream()
                    .limit(1)
                    .forEach(assignment -> world.console().deletesAssignment(assignment));
            world.passes(Duration.ofMinutes(1));
        }
    }

    /** Nobody is told of an update, so that nobody would hear of such a fight. */
    @Test
    void anAutomationThatSetsTheSessionDuration_isLeftAloneAfterThreeUpdates() {
        Remembered.play(TABLES, Map.of(), remembered -> {
            World world = remembered.world();
            long before = orders(world, "UpdatePermissionSet");
            for (int change = 0; change < 12; change++) {
                world.organization()
                        .client(SsoAdminClient.class, world.person(), Region.US_EAST_1)
                        .updatePermissionSet(request -> request.instanceArn(
                                        world.identityCenter().instanceArn())
                                .permissionSetArn(world.identityCenter()
                                        .permissionSet("AdministratorAccess")
                                        .orElseThrow()
                                        .arn())
                                .sessionDuration("PT12H"));
                world.passes(Duration.ofMinutes(30));
            }
            assertThat(orders(world, "UpdatePermissionSet") - before).isEqualTo(12 + 3);
            assertThat(world.seen().reason(Prerequisite.ADMIN_ACCESS)).isEqualTo("REPAIRED_TOO_OFTEN");
            assertThat(world.seen().mails("needs you again")).hasSize(1);
        });
    }

    private static long orders(World world, String operation) {
        return world.seen().calls().stream()
                .filter(call -> call.operation().equals(operation))
                .count();
    }
}
