package groundwork.email.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectTest {
    @Test
    void namesTheAccountAndTheTopic() {
        assertThat(subject("Example").line()).isEqualTo("AWS account 111122223333 (Example): your sign-in URL");
    }

    @Test
    void withoutAName_namesTheIdAlone() {
        assertThat(subject("").line()).isEqualTo("AWS account 111122223333: your sign-in URL");
        assertThat(subject(null).ascii()).isEqualTo("AWS account 111122223333: your sign-in URL");
    }

    @ParameterizedTest
    @CsvSource({
        "Größe & Łódź,   Grosse & Lodz",
        "Café “Zoë” – 1…, Cafe \"Zoe\" - 1...",
        "Smørrebrød,     Smorrebrod",
        "ﬁnance ①,       finance 1",
    })
    void ascii_spellsANameInAscii(String name, String expected) {
        assertThat(subject(name).ascii()).isEqualTo("AWS account 111122223333 (" + expected + "): your sign-in URL");
    }

    @ParameterizedTest
    @CsvSource({"東京本番", "Продакшн", "😀😀", "東京本番 x"})
    void ascii_whenHardlyAnythingOfTheNameIsLeft_leavesItOut(String name) {
        assertThat(subject(name).ascii()).isEqualTo("AWS account 111122223333: your sign-in URL");
    }

    @ParameterizedTest
    @CsvSource({"***", "東京 a"})
    void ascii_aNameOfWhichLessThanHalfCanBeRead_isLeftOut(String name) {
        assertThat(subject(name).ascii()).isEqualTo("AWS account 111122223333: your sign-in URL");
    }

    @Test
    void ascii_aNameOfWhichHalfCanBeRead_isKept() {
        assertThat(subject("東京 ab").ascii()).isEqualTo("AWS account 111122223333 (ab): your sign-in URL");
    }

    @Test
    void line_keepsANameInItsOwnScript() {
        assertThat(subject("東京本番").line()).isEqualTo("AWS account 111122223333 (東京本番): your sign-in URL");
    }

    @Test
    void aLongName_isShortenedAndTheTopicIsNot() {
        assertThat(subject("n".repeat(200)).ascii())
                .hasSize(99)
                .startsWith("AWS account 111122223333 (nnn")
                .endsWith("nnn...): your sign-in URL");
    }

    @Test
    void aNameThatJustFits_isNotShortened() {
        String longest = "n".repeat(54);

        assertThat(subject(longest).line()).hasSize(99).contains("(" + longest + ")");
        assertThat(subject(longest + "n").line()).hasSize(99).contains("(" + "n".repeat(53) + "…)");
    }

    @Test
    void aLongName_isNotCutInTheMiddleOfACharacter() {
        assertThat(subject("n".repeat(52) + "😀 and more").line()).contains("(" + "n".repeat(52) + "…)");
        assertThat(subject("n".repeat(51) + "😀 and more").line()).contains("(" + "n".repeat(51) + "😀…)");
    }

    @Test
    void aTopicThatLeavesNextToNoRoom_standsWithoutTheName() {
        String topic = "t".repeat(66);

        assertThat(new Subject("111122223333", "Example", topic).line())
                .isEqualTo("AWS account 111122223333 (Exa…): " + topic);
        assertThat(new Subject("111122223333", "Example", topic + "t").line())
                .isEqualTo("AWS account 111122223333: " + topic + "t");
    }

    @Test
    void aNameWithLineBreaks_addsNoHeader() {
        assertThat(subject("Example\r\nBcc: eve@example.net").ascii())
                .isEqualTo("AWS account 111122223333 (Example Bcc: eve@example.net): your sign-in URL");
    }

    @Test
    void ascii_whateverTheName_isWhatSnsTakes() {
        Random random = new Random(20261122);
        for (int i = 0; i < 10_000; i++) {
            String any = random.ints(random.nextInt(120), 0, 0x3000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();

            assertThat(subject(any).ascii()).as(any).matches("[A-Za-z0-9][\\x20-\\x7E]{0,98}");
            assertThat(subject(any).line()).as(any).hasSizeLessThan(100).doesNotContainPattern("\\p{Cc}");
        }
    }

    private static Subject subject(String accountName) {
        return new Subject("111122223333", accountName, "your sign-in URL");
    }
}
