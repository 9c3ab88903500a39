package groundwork.conclusion;

import groundwork.checklist.Checklist;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.email.Due;
import groundwork.email.ExternalText;
import groundwork.email.Look;
import groundwork.email.MessageKind;
import groundwork.email.OwnStack;
import groundwork.email.channel.Channel;
import groundwork.email.channel.Delivery;
import groundwork.email.channel.Handover;
import groundwork.email.letter.Wording;
import groundwork.runtime.TryAgainException;
import groundwork.state.AccountRecord;
import groundwork.state.Outbox;
import groundwork.state.OutboxContents;
import groundwork.state.PointsInTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/** Completes the checklist of a look with what concerns emails, and sends those that are due. */
final class Correspondence {
    private static final int AHEAD_LIMIT = 300;

    private final OwnStack stack;
    private final Outbox outbox;
    private final InstantSource clock;
    private final SignInHistory history;
    private final Channels channels;

    Correspondence(OwnStack stack, Outbox outbox, InstantSource clock, SignInHistory history, Channels channels) {
        this.stack = stack;
        this.outbox = outbox;
        this.clock = clock;
        this.history = history;
        this.channels = channels;
    }

    /** Says what a run would do, and does nothing. */
    Conclusion plan(Observation observation, String stored) {
        return new LookUnderWay(observation, stored).plan();
    }

    /** Sends what is due and completes the checklist. */
    Conclusion conclude(Observation observation, String stored) {
        return new LookUnderWay(observation, stored).conclude();
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
        return signIn.unproven()
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

    /** One look, from what is known at its beginning to what comes of it. */
    private final class LookUnderWay {
        private final Look look;
        private final Instant at;
        private final AccountRecord.Known known;
        private final PointsInTime times = new PointsInTime(clock.instant());
        private final AccountRecord before;
        private final Optional<Outcome> alarm;
        private final Set<String> ahead;
        private final SignIn signIn;
        private final Outcome state;
        private final Optional<Outcome> second;

        LookUnderWay(Observation observation, String stored) {
            this.look = observation.look();
            this.at = observation.at();
            this.known = observation.known();
            this.before = AccountRecord.parse(stored, times);
            this.state = channels.first().state();
            this.second = channels.second().map(Channel::state);
            this.alarm = channels.alarms().map(Channel::state);
            this.signIn = new SignIn(
                    look,
                    before,
                    contents(look.accountId(), times),
                    state,
                    stack.console(),
                    clock.instant(),
                    Optional.empty());
            this.ahead = times.ahead();
            this.ahead.addAll(observation.ahead());
        }

        Conclusion plan() {
            Findings findings = findings(signIn, second);
            Checklist checklist = checklist(findings, signIn.outbox());
            return Conclusion.planned(
                    checklist,
                    checklist.items().stream()
                            .map(item -> findings.finding(item.prerequisite())
                                    .orElseGet(() -> new Finding(item.prerequisite(), item.outcome())))
                            .map(PlanLine::of)
                            .toList());
        }

        Conclusion conclude() {
            SignIn asked = answered(signIn);
            Checklist checklist = checklist(findings(asked, second), asked.outbox());
            Sending sending = new Sending(look, checklist, state, second);
            DueMessages.of(
                            checklist,
                            asked.outbox(),
                            look,
                            clock.instant(),
                            channels.second().isPresent())
                    .forEach(sending::send);
            sending.tellWhenBroken(checklist, asked.outbox());

            SignIn after = sending.sent.isEmpty() && sending.state.equals(state)
                    ? asked
                    : asked.after(contentsOnceSent(), sending.state);
            Checklist recorded = checklist(settled(findings(after, sending.second)), asked.outbox());
            return Conclusion.of(recorded, record(recorded, asked).stored(), sending.sent, sending.told);
        }

        /**
         * The emails are out, and a look that finds the same later than this one takes it for news unless this one is recorded.
         * So whatever refuses the read is tried again, with everything that comes before and is done by then.
         */
        private OutboxContents contentsOnceSent() {
            try {
                return contents(look.accountId(), times);
            } catch (SdkException e) {
                throw new TryAgainException(e);
            }
        }

        private AccountRecord record(Checklist recorded, SignIn asked) {
            return new AccountRecord(
                    recorded,
                    known.orElse(before.known()),
                    asked.adminBefore().orElse(before.adminBefore()),
                    known.userId() == null ? before.administratorEmail() : stack.administratorEmail(),
                    before.repairs()
                            .and(DueMessages.worked(recorded, asked.outbox().repairs()), clock.instant()));
        }

        private Checklist checklist(Findings findings, OutboxContents noted) {
            Set<Prerequisite> repaired = before.lastChecklist()
                    .map(last -> noted.repairedSince(last.observedAt()))
                    .orElse(Set.of());
            return Checklist.after(before.lastChecklist(), findings, repaired, look.change(), at);
        }

        private Findings findings(SignIn signInNow, Optional<Outcome> secondNow) {
            Outcome reached = aside(signInNow.channel(), "The second address does not work yet", secondNow);
            reached = aside(
                    reached,
                    "What goes wrong with Groundwork itself is told through Amazon SNS, which does not work yet",
                    alarm);
            if (!ahead.isEmpty()) {
                reached = reached.withRemark(
                        "Groundwork found points in time in its table that are ahead of the clock. They count as absent: %s."
                                .formatted(ExternalText.line(String.join(", ", ahead), AHEAD_LIMIT)));
            }
            return look.findings()
                    .and(Findings.of(
                            new Finding(Prerequisite.EMAIL_CHANNEL, reached), signInNow.email(), signInNow.first()));
        }

        /** What is still planned after the sending is with another execution. */
        private static Findings settled(Findings findings) {
            return findings.outcome(Prerequisite.SIGN_IN_EMAIL) instanceof Outcome.Planned
                    ? findings.and(Findings.of(new Finding(
                            Prerequisite.SIGN_IN_EMAIL, new Outcome.Unknown("Another execution is about to send it."))))
                    : findings;
        }
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
                second = second.map(outcome -> send(due, channels.second().orElseThrow(), outcome));
            } else {
                state = send(due, channels.first(), state);
            }
        }

        /** Whoever unsubscribes one address, by a link that is in every email, does not silence both. */
        void tellWhenBroken(Checklist checklist, OutboxContents before) {
            for (Channel other : channels.others()) {
                DueMessages.channelBroken(checklist, before, other.address())
                        .ifPresent(due -> send(due, other, other.state()));
            }
            Channel channel = channels.first();
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
