package groundwork.conclusion;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Checklist;
import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.email.DatedOccasion;
import groundwork.email.Due;
import groundwork.email.MessageKind;
import groundwork.email.Point;
import groundwork.email.Reader;
import groundwork.email.Reminders;
import groundwork.state.OutboxContents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Decides what people are told of the lines of the checklist that need a person: when a line opens, again while it stays
 * open, and at last the other of two people.
 */
final class OpenLines {
    /**
     * Two executions that see the same change begin their looks within this time of one another, and each takes the line's
     * new period to begin with its own.
     */
    static final Duration CROSSING = Duration.ofHours(1);

    /** These are not told by a waiting list, because the sign-in email is about them. */
    private static final Set<Prerequisite> NOT_LISTED =
            EnumSet.of(Prerequisite.SIGN_IN_EMAIL, Prerequisite.FIRST_SIGN_IN);

    private final Checklist checklist;
    private final OutboxContents outbox;
    private final Reach reach;
    private final Instant now;

    OpenLines(Checklist checklist, OutboxContents outbox, Reach reach, Instant now) {
        this.checklist = checklist;
        this.outbox = outbox;
        this.reach = reach;
        this.now = now;
    }

    /** What is open and was not told yet. */
    Stream<Due> notices() {
        return Stream.concat(notices(MessageKind.WAITING, false), notices(MessageKind.NEEDS_YOU_AGAIN, true));
    }

    private Stream<Due> notices(MessageKind kind, boolean doneBefore) {
        List<Point.OpenLine> points = new ArrayList<>();
        for (List<ChecklistItem> group : listed()) {
            ChecklistItem lead = group.getFirst();
            if (isNeededAgain(lead) == doneBefore && group.stream().noneMatch(this::told)) {
                // A notice that comes late is not followed by the reminder that became due in the meantime.
                points.add(new Point.OpenLine(
                        lead,
                        Stream.concat(
                                        group.stream().map(this::notice),
                                        group.stream().flatMap(item -> reminder(item).stream()))
                                .toList()));
            }
        }
        return toReaders(kind, points);
    }

    /** Who was never reached is nothing that was in place. */
    private static boolean isNeededAgain(ChecklistItem item) {
        return item.doneBefore() && item.prerequisite() != Prerequisite.EMAIL_CHANNEL;
    }

    private Stream<Due> toReaders(MessageKind kind, List<Point.OpenLine> points) {
        return Arrays.stream(Reader.values())
                .map(reader -> new Due(
                        kind,
                        reader,
                        points.stream()
                                .filter(point -> reader(point.item()) == reader)
                                .<Point>map(Function.identity())
                                .toList()));
    }

    /** What was told and is open still. */
    Stream<Due> reminders() {
        List<Point.OpenLine> points = new ArrayList<>();
        for (List<ChecklistItem> group : listed()) {
            ChecklistItem lead = group.getFirst();
            if (group.stream().anyMatch(this::told)
                    && reminder(lead)
                            .filter(occasion -> !occasion.isSent(outbox))
                            .isPresent()) {
                points.add(new Point.OpenLine(
                        lead,
                        group.stream().flatMap(item -> reminder(item).stream()).toList()));
            }
        }
        return toReaders(MessageKind.REMINDER, points);
    }

    /**
     * What one of two people did not react to, the other hears of.
     *
     * @param signInAwaitedSince since when the administrator's first sign-in is awaited, if it is
     */
    Stream<Due> escalation(Optional<Instant> signInAwaitedSince) {
        if (!reach.hasOwner()) {
            return Stream.empty();
        }
        List<Point.OpenLine> points = new ArrayList<>();
        for (List<ChecklistItem> group : groups(EnumSet.of(Prerequisite.SIGN_IN_EMAIL, Prerequisite.EMAIL_CHANNEL))) {
            ChecklistItem lead = group.getFirst();
            // Who did not react is who was told.
            Optional<Instant> since = lead.prerequisite() == Prerequisite.FIRST_SIGN_IN
                    ? signInAwaitedSince
                    : Optional.ofNullable(outbox.sent().get(notice(lead).name()))
                            .filter(told -> told(lead))
                            .map(told -> told.isBefore(lead.since()) ? lead.since() : told);
            if (since.filter(this::remembered)
                            .filter(from -> Reminders.escalates(from, now))
                            .isPresent()
                    && !toReader(lead, "ESCALATION").isSent(outbox)) {
                points.add(new Point.OpenLine(
                        lead,
                        group.stream().map(item -> toReader(item, "ESCALATION")).toList()));
            }
        }
        return toReaders(MessageKind.ESCALATION, points)
                .map(due -> new Due(due.kind(), due.reader().other(), due.points()));
    }

    /**
     * What is due when emails that reached a reader do so no longer: once each time, for whoever is told or asked.
     *
     * @param lost whom emails do not reach any more
     * @param told whom it is told
     * @param whom tells one such message from another
     */
    Optional<Due> broken(Reader lost, Reader told, String whom) {
        ChecklistItem channel = checklist.item(Prerequisite.EMAIL_CHANNEL);
        DatedOccasion occasion = occasion(channel, "BROKEN#" + whom);
        return !reach.hears(lost) && wasReached(lost) && need(channel).isPresent() && !occasion.isSent(outbox)
                ? Optional.of(new Due(
                        MessageKind.CHANNEL_BROKEN, told, List.of(new Point.OpenLine(channel, List.of(occasion)))))
                : Optional.empty();
    }

