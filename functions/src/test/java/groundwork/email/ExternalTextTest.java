package groundwork.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalTextTest {
    @Test
    void lineBreaksAndControlCharacters_becomeOneBlank() {
        assertThat(ExternalText.line("a\r\nBcc: x\t\u0000\u2028b\u00a0c", 99)).isEqualTo("a Bcc: x b c");
    }

    @Test
    void overridesOfTheWritingDirection_areDropped() {
        assertThat(ExternalText.line("a\u202Eb\u2066c\u200Fd\uFEFFe", 99)).isEqualTo("abcde");
    }

    @Test
    void joinersThatBelongToTheSpelling_areKept() {
        assertThat(ExternalText.line("می\u200cخواهم", 99)).isEqualTo("می\u200cخواهم");
        assertThat(ExternalText.line("क्\u200dष", 99)).isEqualTo("क्\u200dष");
    }

    @Test
    void halfASurrogatePair_isDropped() {
        assertThat(ExternalText.line("a\uD83Db", 99)).isEqualTo("ab");
    }

    @Test
    void longText_isCutBetweenCharacters() {
        assertThat(ExternalText.line("😀".repeat(10_000), 3)).isEqualTo("😀😀…");
    }

    @Test
    void textThatJustFits_isKept() {
        assertThat(ExternalText.line("😀😀😀", 3)).isEqualTo("😀😀😀");
    }

    @Test
    void nothing_isTheEmptyLine() {
        assertThat(ExternalText.line(null, 99)).isEmpty();
        assertThat(ExternalText.name(null, 99)).isEmpty();
        assertThat(ExternalText.unlinked(null, 99)).isEmpty();
    }

    @Test
    void anAddressAsAName_isNoLink() {
        assertThat(ExternalText.name("https://example.net/verify", 99)).isEqualTo("https: //example.net/verify");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "www.evil.example | www[.]evil[.]example",
                "Go to evil.example/verify. Now. | Go to evil[.]example/verify. Now.",
                "https://evil.example | https: //evil[.]example",
                "arn:aws:sts::1:assumed-role/r/ada@example.com | arn:aws:sts::1:assumed-role/r/ada@example[.]com",
                "evil\u3002example evil\uFF0Eexample evil\uFF61example evil\u2024example"
                        + " | evil[.]example evil[.]example evil[.]example evil[.]example",
                "evil.\u200Dexample evil..example | evil[.]\u200Dexample evil.[.]example",
                "DeactivateMFADevice | DeactivateMFADevice",
            })
    void whatAnybodyMayHaveMadeUp_isNoLinkAndNoHost(String text, String shown) {
        assertThat(ExternalText.unlinked(text, 999)).isEqualTo(shown);
    }

    @Test
    void whateverComesIn_oneShortLineComesOut() {
        Random random = new Random(20261122);
        for (int i = 0; i < 10_000; i++) {
            String any = random.ints(random.nextInt(60), 0, 0x3000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();

            String line = ExternalText.line(any, 20);

            assertThat(line.codePointCount(0, line.length())).as(any).isLessThanOrEqualTo(20);
            assertThat(line).as(any).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}\u202A-\u202E\u2066-\u2069]");
        }
    }
}
