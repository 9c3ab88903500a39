package groundwork.rehearsal.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

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
                    .contains("the new account above takes %d state transitions".formatted(world.stateTransitions()));
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

    private static World played(String name, LocalTables tables) {
        Scenario scenario = Scenarios.named(name).orElseThrow();
        World world = new World(scenario, Template.read(Path.of("..", "template.yaml")), tables);
        scenario.play().accept(world);
        return world;
    }
}
