package groundwork.conclusion;

import groundwork.checklist.Checklist;
import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.email.Due;
import groundwork.email.ExternalText;
import groundwork.email.Look;
import groundwork.email.MessageKind;
import groundwork.email.Stack;
import groundwork.email.channel.Channel;
import groundwork.email.channel.Delivery;
import groundwork.email.channel.Handover;
import groundwork.email.letter.Wording;
import groundwork.state.AccountRecord;
import groundwork.state.Outbox;
import groundwork.state.OutboxContents;
import groundwork.state.PointsInTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Completes the checklist of a look with what concerns emails, and sends those that are due. */
final class Correspondence {
    private static final int AHEAD_LIMIT = 300;

    private final Stack stack;
    private final Outbox outbox;
    private final InstantSource clock;
    private final SignInHistory history;
    private final Channel channel;
    private final Optional<Channel> escalation;
    private final Optional<Channel> alarms;
    private final List<Channel> others;

    /**
     * @param escalation to the second address; empty if there is none
     * @param alarms what tells that Groundwork itself fails; empty if that is the channel of everything else
     * @param others what is left to tell by that the channel is broken
     */
    Correspondence(
            Stack stack,
            Outbox outbox,
            InstantSource clock,
            SignInHistory history,
            Channel channel,
            Optional<Channel> escalation,
            Optional<Channel> alarms,
            List<Channel> others) {
        this.stack = stack;
        this.outbox = outbox;
        this.clock = clock;
        this.history = history;
        this.channel = channel;
        this.escalation = escalation;
        this.alarms = alarms;
        this.others = List.copyOf(others);
    }

    SendEmailHandler.Report look(SendEmailHandler.Request request) {
        Look look = Look.of(request, stack);
        PointsInTime times = new PointsInTime(clock.instant());
        AccountRecord before = AccountRecord.parse(request.record(), times);
        Outcome state = channel.state();
        Optional<Outcome> second = escalation.map(Channel::state);
        Optional<Outcome> alarm = alarms.map(Channel::state);
        SignIn asked = new SignIn(
                look,
                before,
                contents(look.accountId(), times),
                state,
                stack.console(),
                clock.instant(),
                Optional.empty());
        SignIn signIn = request.plan() ? asked : answered(asked);
        Set<String> ahead = times.ahead();
        ahead.addAll(request.ahead());
        List<Finding> findings = findings(signIn, second, alarm, ahead);
        Set<Prerequisite> repaired = before.lastChecklist()
                .map(last -> signIn.outbox().repairedSince(last.observedAt()))
                .orElse(Set.of());
        Checklist checklist =
                Checklist.after(before.lastChecklist(), findings, repaired, look.change(), request.observedAt());
        if (request.plan()) {
            return plan(checklist, findings);
        }

        Sending sending = new Sending(look, checklist, state, second);
        DueMessages.of(checklist, signIn.outbox(), look, clock.instant(), escalation.isPresent())
                .forEach(sending::send);
        sending.tellWhenBroken(checklist, signIn.outbox());

        SignIn after = sending.sent.isEmpty() && sending.state.equals(state)
                ? signIn
                : signIn.after(contents(look.accountId(), times), sending.state);
        Checklist recorded = Checklist.after(
                before.lastChecklist(),
                findings(after, sending.second, alarm, ahead).stream()
                        .map(Correspondence::settled)
                        .toList(),
                repaired,
                look.change(),
                request.observedAt());
        return new SendEmailHandler.Report(
                recorded,
                new AccountRecord(
                                recorded,
                                request.known().orElse(before.known()),
                                signIn.adminBefore().orElse(before.adminBefore()),
                                request.known().userId() == null
                                        ? before.administratorEmail()
                                        : stack.administratorEmail(),
                                before.repairs()
                                        .and(
                                                DueMessages.worked(
                                                        recorded,
                                                        signIn.outbox().repairs()),
                                                clock.instant()))
                        .stored(),
                waitFor(recorded),
                sending.sent,
                null,
                sending.told);
    }

    /** Sign-ins are noted with the account of Identity Center, whichever account is looked at. */
    private OutboxContents contents(String accountId, PointsInTime times) {
        OutboxContents contents = outbox.contents(accountId, times);
        return accountId.equals(stack.accountId())
                ? contents
                : contents.withSignInsOf(outbox.contents(stack.accountId(), times));
    }

    /** Asks the event history while the first sign-in is awaited, and notes what it proves before history forgets it. */
    private SignIn answered(SignIn signIn) {
        return signIn.awaited()
                .map(user -> {
                    SignInHistory.Answer answer = user.settledBefore()
                            .<SignInHistory.Answer>map(SignInHistory.Answer.SignedIn::new)
                            .orElseGet(() -> history.ask(user.userId(), user.identityStoreId(), user.told()));
                    if (answer instanceof SignInHistory.Answer.SignedIn proof) {
                        outbox.noteProvenSignIn(stack.accountId(), user.userId(), proof.at());
                    }
                    return signIn.answered(answer);
                })
                .orElse(signIn);
    }

