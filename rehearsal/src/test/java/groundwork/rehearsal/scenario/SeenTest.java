package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is counted while a story goes on. */
class SeenTest {
    @Test
    void stateTransitions_areCountedWhileAnExecutionRuns_andAreThoseItReportsWhenItEnds() {
        Scenario scenario = Scenarios.named("new-account").orElseThrow();
        try (LocalTables tables = new LocalTables();
                World world = new World(scenario, TEMPLATE, tables)) {
            world.stackIsCreated();
            world.passes(Duration.ofMinutes(1));
            assertThat(world.seen().executionStatuses()).containsExactly("RUNNING");
            assertThat(world.seen().stateTransitions()).isBetween(10L, 40L);
        }
        try (LocalTables tables = new LocalTables();
                World world = new World(scenario, TEMPLATE, tables)) {
            scenario.play().accept(world);
            assertThat(world.seen().executionStatuses()).doesNotContain("RUNNING");
            assertThat(world.seen().stateTransitions())
                    .isEqualTo(world.stack().executions().stream()
                            .mapToLong(ExecutionRecord::stateTransitions)
                            .sum());
        }
    }
}
