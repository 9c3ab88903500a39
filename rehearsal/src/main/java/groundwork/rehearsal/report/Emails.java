package groundwork.rehearsal.report;

import groundwork.rehearsal.organization.store.Mail;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Shows the emails of a story as their readers got them: the first of a kind in full, with the envelope; those after it in a
 * line, unless all are asked for.
 */
public final class Emails {
    private final Page page;
    private final Style style;
    private final VirtualTime time;
    private final boolean inFull;

    /**
     * @param start when the story begins
     * @param inFull whether every email is shown in full
     */
    public Emails(Page page, Instant start, boolean inFull) {
        this.page = page;
        this.style = page.style();
        this.time = new VirtualTime(start);
        this.inFull = inFull;
    }

    /** Shows the emails, in the order they were received. */
    public void show(List<Mail> mails) {
        page.line();
        page.line(style.bold(mails.isEmpty() ? "No emails" : "Emails"));
        Set<String> kinds = new HashSet<>();
        boolean afterFull = true;
        boolean shortened = false;
        for (Mail mail : mails) {
            boolean full = kinds.add(kind(mail)) || inFull;
            if (full || afterFull) {
                page.line();
            }
            if (full) {
                full(mail);
            } else {
                inALine(mail);
            }
            afterFull = full;
            shortened |= !full;
        }
        if (shortened) {
            page.line();
            page.line(
                    "",
                    "Of each kind of email, the first is shown in full; with --emails, all of them are.",
                    style::faint);
        }
    }

    private void full(Mail mail) {
        page.line(style.faint("┌ " + time.shown(mail.time())));
        page.line(style.faint("│ From:    ") + mail.from());
        page.line(style.faint("│ To:      ") + mail.to());
        page.line(style.faint("│ Subject: ") + style.bold(mail.subject()));
        page.line(style.faint("│"));
        mail.text().strip().lines().forEach(text -> page.quoted(style.faint("│ "), text));
        page.line(style.faint("└"));
    }

    private void inALine(Mail mail) {
        page.line(
                style.faint("· " + time.shown(mail.time()) + "  to " + mail.to()) + "  ", mail.subject(), style::bold);
    }

    /** Emails that differ in account and number only are of one kind: "1 step waits for you", "2 steps wait for you". */
    private static String kind(Mail mail) {
        return mail.subject()
                .replaceFirst("^AWS \\d{12}( \\([^)]*\\))?: ", "")
                .replaceAll("\\d+ steps? (still )?waits?", "# steps $1wait")
                .replaceAll("\\d+", "#");
    }
}
