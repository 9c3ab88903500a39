package groundwork.rehearsal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.ProjectTemplate;
import groundwork.rehearsal.template.Resource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How long things may take, in the template and in the definition. */
class TimeoutsTest {
    private static final ExpandedTemplate TEMPLATE = ProjectTemplate.TEMPLATE.expand(
            Map.of("AdministratorEmail", "ada@example.com", "GivenName", "Ada", "FamilyName", "Lovelace"),
            Deployment.of("111122223333", "us-east-1", "groundwork"));

    /** Otherwise Step Functions starts the function again, beside itself. */
    @Test
    void everyStateWaitsLongerThanItsFunctionMayRun() {
        Map<String, Integer> functions = new TreeMap<>();
        TEMPLATE.resourcesOfType("AWS::Serverless::Function")
                .forEach(function -> functions.put(
                        function.arn(), function.properties().path("Timeout").asInt()));
        Resource machine = TEMPLATE.resource("AccountSetup");

        Map<String, Integer> tooShort = new TreeMap<>();
        TEMPLATE.substitutedDefinition(machine).path("States").properties().forEach(state -> {
            JsonNode function = state.getValue().at("/Arguments/FunctionName");
            int timeout = state.getValue().path("TimeoutSeconds").asInt();
            if (function.isTextual() && timeout <= functions.get(function.asText())) {
                tooShort.put(state.getKey(), timeout);
            }
        });

        assertThat(functions).isNotEmpty();
        assertThat(tooShort).isEmpty();
    }
}
