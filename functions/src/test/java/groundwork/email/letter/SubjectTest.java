package groundwork.email.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectTest {
    @Test
    void namesTheAccountAndTheTopic() {
        assertThat(subject("Example").line()).isEqualTo("AWS 111122223333 (Example): your sign-in URL");
    }

    @Test
    void withoutAName_namesTheIdAlone() {
        assertThat(subject("").line()).isEqualTo("AWS 111122223333: your sign-in URL");
        assertThat(subject(null).ascii()).isEqualTo("AWS 111122223333: your sign-in URL");
    }

    @ParameterizedTest
    @CsvSource({
        "Größe & Ł,  Grosse & L",
        "“Zoë” – 1…, \"Zoe\" - 1...",
        "Smørrebrød, Smorrebrod",
        "ﬁnance ①,   finance 1",
    })
    void ascii_spellsANameInAscii(String name, String expected) {
        assertThat(subject(name).ascii()).isEqualTo("AWS 111122223333 (" + expected + "): your sign-in URL");
    }

    @ParameterizedTest
    @CsvSource({"東京本番", "Продакшн", "😀😀", "東京本番 x", "***", "東京 a"})
    void ascii_aNameOfWhichLessThanHalfCanBeRead_isLeftOut(String name) {
        assertThat(subject(name).ascii()).isEqualTo("AWS 111122223333: your sign-in URL");
    }

    @Test
    void ascii_aNameOfWhichHalfCanBeRead_isKept() {
        assertThat(subject("東京 ab").ascii()).isEqualTo("AWS 111122223333 (ab): your sign-in URL");
    }

    @Test
    void line_keepsANameInItsOwnScript() {
        assertThat(subject("東京本番").line()).isEqualTo("AWS 111122223333 (東京本番): your sign-in URL");
    }

    @Test
    void aNameThatMakesItLongerThanAPhoneShows_isLeftOut() {
        assertThat(subject("n".repeat(13)).line())
                .isEqualTo("AWS 111122223333 (nnnnnnnnnnnnn): your sign-in URL")
                .hasSize(50);
        assertThat(subject("n".repeat(14)).line()).isEqualTo("AWS 111122223333: your sign-in URL");
    }

    @Test
    void aNameWithLineBreaks_addsNoHeader() {
        assertThat(subject("A\r\nBcc: e@x.it").ascii()).isEqualTo("AWS 111122223333 (A Bcc: e@x.it): your sign-in URL");
    }

    @Test
    void ascii_whateverTheName_isWhatSnsTakes() {
        Random random = new Random(20261122);
        for (int i = 0; i < 10_000; i++) {
            String any = random.ints(random.nextInt(120), 0, 0x3000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();

            assertThat(subject(any).ascii()).as(any).matches("[A-Za-z0-9][\\x20-\\x7E]{0,49}");
            assertThat(subject(any).line()).as(any).hasSizeLessThan(51).doesNotContainPattern("\\p{Cc}");
        }
    }

    private static Subject subject(String accountName) {
        return new Subject("111122223333", accountName, "your sign-in URL");
    }
}
