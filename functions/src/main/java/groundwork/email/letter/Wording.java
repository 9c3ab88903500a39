package groundwork.email.letter;

import groundwork.checklist.Change;
import groundwork.checklist.Checklist;
import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Dates;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.email.Due;
import groundwork.email.Look;
import groundwork.email.MessageKind;
import groundwork.email.OwnStack;
import groundwork.email.Point;
import groundwork.email.Reader;
import groundwork.email.Reminders;
import groundwork.email.WayIn;
import groundwork.email.letter.Block.Button;
import groundwork.email.letter.Block.Fact;
import groundwork.email.letter.Block.Facts;
import groundwork.email.letter.Block.Heading;
import groundwork.email.letter.Block.Line;
import groundwork.email.letter.Block.Lines;
import groundwork.email.letter.Block.Link;
import groundwork.email.letter.Block.Mark;
import groundwork.email.letter.Block.Paragraph;
import groundwork.identitycenter.PortalUrl;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts what is due to one reader into one email. */
public final class Wording {
    private final OwnStack stack;
    private final Look look;
    private final Checklist checklist;
    private final WayIn wayIn;
    private final Instant since;
    private final Instant now;

    /**
     * @param wayIn how the administrator gets in for the first time
     * @param since when Groundwork first looked at the account
     */
    public Wording(OwnStack stack, Look look, Checklist checklist, WayIn wayIn, Instant since, Instant now) {
        this.stack = stack;
        this.look = look;
        this.checklist = checklist;
        this.wayIn = wayIn;
        this.since = since;
        this.now = now;
    }

    /**
     * What one of the things says that an email tells.
     *
     * @param topic the subject of the email if it leads, the heading above it if it does not
     * @param next what comes next
     */
    private record Part(String topic, List<Block> said, String next) {
        private Heading heading() {
            return new Heading(topic.substring(0, 1).toUpperCase(Locale.ROOT) + topic.substring(1));
        }
    }

    /**
     * @param dues what is due to one address; the first gives the email its subject
     */
    public Message of(List<Due> dues) {
        List<Part> parts = dues.stream().map(this::part).toList();
        List<Block> blocks =
                new ArrayList<>(List.of(new Paragraph(hello(dues.getFirst().reader()))));
        blocks.addAll(parts.getFirst().said());
        for (Part part : parts.subList(1, parts.size())) {
            blocks.add(part.heading());
            blocks.addAll(part.said());
        }
        String topic = parts.getFirst().topic() + (parts.size() == 1 ? "" : ", more");
        String next = parts.stream().map(Part::next).distinct().collect(Collectors.joining(" "));
        return new Message(
                new Subject(look.accountId(), look.accountName(), topic), Glossary.explained(blocks), closing(next));
    }

    /** The name of an owner who is not the administrator is not known. */
    private String hello(Reader reader) {
        return isOnlyOwner(reader) ? "Hello," : "Hello " + stack.givenName() + ",";
    }

    private boolean isOnlyOwner(Reader reader) {
        return reader == Reader.OWNER && stack.hasOwner();
    }

