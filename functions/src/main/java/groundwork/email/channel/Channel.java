package groundwork.email.channel;

import groundwork.checklist.Outcome;
import groundwork.email.letter.Message;

/** A way by which emails reach one address. */
public interface Channel {
    /** The address. */
    String address();

    /**
     * Whether an email would really be delivered: {@link Outcome.Done} if so, otherwise what a person has to do.
     *
     * @throws groundwork.runtime.TryAgainException if AWS could not say now
     */
    Outcome state();

    /** Whether {@link #askAgain} can be called. */
    default boolean canAskAgain() {
        return false;
    }

    /**
     * Asks the person behind the address to let emails through again, by an email of AWS that needs no subscription.
     *
     * @throws groundwork.runtime.TryAgainException if AWS could not do it now
     */
    default Handover askAgain() {
        throw new UnsupportedOperationException("Nobody can be asked");
    }

    /**
     * Hands an email over.
     *
     * @throws groundwork.runtime.TryAgainException if AWS could not take it now
     */
    Handover send(Message message);
}
