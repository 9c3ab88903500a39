package groundwork.email.channel;

import groundwork.email.DatedOccasion;
import groundwork.email.Due;
import groundwork.email.MessageKind;
import groundwork.email.Point;
import groundwork.email.letter.Message;
import groundwork.runtime.TryAgainException;
import groundwork.state.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/** Sends an email once, however many executions find it due: claims its occasions, sends, marks them. */
public final class Delivery {
    private static final int MARK_ATTEMPTS = 3;

    private final Outbox outbox;
    private final String accountId;
    private final String executionArn;

    public Delivery(Outbox outbox, String accountId, String executionArn) {
        this.outbox = outbox;
        this.accountId = accountId;
        this.executionArn = executionArn;
    }

    /**
     * Sends what no other execution has sent or is sending.
     *
     * @param due the email
     * @param channel where to
     * @param wording puts what is left of the email into words
     * @return what became of it; empty if nothing was left
     * @throws groundwork.runtime.TryAgainException if AWS could not do it now; then the claims are given back
     */
    public Optional<Handover> deliver(Due due, Channel channel, Function<Due, Message> wording) {
        return deliver(due, channel.address(), left -> channel.send(wording.apply(left)));
    }

    /** As the other method, where something else than an email of ours is sent. */
    public Optional<Handover> deliver(Due due, String address, Function<Due, Handover> send) {
        List<String> claimed = new ArrayList<>();
        Handover handover;
        try {
            List<Point> points = due.points().stream()
                    .filter(point -> claim(point, due.kind(), address, claimed))
                    .toList();
            if (points.isEmpty()) {
                return Optional.empty();
            }
            handover = send.apply(new Due(due.kind(), points));
        } catch (RuntimeException e) {
            giveBack(claimed, e);
            throw e;
        }
        switch (handover) {
            case Handover.Accepted accepted -> mark(claimed);
            case Handover.Refused refused ->
                claimed.forEach(occasion -> outbox.release(accountId, occasion, executionArn));
        }
        return Optional.of(handover);
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
        // because
        // people were told of the user.
        boolean keptForEver = kind == MessageKind.SIGN_IN || kind == MessageKind.EXISTING_USER;
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
