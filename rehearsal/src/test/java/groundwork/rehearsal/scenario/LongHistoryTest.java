package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Behavior;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.states.HistoryEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/**
 * An execution that waits as long as it may has half as many events as Step Functions allows. It counts them itself.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step Functions service quotas</a>
 */
@Tag("at-length")
class LongHistoryTest {
    private static final int MOST_EVENTS = 12_500;

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    @Test
    void nobodyActsForAWeek_endsNormallyBeforeTheHistoryIsHalfFull() {
        History history = history(false, Behavior.USUAL);

        assertThat(history.execution().status()).isEqualTo("WAITING");
        assertThat(history.events()).isLessThan(MOST_EVENTS);
        assertThat(history.lasted()).isGreaterThan(Duration.ofDays(5));
        assertThat(history.longestWait()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void anAssignmentNeverFinishesAndEveryRetryIsUsed_endsNormallyBeforeTheHistoryIsHalfFull() {
        History history = history(true, Behavior.USUAL.withProvisioning(Duration.ofDays(30)));

        assertThat(history.execution().status()).isEqualTo("WAITING");
        assertThat(history.events()).isBetween(10_000, MOST_EVENTS);
    }

    @Test
    void theCountOfTheDefinition_isThatOfStepFunctions() {
        for (boolean failing : List.of(false, true)) {
            History history = history(failing, Behavior.USUAL.withProvisioning(Duration.ofMinutes(2)));

            // The definition counts what comes before the first look at its worst, and not the last three events.
            assertThat(history.counted()).isBetween(history.events() - 3, history.events() + 150);
        }
    }

    /**
     * What an execution left.
     *
     * @param events of its history
     * @param counted by the definition itself
     */
    private record History(ExecutionRecord execution, int events, int counted, Duration longestWait) {
        Duration lasted() {
            return Duration.between(execution.startedAt(), execution.endedAt());
        }
    }

    /** The first execution after a deployment with the longest patience, while only the email address is confirmed. */
    private static History history(boolean failing, Behavior behavior) {
        Scenario scenario = new Scenario(
                "long",
                "",
                Scenario.MANAGEMENT,
                organization -> {
                    Scenarios.company(organization);
                    organization.identityCenter(Region.US_EAST_1);
                },
                Map.of("PatienceHours", "168", "RecheckSchedule", "rate(60 days)"),
                unused -> {});
        try (World world = new World(scenario, TEMPLATE, TABLES)) {
            Recorder recorder = new Recorder();
            world.listen(recorder::happened);
            world.organization().behave(behavior);
            if (failing) {
                world.organization().observe(recorder.failingUntilTheLastRetry(world));
            }
            world.addressIsConfirmed();
            world.stackIsCreated();
            world.passes(Duration.ofDays(20));
            return new History(
                    world.stack().executions().getFirst(), recorder.events, recorder.counted, recorder.longestWait);
        }
    }

    /** Hears the first execution, and lets each task fail as often as it is tried again. */
    private static final class Recorder {
        private static final int RETRIES = 6;

        private final Map<String, Integer> attempts = new HashMap<>();
        private String first;
        private boolean failed;
        private int events;
        private int counted;
        private Duration longestWait = Duration.ZERO;

        void happened(HistoryEvent event) {
            if (event instanceof HistoryEvent.TaskScheduled task) {
                failed = attempts.merge(task.state(), 1, Integer::sum) > RETRIES;
            } else if (event instanceof HistoryEvent.StateExited exited) {
                attempts.remove(exited.state());
            }
            first = first == null ? event.execution() : first;
            // A self-test has executions of its own.
            if (event.execution().equals(first)) {
                happenedInTheFirst(event);
            }
        }

        private void happenedInTheFirst(HistoryEvent event) {
            switch (event) {
                case HistoryEvent.StateExited exited -> {
                    if (exited.assigned().containsKey("events")) {
                        counted = exited.assigned().get("events").intValue();
                    }
                }
                case HistoryEvent.WaitStarted wait ->
                    longestWait = wait.duration().compareTo(longestWait) > 0 ? wait.duration() : longestWait;
                case HistoryEvent.ExecutionEnded ended -> events = ended.historyEvents();
                default -> {}
            }
        }

        CallObserver failingUntilTheLastRetry(World world) {
            return new CallObserver() {
                @Override
                public void before(Call call) {
                    if (world.seen().isOfTheStack(call) && !failed) {
                        failed = true;
                        throw world.organization()
                                .failure(call, ServiceFault.THROTTLED)
                                .orElseThrow();
                    }
                }
            };
        }
    }
}
