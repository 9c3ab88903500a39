package groundwork.status;

import groundwork.sweep.Summary;
import groundwork.sweep.SweepTable;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where the member accounts stand, as the last sweep has left it in the table. */
final class MemberStatus {
    private MemberStatus() {}

    /**
     * A page of the accounts in a state.
     *
     * @param state null for all
     * @param after the last account of the page before; null for the first page
     */
    static Status.OfMembers of(
            Status.Stack stack, Instant at, SweepTable table, Status.MemberState state, String after, int size) {
        Summary summary = table.summary();
        SortedMap<String, String> wanted = new TreeMap<>();
        Map<Status.MemberState, Integer> counts = new EnumMap<>(Status.MemberState.class);
        summary.groups().forEach((group, ids) -> {
            Status.MemberState is = Status.MemberState.valueOf(group.split(" ", 2)[0]);
            counts.merge(is, ids.size(), Integer::sum);
            if (state == null || state == is) {
                ids.forEach(id -> wanted.put(id, group));
            }
        });
        // The token itself was on the page before, and the smallest text behind it has one character more.
        List<String> rest = List.copyOf((after == null ? wanted : wanted.tailMap(after + "\0")).keySet());
        List<String> page = rest.subList(0, Math.min(size, rest.size()));
        Map<String, SweepTable.Recorded> recorded = table.recorded(page);
        return new Status.OfMembers(
                stack,
                at,
                counts,
                state,
                page.stream()
                        .map(id -> new Status.Member(
                                id,
                                wanted.get(id),
                                recorded.getOrDefault(id, SweepTable.Recorded.NOTHING)
                                        .record()
                                        .lastChecklist()))
                        .toList(),
                rest.size() > size ? page.getLast() : null);
    }
}
