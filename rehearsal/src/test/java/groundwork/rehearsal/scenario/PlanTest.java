package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.stack.LocalTables;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A plan is asked for before each scenario; then the scenario is played, and the plan has to have been right. */
@Tag("at-length")
class PlanTest {

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    static List<String> names() {
        return Scenarios.all().stream().map(Scenario::name).toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aPlanChangesNothingAndTheRunKeepsItsPromise(String name) {
        Scenario scenario = Scenarios.named(name).orElseThrow();
        try (World world = new World(scenario, TEMPLATE, TABLES)) {
            world.planFirst();
            scenario.play().accept(world);

            assertThat(writesOfTheStack(world.seen().callsOfPlan(), world)).isEmpty();
            assertThat(world.seen().plan())
                    .hasValueSatisfying(plan -> assertThat(plan).hasSize(Prerequisite.values().length));
            for (JsonNode line : world.seen().plan().orElseThrow()) {
                Prerequisite prerequisite =
                        Prerequisite.valueOf(line.path("prerequisite").asText());
                JsonNode finding = world.seen().firstLook().get(prerequisite);
                // People are told first, which a plan cannot do; the next look does as planned.
                if (finding != null
                        && !finding.at("/outcome/what").asText().endsWith("once this has been told by email.")) {
                    assertThat(effects(line)).as("%s", prerequisite).isEqualTo(effects(finding));
                    assertThat(line.path("verb").asText())
                            .as("%s", prerequisite)
                            .isIn(verbs(finding.path("outcome").path("status").asText()));
                }
            }
        }
    }

    private static List<String> writesOfTheStack(List<Call> calls, World world) {
        return calls.stream()
                .filter(call -> call.isWrite() && !call.caller().equals(world.person()))
                .map(Call::name)
                .toList();
    }

    /** The kinds and resources; ids are not known before they exist. */
    private static List<String> effects(JsonNode holder) {
        List<String> effects = new ArrayList<>();
        holder.path("changes")
                .forEach(effect -> effects.add(effect.path("kind").asText() + " "
                        + effect.path("resource").asText()));
        return effects;
    }

    private static List<String> verbs(String status) {
        return switch (status) {
            case "DONE" -> List.of("WOULD_CREATE", "WOULD_ADOPT", "WOULD_REPAIR", "WOULD_UPDATE", "AS_IT_SHOULD_BE");
            case "WAITING" -> List.of("NEEDS_A_PERSON");
            case "BLOCKED" -> List.of("BLOCKED");
            case "NOT_APPLICABLE" -> List.of("NOT_APPLICABLE");
            default -> List.of("UNKNOWN");
        };
    }
}
