package groundwork.email.letter;

import groundwork.checklist.Change;
import groundwork.checklist.Checklist;
import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Console;
import groundwork.checklist.Dates;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.email.Due;
import groundwork.email.Look;
import groundwork.email.MessageKind;
import groundwork.email.OwnStack;
import groundwork.email.Point;
import groundwork.email.Reminders;
import groundwork.email.letter.Block.Button;
import groundwork.email.letter.Block.Fact;
import groundwork.email.letter.Block.Facts;
import groundwork.email.letter.Block.Heading;
import groundwork.email.letter.Block.Line;
import groundwork.email.letter.Block.Lines;
import groundwork.email.letter.Block.Link;
import groundwork.email.letter.Block.Mark;
import groundwork.email.letter.Block.Paragraph;
import groundwork.email.letter.Block.Reference;
import groundwork.identitycenter.PortalUrl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts an email that is due into words. */
public final class Wording {
    private final OwnStack stack;
    private final Look look;
    private final Checklist checklist;
    private final Instant now;

    public Wording(OwnStack stack, Look look, Checklist checklist, Instant now) {
        this.stack = stack;
        this.look = look;
        this.checklist = checklist;
        this.now = now;
    }

    public Message of(Due due) {
        return switch (due.kind()) {
            case EXISTING_USER ->
                message(
                        "a user is about to get access",
                        new AccessWording(stack, look).existingUser(),
                        "Groundwork gives the access as soon as this email is out, and tells the way in by another.");
            case SIGN_IN ->
                checklist.item(Prerequisite.FIRST_SIGN_IN).outcome() instanceof Outcome.Done
                        ? message("you have been given access", new SignInWording(stack, look).more(), WATCHING)
                        : message("your sign-in URL", new SignInWording(stack, look).first(), UNTIL_FIRST_SIGN_IN);
            case SIGN_IN_REMINDER ->
                message(
                        "you have not signed in yet",
                        new SignInWording(stack, look).again(),
                        lastReminder(due)
                                ? "This was the last reminder. That nobody has signed in yet stays on the checklist."
                                : UNTIL_FIRST_SIGN_IN);
            case WAITING ->
                message(
                        steps(due, "is waiting for you", "are waiting for you"),
                        List.of(
                                paragraph("Groundwork has done what it can do by itself in %s. What is left needs a"
                                        + " person:"),
                                open(due)),
                        UNTIL_DONE);
            case NEEDS_YOU_AGAIN ->
                message(
                        "needs you again",
                        withCause(
                                paragraph("Something that was in place in %s is not any more, and only a person can put"
                                        + " it right:"),
                                open(due)),
                        UNTIL_DONE);
            case REMINDER ->
                message(
                        steps(due, "is still waiting for you", "are still waiting for you"),
                        List.of(paragraph("In %s, this still needs a person:"), openSince(due)),
                        UNTIL_DONE);
            case REPAIRED ->
                message(
                        "something was undone and is repaired",
                        withCause(
                                paragraph("Something that Groundwork looks after in %s had been undone. Groundwork has"
                                        + " put it back:"),
                                repairs(due),
                                new Paragraph("You need not do anything. If you did not expect this, find out"
                                        + " who changed it, and why.")),
                        WATCHING);
            case OTHERS ->
                message(
                        due.points().size() == 1 ? "somebody else has access" : "others have access",
                        new AccessWording(stack, look).others(due),
                        WATCHING);
            case DIFFERENCE ->
                message(
                        "something is not as this stack has it",
                        List.of(
                                paragraph("In %s, something belongs to another stack and is not as this one has it:"),
                                noticed(due),
                                new Paragraph(
                                        "You need not do anything. To have it as this stack has it, change it in the"
                                                + " other stack, give the stacks different names for it, or keep only one of them.")),
                        WATCHING);
            case READY ->
                message(
                        due.points().getFirst() instanceof Point.Repetition
                                ? "your account is ready again"
                                : "your account is ready",
                        ready(),
                        WATCHING);
            case ESCALATION ->
                message(
                        steps(due, "has been waiting for a long time", "have been waiting for a long time"),
                        List.of(
                                new Paragraph(
                                        "You get this email because yours is the second address for %s. The first, %s, was asked, and this is still open:"
                                                .formatted(look.account(), stack.administratorEmail())),
                                openSince(due)),
                        "You get one such email for each step that stays open for 15 days. Groundwork notices by itself"
                                + " when it is done.");
            case CHANNEL_BROKEN ->
                message(
                        "emails do not arrive any more",
                        List.of(
                                new Paragraph(
                                        "Until now Groundwork's emails about %s reached %s. They do not any more, and you are told so at another address or by another way:"
                                                .formatted(look.account(), stack.administratorEmail())),
                                open(due),
                                new Paragraph(
                                        "Whoever gets an email of Amazon SNS, also one that was forwarded, can unsubscribe by the link at its end, and so can a program that follows links. Ask %s. If nobody meant it, somebody may want that nobody hears of what happens in the account: look at it."
                                                .formatted(stack.administratorEmail()))),
                        "Groundwork notices by itself when emails arrive again, and then sends what is due. Alarms reach both"
                                + " addresses all the time.");
        };
    }

