package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.ADMIN_ACCESS;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** What docs/faq.md says of an organization that AWS Control Tower has set up, where its own administrator has access. */
@Tag("slow")
class ControlTowerTest {
    private static final String GROUP = "AWSControlTowerAdmins";
    private static final String PERMISSION_SET = "AWSAdministratorAccess";

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    @Test
    void itsGroupAndPermissionSet_areAdoptedAndOnlyTheAdministratorIsAdded() {
        try (World world = deployed(Map.of("GroupName", GROUP, "PermissionSetName", PERMISSION_SET))) {
            assertThat(world.seen().status(ADMIN_ACCESS)).isEqualTo("DONE");
            assertThat(world.seen().writes())
                    .filteredOn(call -> !call.startsWith("sns:"))
                    .containsExactly("identitystore:CreateUser", "identitystore:CreateGroupMembership");
        }
    }

    @Test
    void underOtherNames_bothLiveBesideEachOther() {
        try (World world = deployed(Map.of())) {
            assertThat(world.seen().status(ADMIN_ACCESS)).isEqualTo("DONE");
            assertThat(world.identityCenter().groups()).hasSize(2);
            assertThat(world.identityCenter().permissionSets()).hasSize(2);
            assertThat(world.identityCenter().assignments()).hasSize(2);
            assertThat(world.identityCenter().memberships()).hasSize(2);
        }
    }

    private static World deployed(Map<String, String> parameters) {
        Scenario scenario = new Scenario(
                "control-tower",
                "",
                MANAGEMENT,
                organization -> {
                    Scenarios.company(organization);
                    organization.identityCenter(Region.US_EAST_1);
                },
                parameters,
                unused -> {});
        World world = new World(scenario, TEMPLATE, TABLES);
        String group = world.console().createsGroup(GROUP);
        world.console()
                .addsMember(
                        group, world.console().createsUser("tower", "AWS Control Tower", "Admin", "root@example.com"));
        Scenarios.permissionSet(world, PERMISSION_SET, group);
        world.passes(Duration.ofMinutes(5));
        world.addressIsConfirmed();
        world.stackIsCreated();
        world.settles();
        return world;
    }
}
