package groundwork.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./rehearse} in a clone, with a Maven and a JDK that only look like it. */
@Tag("slow")
class CommandTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> TOOLS = List.of(
            "bash", "cat", "chmod", "cut", "dirname", "env", "find", "grep", "head", "mkdir", "mktemp", "rm", "sed",
            "seq", "sh", "stty", "tee");

    @TempDir
    private Path folder;

    private Path clone;
    private Path tools;

    record Answer(int status, String out, String err) {}

    @BeforeEach
    void aFreshClone() throws IOException {
        // Everything a path may have in it.
        clone = Files.createDirectories(folder.resolve("Ada's clone"));
        for (String file : List.of(
                "rehearse",
                "pom.xml",
                "functions/pom.xml",
                "rehearsal/pom.xml",
                "rehearsal/command/launch.sh",
                "rehearsal/command/rehearse.txt")) {
            Files.createDirectories(clone.resolve(file).getParent());
            Files.copy(ROOT.resolve(file), clone.resolve(file));
        }
        Files.createDirectories(clone.resolve("functions/src/main"));
        Files.createDirectories(clone.resolve("rehearsal/src/main"));
        tools = folder.resolve("tools");
        for (String tool : TOOLS) {
            Path usual = Path.of("/usr/bin", tool);
            program("tools/" + tool, "exec " + (Files.exists(usual) ? usual : Path.of("/bin", tool)) + " \"$@\"");
        }
        program("jdk/java", "echo \"started: $*, in $COLUMNS columns, from $CALLED_FROM\"");
        program("tools/java", "exec '" + folder.resolve("jdk/java") + "' \"$@\"");
        maven("""
                for file in $(seq 60); do echo "[INFO] Downloaded from central: https://example.com/$file.jar"; done
                echo '[INFO] --- maven-compiler-plugin:3.15.0:compile (default-compile) @ groundwork-functions ---'
                echo '[INFO] --- compiler:3.15.0:compile (default-compile) @ groundwork-rehearsal ---'
                mkdir -p rehearsal/target
                cat "$LAUNCHER" >rehearsal/target/launch
                chmod +x rehearsal/target/launch
                """);
    }

    private void program(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void maven(String script) throws IOException {
        program("tools/mvn", "echo built >>\"" + folder.resolve("builds") + "\"\n" + script);
    }

    private int builds() throws IOException {
        Path builds = folder.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    private Answer rehearse(String... arguments) throws IOException, InterruptedException {
        Path launcher = folder.resolve("launcher");
        WriteLauncher.write(
                launcher,
                clone.toRealPath(),
                folder.resolve("jdk/java").toRealPath(),
                clone.resolve("rehearsal/pom.xml").toString());
        List<String> command = new ArrayList<>(List.of(clone.resolve("rehearse").toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Answer run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        tools.toString(),
                        "LAUNCHER",
                        folder.resolve("launcher").toString(),
                        "COLUMNS",
                        "99"));
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Answer(
                process.exitValue(),
                Files.readString(folder.resolve("out"), UTF_8),
                Files.readString(folder.resolve("err"), UTF_8));
    }

    private void withoutMaven() throws IOException {
        Files.delete(tools.resolve("mvn"));
    }

    @Test
    void help_isToldWithoutABuild() throws Exception {
        withoutMaven();

        Answer answer = rehearse("new-account", "--help");

        assertThat(answer.status()).isZero();
        assertThat(answer.out())
                .startsWith("Usage: ./rehearse")
                .contains("--list", "--emails", "--version", "Exit status");
        assertThat(answer.out().lines()).allMatch(line -> line.length() <= 120);
        assertThat(answer.err()).isEmpty();
    }

    @Test
    void theVersion_isToldWithoutABuild() throws Exception {
        withoutMaven();

        assertThat(rehearse("--version").out()).matches("Groundwork \\d+\\.\\d+\\.\\d+\n");
    }

    @Test
    void theFirstBuild_showsThatItIsGettingOn_andThenTheStoryBegins() throws Exception {
        Answer answer = rehearse("new-account", "--emails");

        assertThat(answer.err().lines())
                .containsExactly(
                        "Building. The first time, Maven downloads what it needs, which takes a few minutes.",
                        "  25 files downloaded",
                        "  50 files downloaded",
                        "  compiling groundwork-functions",
                        "  compiling groundwork-rehearsal");
        assertThat(answer.out())
                .contains("groundwork.rehearsal.Rehearse new-account --emails", "in 99 columns")
                .doesNotContain("\u001b");
        assertThat(answer.status()).isZero();
    }

    @Test
    void whatMavenDoes_isToldWhileItDoesIt() throws Exception {
        program("tools/sleep", "exec /bin/sleep \"$@\"");
        maven("""
                echo '[INFO] --- compiler:3.15.0:compile (default-compile) @ groundwork-functions ---'
                for tenth in $(seq 100); do
                  grep -q compiling '%s' && exit 0
                  sleep 0.1
                done
                exit 1
                """.formatted(folder.resolve("err")));

        assertThat(rehearse().err())
                .contains("  compiling groundwork-functions")
                .doesNotContain("failed");
    }

    /** The program {@code script} gives a command a terminal; its options are those of Linux. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "The options of script are those of Linux")
    void onATerminal_theCommandLearnsItsWidth() throws Exception {
        rehearse();
        program("tools/rehearse-on-a-terminal", "stty cols 87; unset COLUMNS; \"" + clone.resolve("rehearse") + "\"");
        program("tools/script", "exec /usr/bin/script \"$@\"");

        Answer answer = run(List.of(tools.resolve("script").toString(), "-qec", "rehearse-on-a-terminal", "/dev/null"));

        assertThat(answer.out()).contains("started").contains("in 87 columns");
    }

    @Test
    void theCommandLearnsFromWhereItWasCalled_asAReportIsNamedFromThere() throws Exception {
        assertThat(rehearse("--report", "report.html").out())
                .contains("--report report.html", "from " + folder.toRealPath());
    }

    @Test
    void aBuiltClone_needsNoMaven_andIsNotBuiltAgain() throws Exception {
        rehearse();
        withoutMaven();

        Answer answer = rehearse("--list");

        assertThat(answer.out()).contains("groundwork.rehearsal.Rehearse --list");
        assertThat(answer.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aChangedSource_isBuilt() throws Exception {
        rehearse();
        Path source = Files.createFile(clone.resolve("functions/src/main/Changed.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(10)));

        Answer answer = rehearse();

        assertThat(answer.err()).startsWith("Building, because something was changed.");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void aMovedClone_isBuiltAgain() throws Exception {
        rehearse();
        clone = Files.move(clone, folder.resolve("elsewhere"));

        assertThat(rehearse().out()).contains("started");

        assertThat(builds()).isEqualTo(2);
        rehearse();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void afterAnotherJdkWasInstalledInPlaceOfTheOld_itIsBuiltAgain() throws Exception {
        rehearse();
        Path launch = clone.resolve("rehearsal/target/launch");
        Files.writeString(launch, Files.readString(launch).replace("/jdk/java", "/jdk-gone/java"));

        assertThat(rehearse().out()).contains("started");

        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void afterMavensRepositoryWasEmptied_itIsBuiltAgain() throws Exception {
        rehearse();
        Path launch = clone.resolve("rehearsal/target/launch");
        Files.writeString(launch, Files.readString(launch).replace("# class path ", "# class path /gone/library.jar:"));

        rehearse();

        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void withoutMaven_oneSentenceSaysSo() throws Exception {
        withoutMaven();

        assertThat(rehearse())
                .isEqualTo(
                        new Answer(3, "", "Maven is missing: install Maven 3.8 or newer, and a JDK, 25 or newer.\n"));
    }

    @Test
    void withoutAnyJdk_oneSentenceSaysSo() throws Exception {
        Files.delete(tools.resolve("java"));

        assertThat(rehearse())
                .isEqualTo(
                        new Answer(
                                3,
                                "",
                                "No JDK was found: install one, 25 or newer, and set JAVA_HOME to it if it is in an unusual place.\n"));
        assertThat(builds()).isZero();
    }

    @Test
    void withATooOldJdk_oneSentenceSaysSo() throws Exception {
        maven("""
                echo '[ERROR] Failed to execute goal org.apache.maven.plugins:maven-toolchains-plugin:3.3.0:select-jdk-toolchain'
                echo '[ERROR] Cannot find matching toolchain definitions for the following toolchain types: jdk {version=[25,)}'
                exit 1
                """);

        Answer answer = rehearse();

        assertThat(answer.status()).isEqualTo(3);
        assertThat(answer.err().lines().skip(1))
                .containsExactly(
                        "No JDK was found: install one, 25 or newer, and set JAVA_HOME to it if it is in an unusual place.");
    }

    @Test
    void aBuildThatFails_showsItsErrors() throws Exception {
        maven("""
                echo '[INFO] something else'
                echo '[ERROR] Some.java:[1,1] not a statement'
                exit 1
                """);

        Answer answer = rehearse();

        assertThat(answer.status()).isEqualTo(3);
        assertThat(answer.err().lines().skip(1))
                .containsExactly(
                        "[ERROR] Some.java:[1,1] not a statement",
                        "The build failed. \"mvn -Dmaven.test.skip=true package\" shows all of it.");
        assertThat(answer.out()).isEmpty();
    }
}
