package groundwork.rehearsal.report;

import groundwork.rehearsal.states.ExecutionResult;
import java.time.Duration;
import java.time.Instant;

/** Something that happens in a story, as people are told of it. */
public sealed interface Moment {
    /** When, in virtual time. */
    Instant at();

    /** A person does something. */
    record Deed(Instant at, String what) implements Moment {}

    /**
     * An event comes to the default event bus of an account.
     *
     * @param who the ARN or the kind of whoever caused it; empty if the event does not say
     */
    record EventComes(Instant at, String source, String what, String who, String region, String accountId)
            implements Moment {}

    /** @param number of the email in the story, from 1 */
    record EmailArrives(Instant at, int number, String to, String subject) implements Moment {}

    /** Something that happens in an execution. */
    sealed interface InExecution extends Moment {
        /** The name of the execution. */
        String execution();
    }

    /** @param why such as {@code because of CreateUser} */
    record Starts(Instant at, String execution, String why) implements InExecution {}

    record Enters(Instant at, String execution, String state) implements InExecution {}

    /**
     * A state found something new.
     *
     * @param status such as {@code WAITING}, or {@code IN PROGRESS}
     */
    record Finds(Instant at, String execution, String state, String status, String prerequisite, String what)
            implements InExecution {}

    /** @param kind what was done with the resource, such as {@code created} */
    record Changes(Instant at, String execution, String state, String kind, String resource) implements InExecution {}

    /** @param what the kinds of email, and to whom */
    record Sends(Instant at, String execution, String state, String what) implements InExecution {}

    record Fails(Instant at, String execution, String state, String error) implements InExecution {}

    record TriesAgain(Instant at, String execution, String state, Duration delay) implements InExecution {}

    /** @param answer whether the error only tells the execution that another one is at it */
    record GoesTo(Instant at, String execution, String state, String error, String next, boolean answer)
            implements InExecution {}

    record Waits(Instant at, String execution, String state, Duration duration) implements InExecution {}

    record Ends(Instant at, String execution, ExecutionResult result) implements InExecution {}
}
