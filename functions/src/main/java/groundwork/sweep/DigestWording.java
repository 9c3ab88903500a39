package groundwork.sweep;

import groundwork.checklist.Prerequisite;
import groundwork.email.ExternalText;
import groundwork.email.OwnStack;
import groundwork.email.Reader;
import groundwork.email.letter.Block;
import groundwork.email.letter.Block.Line;
import groundwork.email.letter.Block.Lines;
import groundwork.email.letter.Block.Mark;
import groundwork.email.letter.Block.Paragraph;
import groundwork.email.letter.Closing;
import groundwork.email.letter.Message;
import groundwork.email.letter.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in one email what has changed in the member accounts. What a member account chose itself is a name, and no link. */
final class DigestWording {
    private static final int NAMED = 10;
    private static final int NAME_LIMIT = 50;

    private final OwnStack stack;
    private final String organizationId;
    private final Instant since;
    private final String executionArn;

    /**
     * @param since since when the account of the stack is looked after
     * @param executionArn the sweep that found it
     */
    DigestWording(OwnStack stack, String organizationId, Instant since, String executionArn) {
        this.stack = stack;
        this.organizationId = organizationId;
        this.since = since;
        this.executionArn = executionArn;
    }

    /**
     * What there is to tell.
     *
     * @param before what the last digest said
     * @param now where the accounts stand
     * @param names names of accounts by their ids, as far as they were looked at
     * @param repaired ids of accounts in which something had been undone and was put back
     * @param noisy how many events there were of accounts that cause many, by their ids
     */
    record News(
            Summary before,
            Summary now,
            Map<String, String> names,
            SortedSet<String> repaired,
            Map<String, Long> noisy) {}

