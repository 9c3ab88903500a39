package groundwork.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How lines are broken. */
class PageTest {
    private static final String TEXT = "one two three four five six seven eight nine ten eleven twelve";

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    private Page page(Style style, String columns) {
        return Page.of(new PrintStream(told, true, StandardCharsets.UTF_8), style, columns);
    }

    private List<String> lines() {
        return told.toString(StandardCharsets.UTF_8).lines().map(Style::visible).toList();
    }

    @Test
    void outsideATerminal_aLineStaysALine_withoutEscapeCodes() {
        Page page = page(Style.PLAIN, "20");

        page.line(page.style().bold("head "), TEXT, page.style()::faint);

        assertThat(told.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("head " + TEXT);
    }

    @Test
    void aTextGoesOnBelowItsBeginning() {
        page(Style.TERMINAL, "40").line("head ", TEXT, Style.TERMINAL::faint);

        assertThat(lines())
                .containsExactly("head one two three four five six seven", "     eight nine ten eleven twelve");
    }

    @Test
    void aTextWithoutPlaceBesideItsHead_isBelowIt() {
        page(Style.TERMINAL, "40").line("a head that takes most of the line ", TEXT, Style.TERMINAL::faint);

        assertThat(lines())
                .containsExactly(
                        "a head that takes most of the line",
                        "          one two three four five six",
                        "          seven eight nine ten eleven",
                        "          twelve");
    }

    @Test
    void aQuotedTextKeepsItsMark_itsMargin_andItsLinks() {
        Page page = page(Style.TERMINAL, "24");
        page.quoted("| ", "  one two three four five six");
        page.quoted("| ", "https://example.com/longer/than/the/line");

        assertThat(lines())
                .containsExactly(
                        "|   one two three four", "|   five six", "| https://example.com/longer/than/the/line");
    }

    @Test
    void aTerminalThatDoesNotTellItsWidth_isTakenToBeEightyWide() {
        page(Style.TERMINAL, "wide").line("", TEXT + " " + TEXT, text -> text);

        assertThat(lines()).hasSize(2).allMatch(line -> line.length() <= 80);
    }
}
