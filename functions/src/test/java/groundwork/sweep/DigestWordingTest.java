package groundwork.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.email.OwnStack;
import groundwork.email.Reader;
import groundwork.email.letter.HtmlRendering;
import groundwork.email.letter.Message;
import groundwork.email.letter.TextRendering;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

class DigestWordingTest {
    private static final String EXECUTION =
            "arn:aws:states:eu-central-1:111122223333:execution:groundwork-OrganizationSweep:marks-1";

    private static final Summary BEFORE = summary(Map.of(
            "READY", List.of("200000000001", "200000000002", "200000000003"),
            "WAITING ROOT_MFA", List.of("200000000004")));
    private static final Summary NOW = summary(Map.of(
            "READY", List.of("200000000001", "200000000002", "200000000004"),
            "BLOCKED ACCESS_DENIED", List.of("200000000003"),
            "UNKNOWN CHANGE_EVENTS", List.of("200000000005"),
            "FAILED", List.of("200000000006"),
            "NOT_ACTIVE", List.of("200000000007")));

    private static Summary summary(Map<String, List<String>> groups) {
        return new Summary(groups.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, group -> new TreeSet<>(group.getValue()))));
    }

    private static Message digest(DigestWording.News news, Optional<String> owner, Reader reader) {
        OwnStack stack = new OwnStack(
                "111122223333",
                Region.EU_CENTRAL_1,
                "groundwork",
                "ada@example.com",
                "Ada",
                owner,
                true,
                Optional.empty());
        return new DigestWording(stack, "o-a1b2c3d4e5", Looks.AT, EXECUTION).of(news, reader);
    }

    private static String text(Summary before, Summary now, Map<String, String> names, Map<String, Long> noisy) {
        return TextRendering.of(digest(
                        new DigestWording.News(before, now, names, new TreeSet<>(), noisy),
                        Optional.empty(),
                        Reader.ADMINISTRATOR))
                .replaceAll("\\s+", " ");
    }

    @Test
    void tellsWhereTheAccountsStandAndWhereTheyStoodBefore() {
        String text = text(BEFORE, NOW, Map.of("200000000003", "Payments"), Map.of());

        assertThat(text)
                .contains(
                        "Hello Ada,",
                        "o-a1b2c3d4e5, this is where they stand now, and where they stood when you last heard of them:",
                        "Ready",
                        "3 accounts, before 3.",
                        "Blocked: ACCESS_DENIED",
                        "1 account, before 0.",
                        "New here: 200000000003 (Payments).",
                        "Not known: CHANGE_EVENTS",
                        "Groundwork failed; its executions say why",
                        "Suspended, closed or not active yet: left alone",
                        "Waiting for a person: Protect the root user with MFA",
                        "0 accounts, before 1.",
                        "Joined",
                        "3 accounts: 200000000005, 200000000006, 200000000007.",
                        "{\"accountId\": \"200000000003\"}",
                        "What comes next:",
                        "the CloudFormation stack groundwork in the AWS Region eu-central-1 of account 111122223333",
                        "since 22 November 2026")
                .doesNotContain("Left the organization", "Many events", "New here: 200000000004");
    }

    /** As it arrives; the texts are in {@code src/test/resources/email}, and as they are now in {@code target/emails}. */
    @Test
    void theWholeDigest() throws IOException {
        Message digest = digest(
                new DigestWording.News(
                        BEFORE,
                        NOW,
                        Map.of("200000000003", "Payments", "200000000005", "Sandbox", "200000000006", "Archive"),
                        new TreeSet<>(List.of("200000000004")),
                        new TreeMap<>(Map.of("200000000005", 12_345L))),
                Optional.empty(),
                Reader.ADMINISTRATOR);

        assertThat(arrived("digest.txt", "Subject: " + digest.subject().ascii() + "\n\n" + TextRendering.of(digest)))
                .isEqualTo(expected("digest.txt"));
        assertThat(arrived("digest.html", HtmlRendering.of(digest))).isEqualTo(expected("digest.html"));
    }

    private static String arrived(String name, String content) throws IOException {
        Files.writeString(Files.createDirectories(Path.of("target", "emails")).resolve(name), content);
        return content;
    }

    private static String expected(String name) throws IOException {
        try (InputStream file = DigestWordingTest.class.getResourceAsStream("/email/" + name)) {
            return file == null ? "(missing)" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theFirstOneComparesWithNothing() {
        String text = text(Summary.NONE, NOW, Map.of(), Map.of());

        assertThat(text)
                .contains("this is where they stand now:", "3 accounts.")
                .doesNotContain("before", "Joined");
    }

    @Test
    void whoLeftIsNamed() {
        assertThat(text(/* before= */ NOW, /* now= */ BEFORE, Map.of(), Map.of()))
                .contains(
                        "Left the organization, or no longer looked after",
                        "3 accounts: 200000000005, 200000000006, 200000000007.");
    }

    @Test
    void whereSomethingWasPutBackIsNamed() {
        DigestWording.News news = new DigestWording.News(
                NOW, NOW, Map.of("200000000001", "Payments"), new TreeSet<>(List.of("200000000001")), Map.of());

        assertThat(TextRendering.of(digest(news, Optional.empty(), Reader.ADMINISTRATOR)))
                .contains("Undone and put back", "1 account: 200000000001 (Payments).");
    }

    @Test
    void theNoisyAreNamed() {
        assertThat(text(BEFORE, NOW, Map.of("200000000003", "Payments"), Map.of("200000000003", 10_000L)))
                .contains(
                        "Many events",
                        "200000000003 (Payments): 10000 events since it was looked at before.",
                        "See in that account's CloudTrail who makes these calls.");
    }

    @Test
    void tenAreNamedAndTheOthersCounted() {
        List<String> ids = IntStream.range(0, 1000).mapToObj("%012d"::formatted).toList();

        String text = text(BEFORE, summary(Map.of("FAILED", ids)), Map.of(), Map.of());

        assertThat(text)
                .contains("1000 accounts, before 0.", "000000000009 and 990 more.")
                .doesNotContain("000000000010");
    }

    /** The account's own administrator chooses its name. */
    @Test
    void aHostileNameIsNoLinkAndNoMarkup() {
        Map<String, String> names =
                Map.of("200000000003", "<img src=x onerror=alert(1)> https://evil.example/\r\nBcc: eve@evil.example");
        DigestWording.News news = new DigestWording.News(BEFORE, NOW, names, new TreeSet<>(), Map.of());

        Message digest = digest(news, Optional.empty(), Reader.ADMINISTRATOR);

        assertThat(TextRendering.of(digest)).doesNotContain("https://evil", "evil.example", "\nBcc");
        assertThat(HtmlRendering.of(digest)).doesNotContain("<img src=x", "https://evil", "evil.example");
    }

    @Test
    void theOwnerWhoIsSomebodyElseIsGreetedWithoutAName() {
        DigestWording.News news = new DigestWording.News(BEFORE, NOW, Map.of(), new TreeSet<>(), Map.of());

        assertThat(TextRendering.of(digest(news, Optional.of("grace@example.com"), Reader.OWNER)))
                .startsWith("Hello,");
        assertThat(TextRendering.of(digest(news, Optional.of("grace@example.com"), Reader.ADMINISTRATOR)))
                .startsWith("Hello Ada,");
    }

    @Test
    void theSubjectFitsOnAPhoneWhateverTheNumbers() {
        Map<String, List<String>> tenThousand = Map.of(
                "READY", IntStream.range(0, 9988).mapToObj("%012d"::formatted).toList(),
                "FAILED",
                        IntStream.range(9988, 10_000)
                                .mapToObj("%012d"::formatted)
                                .toList());

        String subject = digest(
                        new DigestWording.News(BEFORE, summary(tenThousand), Map.of(), new TreeSet<>(), Map.of()),
                        Optional.empty(),
                        Reader.ADMINISTRATOR)
                .subject()
                .ascii();

        assertThat(subject)
                .isEqualTo("AWS 111122223333: 9988 of 10000 accounts are ready")
                .hasSizeLessThanOrEqualTo(50);
    }
}
