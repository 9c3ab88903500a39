package groundwork.rehearsal.trust;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.organization.store.Behavior;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.Scenarios;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.stack.EventDelivery;
import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scenario's own expectations hold when AWS is slow, shows things late and delivers events in disorder, all of that at once
 * and each alone. {@code .ci/run} plays it.
 */
@Tag("at-length")
class EventualVisibilityTest {

    /** Longer than any event is late, and than an access change takes that has to wait for another one. */
    private static final Duration SLOWNESS = Duration.ofMinutes(15);

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    static List<Named<Scenario>> scenarios() {
        return Scenarios.withoutFailures().stream()
                .map(scenario -> Named.of(scenario.name(), scenario))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void whatIsCreatedIsVisibleAfterThreeSeconds(Scenario scenario) {
        holds(scenario, Behavior.USUAL.withVisibility(Duration.ofSeconds(3)), EventDelivery.prompt());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void whatIsCreatedIsVisibleAfterTwentySeconds(Scenario scenario) {
        holds(scenario, Behavior.USUAL.withVisibility(Duration.ofSeconds(20)), EventDelivery.prompt());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void assignmentsAreInProgressForFourMinutes(Scenario scenario) {
        holds(scenario, Behavior.USUAL.withProvisioning(Duration.ofMinutes(4)), EventDelivery.prompt());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void pagesHoldOneItemAndTheFirstNone(Scenario scenario) {
        holds(scenario, Behavior.USUAL.withPageSize(1).withEmptyFirstPages(), EventDelivery.prompt());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void eventsComeLateTwiceAndInAnyOrder(Scenario scenario) {
        holds(scenario, Behavior.USUAL, EventDelivery.disorderly(1));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everythingAtOnce(Scenario scenario) {
        holds(
                scenario,
                Behavior.USUAL
                        .withVisibility(Duration.ofSeconds(20))
                        .withProvisioning(Duration.ofMinutes(1))
                        // Not the many short pages of above: no time passes between the calls of a function here, which
                        // would exceed the rate for ever.
                        .withThrottling(),
                EventDelivery.disorderly(2));
    }

    private static void holds(Scenario scenario, Behavior behavior, EventDelivery delivery) {
        try (World world = new World(scenario, TEMPLATE, TABLES)) {
            world.stack().deliverEvents(delivery);
            world.slower(SLOWNESS);
            world.beforeDeployment(() -> world.organization().behave(behavior));

            scenario.play().accept(world);

            assertThat(world.expectations().broken()).isEmpty();
            assertThat(world.seen().executionStatuses()).doesNotContain("FAILED");
        }
    }
}
