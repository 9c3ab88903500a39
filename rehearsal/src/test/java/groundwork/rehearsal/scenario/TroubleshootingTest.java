package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import groundwork.checklist.BlockedReason;
import groundwork.email.MessageKind;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever looks for the words of an email, an alarm or a reason finds them on the page, and what is not there any more is not. */
class TroubleshootingTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path EMAILS = ROOT.resolve("functions/src/test/resources/email");

    private final String page;

    TroubleshootingTest() throws IOException {
        this.page = Files.readString(ROOT.resolve("docs/troubleshooting.md"));
    }

    @Test
    void everyReasonIsExplained() {
        assertThat(rows("A line is blocked"))
                .containsExactlyElementsOf(Stream.of(BlockedReason.values())
                        .map(reason -> "`" + reason + "`")
                        .toList());
    }

    @Test
    void everyAlarmIsExplained() {
        assertThat(rows("An alarm came"))
                .containsExactlyElementsOf(TEMPLATE
                        .expand(
                                new Scenario(
                                                "",
                                                "",
                                                Scenario.MANAGEMENT,
                                                organization -> {},
                                                Scenarios.lookingAfter("all"),
                                                world -> {})
                                        .allParameters(),
                                Deployment.of("111122223333", "us-east-1", "groundwork"))
                        .resourcesOfType("AWS::CloudWatch::Alarm")
                        .stream()
                        .map(Resource::ref)
                        .map(name -> name.orElseThrow().replace(" (stack groundwork)", ""))
                        .toList());
    }

    @Test
    void everyEmailIsExplained() throws IOException {
        List<String> subjects = new ArrayList<>(List.of("AWS Notification - Subscription Confirmation"));
        subjects.addAll(subjectsOfLetters());
        subjects.addAll(subjectsOf("account-setup"));
        subjects.addAll(subjectsOf("notice"));

        assertThat(rows("An email came")).containsExactlyInAnyOrderElementsOf(subjects);
    }

    /** Of the emails as they are expected to be written; each kind has one. */
    private static List<String> subjectsOfLetters() throws IOException {
        try (Stream<Path> files = Files.list(EMAILS)) {
            List<Path> letters = files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
            assertThat(letters).hasSizeGreaterThanOrEqualTo(MessageKind.values().length);
            return letters.stream()
                    .map(TroubleshootingTest::firstLine)
                    .map(TroubleshootingTest::topic)
                    .toList();
        }
    }

    /** Of what a state machine publishes by itself. */
    private static List<String> subjectsOf(String definition) throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(
                        ROOT.resolve("statemachine/" + definition + ".asl.json").toFile());
        return Stream.of("Subject", "subject")
                .flatMap(field -> json.findValuesAsText(field).stream())
                .filter(subject -> !subject.equals("{% $subject %}"))
                .map(TroubleshootingTest::topic)
                .toList();
    }

    private static String firstLine(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new IllegalArgumentException(file.toString(), e);
        }
    }

    /** What a subject says behind the account, where numbers are of the sample. */
    private static String topic(String subject) {
        return subject.substring(subject.lastIndexOf(": ") + 2)
                .replaceAll("' *%}$", "")
                .replaceAll("\\d+", "N");
    }

    /** The first cells of the section's table. */
    private List<String> rows(String section) {
        String text = page.substring(page.indexOf("\n## " + section + "\n") + 4);
        return text.lines()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> line.substring(2, line.indexOf(" | ")))
                .toList();
    }
}
