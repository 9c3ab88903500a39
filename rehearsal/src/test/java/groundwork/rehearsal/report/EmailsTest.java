package groundwork.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.organization.store.Mail;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which emails of a story are shown in full. */
class EmailsTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final List<Mail> MAILS = List.of(
            mail(60, "AWS 111122223333 (Example): 2 steps wait for you", "Two steps."),
            mail(120, "AWS 111122223333 (Example): your sign-in URL", "The URL."),
            mail(180, "AWS 111122223333 (Example): 1 step waits for you", "One step."),
            mail(90_000, "AWS 444455556666: your sign-in URL", "The other URL."));

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    private static Mail mail(long seconds, String subject, String text) {
        return new Mail(
                START.plusSeconds(seconds),
                "Groundwork <no-reply@sns.amazonaws.com>",
                "ada@example.com",
                subject,
                text,
                Optional.empty());
    }

    private Emails emails(boolean inFull) {
        return new Emails(Page.plain(new PrintStream(told, true, StandardCharsets.UTF_8)), START, inFull);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theFirstOfAKind_isShownInFull_andLaterOnesInALine() {
        emails(false).show(MAILS);

        assertThat(told())
                .contains("Two steps.", "The URL.")
                .doesNotContain("One step.", "The other URL.")
                .contains("with --emails, all of them are");
        assertThat(told().lines())
                .contains(
                        "│ From:    Groundwork <no-reply@sns.amazonaws.com>",
                        "│ To:      ada@example.com",
                        "│ Subject: AWS 111122223333 (Example): your sign-in URL",
                        "· 00:03:00  to ada@example.com  AWS 111122223333 (Example): 1 step waits for you",
                        "· day 2 01:00:00  to ada@example.com  AWS 444455556666: your sign-in URL");
    }

    @Test
    void ifAllAreAskedFor_allAreShownInFull() {
        emails(true).show(MAILS);

        assertThat(told())
                .contains("Two steps.", "The URL.", "One step.", "The other URL.")
                .doesNotContain("--emails");
    }
}
