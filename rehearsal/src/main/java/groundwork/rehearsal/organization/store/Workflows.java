package groundwork.rehearsal.organization.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** State machines that somebody else plays, for those who call AWS Step Functions from outside. */
public interface Workflows {
    /**
     * An execution that is running.
     *
     * @param arn its ARN
     * @param startedAt when it was started
     */
    record Running(String arn, Instant startedAt) {}

    /** The running executions of a state machine, newest first; empty if there is no such state machine. */
    Optional<List<Running>> running(String stateMachineArn);

    /** Starts an execution of a state machine that is there. */
    Running start(String stateMachineArn, String input);
}
