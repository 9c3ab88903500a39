package groundwork.sweep;

import groundwork.checklist.Checklist;
import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Outcome;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where the member accounts stand: their ids, by what is the matter. Grouped in this way, the ids of ten thousand accounts
 * fit into one item of the table.
 *
 * @param groups the ids, by {@link #group}
 */
public record Summary(Map<String, SortedSet<String>> groups) {
    static final Summary NONE = new Summary(Map.of());

    static final String READY = "READY";
    /** An execution for it failed. */
    static final String FAILED = "FAILED";
    /** It is not active, so that AWS refuses to work on it. */
    static final String NOT_ACTIVE = "NOT_ACTIVE";

    public Summary {
        Map<String, SortedSet<String>> sorted = new TreeMap<>();
        groups.forEach((group, ids) -> {
            if (!ids.isEmpty()) {
                sorted.put(group, new TreeSet<>(ids));
            }
        });
        groups = sorted;
    }

    /**
     * What is the matter with an account: its status, and for what is not ready the first line or reason that makes it so, as in
     * {@code WAITING ROOT_MFA}, {@code BLOCKED ACCESS_DENIED}, {@code UNKNOWN CHANGE_EVENTS}.
     */
    static String group(SweepTable.Recorded recorded) {
        if (recorded.failed()) {
            return FAILED;
        }
        return recorded.record()
                .lastChecklist()
                .map(checklist -> switch (checklist.status()) {
                    case READY -> READY;
                    case WAITING ->
                        "WAITING "
                                + first(checklist, Outcome.Waiting.class::isInstance)
                                        .prerequisite();
                    case BLOCKED ->
                        "BLOCKED "
                                + ((Outcome.Blocked) first(checklist, Outcome.Blocked.class::isInstance)
                                                .outcome())
                                        .reason();
                    case UNKNOWN ->
                        "UNKNOWN "
                                + first(checklist, Outcome.Unknown.class::isInstance)
                                        .prerequisite();
                })
                .orElse(FAILED);
    }

    private static ChecklistItem first(Checklist checklist, Predicate<Outcome> which) {
        return checklist.items().stream()
                .filter(item -> which.test(item.outcome()))
                .findFirst()
                .orElseThrow();
    }

    /** In how many accounts a group is. */
    int count(String group) {
        return groups.getOrDefault(group, new TreeSet<>()).size();
    }

    /** In how many accounts the groups are whose names begin like this, such as {@code WAITING}. */
    int counted(String beginning) {
        return groups.entrySet().stream()
                .filter(group -> group.getKey().startsWith(beginning))
                .mapToInt(group -> group.getValue().size())
                .sum();
    }

    /** The ids of all accounts. */
    SortedSet<String> ids() {
        return groups.values().stream().flatMap(Collection::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The same without some accounts, and with these where they stand now. */
    Summary with(Collection<String> without, Map<String, String> groupById) {
        Map<String, SortedSet<String>> changed = new TreeMap<>();
        groups.forEach((group, ids) -> {
            SortedSet<String> left = new TreeSet<>(ids);
            left.removeAll(without);
            left.removeAll(groupById.keySet());
            changed.put(group, left);
        });
        groupById.forEach((id, group) ->
                changed.computeIfAbsent(group, ignored -> new TreeSet<>()).add(id));
        return new Summary(changed);
    }
}
