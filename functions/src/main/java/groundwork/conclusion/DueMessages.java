package groundwork.conclusion;

import groundwork.access.Others;
import groundwork.checklist.Checklist;
import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.email.DatedOccasion;
import groundwork.email.Due;
import groundwork.email.Look;
import groundwork.email.MessageKind;
import groundwork.email.Point;
import groundwork.email.Reader;
import groundwork.email.Reminders;
import groundwork.email.WayIn;
import groundwork.state.Occasion;
import groundwork.state.OutboxContents;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Decides which emails are due. It looks only at how things stand and at what was said, never at what just happened: an
 * email that could not be sent, for whatever reason, is due again at the next look.
 *
 * <p>The sign-in email is due when the line {@link Prerequisite#SIGN_IN_EMAIL} is {@link Outcome.Planned}.
 */
final class DueMessages {
    private static final String READY = "READY#";

    private final Checklist checklist;
    private final OutboxContents outbox;
    private final Look look;
    private final Optional<String> userId;
    private final WayIn wayIn;
    private final Reach reach;
    private final Instant now;

    private DueMessages(Checklist checklist, OutboxContents outbox, Look look, WayIn wayIn, Reach reach, Instant now) {
        this.checklist = checklist;
        this.outbox = outbox;
        this.look = look;
        this.userId = look.userId();
        this.wayIn = wayIn;
        this.reach = reach;
        this.now = now;
    }

    /**
     * What is due, in the order in which an email tells it.
     *
     * @param look who is administrator, who else has access, and what was noticed
     * @param wayIn how the administrator gets in for the first time
     * @param reach whether owner and administrator are two people, and which of them hears
     */
    static List<Due> of(Checklist checklist, OutboxContents outbox, Look look, WayIn wayIn, Reach reach, Instant now) {
        DueMessages messages = new DueMessages(checklist, outbox, look, wayIn, reach, now);
        OpenLines lines = new OpenLines(checklist, outbox, reach, now);
        return Stream.of(
                        Stream.of(
                                messages.existingUser(),
                                messages.signIn(),
                                messages.signInReminder(),
                                messages.firstPassword()),
                        lines.notices(),
                        lines.reminders(),
                        Stream.of(messages.repaired(), messages.others(), messages.difference(), messages.ready()),
                        lines.escalation(messages.firstSignInAwaitedSince()),
                        lines.broken())
                .flatMap(Function.identity())
                .filter(due -> !due.points().isEmpty())
                .toList();
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
        return new Due(MessageKind.OTHERS, Reader.OWNER, points);
    }

    private Due existingUser() {
        return new Due(
                MessageKind.EXISTING_USER,
                Reader.OWNER,
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
                Reader.ADMINISTRATOR,
                userId
                        .filter(id -> due)
                        .<Point>map(id -> new Point.Whole(List.of(DatedOccasion.once(Occasion.signInEmail(id)))))
                        .stream()
                        .toList());
    }

    private Due signInReminder() {
        List<Point> points = new ArrayList<>();
        firstSignInAwaitedSince()
                .filter(sent -> Reminders.remembered(sent, now))
                .ifPresent(since -> {
                    int number = Reminders.due(since, now);
                    DatedOccasion occasion =
                            new DatedOccasion(Occasion.signInEmail(userId.orElseThrow()) + "#REMINDER" + number, since);
                    if (number > 0 && !occasion.isSent(outbox)) {
                        points.add(new Point.Repetition(number, List.of(occasion)));
                    }
                });
        return new Due(MessageKind.SIGN_IN_REMINDER, Reader.ADMINISTRATOR, points);
    }

    /** A password that nobody has is nothing the administrator can help: where that is another person, the owner is asked. */
    private Due firstPassword() {
        boolean toldTheWay = !signIn().points().isEmpty()
                || userId.map(Occasion::signInEmail)
                        .filter(outbox.sent()::containsKey)
                        .isPresent();
        boolean asked = reach.hasOwner()
                && wayIn.mayNeedPassword()
                && toldTheWay
                && checklist.item(Prerequisite.FIRST_SIGN_IN).outcome() instanceof Outcome.Waiting;
        return new Due(
                MessageKind.FIRST_PASSWORD,
                Reader.OWNER,
                userId
                        .map(id -> DatedOccasion.once(Occasion.signInEmail(id) + "#PASSWORD"))
                        .filter(occasion -> asked && !occasion.isSent(outbox))
                        .<Point>map(occasion -> new Point.Whole(List.of(occasion)))
                        .stream()
                        .toList());
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
        return new Due(MessageKind.REPAIRED, Reader.ADMINISTRATOR, points);
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
                Reader.ADMINISTRATOR,
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
        DatedOccasion occasion = new DatedOccasion(READY + periods, since.minus(OpenLines.CROSSING));
        if (checklist.status() != Checklist.Status.READY
                || periods == checklist.items().size()
                || !Reminders.remembered(since, now)
                || occasion.isSent(outbox)) {
            return new Due(MessageKind.READY, Reader.OWNER, List.of());
        }
        List<DatedOccasion> occasions = List.of(occasion);
        boolean again = outbox.sent().keySet().stream().anyMatch(earlier -> earlier.startsWith(READY));
        return new Due(
                MessageKind.READY,
                Reader.OWNER,
                List.of(again ? new Point.Repetition(1, occasions) : new Point.Whole(occasions)));
    }
}
