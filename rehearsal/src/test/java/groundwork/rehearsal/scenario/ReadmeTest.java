package groundwork.rehearsal.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.states.HistoryEvent;
import groundwork.rehearsal.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** What the README says of costs is what the rehearsal measures. */
class ReadmeTest {
    private final String readme;

    ReadmeTest() throws IOException {
        this.readme = Files.readString(Path.of("..", "README.md")).replaceAll("\\s+", " ");
    }

    @Test
    void theNewAccountTakesAsManyStateTransitionsAsTheReadmeSays() {
        try (LocalTables tables = new LocalTables();
                World world = played("new-account", tables)) {
            assertThat(readme)
                    .contains("the new account above takes %d state transitions"
                            .formatted(world.seen().stateTransitions()));
        }
    }

    @Test
    void aDailyLookTakesAsManyStateTransitionsAsTheReadmeSays() {
        try (LocalTables tables = new LocalTables();
                World world = played("administrator-removed-from-group", tables)) {
            ExecutionRecord daily = world.stack().executions().stream()
                    .filter(execution ->
                            execution.input().path("detail-type").asText().equals("Scheduled Event"))
                    .findFirst()
                    .orElseThrow();

            assertThat(readme).contains("a daily look takes %d ".formatted(daily.stateTransitions()));
        }
    }

    @Test
    void aDayOfWaitingTakesAsManyStateTransitionsAsTheReadmeSays() {
        Scenario scenario = new Scenario(
                "a day",
                "",
                organization -> {
                    Scenarios.company(organization);
                    organization.identityCenter(Region.US_EAST_1);
                },
                unused -> {});
        try (LocalTables tables = new LocalTables();
                World world = new World(scenario, Template.read(Path.of("..", "template.yaml")), tables)) {
            List<String> entered = new ArrayList<>();
            world.listen(event -> {
                if (event instanceof HistoryEvent.StateEntered state) {
                    entered.add(state.state());
                }
            });
            world.addressIsConfirmed();
            world.stackIsCreated();
            // Then the schedule comes.
            world.passes(Duration.ofDays(1));

            int looks = Collections.frequency(entered, "Begin a look");
            int waits = Collections.frequency(entered, "Wait for MFA on the root user");
            // With one wait for each look, nothing would have to be asked after it.
            int becauseWaitsAreShort = (waits - looks) + waits;
            assertThat(readme)
                    .contains("a day of waiting for a person takes %d ".formatted(entered.size()))
                    .contains("%d of them because no wait is longer than ten minutes".formatted(becauseWaitsAreShort));
        }
    }

    private static World played(String name, LocalTables tables) {
        Scenario scenario = Scenarios.named(name).orElseThrow();
        World world = new World(scenario, Template.read(Path.of("..", "template.yaml")), tables);
        scenario.play().accept(world);
        return world;
    }
}
