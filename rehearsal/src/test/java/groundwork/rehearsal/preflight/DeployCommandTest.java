package groundwork.rehearsal.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

class DeployCommandTest {
    @Test
    void everyLineButTheLastGoesOn() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("AdministratorEmail", "ada@example.com");
        parameters.put("CreateTrail", "true");

        assertThat(new DeployCommand(Region.EU_WEST_1, Optional.of("dev"), parameters).lines())
                .containsExactly(
                        "sam build && sam deploy --region eu-west-1 --profile dev --parameter-overrides \\",
                        "    AdministratorEmail=ada@example.com \\",
                        "    CreateTrail=true");
    }

    @Test
    void aValueWithSpacesIsQuotedForSamAndForTheShell() {
        assertThat(override("Ada Augusta")).isEqualTo("    'GivenName=\"Ada Augusta\"'");
    }

    @Test
    void anApostropheAndDoubleQuotesSurviveTheShellAndSam() {
        assertThat(override("Pat \"Paddy\" O'Brien")).isEqualTo("    'GivenName=\"Pat \\\"Paddy\\\" O'\\''Brien\"'");
    }

    @Test
    void nothingInAValueIsRunByTheShell() {
        assertThat(override("$(id) `id` $HOME")).isEqualTo("    'GivenName=\"$(id) `id` $HOME\"'");
    }

    private static String override(String givenName) {
        return new DeployCommand(Region.EU_WEST_1, Optional.empty(), Map.of("GivenName", givenName))
                .lines()
                .getLast();
    }
}
