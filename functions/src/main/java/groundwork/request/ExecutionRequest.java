package groundwork.request;

import static java.util.Objects.requireNonNull;

import groundwork.json.Derived;
import groundwork.json.Discriminator;
import java.time.Instant;

/** What an execution was started for. The state machine takes its way by the {@code kind} of the JSON. */
@Discriminator("kind")
public sealed interface ExecutionRequest {
    /** The account it is about, twelve digits. */
    String accountId();

    /** Whether to wait for the quiet time first, because such executions come in bursts or something is on its way. */
    @Derived
    default boolean quiet() {
        return false;
    }

    /**
     * To look at the account and set it up.
     *
     * @param cause why
     */
    record Look(String accountId, boolean quiet, Cause cause) implements ExecutionRequest {
        public Look {
            requireNonNull(accountId);
            requireNonNull(cause);
        }
    }

    /**
     * To change nothing and only say what would be done.
     *
     * @param cause why
     */
    record Plan(String accountId, Cause cause) implements ExecutionRequest {
        public Plan {
            requireNonNull(accountId);
            requireNonNull(cause);
        }
    }

    /**
     * To send test events the way that changes take, and then to look.
     *
     * @param cause why
     */
    record SelfTest(String accountId, Cause cause) implements ExecutionRequest {
        public SelfTest {
            requireNonNull(accountId);
            requireNonNull(cause);
        }

        /** The events take a moment to arrive. */
        @Override
        public boolean quiet() {
            return true;
        }
    }

    /**
     * To note that a test event arrived, and nothing else.
     *
     * @param region the Region it came from
     */
    record TestEvent(String accountId, String region) implements ExecutionRequest {
        public TestEvent {
            requireNonNull(accountId);
            requireNonNull(region);
        }
    }

    /**
     * To note what an event says about an Identity Center user at sign-in, and to look if it is the administrator.
     *
     * @param userId the user's id in the identity store
     * @param step how far the user came
     * @param at when, according to the event
     * @param cause the event
     */
    record SignIn(String accountId, String userId, Step step, Instant at, Cause cause) implements ExecutionRequest {
        public SignIn {
            requireNonNull(accountId);
            requireNonNull(userId);
            requireNonNull(step);
            requireNonNull(at);
            requireNonNull(cause);
        }

        /** What a user does at sign-in. */
        public enum Step {
            /** All credential challenges were passed. */
            SIGNED_IN,
            /** An MFA device was registered. */
            MFA_REGISTERED
        }

        @Override
        public boolean quiet() {
            return true;
        }
    }
}
