package groundwork.status;

import groundwork.checklist.Dates;
import groundwork.checklist.Outcome;
import java.util.List;

/** Plain text for a terminal: what is said of a line stands in a column of its own, and addresses are never broken. */
final class StatusText {
    private static final int LABEL = 12;
    private static final int STATUS = 16;
    private static final int PREREQUISITE = 18;
    private static final int WIDTH = 118;

    private final StringBuilder text = new StringBuilder();

    private StatusText() {}

    static String of(Status status) {
        StatusText rendering = new StatusText();
        rendering.wrap("", "", Words.title(status));
        rendering.text.append('\n');
        for (Words.Fact fact : Words.facts(status)) {
            rendering.wrap(column(fact.label(), LABEL), " ".repeat(LABEL), fact.value());
        }
        switch (status) {
            case Status.OfAccount account -> account.remembered().value().ifPresent(rendering::remembered);
            case Status.OfMembers members -> rendering.members(members);
        }
        return rendering.text.toString();
    }

    private void remembered(Status.Remembered remembered) {
        text.append('\n');
        remembered.lines().forEach(this::line);
        List<Status.Sent> sent = Words.sent(remembered);
        if (!sent.isEmpty()) {
            text.append("\nEmails\n");
            sent.forEach(each -> wrap("  ", "    ", Dates.moment(each.at()) + "  " + Words.sent(each)));
        }
    }

    private void line(Status.Line line) {
        Outcome outcome = line.item().outcome();
        String indent = " ".repeat(2 + STATUS + PREREQUISITE);
        wrap(
                "  " + column(outcome.status().name(), STATUS)
                        + column(line.item().prerequisite().name(), PREREQUISITE),
                indent,
                Words.clean(outcome.what()));
        Words.since(line.item()).ifPresent(since -> wrap(indent, indent, since));
        Words.todo(line).ifPresent(todo -> wrap(indent, indent, "> " + todo));
        line.link().ifPresent(link -> text.append(indent).append(link.address()).append('\n'));
        line.evidence().forEach(evidence -> wrap(indent, indent, "- " + Words.evidence(evidence)));
    }

    private void members(Status.OfMembers members) {
        text.append('\n');
        for (Status.Member member : members.accounts()) {
            wrap("  " + member.accountId() + "  ", " ".repeat(16), member.what());
            if (!Words.matter(member).isEmpty()) {
                wrap(" ".repeat(16), " ".repeat(16), Words.matter(member));
            }
        }
        if (members.nextToken() != null) {
            text.append("\nMore accounts come after ")
                    .append(members.nextToken())
                    .append(".\n");
        }
    }

    private static String column(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private void wrap(String first, String others, String words) {
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : words.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                text.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(others);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