    /** When one of two people is not reached any more, the other hears of it. */
    Stream<Due> broken() {
        return reach.hasOwner()
                ? Arrays.stream(Reader.values())
                        .flatMap(lost -> broken(lost, lost.other(), reach.address(lost.other())).stream())
                : Stream.empty();
    }

    /** Earlier releases noted it with the line, of the administrator alone. */
    private boolean wasReached(Reader reader) {
        return reach.wasReached(reader)
                || (reader == Reader.ADMINISTRATOR
                        && checklist.item(Prerequisite.EMAIL_CHANNEL).doneBefore());
    }

    /** Whose business a line is. What only the root user or an administrator of Identity Center can do is the owner's. */
    private Reader reader(ChecklistItem item) {
        return reach.hasOwner()
                ? Reader.whoActs(item.prerequisite(), checklist, reach.hears(Reader.ADMINISTRATOR))
                : Reader.ADMINISTRATOR;
    }

    private Collection<List<ChecklistItem>> listed() {
        return groups(NOT_LISTED).stream()
                .filter(group -> remembered(group.getFirst().since()) && !isToldAnotherWay(group.getFirst()))
                .toList();
    }

    /**
     * That nobody has confirmed yet whom emails are for can only be told to the other of two people; that they do not arrive
     * any more has an email of its own.
     */
    private boolean isToldAnotherWay(ChecklistItem item) {
        return item.prerequisite() == Prerequisite.EMAIL_CHANNEL
                && (!reach.hasOwner()
                        || Arrays.stream(Reader.values())
                                .allMatch(reader -> reach.hears(reader) || wasReached(reader)));
    }

    /** The lines that need a person, those together that have the same reason. */
    private Collection<List<ChecklistItem>> groups(Set<Prerequisite> without) {
        Map<String, List<ChecklistItem>> groups = new LinkedHashMap<>();
        for (ChecklistItem item : checklist.items()) {
            if (!without.contains(item.prerequisite())) {
                need(item)
                        .ifPresent(need -> groups.computeIfAbsent(need, key -> new ArrayList<>())
                                .add(item));
            }
        }
        return groups.values();
    }

    /** What a line needs a person for, as a key: equal for lines that need the same. Empty if it needs nobody. */
    private static Optional<String> need(ChecklistItem item) {
        return switch (item.outcome()) {
            case Outcome.Waiting waiting -> Optional.of(item.prerequisite().name());
            case Outcome.Blocked blocked ->
                followsFromAnotherLine(blocked.reason())
                        ? Optional.empty()
                        : Optional.of(blocked.reason() + " " + blocked.subject());
            case Outcome.Done done -> Optional.empty();
            case Outcome.NotApplicable notApplicable -> Optional.empty();
            case Outcome.Unknown unknown -> Optional.empty();
            case Outcome.Planned planned -> Optional.empty();
        };
    }

    private static boolean followsFromAnotherLine(BlockedReason reason) {
        return switch (reason) {
            case IDENTITY_CENTER_NOT_ENABLED, NO_ORGANIZATION, EMAIL_UNCONFIRMED -> true;
            case NOT_MANAGEMENT_ACCOUNT,
                    IDENTITY_CENTER_IN_OTHER_REGION,
                    ACCOUNT_INSTANCE_ONLY,
                    EXTERNAL_IDENTITY_SOURCE,
                    DELEGATED_ADMINISTRATOR_LIMIT,
                    USER_NAME_TAKEN,
                    PERMISSION_SET_TAKEN,
                    GROUP_TAKEN,
                    ACCESS_LIMITED,
                    REPAIRED_TOO_OFTEN,
                    ASSIGNMENT_FAILED,
                    ACCESS_DENIED,
                    SERVICE_QUOTA -> false;
        };
    }

    private boolean told(ChecklistItem item) {
        return notice(item).isSent(outbox);
    }

    /** Names the reason of a blocked line, because another reason in the same period is news. */
    private DatedOccasion notice(ChecklistItem item) {
        return toReader(
                item, "NOTICE" + (item.outcome() instanceof Outcome.Blocked blocked ? "#" + blocked.reason() : ""));
    }

    private Optional<DatedOccasion> reminder(ChecklistItem item) {
        int number = Reminders.due(item.since(), now);
        return number == 0 ? Optional.empty() : Optional.of(toReader(item, "REMINDER" + number));
    }

    /** What the administrator was told while both were one person is news to an owner. */
    private DatedOccasion toReader(ChecklistItem item, String what) {
        return occasion(item, reader(item) == Reader.OWNER ? what + "#OWNER" : what);
    }

    private static DatedOccasion occasion(ChecklistItem item, String what) {
        return new DatedOccasion(
                item.prerequisite() + "#" + item.period() + "#" + what,
                item.since().minus(CROSSING));
    }

    private boolean remembered(Instant since) {
        return Reminders.remembered(since, now);
    }
}
