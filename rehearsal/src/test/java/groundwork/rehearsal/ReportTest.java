package groundwork.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.report.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that a rehearsal leaves. */
@Tag("slow")
class ReportTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private String report = "";

    /** Two stories: of one every line is looked at, the other sends emails with a layout. */
    @BeforeEach
    void twoStoriesArePlayed() throws IOException {
        PrintStream told = new PrintStream(out, true, StandardCharsets.UTF_8);
        int status = new Rehearse(Page.plain(told), told, ROOT, folder)
                .run(List.of("new-account", "sent-through-ses", "--report", "pages/report.html"));
        assertThat(status).isZero();
        report = Files.readString(folder.resolve("pages/report.html"));
    }

    private String part(String story) {
        String begin = report.substring(report.indexOf("<div id=\"" + story + "\">"));
        int next = begin.indexOf("<details class=\"story\"");
        return next < 0 ? begin : begin.substring(0, next);
    }

    private static String section(String part, String heading, String next) {
        int begin = part.indexOf("<h3>" + heading + "</h3>");
        return part.substring(begin, next.isEmpty() ? part.length() : part.indexOf("<h3>" + next + "</h3>"));
    }

    @Test
    void theCommandSaysWhereItIs_andItNeedsNothingElse() {
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("The report, to be opened in a browser: " + folder.resolve("pages/report.html"));
        assertThat(report)
                .startsWith("<!DOCTYPE html>")
                .contains("prefers-color-scheme: dark", "<a href=\"#new-account\">", "<a href=\"#sent-through-ses\">")
                .doesNotContain("<script", " src=", "<link", "@import", "url(");
    }

    @Test
    void eachStoryShowsItsChecklistBeforeAndAfter() {
        assertThat(section(part("new-account"), "The checklist before and after", "What happened"))
                .contains(
                        "<span class=\"mark WAITING\">WAITING</span>, at the last one <span class=\"mark READY\">READY</span>",
                        "<span class=\"muted\">before</span> <span class=\"mark WAITING\">WAITING</span> The root user has credentials but no MFA.",
                        "<span class=\"muted\">after</span> <span class=\"mark DONE\">DONE</span> The root user has MFA",
                        "<span class=\"muted\">before and after</span> <span class=\"mark DONE\">DONE</span> The root user has no access keys");
    }

    @Test
    void theTimelineHasPeople_events_executions_statesAndEmails_onTheVirtualClock() {
        assertThat(section(part("new-account"), "What happened", "Emails").lines())
                .containsSubsequence(
                        "<li class=\"execution\"><span class=\"at\">00:00:05</span> <span>Execution 0001 starts because of CloudFormation Stack Status Change</span></li>",
                        "<li class=\"deed\"><span class=\"at\">00:04:00</span> <span>Ada confirms her email address</span></li>",
                        "<li class=\"email\"><span class=\"at\">00:07:21</span> <span>Email to ada@example.com: <a href=\"#new-account-email-2\">AWS 111122223333 (Example): 2 steps wait for you</a></span></li>",
                        "<li class=\"event\"><span class=\"at\">00:14:00</span> <span>Event <code>EnableMFADevice</code> of aws.iam in us-east-1, account 111122223333, by arn:aws:iam::111122223333:root</span></li>",
                        "<li class=\"states\"><span class=\"at\">00:14:05</span> <span>0002: Read the request · What kind of request? · Claim the account · Let the changes settle · Is it this execution&#39;s turn? · A newer execution took over</span></li>",
                        "<li class=\"\"><span class=\"at\">00:17:37</span> <span><strong>created</strong> user ada</span></li>",
                        "<li class=\"execution\"><span class=\"at\">00:52:47</span> <span>Execution 0008 ends: <span class=\"mark READY\">READY</span> after 85 state transitions</span></li>");
    }

    @Test
    void everyEmailIsThere_asItsReaderSeesIt() {
        assertThat(section(part("new-account"), "Emails", "Calls to AWS"))
                .contains("You can now work in AWS account 111122223333 (Example) as its administrator,")
                .contains("id=\"new-account-email-1\"", "id=\"new-account-email-5\"")
                .doesNotContain("<iframe");
        assertThat(section(part("sent-through-ses"), "Emails", "Calls to AWS"))
                .contains("sandbox=\"\" loading=\"lazy\" srcdoc=\"&lt;!DOCTYPE html&gt;", "The same as text:");
    }

    @Test
    void everyCallIsCounted_withThePermissionItNeeds() {
        assertThat(section(part("new-account"), "Calls to AWS", "What it cost"))
                .contains(
                        "<code>iam:GetAccountSummary</code><br><span class=\"muted\">needs iam:GetAccountSummary on *</span>",
                        "<code>identitystore:CreateUser</code><br><span class=\"muted\">needs identitystore:CreateUser on ",
                        "<code>lambda:InvokeFunction</code><br><span class=\"muted\">needs lambda:InvokeFunction on ",
                        "<code>states:StartExecution</code><br><span class=\"muted\">needs states:StartExecution on ");
    }

    @Test
    void theCostIsThatOfTheReadme() throws IOException {
        String cost = section(part("new-account"), "What it cost", "");

        String transitions = cost.replaceFirst("(?s).*<td>(\\d+) state transitions of AccountSetup</td>.*", "$1");
        String price = cost.replaceFirst(
                "(?s).*state transitions of AccountSetup</td><td class=\"times\">([^<]*)</td>.*", "$1");
        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains("| the new account above, once | %s state transitions | %s |".formatted(transitions, price));
    }
}
