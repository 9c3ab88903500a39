package groundwork.rehearsal.preflight;

import groundwork.checklist.Effect;
import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.report.Style;
import groundwork.rehearsal.states.HistoryEvent;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;

/** Tells a person what a preflight found. */
final class Report {
    static final int WIDTH = 110;
    private static final int TEXT = 35;

    private final PrintStream out;
    private final Style style;

    Report(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    void account(CallerAccount account, AccountPlan plan) {
        out.println();
        out.println(style.bold("Preflight") + style.faint(" looks, and changes nothing."));
        out.println();
        out.println("  Account    " + account.id()
                + account.name().map(name -> " \"" + name + "\"").orElse("")
                + account.alias().map(alias -> ", alias " + alias).orElse("")
                + ", " + account.kind());
        out.println("  You are    " + account.principal());
        switch (plan) {
            case AccountPlan.Free free ->
                out.println("  Plan       the Free Plan"
                        + free.credits().map(", with credits of %s"::formatted).orElse(""));
            case AccountPlan.Paid paid -> out.println("  Plan       the paid plan");
            case AccountPlan.Unknown unknown -> {}
        }
    }

    void note(String sentence) {
        String label = "Note       ";
        for (String line : wrapped(sentence, "", WIDTH - label.length())) {
            out.println("  " + style.attention(label + line));
            label = " ".repeat(label.length());
        }
    }

    /** What pressing Enable does to an account that is in no organization yet, in the words of AWS where it is irrevocable. */
    void beforeEnable(AccountPlan plan) {
        String enable =
                "Enabling IAM Identity Center creates an organization, which moves the account to the paid plan, and AWS"
                        + " says: \"your free tier credits expire immediately\". Deploying alone does not.";
        switch (plan) {
            case AccountPlan.Free free -> note("The account is on the Free Plan. " + enable);
            case AccountPlan.Paid paid -> {}
            case AccountPlan.Unknown unknown ->
                note("AWS did not say whether the account is on the Free Plan. If it is: " + enable);
        }
    }

    /** Shows on a terminal what is being looked at. */
    void progress(HistoryEvent event) {
        switch (event) {
            case HistoryEvent.TaskScheduled task -> transientLine("  … " + task.state());
            case HistoryEvent.TaskStarted started -> {}
            case HistoryEvent.RetryScheduled retry ->
                transientLine("  … %s: no answer yet, trying again".formatted(retry.state()));
            case HistoryEvent.ExecutionEnded ended -> transientLine("");
            case HistoryEvent.ExecutionStarted started -> {}
            case HistoryEvent.StateEntered entered -> {}
            case HistoryEvent.StateExited exited -> {}
            case HistoryEvent.TaskSucceeded succeeded -> {}
            case HistoryEvent.TaskFailed failed -> {}
            case HistoryEvent.ErrorCaught caught -> {}
            case HistoryEvent.WaitStarted wait -> {}
        }
    }

    /** Shows on a terminal what is being done, until the next line. */
    void transientLine(String text) {
        switch (style) {
            case PLAIN -> {}
            case TERMINAL -> {
                out.print("\r\u001b[K" + style.faint(text));
                out.flush();
            }
        }
    }

    /**
     * @param asked the Region that was looked at first
     * @param configured whether somebody chose that Region
     */
    void region(Plan plan, Region asked, boolean configured) {
        String why = switch (plan.line(Prerequisite.IDENTITY_CENTER).kind()) {
            case AS_IT_SHOULD_BE, WOULD_ADOPT ->
                plan.region().equals(asked)
                        ? ", the primary Region of IAM Identity Center"
                        : ", the primary Region of IAM Identity Center, instead of " + asked.id();
            case NEEDS_A_PERSON, COMES_LATER ->
                configured
                        ? ", where IAM Identity Center is to be enabled; it cannot move later"
                        : ", because none is configured; choose where IAM Identity Center is to live with --region";
            case WOULD_CREATE, WOULD_REPAIR, WOULD_UPDATE, NOT_APPLICABLE, UNKNOWN, BLOCKED -> "";
        };
        out.println("  Region     " + plan.region().id() + why);
    }

    void lines(List<Line> lines) {
        heading("What a deployment would do");
        String before = "";
        for (Line line : lines) {
            List<String> texts = new ArrayList<>();
            if (line.what().equals(before)) {
                texts.add(style.faint("for the same reason"));
            } else if (line.effects().isEmpty() || line.kind() != Line.Kind.WOULD_CREATE) {
                texts.addAll(wrapped(line.what(), "", WIDTH - TEXT));
            }
            before = line.what();
            line.effects().forEach(effect -> texts.add(style.accent(shown(effect))));
            line.step().ifPresent(step -> {
                wrapped("→ " + step.todo(), "  ", WIDTH - TEXT).forEach(text -> texts.add(style.attention(text)));
                step.link().ifPresent(link -> texts.add("  " + style.faint(link.toString())));
            });
            String head = "  %s %-16s ".formatted(styled(line.kind()), line.prerequisite());
            for (String text : texts) {
                out.println(head + text);
                head = " ".repeat(TEXT);
            }
        }
    }

    void permissions(Denials denials) {
        heading("Missing permissions");
        if (denials.none()) {
            out.println(
                    "  None: AWS denied nothing that the plan reads. What deploying needs beyond that is not tried;");
            out.println("  AdministratorAccess has it, and docs/permissions.md lists it.");
            return;
        }
        if (!denials.allowable().isEmpty()) {
            out.println("  AWS denied you what this statement of a policy would allow:");
            out.println();
            denials.statement().forEach(line -> out.println("    " + style.bad(line)));
            out.println();
        }
        denials.deniedByOrganization()
                .forEach(action -> out.println("  " + style.bad(action)
                        + " is denied by a service control policy, which the management account can change."));
        out.println("  When that is settled, run this again: more may come to light.");
    }

    void command(DeployCommand command, boolean blocked) {
        heading(blocked ? "To deploy, once nothing blocks" : "To deploy");
        command.lines().forEach(line -> out.println("  " + style.accent(line)));
    }

    /** In place of a command that would not deploy. */
    void noCommand(String refusal) {
        heading("To deploy");
        wrapped("No command is shown, because it would not deploy: " + refusal, "", WIDTH - 2)
                .forEach(line -> out.println("  " + style.bad(line)));
    }

    /** @param refusal why no command can be shown; empty if it was */
    void verdict(List<Line> lines, Optional<String> brokenOff, Optional<String> refusal) {
        out.println();
        List<Line> blocked = of(lines, Line.Kind.BLOCKED);
        List<Line> unknown = of(lines, Line.Kind.UNKNOWN);
        if (brokenOff.isPresent()) {
            out.println(style.bad("✗ The plan broke off, so this is not the whole picture: " + brokenOff.get()));
        } else if (refusal.isPresent()) {
            out.println(style.bad("✗ Groundwork cannot be deployed like this: " + refusal.get()));
        } else if (!blocked.isEmpty()) {
            out.println(style.bad("✗ Blocked at " + blocked.getFirst().prerequisite() + ": "
                    + blocked.getFirst().what()));
        } else if (!unknown.isEmpty()) {
            out.println(style.attention("✓ Groundwork can be deployed, as far as could be told. Unknown: "
                    + unknown.stream().map(line -> line.prerequisite().name()).collect(Collectors.joining(", "))
                    + "."));
        } else {
            out.println(style.good("✓ Groundwork can be deployed."));
        }
    }

    private static List<Line> of(List<Line> lines, Line.Kind kind) {
        return lines.stream().filter(line -> line.kind() == kind).toList();
    }

    void heading(String text) {
        out.println();
        out.println(style.bold(text));
    }

    private String styled(Line.Kind kind) {
        String words = "%-15s".formatted(kind.words());
        return switch (kind) {
            case AS_IT_SHOULD_BE, NOT_APPLICABLE, WOULD_ADOPT -> style.good(words);
            case WOULD_CREATE, WOULD_REPAIR, WOULD_UPDATE -> style.accent(words);
            case NEEDS_A_PERSON, UNKNOWN -> style.attention(words);
            case COMES_LATER -> style.faint(words);
            case BLOCKED -> style.bad(words);
        };
    }

    private static String shown(Effect effect) {
        String verb = switch (effect.kind()) {
            case CREATED -> "create";
            case ADOPTED -> "adopt";
            case REPAIRED -> "repair";
            case UPDATED -> "update";
        };
        return verb + " " + effect.resource() + (effect.id() == null ? "" : " (" + effect.id() + ")");
    }

    /** Breaks a text into lines. */
    static List<String> wrapped(String text, String indent, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
            } else if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
