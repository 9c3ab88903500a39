package groundwork.email.channel;

import groundwork.email.DatedOccasion;
import groundwork.email.Due;
import groundwork.email.MessageKind;
import groundwork.email.Point;
import groundwork.email.letter.Message;
import groundwork.runtime.TryAgainException;
import groundwork.state.Outbox;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Sends an email once, however many executions find it due: claims its occasions, sends, marks them. */
public final class Delivery {
    private static final int MARK_ATTEMPTS = 3;
    /** What is told once for as long as there is the user it is about. */
    private static final Set<MessageKind> KEPT =
            EnumSet.of(MessageKind.SIGN_IN, MessageKind.EXISTING_USER, MessageKind.FIRST_PASSWORD);

    private final Outbox outbox;
    private final String accountId;
    private final String executionArn;

    public Delivery(Outbox outbox, String accountId, String executionArn) {
        this.outbox = outbox;
        this.accountId = accountId;
        this.executionArn = executionArn;
    }

    /**
     * What became of an email.
     *
     * @param dues what it told, which is what no other execution had told or was telling
     */
    public record Delivered(List<Due> dues, Handover handover) {
        public Delivered {
            dues = List.copyOf(dues);
        }

        public boolean isAccepted() {
            return handover instanceof Handover.Accepted;
        }
    }

    /**
     * Sends what no other execution has sent or is sending.
     *
     * @param dues what is due to one address
     * @param channel where to
     * @param wording puts what is left of it into words
     * @return what became of it; empty if nothing was left
     * @throws groundwork.runtime.TryAgainException if AWS could not do it now; then the claims are given back
     */
    public Optional<Delivered> deliver(List<Due> dues, Channel channel, Function<List<Due>, Message> wording) {
        return deliver(dues, channel.address(), left -> channel.send(wording.apply(left)));
    }

    /** As the other method, where something else than an email of ours is sent. */
    public Optional<Delivered> deliver(List<Due> dues, String address, Function<List<Due>, Handover> send) {
        List<String> claimed = new ArrayList<>();
        List<Due> left = claim(dues, address, claimed);
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new Delivered(left, handOver(claimed, () -> send.apply(left))));
    }

    /**
     * As the other methods, of one thing that is told as a whole.
     *
     * @return what became of it; empty if another execution has sent it or is sending it
     */
    public Optional<Handover> deliver(Outbox.Claim claim, Supplier<Handover> send) {
        return outbox.claim(accountId, claim, executionArn)
                ? Optional.of(handOver(List.of(claim.occasion()), send))
                : Optional.empty();
    }

    private Handover handOver(List<String> claimed, Supplier<Handover> send) {
        Handover handover;
        try {
            handover = send.get();
        } catch (RuntimeException e) {
            giveBack(claimed, e);
            throw e;
        }
        switch (handover) {
            case Handover.Accepted accepted -> mark(claimed);
            case Handover.Refused refused ->
                claimed.forEach(occasion -> outbox.release(accountId, occasion, executionArn));
        }
        return handover;
    }

    private List<Due> claim(List<Due> dues, String to, List<String> claimed) {
        try {
            return dues.stream()
                    .map(due -> claim(due, to, claimed))
                    .filter(due -> !due.points().isEmpty())
                    .toList();
        } catch (RuntimeException e) {
            giveBack(claimed, e);
            throw e;
        }
    }

    private Due claim(Due due, String to, List<String> claimed) {
        return new Due(
                due.kind(),
                due.reader(),
                due.points().stream()
                        .filter(point -> claim(point, due.kind(), to, claimed))
                        .toList());
    }

    private boolean claim(Point point, MessageKind kind, String to, List<String> claimed) {
        if (!claim(point.occasions().getFirst(), kind, to, claimed)) {
            return false;
        }
        point.occasions().stream().skip(1).forEach(occasion -> claim(occasion, kind, to, claimed));
        return true;
    }

    private boolean claim(DatedOccasion occasion, MessageKind kind, String to, List<String> claimed) {
        // The checklist says that a user was told the way in for as long as the user exists, and access may be given
        // because people were told of the user.
        boolean keptForEver = KEPT.contains(kind);
        boolean mine = outbox.claim(
                accountId,
                new Outbox.Claim(occasion.name(), occasion.earliest(), kind.name(), to, keptForEver),
                executionArn);
        if (mine) {
            claimed.add(occasion.name());
        }
        return mine;
    }

    /**
     * The email is out, and only this mark keeps it from going out again. So whatever refuses the mark is asked more than
     * once, although the SDK has already been patient.
     */
    private void mark(List<String> claimed) {
        for (int attempt = 1; ; attempt++) {
            try {
                outbox.sent(accountId, claimed);
                return;
            } catch (TryAgainException | SdkException e) {
                if (attempt == MARK_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void giveBack(List<String> claimed, RuntimeException failure) {
        for (String occasion : claimed) {
            try {
                outbox.release(accountId, occasion, executionArn);
            } catch (RuntimeException e) {
                // The lease gives it back, a little later.
                failure.addSuppressed(e);
            }
        }
    }
}
