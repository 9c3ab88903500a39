package groundwork.conclusion;

import groundwork.access.Others;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Checklist;
import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.email.DatedOccasion;
import groundwork.email.Due;
import groundwork.email.Look;
import groundwork.email.MessageKind;
import groundwork.email.Point;
import groundwork.email.Reminders;
import groundwork.state.Occasion;
import groundwork.state.OutboxContents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Decides which emails are due. It looks only at how things stand and at what was said, never at what just happened: an
 * email that could not be sent, for whatever reason, is due again at the next look.
 *
 * <p>The sign-in email is due when the line {@link Prerequisite#SIGN_IN_EMAIL} is {@link Outcome.Planned}.
 */
final class DueMessages {
    private static final String READY = "READY#";

    /**
     * Two executions that see the same change begin their looks within this time of one another, and each takes the line's
     * new period to begin with its own.
     */
    private static final Duration CROSSING = Duration.ofHours(1);

    /** These are not told by a waiting list: the sign-in email is about two of them, and no email arrives without the third. */
    private static final Set<Prerequisite> NOT_LISTED =
            EnumSet.of(Prerequisite.EMAIL_CHANNEL, Prerequisite.SIGN_IN_EMAIL, Prerequisite.FIRST_SIGN_IN);

    private final Checklist checklist;
    private final OutboxContents outbox;
    private final Look look;
    private final Optional<String> userId;
    private final Instant now;

    private DueMessages(Checklist checklist, OutboxContents outbox, Look look, Instant now) {
        this.checklist = checklist;
        this.outbox = outbox;
        this.look = look;
        this.userId = look.userId();
        this.now = now;
    }

    /**
     * The emails that are due, in the order to send them.
     *
     * @param look who is administrator, who else has access, and what was noticed
     * @param escalates whether there is a second address
     */
    static List<Due> of(Checklist checklist, OutboxContents outbox, Look look, Instant now, boolean escalates) {
        DueMessages messages = new DueMessages(checklist, outbox, look, now);
        return Stream.of(
                        messages.existingUser(),
                        messages.signIn(),
                        messages.signInReminder(),
                        messages.notices(MessageKind.WAITING, false),
                        messages.notices(MessageKind.NEEDS_YOU_AGAIN, true),
                        messages.reminders(),
                        messages.repaired(),
                        messages.others(),
                        messages.difference(),
                        messages.ready(),
                        escalates ? messages.escalation() : new Due(MessageKind.ESCALATION, List.of()))
                .filter(due -> !due.points().isEmpty())
                .toList();
    }

    /**
     * What is due when emails that reached the administrator do so no longer: once each time, for whoever is told or asked.
     *
     * @param whom tells one such message from another
     */
    static Optional<Due> channelBroken(Checklist checklist, OutboxContents outbox, String whom) {
        ChecklistItem channel = checklist.item(Prerequisite.EMAIL_CHANNEL);
        DatedOccasion occasion = occasion(channel, "BROKEN#" + whom);
        return channel.doneBefore() && need(channel).isPresent() && !occasion.isSent(outbox)
                ? Optional.of(
                        new Due(MessageKind.CHANNEL_BROKEN, List.of(new Point.OpenLine(channel, List.of(occasion)))))
                : Optional.empty();
    }

    /** Whoever else is in the group is told of once to each administrator, as long as the membership lasts. */
    private Due others() {
        List<Point> points = new ArrayList<>();
        for (Others.Member member : look.others().map(Others::members).orElse(List.of())) {
            DatedOccasion occasion =
                    DatedOccasion.once("MEMBER#%s#%s".formatted(userId.orElse(""), member.membershipId()));
            if (!occasion.isSent(outbox)) {
                points.add(new Point.Other(member, List.of(occasion)));
            }
        }
        return new Due(MessageKind.OTHERS, points);
    }

    private Due existingUser() {
        return new Due(
                MessageKind.EXISTING_USER,
                userId
                        .map(id -> DatedOccasion.once(Occasion.existingUser(id)))
                        .filter(occasion -> look.untold() && !occasion.isSent(outbox))
                        .<Point>map(occasion -> new Point.Whole(List.of(occasion)))
                        .stream()
                        .toList());
    }

    private Due signIn() {
        boolean due = checklist.item(Prerequisite.SIGN_IN_EMAIL).outcome() instanceof Outcome.Planned;
        return new Due(
                MessageKind.SIGN_IN,
                userId
                        .filter(id -> due)
                        .<Point>map(id -> new Point.Whole(List.of(DatedOccasion.once(Occasion.signInEmail(id)))))
                        .stream()
                        .toList());
    }

    private Due signInReminder() {
        List<Point> points = new ArrayList<>();
        firstSignInAwaitedSince().filter(this::remembered).ifPresent(since -> {
            int number = Reminders.due(since, now);
            DatedOccasion occasion =
                    new DatedOccasion(Occasion.signInEmail(userId.orElseThrow()) + "#REMINDER" + number, since);
            if (number > 0 && !occasion.isSent(outbox)) {
                points.add(new Point.Repetition(number, List.of(occasion)));
            }
        });
        return new Due(MessageKind.SIGN_IN_REMINDER, points);
    }

    /**
     * When the sign-in email was sent, if the administrator has not been seen to sign in since. That this could not be read
     * ends no reminders; that an event tells of a sign-in does, for as long as the event history may still show it.
     */
    private Optional<Instant> firstSignInAwaitedSince() {
        ChecklistItem first = checklist.item(Prerequisite.FIRST_SIGN_IN);
        boolean awaited = first.outcome() instanceof Outcome.Waiting
                || (first.outcome() instanceof Outcome.Unknown && first.open());
        return awaited
                ? userId.filter(id -> Optional.ofNullable(outbox.signIns().get(id))
                                .filter(told -> SignIn.mayStillBeShown(told.at(), now))
                                .isEmpty())
                        .map(id -> outbox.sent().get(Occasion.signInEmail(id)))
                : Optional.empty();
    }

    private Due notices(MessageKind kind, boolean doneBefore) {
        List<Point> points = new ArrayList<>();
        for (List<ChecklistItem> group : listed()) {
            ChecklistItem lead = group.getFirst();
            if (lead.doneBefore() == doneBefore && group.stream().noneMatch(this::told)) {
                // A notice that comes late is not followed by the reminder that became due in the meantime.
                points.add(new Point.OpenLine(
                        lead,
                        Stream.concat(
                                        group.stream().map(DueMessages::notice),
                                        group.stream().flatMap(item -> reminder(item).stream()))
                                .toList()));
            }
        }
        return new Due(kind, points);
    }

    private Due reminders() {
        List<Point> points = new ArrayList<>();
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
        return new Due(MessageKind.REMINDER, points);
    }

    private Due escalation() {
        List<Point> points = new ArrayList<>();
        for (List<ChecklistItem> group : groups(EnumSet.of(Prerequisite.SIGN_IN_EMAIL))) {
            ChecklistItem lead = group.getFirst();
            Optional<Instant> since = lead.prerequisite() == Prerequisite.FIRST_SIGN_IN
                    ? firstSignInAwaitedSince()
                    : Optional.of(lead.since());
            if (since.filter(this::remembered)
                            .filter(from -> Reminders.escalates(from, now))
                            .isPresent()
                    && !occasion(lead, "ESCALATION").isSent(outbox)) {
                points.add(new Point.OpenLine(
                        lead,
                        group.stream().map(item -> occasion(item, "ESCALATION")).toList()));
            }
        }
        return new Due(MessageKind.ESCALATION, points);
    }

    private Due repaired() {
        Map<String, OutboxContents.Repair> lastOf = new LinkedHashMap<>();
        Map<String, List<DatedOccasion>> occasionsOf = new LinkedHashMap<>();
        for (OutboxContents.Repair repair : outbox.repairs()) {
            DatedOccasion occasion = new DatedOccasion("REPAIRED#" + repair.id(), repair.notedAt());
            if (repair.isTold() && !occasion.isSent(outbox) && worked(checklist, repair)) {
                // Each attempt noted it; one of them worked.
                lastOf.put(repair.what(), repair);
                occasionsOf
                        .computeIfAbsent(repair.what(), key -> new ArrayList<>())
                        .add(occasion);
            }
        }
        List<Point> points = new ArrayList<>();
        lastOf.forEach((what, repair) -> points.add(new Point.Repaired(repair, occasionsOf.get(what))));
        return new Due(MessageKind.REPAIRED, points);
    }

    /** Of repairs that were noted, those that worked. */
    static List<OutboxContents.Repair> worked(Checklist checklist, List<OutboxContents.Repair> repairs) {
        return repairs.stream().filter(repair -> worked(checklist, repair)).toList();
    }

    /**
     * It was noted before it was tried: whether it worked is what the line says. A line that a later look found closed was
     * not closed by it.
     */
    private static boolean worked(Checklist checklist, OutboxContents.Repair repair) {
        ChecklistItem item = checklist.item(repair.prerequisite());
        return item.outcome() instanceof Outcome.Done && !repair.notedAt().isBefore(item.since());
    }

    /** What was noticed and needs nobody is told once. */
    private Due difference() {
        return new Due(
                MessageKind.DIFFERENCE,
                look.findings().all().stream()
                        .filter(finding -> finding.notice() != null)
                        .<Point>map(finding -> new Point.Noticed(
                                finding.prerequisite(),
                                finding.notice(),
                                List.of(DatedOccasion.once("DIFFERENCE#"
                                        + UUID.nameUUIDFromBytes(
                                                finding.notice().getBytes(StandardCharsets.UTF_8))))))
                        .filter(point -> !point.occasions().getFirst().isSent(outbox))
                        .toList());
    }

    /**
     * The periods of all lines together tell one time of being ready from the next, and stay the same while it lasts,
     * also over a line that could not be read for once. Where every line is in its first period, nothing was ever open:
     * the account was ready when Groundwork came, which is no news.
     */
    private Due ready() {
        int periods = checklist.items().stream().mapToInt(ChecklistItem::period).sum();
        Instant since = checklist.items().stream()
                .map(ChecklistItem::since)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        DatedOccasion occasion = new DatedOccasion(READY + periods, since.minus(CROSSING));
        if (checklist.status() != Checklist.Status.READY
                || periods == checklist.items().size()
                || !remembered(since)
                || occasion.isSent(outbox)) {
            return new Due(MessageKind.READY, List.of());
        }
        List<DatedOccasion> occasions = List.of(occasion);
        boolean again = outbox.sent().keySet().stream().anyMatch(earlier -> earlier.startsWith(READY));
        return new Due(
                MessageKind.READY, List.of(again ? new Point.Repetition(1, occasions) : new Point.Whole(occasions)));
    }

    private Collection<List<ChecklistItem>> listed() {
        return groups(NOT_LISTED).stream()
                .filter(group -> remembered(group.getFirst().since()))
                .toList();
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
    private static DatedOccasion notice(ChecklistItem item) {
        return occasion(
                item, "NOTICE" + (item.outcome() instanceof Outcome.Blocked blocked ? "#" + blocked.reason() : ""));
    }

    private Optional<DatedOccasion> reminder(ChecklistItem item) {
        int number = Reminders.due(item.since(), now);
        return number == 0 ? Optional.empty() : Optional.of(occasion(item, "REMINDER" + number));
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
