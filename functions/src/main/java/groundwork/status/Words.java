package groundwork.status;

import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Dates;
import groundwork.checklist.Outcome;
import groundwork.email.ExternalText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What text and HTML say alike. */
final class Words {
    /** Longer than any sentence of ours, short enough that a text from elsewhere cannot bury the rest. */
    private static final int LIMIT = 1_000;

    /** So many messages are shown; JSON has all. */
    private static final int MESSAGES = 20;

    private Words() {}

    /** A name and its value. */
    record Fact(String label, String value) {}

    static String title(Status status) {
        return switch (status) {
            case Status.OfAccount account -> "AWS account %s: %s".formatted(account.accountId(), state(account));
            case Status.OfMembers members ->
                "Member accounts%s"
                        .formatted(
                                members.state() == null
                                        ? ""
                                        : ": " + members.state().name());
        };
    }

    private static String state(Status.OfAccount account) {
        return account.remembered()
                .map(
                        remembered -> remembered
                                .checklist()
                                .map(checklist -> checklist.status().name())
                                .orElse("not looked at yet"),
                        why -> "could not be read");
    }

    static List<Fact> facts(Status status) {
        return switch (status) {
            case Status.OfAccount account -> facts(account);
            case Status.OfMembers members -> facts(members);
        };
    }

    private static List<Fact> facts(Status.OfAccount account) {
        List<Fact> facts = new ArrayList<>();
        account.remembered().value().ifPresent(remembered -> {
            facts.add(new Fact(
                    "Last look",
                    remembered
                            .checklist()
                            .map(checklist -> Dates.moment(checklist.observedAt()))
                            .orElse("none so far")));
            remembered
                    .failure()
                    .ifPresent(failure -> facts.add(new Fact("Failure", clean(failure) + on(remembered.failedAt()))));
        });
        account.remembered().why().ifPresent(why -> facts.add(new Fact("Checklist", unread(why))));
        facts.add(new Fact("Next look", NextLook.words(account)));
        facts.add(new Fact("Running", account.running().map(Words::running, Words::unread)));
        facts.add(new Fact("Alarms", account.alarms().map(Words::alarms, Words::unread)));
        facts.add(stack(account.stack()));
        facts.add(new Fact("Shown", Dates.moment(account.at())));
        return facts;
    }

    private static String unread(String why) {
        return "could not be read. " + clean(why);
    }

    private static String running(List<Status.Running> running) {
        return running.isEmpty()
                ? "no execution"
                : running.stream()
                        .map(each -> "execution %s since %s"
                                .formatted(
                                        clean(each.executionArn()
                                                .substring(each.executionArn().lastIndexOf(':') + 1)),
                                        Dates.moment(each.startedAt())))
                        .collect(Collectors.joining(", "));
    }

    private static String alarms(List<Status.Alarm> alarms) {
        return alarms.isEmpty()
                ? "none is on"
                : alarms.stream()
                        .map(alarm -> "%s: %s%s".formatted(clean(alarm.name()), alarm.state(), since(alarm.since())))
                        .collect(Collectors.joining(", "));
    }

    private static List<Fact> facts(Status.OfMembers members) {
        String counts = members.counts().entrySet().stream()
                .map(count -> "%d %s".formatted(count.getValue(), count.getKey()))
                .collect(Collectors.joining(", "));
        return List.of(
                new Fact("Accounts", counts.isEmpty() ? "none was looked at so far" : counts),
                stack(members.stack()),
                new Fact("Shown", Dates.moment(members.at())));
    }

    private static Fact stack(Status.Stack stack) {
        return new Fact("Stack", "%s in %s, account %s".formatted(stack.name(), stack.region(), stack.accountId()));
    }

    /** Since when a line stands where it stands, as far as that is known; empty if it is not. */
    static Optional<String> since(ChecklistItem item) {
        String date = Dates.moment(item.since());
        return switch (item.outcome()) {
            case Outcome.Done done -> Optional.of("since " + date);
            case Outcome.NotApplicable notApplicable -> Optional.of("since " + date);
            case Outcome.Planned planned -> Optional.empty();
            case Outcome.Waiting waiting -> Optional.of("open since " + date);
            case Outcome.Blocked blocked -> Optional.of("open since " + date);
            case Outcome.Unknown unknown ->
                item.open()
                        ? Optional.of("when it was last known, open since " + date)
                        : Optional.of(date)
                                .filter(any -> item.doneBefore())
                                .map("when it was last known, done since %s"::formatted);
        };
    }

    /** Who has to do what; empty if nobody has to do anything. */
    static Optional<String> todo(Status.Line line) {
        return line.who()
                .map(who -> line.item().outcome() instanceof Outcome.Waiting waiting
                        ? "%s: %s".formatted(who, clean(waiting.todo()))
                        : who);
    }

    static String evidence(Status.Evidence evidence) {
        return (evidence.at() == null ? "" : Dates.moment(evidence.at()) + ": ")
                + clean(evidence.what())
                + (evidence.id() == null ? "" : " (%s)".formatted(clean(evidence.id())));
    }

    /** The messages to show, newest first. */
    static List<Status.Sent> sent(Status.Remembered remembered) {
        return remembered.sent().subList(0, Math.min(MESSAGES, remembered.sent().size()));
    }

    static String sent(Status.Sent sent) {
        return "%s, to %s".formatted(clean(sent.what()), clean(sent.to()));
    }

    /** What is the matter with a member account, in a sentence. */
    static String matter(Status.Member member) {
        return member.checklist()
                .flatMap(checklist -> checklist.items().stream()
                        .filter(item -> item.open() || item.outcome() instanceof Outcome.Unknown)
                        .findFirst())
                .map(item -> clean(item.outcome().what()))
                .orElse("");
    }

    /** Names and AWS's words become one harmless line; a rendering escapes it for its own format. */
    static String clean(String text) {
        return ExternalText.line(text, LIMIT);
    }

    private static String on(Instant at) {
        return at == null ? "" : " on " + Dates.moment(at);
    }

    private static String since(Instant at) {
        return at == null ? "" : " since " + Dates.moment(at);
    }
}
