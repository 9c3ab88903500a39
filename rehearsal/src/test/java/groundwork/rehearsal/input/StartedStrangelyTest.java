package groundwork.rehearsal.input;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.Scenarios;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.states.ExecutionResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** The state machine, started with input that makes no sense. */
class StartedStrangelyTest {
    // StartExecution takes any JSON text, and of an execution without input Lambda makes the input {}.
    @Test
    void null_isANormalRun() {
        Scenario scenario = Scenarios.named("management-account").orElseThrow();
        try (LocalTables tables = new LocalTables();
                World world = new World(scenario, TEMPLATE, tables)) {
            world.starts(JsonNodeFactory.instance.nullNode());
            world.passes(Duration.ofMinutes(1));

            assertThat(world.seen().executionStatuses()).containsExactly("RUNNING");
            assertThat(world.seen().checklistStatus()).isEqualTo("WAITING");
            assertThat(world.identityCenter().users()).hasSize(1);
        }
    }

    @Test
    void strangeInput_endsInOneSentenceAndChangesNothing() {
        Strange strange = new Strange(61);
        Scenario scenario = new Scenario(
                "strange",
                "Somebody starts the state machine with nonsense.",
                organization -> organization
                        .managementAccount(Scenario.MANAGEMENT, "Example", "root@example.com")
                        .identityCenter(Region.US_EAST_1),
                world -> {
                    for (int i = 0; i < 150; i++) {
                        JsonNode input = strange.value();
                        boolean asksForARun = input.isNull() || (input.isObject() && input.isEmpty());
                        if (!asksForARun) {
                            world.starts(input);
                        }
                    }
                    world.passes(Duration.ofMinutes(1));
                });

        try (LocalTables tables = new LocalTables();
                World world = new World(scenario, TEMPLATE, tables)) {
            scenario.play().accept(world);

            List<ExecutionRecord> executions = world.stack().executions();
            assertThat(executions)
                    .hasSizeGreaterThan(100)
                    .allSatisfy(execution -> assertThat(execution.result())
                            .isInstanceOfSatisfying(ExecutionResult.Failed.class, failed -> {
                                assertThat(failed.error()).isEqualTo("InvalidRequest");
                                ExecutionInputTest.assertClear(failed.cause(), execution.input());
                            }));
            assertThat(world.seen().calls()).noneMatch(Call::isWrite);
            assertThat(world.seen().mails()).isEmpty();
        }
    }
}
