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
import groundwork.email.Reader;
import groundwork.email.WayIn;
import groundwork.email.channel.Channel;
import groundwork.email.channel.Channels;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** The outcome with the points in time that were ahead of the clock, if any were. */
    static Outcome withThoseAhead(Outcome outcome, Set<String> ahead) {
        return ahead.isEmpty()
                ? outcome
                : outcome.withRemark(
                        "Groundwork found points in time in its table that are ahead of the clock. They count as absent: %s."
                                .formatted(ExternalText.line(String.join(", ", ahead), AHEAD_LIMIT)));
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

    /** One look, from what is known at its beginning to what comes of it. */
    private final class LookUnderWay {
        private final Look look;
        private final Instant at;
        private final AccountRecord.Known known;
        private final PointsInTime times = new PointsInTime(clock.instant());
        private final AccountRecord before;
        private final Set<String> ahead;
        private final SignIn signIn;
        private final Reach reach;

        LookUnderWay(Observation observation, String stored) {
            this.look = observation.look();
            this.at = observation.at();
            this.known = observation.known();
            this.before = AccountRecord.parse(stored, times);
            this.reach = Reach.of(channels, before.reached());
            this.signIn = new SignIn(
                    look,
                    before,
                    contents(look.accountId(), times),
                    reach.of(Reader.ADMINISTRATOR),
                    stack,
                    clock.instant(),
                    Optional.empty());
            this.ahead = times.ahead();
            this.ahead.addAll(observation.ahead());
        }

        Conclusion plan() {
            Findings findings = findings(signIn, reach);
            Checklist checklist = checklist(findings, signIn.outbox());
            return Conclusion.planned(checklist, findings);
        }

        Conclusion conclude() {
            SignIn asked = answered(signIn);
            Checklist checklist = checklist(findings(asked, reach), asked.outbox());
            List<Due> dues = DueMessages.of(checklist, asked.outbox(), look, asked.wayIn(), reach, clock.instant());
            Sending sending = new Sending(
                    look, checklist, asked.wayIn(), before.lookedAfterSince().orElse(at));
            Reach reachNow = sending.send(dues, reach);
            sending.tellWhenBroken(new OpenLines(checklist, asked.outbox(), reach, clock.instant()));
            SignIn after = sending.sent.isEmpty() && reachNow.equals(reach)
                    ? asked
                    : asked.after(contentsOnceSent(), reachNow.of(Reader.ADMINISTRATOR));
            Checklist recorded = checklist(settled(findings(after, reachNow)), asked.outbox());
            return Conclusion.of(
                    recorded,
                    record(recorded, asked).stored(),
                    sending.sent,
                    recorded.changesSince(before.lastChecklist(), asked.outbox().repairedSince(before.lastChecklist())),
                    sending.told);
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
                            .and(DueMessages.worked(recorded, asked.outbox().repairs()), clock.instant()),
                    before.lookedAfterSince().orElse(at),
                    reach.ever());
        }

        private Checklist checklist(Findings findings, OutboxContents noted) {
            return Checklist.after(
                    before.lastChecklist(), findings, noted.repairedSince(before.lastChecklist()), look.change(), at);
        }

        private Findings findings(SignIn signInNow, Reach reachNow) {
            Outcome reached = withThoseAhead(reachNow.line(), ahead);
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

    /** Sends to each reader one email with all that is due. */
    private final class Sending {
        private final Delivery delivery;
        private final Wording wording;
        private final List<String> sent = new ArrayList<>();
        private boolean told;

        Sending(Look look, Checklist checklist, WayIn wayIn, Instant since) {
            this.delivery = new Delivery(outbox, look.accountId(), look.executionArn());
            this.wording = new Wording(stack, look, checklist, wayIn, since, clock.instant());
        }

        Reach send(List<Due> dues, Reach reach) {
            Reach now = reach;
            for (Map.Entry<Reader, Channel> way : channels.of().entrySet()) {
                List<Due> theirs = dues.stream()
                        .filter(due -> channels.addressee(due.reader()) == way.getKey())
                        .toList();
                now = now.with(way.getKey(), send(theirs, way.getValue(), reach.of(way.getKey())));
            }
            return now;
        }

        /** Whoever unsubscribes one address, by a link that is in every email, does not silence both. */
        void tellWhenBroken(OpenLines lines) {
            for (Map.Entry<Reader, Channel> way : channels.of().entrySet()) {
                askAgain(lines, way.getKey(), way.getValue());
                // Where emails are sent another way than alarms, whoever does not get them may still get these.
                Optional.ofNullable(channels.alarms().get(way.getKey()))
                        .ifPresent(alarm -> lines.broken(way.getKey(), way.getKey(), alarm.address())
                                .ifPresent(due -> send(List.of(due), alarm, alarm.state())));
            }
        }

        private void askAgain(OpenLines lines, Reader reader, Channel channel) {
            if (channel.canAskAgain()) {
                lines.broken(reader, reader, reader == Reader.OWNER ? "ASKED_AGAIN#OWNER" : "ASKED_AGAIN")
                        .flatMap(due -> delivery.deliver(List.of(due), channel.address(), left -> channel.askAgain()))
                        .filter(Delivery.Delivered::isAccepted)
                        .ifPresent(accepted -> sent.add("subscription request to " + channel.address()));
            }
        }

        private Outcome send(List<Due> dues, Channel to, Outcome stateOfChannel) {
            if (!(stateOfChannel instanceof Outcome.Done)) {
                return stateOfChannel;
            }
            Optional<Delivery.Delivered> delivered = delivery.deliver(dues, to, wording::of);
            if (delivered.isEmpty()) {
                return stateOfChannel;
            }
            return switch (delivered.get().handover()) {
                case Handover.Accepted accepted -> {
                    List<Due> said = delivered.get().dues();
                    sent.add(said.stream().map(due -> due.kind().words()).collect(Collectors.joining(" and ")) + " to "
                            + to.address());
                    told |= said.stream().anyMatch(due -> due.kind() == MessageKind.EXISTING_USER);
                    yield stateOfChannel;
                }
                case Handover.Refused refused -> refused.outcome();
            };
        }
    }
}
