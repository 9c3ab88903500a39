package groundwork.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.report.Page;
import groundwork.rehearsal.report.Style;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.Scenarios;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command answers to its arguments. */
class RehearseTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(Style style, String columns, String... arguments) {
        Page page = Page.of(new PrintStream(out, true, StandardCharsets.UTF_8), style, columns);
        return new Rehearse(page, new PrintStream(err, true, StandardCharsets.UTF_8), folder, folder)
                .run(List.of(arguments));
    }

    private int run(String... arguments) {
        return run(Style.PLAIN, null, arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "new-acount      | There is no story \"new-acount\"; did you mean new-account? ./rehearse --list names them all.",
                "nobody          | There is no story \"nobody\"; did you mean nobody-acts? ./rehearse --list names them all.",
                "al              | There is no story \"al\"; did you mean all? ./rehearse --list names them all.",
                "the-third-party | There is no story \"the-third-party\". ./rehearse --list names them all.",
                "--lst           | There is no option --lst; did you mean --list? ./rehearse --help names them all.",
                "-x              | There is no option -x. ./rehearse --help names them all."
            })
    void aTypo_getsOneSentence_withTheNearestNames(String typed, String sentence) {
        assertThat(run("all", typed)).isEqualTo(2);

        assertThat(err().strip()).isEqualTo(sentence);
        assertThat(out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--accounts 0        | --accounts takes a whole number from 1 to 100000, not \"0\".",
                "--accounts -5       | --accounts takes a whole number from 1 to 100000, not \"-5\".",
                "--accounts many     | --accounts takes a whole number from 1 to 100000, not \"many\".",
                "--accounts 100001   | --accounts takes a whole number from 1 to 100000, not \"100001\".",
                "--accounts          | --accounts takes a whole number from 1 to 100000.",
                "--accounts 5 6      | After organization comes --accounts with a number of member accounts, and nothing else.",
                "100                 | After organization comes --accounts with a number of member accounts, and nothing else."
            })
    void anOrganizationsSize_thatMakesNoSense_getsOneSentence(String typed, String sentence) {
        assertThat(run(("organization " + typed).split(" "))).isEqualTo(2);

        assertThat(err().strip()).isEqualTo(sentence);
        assertThat(out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--report          | --report takes the name of a file.",
                "--report --emails | --report takes the name of a file, not \"--emails\"."
            })
    void aReportWithoutAName_getsOneSentence(String typed, String sentence) {
        assertThat(run(typed.split(" "))).isEqualTo(2);

        assertThat(err().strip()).isEqualTo(sentence);
        assertThat(out()).isEmpty();
    }

    @Test
    void aReportThatCannotBeWritten_getsOneSentence_beforeAnythingIsPlayed() {
        assertThat(run("new-account", "--report", folder.toString())).isEqualTo(2);

        assertThat(err().strip()).isEqualTo("--report takes a file that can be written, not \"%s\".".formatted(folder));
        assertThat(out()).isEmpty();
    }

    @Test
    void theList_isGrouped_andItsColumnsAreAligned() {
        assertThat(run("--list")).isZero();

        List<String> stories =
                out().lines().filter(line -> line.startsWith("  ")).toList();
        assertThat(stories).hasSameSizeAs(Scenarios.all());
        assertThat(stories.getFirst()).startsWith("  new-account ");
        int column = Scenarios.all().stream()
                        .mapToInt(scenario -> scenario.name().length())
                        .max()
                        .orElseThrow()
                + 4;
        assertThat(stories).allSatisfy(line -> {
            assertThat(line.charAt(column - 1)).isEqualTo(' ');
            assertThat(line.charAt(column)).isNotEqualTo(' ');
        });
        assertThat(out().lines()).contains("From nothing to an administrator", "The first sign-in");
    }

    @Test
    void theList_isAsWideAsTheTerminal() {
        assertThat(run(Style.TERMINAL, "100", "--list")).isZero();

        assertThat(out().lines().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .allMatch(line -> line.length() <= 100)
                .hasSizeGreaterThan(Scenarios.all().size() * 2);
    }

    @Test
    void namesOfStories_areDifferent_andNoneIsTakenForAnother() {
        assertThat(Scenarios.all())
                .extracting(Scenario::name)
                .doesNotHaveDuplicates()
                .doesNotContain("all");
    }
}