    private List<Finding> findings(
            SignIn signIn, Optional<Outcome> second, Optional<Outcome> alarm, Set<String> ahead) {
        Outcome channel = aside(signIn.channel(), "The second address does not work yet", second);
        channel = aside(
                channel,
                "What goes wrong with Groundwork itself is told through Amazon SNS, which does not work yet",
                alarm);
        if (!ahead.isEmpty()) {
            channel = channel.withRemark(
                    "Groundwork found points in time in its table that are ahead of the clock. They count as absent: %s."
                            .formatted(ExternalText.line(String.join(", ", ahead), AHEAD_LIMIT)));
        }
        return Stream.concat(
                        signIn.look().findings().stream(),
                        Stream.of(new Finding(Prerequisite.EMAIL_CHANNEL, channel), signIn.email(), signIn.first()))
                .toList();
    }

    /** A convenience holds nothing up; that it does not work is said all the same. */
    private static Outcome aside(Outcome state, String about, Optional<Outcome> convenience) {
        return state instanceof Outcome.Done done
                ? convenience
                        .filter(outcome -> !(outcome instanceof Outcome.Done))
                        .<Outcome>map(
                                outcome -> new Outcome.Done("%s %s: %s".formatted(done.what(), about, outcome.what())))
                        .orElse(done)
                : state;
    }

    /** What is still planned after the sending is with another execution. */
    private static Finding settled(Finding finding) {
        return finding.prerequisite() == Prerequisite.SIGN_IN_EMAIL && finding.outcome() instanceof Outcome.Planned
                ? new Finding(Prerequisite.SIGN_IN_EMAIL, new Outcome.Unknown("Another execution is about to send it."))
                : finding;
    }

    private static SendEmailHandler.Report plan(Checklist checklist, List<Finding> findings) {
        List<PlanLine> lines = checklist.items().stream()
                .map(item -> findings.stream()
                        .filter(finding -> finding.prerequisite() == item.prerequisite())
                        .reduce((earlier, later) -> later)
                        .orElseGet(() -> new Finding(item.prerequisite(), item.outcome())))
                .map(PlanLine::of)
                .toList();
        return new SendEmailHandler.Report(checklist, null, null, List.of(), lines, false);
    }

    /** Nothing else can be told before emails arrive, so that comes first. */
    private static Prerequisite waitFor(Checklist checklist) {
        List<Prerequisite> waiting =
                checklist.waiting().stream().map(ChecklistItem::prerequisite).toList();
        if (waiting.contains(Prerequisite.EMAIL_CHANNEL)) {
            return Prerequisite.EMAIL_CHANNEL;
        }
        return waiting.isEmpty() ? null : waiting.getFirst();
    }

    /** Sends to both addresses, to each until its channel refuses. */
    private final class Sending {
        private final Delivery delivery;
        private final Wording wording;
        private final List<String> sent = new ArrayList<>();
        private boolean told;
        private Outcome state;
        private Optional<Outcome> second;

        Sending(Look look, Checklist checklist, Outcome state, Optional<Outcome> second) {
            this.delivery = new Delivery(outbox, look.accountId(), look.executionArn());
            this.wording = new Wording(stack, look, checklist, clock.instant());
            this.state = state;
            this.second = second;
        }

        void send(Due due) {
            if (due.kind() == MessageKind.ESCALATION) {
                second = second.map(outcome -> send(due, escalation.orElseThrow(), outcome));
            } else {
                state = send(due, channel, state);
            }
        }

        /** Whoever unsubscribes one address, by a link that is in every email, does not silence both. */
        void tellWhenBroken(Checklist checklist, OutboxContents before) {
            for (Channel other : others) {
                DueMessages.channelBroken(checklist, before, other.address())
                        .ifPresent(due -> send(due, other, other.state()));
            }
            if (channel.canAskAgain()) {
                DueMessages.channelBroken(checklist, before, "ASKED_AGAIN")
                        .flatMap(due -> delivery.deliver(due, channel.address(), left -> channel.askAgain()))
                        .filter(Handover.Accepted.class::isInstance)
                        .ifPresent(accepted -> sent.add("subscription request to " + channel.address()));
            }
        }

        private Outcome send(Due due, Channel to, Outcome stateOfChannel) {
            if (!(stateOfChannel instanceof Outcome.Done)) {
                return stateOfChannel;
            }
            Optional<Handover> handover = delivery.deliver(due, to, wording::of);
            if (handover.isEmpty()) {
                return stateOfChannel;
            }
            return switch (handover.get()) {
                case Handover.Accepted accepted -> {
                    sent.add(due.kind().words() + " to " + to.address());
                    told |= due.kind() == MessageKind.EXISTING_USER;
                    yield stateOfChannel;
                }
                case Handover.Refused refused -> refused.outcome();
            };
        }
    }
}
