package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.CHANGE_EVENTS;
import static groundwork.checklist.Prerequisite.ROOT_ACCESS_KEYS;
import static groundwork.checklist.Prerequisite.ROOT_MFA;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

/** Wherever the stack lives, changes of the root user and of the organization wake it. */
@Tag("slow")
class TwoRegionsTest {

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "us-east-1",
                "eu-west-1",
                "us-gov-west-1",
                "us-gov-east-1",
                "cn-north-1",
                "cn-northwest-1",
                "eusc-de-east-1"
            })
    void changesWakeGroundwork(String name) {
        Region region = Region.of(name);
        Scenario scenario = new Scenario(
                        name,
                        "",
                        organization -> {
                            Scenarios.company(organization);
                            organization.identityCenter(region);
                        },
                        unused -> {})
                .in(region);
        try (World world = new World(scenario, TEMPLATE, TABLES)) {
            Scenarios.ready(world);
            assertThat(world.expectations().broken()).isEmpty();
            int before = world.stack().executions().size();

            // In AWS GovCloud (US) the root user has no MFA.
            boolean signsIn = world.organization().partition().rootUserSignsIn();
            if (signsIn) {
                world.organization().rootUser(MANAGEMENT).deactivatesMfa();
            } else {
                world.organization().rootUser(MANAGEMENT).createsAccessKey();
            }
            world.passes(Duration.ofMinutes(1));
            world.organization()
                    .organizationsConsole(world.person())
                    .createsMemberAccount("444455556666", "Workload", "workload@example.com");
            world.passes(Duration.ofMinutes(1));

            assertThat(world.stack().executions().stream().skip(before).map(TwoRegionsTest::eventName))
                    .containsExactly(signsIn ? "DeactivateMFADevice" : "CreateAccessKey", "AccountJoinedOrganization");
            assertThat(world.seen().status(signsIn ? ROOT_MFA : ROOT_ACCESS_KEYS))
                    .isEqualTo("WAITING");
            assertThat(world.seen().status(CHANGE_EVENTS)).isEqualTo("DONE");
        }
    }

    private static String eventName(ExecutionRecord execution) {
        return execution.input().at("/detail/eventName").asText();
    }
}