    private Part part(Due due) {
        return switch (due.kind()) {
            case EXISTING_USER ->
                new Part(
                        "a user gets access soon",
                        new AccessWording(stack, look).existingUser(),
                        "Groundwork gives the access as soon as this email is out, and tells the way in by another.");
            case SIGN_IN ->
                wayIn == WayIn.KNOWN
                        ? new Part("you have access now", signIn().more(), WATCHING)
                        : new Part("your sign-in URL", signIn().first(), UNTIL_DONE);
            case SIGN_IN_REMINDER ->
                new Part(
                        "you have not signed in",
                        signIn().again(),
                        lastReminder(due)
                                ? "This was the last reminder. That nobody has signed in yet stays on the checklist."
                                : UNTIL_DONE);
            case FIRST_PASSWORD ->
                new Part(
                        "a password may be needed",
                        signIn().firstPassword(),
                        "Groundwork notices by itself when the administrator has signed in.");
            case WAITING ->
                new Part(
                        steps(due, "waits for you", "wait for you"),
                        List.of(paragraph("What is left to do in %s needs a person:"), open(due)),
                        UNTIL_DONE);
            case NEEDS_YOU_AGAIN ->
                new Part(
                        "needs you again",
                        withCause(
                                paragraph("Something that was in place in %s is not any more, and only a person can put"
                                        + " it right:"),
                                open(due)),
                        UNTIL_DONE);
            case REMINDER ->
                new Part(
                        steps(due, "still waits", "still wait"),
                        List.of(paragraph("In %s, this still needs a person:"), openSince(due)),
                        UNTIL_DONE);
            case REPAIRED ->
                new Part(
                        "undone and put back",
                        withCause(
                                paragraph("Something that Groundwork looks after in %s had been undone. Groundwork has"
                                        + " put it back:"),
                                repairs(due),
                                IF_NOT_YOU),
                        WATCHING);
            case OTHERS ->
                new Part(
                        due.points().size() == 1 ? "somebody else has access" : "others have access",
                        new AccessWording(stack, look).others(due),
                        WATCHING);
            case DIFFERENCE ->
                new Part(
                        "something is different",
                        List.of(
                                paragraph("In %s, something belongs to another stack and is not as this one has it:"),
                                noticed(due),
                                new Paragraph(
                                        "You need not do anything. To have it as this stack has it, change it in the"
                                                + " other stack, give the stacks different names for it, or keep only one of them.")),
                        WATCHING);
            case READY ->
                new Part(
                        due.points().getFirst() instanceof Point.Repetition
                                ? "your account is ready again"
                                : "your account is ready",
                        ready(due.reader()),
                        afterReady(due.reader()));
            case ESCALATION ->
                new Part(
                        steps(due, "was not done", "were not done"),
                        List.of(
                                new Paragraph(
                                        "This has been open in %s for a long time. %s was reminded and did not react:"
                                                .formatted(look.account(), other(due.reader()))),
                                notDone(due)),
                        "You get one such email for each step that stays open for 15 days. Groundwork notices by itself"
                                + " when it is done.");
            case CHANNEL_BROKEN ->
                new Part(
                        "emails no longer arrive",
                        List.of(
                                paragraph("Until now, Groundwork's emails about %s reached everybody whom they are for."
                                        + " They do not any more:"),
                                open(due),
                                new Paragraph(
                                        "Whoever gets an email of Amazon SNS, also one that was forwarded, can unsubscribe by the link at its end, and so can a program that follows links. Ask who it was. If nobody meant it, somebody may want that nobody hears of what happens in the account: look at it.")),
                        "Groundwork notices by itself when emails arrive again, and then sends what is due. Alarms go to"
                                + " whoever is still subscribed.");
        };
    }

    private static final Block IF_NOT_YOU = new Paragraph(
            "If this was you, there is nothing to do. If this was not you, find out who it was and why, and see in CloudTrail's"
                    + " event history what else they did.");
    private static final String UNTIL_DONE =
            "Groundwork notices by itself when this is done. It reminds you after 1, 3, 7 and 14 days, and then no more; what is"
                    + " open stays on the checklist.";
    private static final String WATCHING_FOR_THE_OWNER =
            "Groundwork looks again when something changes, and on its schedule. You hear from it when something needs you.";
    private static final String WATCHING =
            "Groundwork looks again when something changes, and on its schedule. You hear"
                    + " from it when something is undone or needs you.";

    private SignInWording signIn() {
        return new SignInWording(stack, look, wayIn);
    }

    private String other(Reader reader) {
        return reader == Reader.OWNER
                ? stack.administratorEmail()
                : stack.ownerEmail().orElse("The owner");
    }

    private List<Block> closing(String next) {
        return Closing.of(
                stack,
                look.accountId().equals(stack.accountId()) ? "it" : look.account(),
                since,
                look.executionArn(),
                next);
    }

    private Block paragraph(String text) {
        return new Paragraph(text.formatted(look.account()));
    }

    private static String steps(Due due, String one, String several) {
        int steps = due.points().size();
        return steps == 1 ? "1 step " + one : steps + " steps " + several;
    }

    private Block open(Due due) {
        return new Lines(openLines(due).stream()
                .map(point -> open(point.item(), List.of()))
                .toList());
    }

    private Block openSince(Due due) {
        return new Lines(openLines(due).stream()
                .map(point -> open(point.item(), since(due.kind(), point.item())))
                .toList());
    }

    /** What the other person did not do is not this reader's to do. */
    private Block notDone(Due due) {
        return new Lines(openLines(due).stream()
                .map(point -> {
                    Line line = open(point.item(), since(due.kind(), point.item()));
                    return point.item().prerequisite() == Prerequisite.FIRST_SIGN_IN
                            ? new Line(
                                    line.mark(), "The administrator has not signed in", line.sentences(), line.links())
                            : line;
                })
                .toList());
    }

    private List<String> since(MessageKind kind, ChecklistItem item) {
        boolean last = kind == MessageKind.REMINDER && Reminders.due(item.since(), now) == Reminders.LAST;
        return List.of("Open since %s.%s"
                .formatted(Dates.day(item.since()), last ? " This is the last reminder about it." : ""));
    }