    private static final String UNTIL_FIRST_SIGN_IN =
            "Groundwork notices by itself when you sign in. Until then it reminds you 1, 3, 7 and 14 days after the"
                    + " first of these emails, and then no more.";
    private static final String UNTIL_DONE =
            "Groundwork notices by itself when this is done; you need not tell it. It reminds you 1, 3, 7 and"
                    + " 14 days after a step opened, and then no more; the step stays on the checklist.";
    private static final String WATCHING =
            "Groundwork looks again when something changes, and on its schedule. You hear"
                    + " from it when something is undone or needs you.";

    private Message message(String topic, List<Block> said, String next) {
        List<Block> blocks = new ArrayList<>(List.of(new Paragraph("Hello,")));
        blocks.addAll(said);
        return new Message(new Subject(look.accountId(), look.accountName(), topic), blocks, closing(next));
    }

    private List<Block> closing(String next) {
        String where = "the CloudFormation stack %s in %s of account %s"
                .formatted(stack.name(), stack.region().id(), stack.accountId());
        List<Block> closing = new ArrayList<>(List.of(
                new Paragraph(
                        "This is about %s. Groundwork, %s, sets up everyday sign-in through IAM Identity Center so that"
                                        .formatted(look.account(), where)
                                + " the root user can stay locked away."),
                new Paragraph("What comes next: " + next),
                new Paragraph("To stop it, delete that stack. The administrator and the access stay.")));
        if (Console.isExecution(look.executionArn())) {
            closing.add(new Reference(
                    new Link("What Groundwork did this time", stack.console().execution(look.executionArn()))));
        }
        return closing;
    }

    private Block paragraph(String text) {
        return new Paragraph(text.formatted(look.account()));
    }

    private static String steps(Due due, String one, String several) {
        int steps = due.points().size();
        return steps == 1 ? "1 step " + one : steps + " steps " + several;
    }

    private static Block open(Due due) {
        return new Lines(openLines(due).stream()
                .map(point -> open(point.item(), List.of()))
                .toList());
    }

    private Block openSince(Due due) {
        return new Lines(openLines(due).stream()
                .map(point -> open(point.item(), since(due.kind(), point.item())))
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

    private static Line open(ChecklistItem item, List<String> more) {
        List<String> sentences = new ArrayList<>(List.of(item.outcome().what()));
        List<Link> links = List.of();
        if (item.outcome() instanceof Outcome.Waiting waiting) {
            sentences.add(waiting.todo());
            links = List.of(new Link("Where to do it", waiting.link()));
        }
        if (item.outcome() instanceof Outcome.Blocked blocked && blocked.link() != null) {
            links = List.of(new Link("Where to look", blocked.link()));
        }
        sentences.addAll(more);
        return new Line(Mark.OPEN, item.prerequisite().title(), sentences, links);
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

    private List<Block> ready() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                paragraph("%s is set up. Everyday work is done by an administrator of IAM Identity Center, and the root"
                        + " user can stay locked away."));
        look.portal()
                .map(PortalUrl::address)
                .ifPresent(portal -> blocks.add(new Button(new Link("Sign in to AWS", portal))));
        blocks.addAll(new AccessWording(stack, look).remark());
        blocks.add(new Lines(checklist.items().stream()
                .map(item -> item.outcome() instanceof Outcome.NotApplicable
                        ? new Line(Mark.NOT_NEEDED, item.prerequisite().title() + " (not needed)", List.of(), List.of())
                        : new Line(Mark.DONE, item.prerequisite().title(), List.of(), List.of()))
                .toList()));
        return blocks;
    }

    private static boolean lastReminder(Due due) {
        return due.points().getFirst() instanceof Point.Repetition repetition && repetition.number() == Reminders.LAST;
    }
}
