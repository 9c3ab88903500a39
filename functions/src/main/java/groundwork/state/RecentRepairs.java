package groundwork.state;

import com.google.gson.annotations.JsonAdapter;
import groundwork.checklist.Prerequisite;
import groundwork.json.SingleComponentAdapterFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How often each thing was put back within a day. What is undone again and again is undone by another automation: to go on
 * would be a fight that nobody wins, so that a person is asked.
 *
 * @param made when, by the prerequisite and the thing
 */
@JsonAdapter(SingleComponentAdapterFactory.class)
public record RecentRepairs(Map<String, List<Instant>> made) {
    /** So often is the same thing put back within {@link #SPAN}. */
    static final int MOST = 3;

    static final Duration SPAN = Duration.ofDays(1);

    public static final RecentRepairs NONE = new RecentRepairs(Map.of());

    public RecentRepairs {
        made = made == null
                ? Map.of()
                : made.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, repairs -> List.copyOf(repairs.getValue())));
    }

    /** Whether the thing must not be put back once more now. */
    boolean areTooMany(Prerequisite prerequisite, String resource, Instant now) {
        return made.getOrDefault(key(prerequisite, resource), List.of()).stream()
                        .filter(at -> isRecent(at, now))
                        .count()
                >= MOST;
    }

    /** Whether anything was put back at that time or later. */
    public boolean anySince(Instant at) {
        return made.values().stream().flatMap(List::stream).anyMatch(time -> !time.isBefore(at));
    }

    /** These and others, without those that are forgotten by now. */
    public RecentRepairs and(List<OutboxContents.Repair> others, Instant now) {
        Map<String, List<Instant>> all = new TreeMap<>();
        Stream.concat(
                        made.entrySet().stream()
                                .flatMap(repairs ->
                                        repairs.getValue().stream().map(at -> Map.entry(repairs.getKey(), at))),
                        others.stream()
                                .map(repair ->
                                        Map.entry(key(repair.prerequisite(), repair.resource()), repair.notedAt())))
                .filter(repair -> isRecent(repair.getValue(), now))
                .distinct()
                .forEach(repair -> all.computeIfAbsent(repair.getKey(), key -> new ArrayList<>())
                        .add(repair.getValue()));
        return new RecentRepairs(all);
    }

    /** Without those that are ahead of the clock. */
    RecentRepairs asOf(PointsInTime times) {
        return new RecentRepairs(made.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        repairs -> repairs.getValue().stream()
                                .filter(at -> times.read(at, "repair of " + repairs.getKey())
                                        .isPresent())
                                .toList())));
    }

    private static boolean isRecent(Instant at, Instant now) {
        return now.isBefore(at.plus(SPAN));
    }

    private static String key(Prerequisite prerequisite, String resource) {
        return prerequisite + "#" + resource;
    }
}
