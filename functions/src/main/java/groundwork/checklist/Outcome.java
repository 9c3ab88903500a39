package groundwork.checklist;

import static java.util.Objects.requireNonNull;

import groundwork.json.Discriminator;
import java.net.URI;

/**
 * Where a prerequisite stands. Exists so that "a person has to act", "cannot go on" and "could not be read" can never
 * be mistaken for one another: none of them is a failure, and none is a guess.
 */
@Discriminator("status")
public sealed interface Outcome {
    /** The outcomes by the names that they have in JSON and in texts. */
    enum Status {
        DONE,
        WAITING,
        NOT_APPLICABLE,
        BLOCKED,
        UNKNOWN,
        PLANNED
    }

    /** The outcome in a sentence that makes sense on its own. */
    String what();

    /** The outcome by its name. */
    default Status status() {
        return switch (this) {
            case Done done -> Status.DONE;
            case Waiting waiting -> Status.WAITING;
            case NotApplicable notApplicable -> Status.NOT_APPLICABLE;
            case Blocked blocked -> Status.BLOCKED;
            case Unknown unknown -> Status.UNKNOWN;
            case Planned planned -> Status.PLANNED;
        };
    }

    /**
     * Whether another look found the same. What is only said in other words, as a remark or a date, is the same.
     *
     * @param other may be null, which is nothing
     */
    default boolean standsLike(Outcome other) {
        if (this instanceof Blocked blocked && other instanceof Blocked before) {
            return blocked.reason() == before.reason();
        }
        return other != null && status() == other.status();
    }

    /** The same outcome, which says something more. */
    default Outcome withRemark(String remark) {
        String more = what() + " " + remark;
        return switch (this) {
            case Done done -> new Done(more);
            case Waiting waiting -> new Waiting(more, waiting.todo(), waiting.link());
            case NotApplicable notApplicable -> new NotApplicable(more);
            case Blocked blocked -> new Blocked(blocked.reason(), blocked.subject(), more, blocked.link());
            case Unknown unknown -> new Unknown(more);
            case Planned planned -> new Planned(more);
        };
    }

    /**
     * It is as it should be.
     *
     * @param what the evidence
     */
    record Done(String what) implements Outcome {
        public Done {
            requireNonNull(what);
        }
    }

    /**
     * A person has to do something.
     *
     * @param what what is missing
     * @param todo what to do, as an instruction
     * @param link the console page to do it on
     */
    record Waiting(String what, String todo, URI link) implements Outcome {
        public Waiting {
            requireNonNull(what);
            requireNonNull(todo);
            requireNonNull(link);
        }
    }

    /**
     * Not needed in this account.
     *
     * @param what why
     */
    record NotApplicable(String what) implements Outcome {
        public NotApplicable {
            requireNonNull(what);
        }
    }

    /**
     * Groundwork cannot go on here.
     *
     * @param reason the named reason
     * @param subject what the reason is about, such as a Region or an action; empty when the reason says it all
     * @param what what is wrong and how to get out of it
     * @param link the console page to look at; null when no one page shows what is wrong
     */
    record Blocked(BlockedReason reason, String subject, String what, URI link) implements Outcome {
        public Blocked {
            requireNonNull(reason);
            requireNonNull(subject);
            requireNonNull(what);
        }

        public static Blocked because(BlockedReason reason) {
            return because(reason, "");
        }

        public static Blocked because(BlockedReason reason, String subject) {
            return because(reason, subject, null);
        }

        public static Blocked because(BlockedReason reason, String subject, URI link) {
            return new Blocked(reason, subject, reason.sentence(subject), link);
        }
    }

    /**
     * It could not be read, so nothing is claimed about it.
     *
     * @param what what could not be read, and why
     */
    record Unknown(String what) implements Outcome {
        public Unknown {
            requireNonNull(what);
        }
    }

    /**
     * Only in a plan: a run would do what the finding's effects say.
     *
     * @param what what would be true afterwards
     */
    record Planned(String what) implements Outcome {
        public Planned {
            requireNonNull(what);
        }
    }
}
