package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.CHANGE_EVENTS;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

@Tag("slow")
class SelfTestTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private World world;

    @BeforeEach
    void ready() {
        Scenario scenario = new Scenario(
                        "self-test",
                        "",
                        organization -> {
                            Scenarios.company(organization);
                            organization.identityCenter(Region.EU_WEST_1);
                        },
                        unused -> {})
                .in(Region.EU_WEST_1);
        world = new World(scenario, TEMPLATE, TABLES);
        Scenarios.ready(world);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anEventThatDoesNotArrive_isMissedAtTheNextLook() {
        world.organization().deliverEventsTo((accountId, region, event) -> {});

        selfTest();
        world.passes(Duration.ofMinutes(1));
        look();
        assertThat(world.seen().status(CHANGE_EVENTS)).isEqualTo("DONE");
        assertThat(world.seen().what(CHANGE_EVENTS))
                .endsWith("A test event is on its way; the next look says whether it has arrived.");
        world.passes(Duration.ofDays(1));

        assertThat(world.seen().status(CHANGE_EVENTS)).isEqualTo("WAITING");
        assertThat(world.seen().what(CHANGE_EVENTS))
                .isEqualTo("A test event that was sent to eu-west-1 at 2026-03-02T09:35:00Z has not arrived here.");
    }

    @Test
    void everyWeek_aTestIsMadeWithoutAnybodyAsking() {
        // The daily schedule may come at the same moment and look before the events arrive: its next look tells.
        world.passes(Duration.ofDays(8));

        assertThat(world.seen().what(CHANGE_EVENTS))
                .endsWith("A test event was last seen to arrive from eu-west-1 at 2026-03-09T09:00:10Z"
                        + " and from us-east-1 at 2026-03-09T09:00:15Z.");
        assertThat(world.seen().mails("needs you")).isEmpty();
    }

    /** The schedule does it every week, beside a look every day. */
    @Test
    void aSelfTest_costsThreeExecutionsOfFourTransitionsAndNoLook() {
        int looks = world.seen().looks().size();
        int before = world.stack().executions().size();

        selfTest();
        world.passes(Duration.ofMinutes(1));

        assertThat(world.seen().looks()).hasSize(looks);
        assertThat(world.stack().executions().stream()
                        .skip(before)
                        .map(execution -> execution.status() + " " + execution.stateTransitions()))
                .isEqualTo(List.of("TEST_EVENTS_SENT 4", "EVENTS_ARRIVE 4", "EVENTS_ARRIVE 4"));
    }

    /** Whoever waits for people goes on. */
    @Test
    void aSelfTest_takesTheAccountFromNobody() {
        world.organization().rootUser(MANAGEMENT).deactivatesMfa();
        world.passes(Duration.ofHours(2));
        selfTest();
        world.passes(Duration.ofHours(2));

        assertThat(world.seen().executionStatuses())
                .endsWith("RUNNING", "TEST_EVENTS_SENT", "EVENTS_ARRIVE", "EVENTS_ARRIVE");
    }

    private void look() {
        world.starts(JsonNodeFactory.instance.objectNode());
        world.passes(Duration.ofMinutes(1));
    }

    private void selfTest() {
        world.starts(JsonNodeFactory.instance.objectNode().put("selfTest", true));
    }
}
