package groundwork.rehearsal.release;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.checklist.Prerequisite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What README.md shows first, and what it says of the commands. */
class CommandsTest {
    private static final int ONE_SCREEN = 40;

    private final List<String> readme;

    CommandsTest() throws IOException {
        readme = Files.readAllLines(Path.of("..", "README.md"));
    }

    @Test
    void theFirstScreen_showsTheWholeChecklistAndTheTwoCommands() {
        List<String> screen = readme.subList(0, ONE_SCREEN);

        assertThat(screen.stream()
                        .filter(line -> line.startsWith("      DONE "))
                        .map(line -> line.strip().split(" +", -1)[1]))
                .containsExactlyElementsOf(Arrays.stream(Prerequisite.values())
                        .map(Prerequisite::name)
                        .toList());
        assertThat(screen).contains("    ./deploy ada@example.com Ada Lovelace", "    ./rehearse");
    }

    @Test
    void theRelease_hasTheVersionOfTheProject() throws IOException {
        Matcher version = Pattern.compile("<version>(.+?)</version>")
                .matcher(Files.readString(Path.of("..", "functions", "pom.xml")));
        assertThat(version.find()).isTrue();
        String name = "groundwork-" + version.group(1);

        assertThat(readme).contains("    unzip " + name + ".zip && cd " + name);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "The commands are scripts for bash")
    void everyCommandAtTheRoot_isInTheTableOfWhatItNeeds() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(".."))) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(Files::isExecutable)
                            .map(file -> "./" + file.getFileName()))
                    .isNotEmpty()
                    .allSatisfy(command ->
                            assertThat(readme).anyMatch(line -> line.matches("\\| `" + command + "( \\w+)?` \\|.*")));
        }
    }
}
