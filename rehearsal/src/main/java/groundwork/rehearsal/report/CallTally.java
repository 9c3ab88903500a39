package groundwork.rehearsal.report;

import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.Call;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts the calls to AWS of a story, by the role that makes them, and collects what each needs permission for. */
public final class CallTally {
    private record Operation(String role, String name) implements Comparable<Operation> {
        @Override
        public int compareTo(Operation other) {
            int byRole = role.compareTo(other.role);
            return byRole != 0 ? byRole : name.compareTo(other.name);
        }
    }

    private static final class Count {
        private long times;
        private final Set<String> actions = new TreeSet<>();
        private final Set<String> resources = new TreeSet<>();
    }

    private final Map<Operation, Count> calls = new TreeMap<>();
    private final Map<Operation, Count> checks = new TreeMap<>();

    /** IAM allowed a role what it asked for. */
    public void allowed(String role, AccessCheck check) {
        count(checks, new Operation(role, check.action()), List.of(check));
    }

    /** A role made a call. */
    public void called(String role, Call call) {
        count(calls, new Operation(role, call.name()), call.accessChecks());
    }

    private static void count(Map<Operation, Count> counts, Operation operation, List<AccessCheck> checks) {
        Count count = counts.computeIfAbsent(operation, key -> new Count());
        count.times++;
        checks.forEach(check -> {
            count.actions.add(check.action());
            count.resources.add(check.resource());
        });
    }

    /**
     * What a role calls.
     *
     * @param name in IAM's style, such as {@code identitystore:CreateUser}
     * @param actions what it needs permission for; empty where it needs none
     * @param resources on what
     */
    public record Line(String role, String name, long times, Set<String> actions, Set<String> resources) {}

    /**
     * The calls, by role and name. What services of AWS do in the name of a role, such as starting an execution for a rule, is no call
     * of an SDK, and is counted by the permission that it needs.
     */
    public List<Line> lines() {
        Map<Operation, Count> all = new TreeMap<>(checks);
        Set<Operation> covered = new HashSet<>();
        calls.forEach((operation, count) ->
                count.actions.forEach(action -> covered.add(new Operation(operation.role(), action))));
        all.keySet().removeAll(covered);
        all.putAll(calls);
        return all.entrySet().stream()
                .map(entry -> new Line(
                        entry.getKey().role(),
                        entry.getKey().name(),
                        entry.getValue().times,
                        entry.getValue().actions,
                        entry.getValue().resources))
                .toList();
    }
}