    Message of(News news, Reader reader) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Paragraph(
                reader == Reader.OWNER && stack.hasOwner() ? "Hello," : "Hello " + stack.givenName() + ","));
        blocks.add(new Paragraph("In the member accounts of the organization %s, this is where they stand now%s:"
                .formatted(
                        organizationId,
                        news.before().groups().isEmpty() ? "" : ", and where they stood when you last heard of them")));
        List<Line> lines = new ArrayList<>(
                Stream.concat(news.now().groups().keySet().stream(), news.before().groups().keySet().stream())
                        .distinct()
                        .sorted(Comparator.comparingInt(DigestWording::rank).thenComparing(Comparator.naturalOrder()))
                        .map(group -> line(news, group))
                        .toList());
        lines.addAll(movements(news));
        blocks.add(new Lines(lines));
        blocks.add(new Paragraph(
                "To see the checklist of one of them, start the state machine AccountSetup of the stack with the input"
                        + " {\"accountId\": \""
                        + example(news.now()) + "\"}."
                        + " It says what to do, with a link."));
        return new Message(
                new Subject(
                        stack.accountId(),
                        "",
                        "%d of %d accounts are ready"
                                .formatted(
                                        news.now().count(Summary.READY),
                                        news.now().ids().size())),
                blocks,
                Closing.of(
                        stack,
                        "the organization's accounts",
                        since,
                        executionArn,
                        "Groundwork looks at an account within minutes of a change there, and at all of them on its schedule. You get"
                                + " such an email when something has changed, twelve within a day at most."));
    }

    /** What needs somebody comes first, after how many need nobody. */
    private static int rank(String group) {
        return List.of(Summary.READY, "WAITING", "BLOCKED", Summary.FAILED, "UNKNOWN", Summary.NOT_ACTIVE)
                .indexOf(group.split(" ", 2)[0]);
    }

    /** One that is not ready, if there is any. */
    private static String example(Summary now) {
        return now.groups().entrySet().stream()
                .sorted(Comparator.comparing(group -> group.getKey().equals(Summary.READY)))
                .map(group -> group.getValue().first())
                .findFirst()
                .orElse("444455556666");
    }

    private static Line line(News news, String group) {
        SortedSet<String> arrived = new TreeSet<>(ids(news.now(), group));
        arrived.removeAll(ids(news.before(), group));
        List<String> sentences = new ArrayList<>();
        int count = news.now().count(group);
        sentences.add(accounts(count)
                + (news.before().groups().isEmpty()
                        ? ""
                        : ", before %d".formatted(news.before().count(group)))
                + ".");
        if (!arrived.isEmpty() && !group.equals(Summary.READY)) {
            sentences.add("New here: " + named(arrived, news.names()) + ".");
        }
        boolean needsNobody = group.equals(Summary.READY) || group.equals(Summary.NOT_ACTIVE) || count == 0;
        return new Line(needsNobody ? Mark.DONE : Mark.OPEN, title(group), sentences, List.of());
    }

    private static List<Line> movements(News news) {
        List<Line> lines = new ArrayList<>();
        SortedSet<String> joined = new TreeSet<>(news.now().ids());
        joined.removeAll(news.before().ids());
        if (!joined.isEmpty() && !news.before().groups().isEmpty()) {
            lines.add(new Line(
                    Mark.DONE,
                    "Joined",
                    List.of(accounts(joined.size()) + ": " + named(joined, news.names()) + "."),
                    List.of()));
        }
        SortedSet<String> left = new TreeSet<>(news.before().ids());
        left.removeAll(news.now().ids());
        if (!left.isEmpty()) {
            lines.add(new Line(
                    Mark.DONE,
                    "Left the organization, or no longer looked after",
                    List.of(accounts(left.size()) + ": " + named(left, news.names()) + "."),
                    List.of()));
        }
        if (!news.repaired().isEmpty()) {
            lines.add(new Line(
                    Mark.DONE,
                    "Undone and put back",
                    List.of(
                            accounts(news.repaired().size()) + ": " + named(news.repaired(), news.names()) + ".",
                            "If this was not you, find out who it was: CloudTrail's event history shows it, in this account for"
                                    + " IAM Identity Center."),
                    List.of()));
        }
        if (!news.noisy().isEmpty()) {
            lines.add(new Line(
                    Mark.OPEN,
                    "Many events",
                    List.of(
                            news.noisy().entrySet().stream()
                                            .map(noisy -> "%s: %d events since it was looked at before"
                                                    .formatted(
                                                            named(List.of(noisy.getKey()), news.names()),
                                                            noisy.getValue()))
                                            .collect(Collectors.joining("; "))
                                    + ".",
                            "Each costs a little. See in that account's CloudTrail who makes these calls."),
                    List.of()));
        }
        return lines;
    }

    private static SortedSet<String> ids(Summary summary, String group) {
        return summary.groups().getOrDefault(group, new TreeSet<>());
    }

    private static String accounts(int count) {
        return count == 1 ? "1 account" : count + " accounts";
    }

    private static String named(Collection<String> ids, Map<String, String> names) {
        String listed = ids.stream()
                .limit(NAMED)
                .map(id -> {
                    String name = ExternalText.unlinked(names.getOrDefault(id, ""), NAME_LIMIT);
                    return name.isEmpty() ? id : "%s (%s)".formatted(id, name);
                })
                .collect(Collectors.joining(", "));
        return ids.size() > NAMED ? listed + " and %d more".formatted(ids.size() - NAMED) : listed;
    }

    private static String title(String group) {
        String[] parts = group.split(" ", 2);
        return switch (parts[0]) {
            case Summary.READY -> "Ready";
            case Summary.FAILED -> "Groundwork failed; its executions say why";
            case Summary.NOT_ACTIVE -> "Suspended, closed or not active yet: left alone";
            case "WAITING" ->
                "Waiting for a person: " + Prerequisite.valueOf(parts[1]).task();
            case "UNKNOWN" -> "Not known: " + parts[1];
            default -> "Blocked: " + parts[1];
        };
    }
}
