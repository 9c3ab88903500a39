package groundwork.email;

import groundwork.checklist.Outcome;

/** A way by which emails reach one address. */
interface Channel {
    /** The address. */
    String address();

    /**
     * Whether an email would really be delivered: {@link Outcome.Done} if so, otherwise what a person has to do.
     *
     * @throws groundwork.runtime.TryAgainException if AWS could not say now
     */
    Outcome state();

    /**
     * Hands an email over.
     *
     * @throws groundwork.runtime.TryAgainException if AWS could not take it now
     */
    Handover send(Message message);
}
