package groundwork.rehearsal.scenario;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.stack.ExecutionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Counts what the chapters of a story take. */
public final class OrganizationTally {
    /**
     * What a chapter took.
     *
     * @param duration in virtual time
     * @param looks executions of AccountSetup for member accounts that ended
     * @param sweeps executions of OrganizationSweep that ended
     * @param transitions what AWS bills of these and of those for the hub
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
        int looks = looksAtMembers();
        int sweeps = ended(sweeps()).size();
        long transitions = transitions();
        calls.clear();
        throttled = 0;
        int digests = digests();
        events.run();
        return new Chapter(
                name,
                Duration.between(begin, world.now()),
                looksAtMembers() - looks,
                ended(sweeps()).size() - sweeps,
                transitions() - transitions,
                new EnumMap<>(calls),
                throttled,
                digests() - digests);
    }

    private List<ExecutionRecord> looks() {
        return world.stack().executions();
    }

    private int looksAtMembers() {
        return (int) ended(looks()).stream()
                .filter(look -> look.input().has("accountId"))
                .count();
    }

    private List<ExecutionRecord> sweeps() {
        return world.stack().executions("OrganizationSweep");
    }

    private static List<ExecutionRecord> ended(List<ExecutionRecord> executions) {
        return executions.stream()
                .filter(execution -> execution.result() != null)
                .toList();
    }

    private long transitions() {
        return Stream.concat(looks().stream(), sweeps().stream())
                .mapToLong(ExecutionRecord::stateTransitions)
                .sum();
    }

    private int digests() {
        return (int) world.seen().allMails().stream()
                .filter(mail -> mail.subject().contains("accounts are ready"))
                .count();
    }
}
