package groundwork.rehearsal.scenario;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Counts what the chapters of a story take. */
public final class OrganizationTally {
    /** The state machines of the hub whose executions AWS bills by their state transitions. */
    private static final List<String> STANDARD = List.of("AccountSetup", "OrganizationSweep");

    /**
     * What a chapter took.
     *
     * @param duration in virtual time
     * @param looks executions of AccountSetup
     * @param sweeps executions of OrganizationSweep
     * @param transitions state transitions of both
     * @param calls to AWS by the hub's functions and state machines, by service
     * @param throttled how many of them AWS refused because there were too many
     * @param digests emails about the organization
     */
    public record Chapter(
            String name,
            Duration duration,
            int looks,
            int sweeps,
            long transitions,
            Map<AwsService, Integer> calls,
            int throttled,
            int digests) {
        public int allCalls() {
            return calls.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    private final World world;
    private final Map<AwsService, Integer> calls = new EnumMap<>(AwsService.class);
    private int throttled;

    /** @param duration how long each call takes */
    OrganizationTally(World world, Duration duration) {
        this.world = world;
        world.organization().observe(new CallObserver() {
            @Override
            public void before(Call call) {
                if (world.simulation().isInProcess()) {
                    world.simulation().sleep(duration);
                    calls.merge(call.service(), 1, Integer::sum);
                }
            }

            @Override
            public void failed(Call call, RuntimeException failure) {
                if (failure instanceof AwsServiceException refusal && refusal.isThrottlingException()) {
                    throttled++;
                }
            }
        });
    }

    Chapter during(String name, Runnable events) {
        Instant begin = world.now();
        Map<String, Integer> executions = new TreeMap<>();
        STANDARD.forEach(machine -> executions.put(machine, executions(machine).size()));
        calls.clear();
        throttled = 0;
        int digests = digests();
        events.run();
        return new Chapter(
                name,
                Duration.between(begin, world.now()),
                since(executions, "AccountSetup").size(),
                since(executions, "OrganizationSweep").size(),
                STANDARD.stream()
                        .flatMap(machine -> since(executions, machine).stream())
                        .mapToLong(ExecutionRecord::stateTransitions)
                        .sum(),
                new EnumMap<>(calls),
                throttled,
                digests() - digests);
    }

    private List<ExecutionRecord> since(Map<String, Integer> before, String machine) {
        List<ExecutionRecord> all = executions(machine);
        return all.subList(before.get(machine), all.size());
    }

    private List<ExecutionRecord> executions(String machine) {
        Stack stack = world.stack();
        return machine.equals("AccountSetup") ? stack.executions() : stack.executions(machine);
    }

    private int digests() {
        return (int) world.seen().allMails().stream()
                .filter(mail -> mail.subject().contains("accounts are ready"))
                .count();
    }
}
