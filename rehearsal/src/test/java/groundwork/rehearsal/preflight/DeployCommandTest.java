package groundwork.rehearsal.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.release.Shell;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;

class DeployCommandTest {
    @Test
    void everyLineButTheLastGoesOn() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("AdministratorEmail", "ada@example.com");
        parameters.put("GivenName", "Ada");
        parameters.put("FamilyName", "King");
        parameters.put("UserName", "ada");
        parameters.put("CreateTrail", "true");

        assertThat(new DeployCommand(Region.EU_WEST_1, Optional.of("dev"), parameters).lines())
                .containsExactly(
                        "./deploy --region eu-west-1 --profile dev ada@example.com Ada King \\",
                        "    UserName=ada \\",
                        "    CreateTrail=true");
    }

    /** The shell and {@code ./deploy} itself read the lines. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "The commands are scripts for bash")
    void whatIsShownCanBePasted_whateverTheNames(@TempDir Path scratch) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("AdministratorEmail", "ada@example.com");
        parameters.put("GivenName", "Pat \"Paddy\" $(id) `id` $HOME");
        parameters.put("FamilyName", "O'Brien Müller");
        parameters.put("GroupName", "Cloud admins");
        List<String> lines = new DeployCommand(Region.EU_WEST_1, Optional.empty(), parameters).lines();
        Shell shell = new Shell(scratch)
                .with("deploy")
                .with("template.yaml")
                .file("functions.zip", "")
                .program("aws", "printf '111122223333\\t111122223333\\n'")
                .program("sam", "");

        assertThat(shell.run("y\n", "sh", "-c", String.join("\n", lines)).status())
                .isZero();
        assertThat(shell.calls("sam").getFirst())
                .contains(
                        "eu-west-1",
                        "AdministratorEmail=\"ada@example.com\"",
                        "GivenName=\"Pat \\\"Paddy\\\" $(id) `id` $HOME\"",
                        "FamilyName=\"O'Brien Müller\"",
                        "GroupName=\"Cloud admins\"");
    }
}
