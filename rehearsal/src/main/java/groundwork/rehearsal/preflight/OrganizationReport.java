package groundwork.rehearsal.preflight;

import groundwork.email.ExternalText;
import groundwork.rehearsal.report.Style;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;

/** Tells a person on one page what would be done in the member accounts, however many there are. */
final class OrganizationReport {
    /** How many accounts of a kind are named. */
    static final int NAMED = 10;

    private static final int SHORT_NAME = 20;
    private static final int LONG_NAME = 50;
    private static final char UNBROKEN = '\u00a0';

    private final PrintStream out;
    private final Style style;
    private final Report report;

    OrganizationReport(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
        this.report = new Report(out, style);
    }

    void account(CallerAccount account, Region region) {
        report.account(account, new AccountPlan.Unknown());
        out.println("  Region     " + region.id());
    }

    void note(String sentence) {
        report.note(sentence);
    }

    void progress(String what) {
        report.transientLine(what.isEmpty() ? "" : "  … " + what);
    }

    /** Why nothing can be told, in one sentence. */
    void blocked(String sentence) {
        out.println();
        out.println(style.bad("✗ " + sentence));
    }

    void summary(OrganizationPlan plan) {
        report.heading(String.format(
                Locale.ROOT,
                "Member accounts of %s: %,d",
                plan.organizationId(),
                plan.members().size()));
        print("Access is permission set %s for group %s".formatted(plan.permissionSetName(), plan.groupName()));
        kinds(plan, false);
        if (plan.members().stream().anyMatch(member -> member.access().isLeftAlone())) {
            report.heading("Left alone");
            kinds(plan, true);
        }
        report.heading("StackSet %s%s".formatted(plan.stackSetName(), plan.stackSetExists() ? "" : ", not made yet"));
        for (MemberPlan.Stack stack : MemberPlan.Stack.values()) {
            kind(stack.words(), plan.of(stack), stack == MemberPlan.Stack.CURRENT ? 0 : NAMED);
        }
    }

    private void kinds(OrganizationPlan plan, boolean leftAlone) {
        Arrays.stream(MemberPlan.Access.values())
                .filter(access -> access.isLeftAlone() == leftAlone)
                .forEach(access -> kind(access.words(), plan.of(access), NAMED));
    }

    private void kind(String words, List<MemberPlan> members, int named) {
        if (members.isEmpty()) {
            return;
        }
        // Lines are broken between accounts and not within a name.
        String names = members.stream()
                .limit(named)
                .map(member -> member.id() + " " + ExternalText.line(member.name(), SHORT_NAME))
                .map(account -> account.replace(' ', UNBROKEN))
                .collect(Collectors.joining(", "));
        String more = named > 0 && members.size() > named ? ", …" : "";
        String all = String.format(Locale.ROOT, "%-25s %,7d  %s%s", words, members.size(), names, more);
        print(all);
    }

    private void print(String text) {
        Report.wrapped(text, "    ", Report.WIDTH - 2)
                .forEach(
                        line -> out.println(("  " + line).replace(UNBROKEN, ' ').stripTrailing()));
    }

    void all(OrganizationPlan plan) {
        report.heading("Each account");
        for (MemberPlan member : plan.members()) {
            out.println("  %s  %-25s  %-23s  %s"
                    .formatted(
                            member.id(),
                            member.access().words(),
                            member.stack().map(MemberPlan.Stack::words).orElse(""),
                            ExternalText.line(member.name(), LONG_NAME))
                    .stripTrailing());
        }
    }

    void moreWithAll() {
        out.println();
        out.println(style.faint("--all shows each account in a line."));
    }
}