    private static List<Point.OpenLine> openLines(Due due) {
        return due.points().stream()
                .filter(Point.OpenLine.class::isInstance)
                .map(Point.OpenLine.class::cast)
                .toList();
    }

    private Line open(ChecklistItem item, List<String> more) {
        List<String> sentences = new ArrayList<>(List.of(item.outcome().what()));
        List<Link> links = List.of();
        if (item.outcome() instanceof Outcome.Waiting waiting) {
            sentences.add(waiting.todo());
            links = List.of(link("Go to", waiting.link()));
        }
        if (item.outcome() instanceof Outcome.Blocked blocked && blocked.link() != null) {
            links = List.of(link("Look at", blocked.link()));
        }
        sentences.addAll(more);
        return new Line(Mark.OPEN, item.prerequisite().task(), sentences, links);
    }

    /** What is no page of the console is the portal. */
    private Link link(String verb, URI address) {
        return new Link(verb + " " + stack.console().title(address).orElse("the AWS access portal"), address);
    }

    private static Block noticed(Due due) {
        return new Lines(due.points().stream()
                .filter(Point.Noticed.class::isInstance)
                .map(Point.Noticed.class::cast)
                .map(point -> new Line(Mark.DONE, point.prerequisite().title(), List.of(point.what()), List.of()))
                .toList());
    }

    private static Block repairs(Due due) {
        return new Lines(due.points().stream()
                .filter(Point.Repaired.class::isInstance)
                .map(point -> ((Point.Repaired) point).repair())
                .map(repair -> new Line(Mark.DONE, repair.prerequisite().title(), List.of(repair.what()), List.of()))
                .distinct()
                .toList());
    }

    private List<Block> withCause(Block... said) {
        List<Block> blocks = new ArrayList<>(List.of(said));
        blocks.addAll(cause());
        return blocks;
    }

    /** That the change is what undid it is likely and not certain, so only what is certain is said. */
    private List<Block> cause() {
        return look.change().map(Wording::according).orElse(List.of());
    }

    /** Nothing here is confirmed by AWS, so that nothing is a link. */
    private static List<Block> according(Change change) {
        List<Fact> facts = new ArrayList<>();
        fact("Change", change.event()).ifPresent(facts::add);
        fact("Who", change.who()).ifPresent(facts::add);
        Optional.ofNullable(change.when())
                .map(Dates::moment)
                .flatMap(when -> fact("When", when))
                .ifPresent(facts::add);
        fact("Region", change.region()).ifPresent(facts::add);
        fact("Event", change.eventId()).ifPresent(facts::add);
        return List.of(
                new Heading("What set this off"),
                new Paragraph(
                        "According to the event that told of it, Groundwork looked because of this change. CloudTrail's"
                                + " event history in that Region shows whether it is true."),
                new Facts(facts));
    }

    private static Optional<Fact> fact(String label, String value) {
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(new Fact(label, value));
    }

    /** Whoever owns the account hears when the parameters for the rest of the organization are due. */
    private String afterReady(Reader reader) {
        String watching = isOnlyOwner(reader) ? WATCHING_FOR_THE_OWNER : WATCHING;
        return stack.hasMembers() || (stack.hasOwner() && !isOnlyOwner(reader))
                ? watching
                : watching
                        + " When the organization has more accounts, update the stack with OrganizationId and MemberAccounts,"
                        + " and Groundwork sets them up as well: docs/organization.md says how.";
    }

    private List<Block> ready(Reader reader) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                paragraph("%s is set up. Everyday work is done by an administrator of IAM Identity Center, and the root"
                        + " user can stay locked away."));
        look.portal()
                .filter(portal -> !isOnlyOwner(reader))
                .map(PortalUrl::address)
                .ifPresent(portal -> blocks.add(new Button(new Link("Open the AWS access portal", portal))));
        blocks.addAll(new AccessWording(stack, look).remark());
        blocks.add(new Lines(checklist.items().stream()
                .map(item -> item.outcome() instanceof Outcome.NotApplicable
                        ? new Line(Mark.NOT_NEEDED, item.prerequisite().task() + " (not needed)", List.of(), List.of())
                        : new Line(Mark.DONE, item.prerequisite().title(), List.of(), List.of()))
                .toList()));
        return blocks;
    }

    private static boolean lastReminder(Due due) {
        return due.points().getFirst() instanceof Point.Repetition repetition && repetition.number() == Reminders.LAST;
    }
}
