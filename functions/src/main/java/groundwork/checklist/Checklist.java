package groundwork.checklist;

import groundwork.json.Derived;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The checklist of one account. Its JSON is the same in the output of an execution, in the table and in events, and is described by
 * {@code docs/checklist.schema.json}.
 *
 * @param status the account as a whole
 * @param observedAt when the account was looked at
 * @param items one line per prerequisite, in the order of {@link Prerequisite}
 */
public record Checklist(Status status, Instant observedAt, List<ChecklistItem> items) {
    private static final int VERSION = 1;

    public Checklist {
        items = List.copyOf(items);
    }

    /** The version of the JSON, which is another where somebody who reads it would have to change. */
    @Derived
    int version() {
        return VERSION;
    }

    /** The account as a whole. Ordered: the first that fits wins. */
    public enum Status {
        /** At least one step is a person's. */
        WAITING,
        /** Nobody is waited for, but something keeps Groundwork from going on. */
        BLOCKED,
        /** Something could not be read. */
        UNKNOWN,
        /** Every prerequisite is done or not applicable. */
        READY
    }

    /**
     * The checklist after a new look.
     *
     * @param previous the last recorded checklist, if any
     * @param findings what was found now; a prerequisite without a finding is {@link Outcome.Unknown}
     * @param repaired where Groundwork has put something back since the last recorded checklist
     * @param change the change because of which Groundwork looked, if it was one
     * @param at when it was found
     */
    public static Checklist after(
            Optional<Checklist> previous,
            Findings findings,
            Set<Prerequisite> repaired,
            Optional<Change> change,
            Instant at) {
        Map<Prerequisite, ChecklistItem> before = lines(previous, Function.identity());
        List<ChecklistItem> items = Arrays.stream(Prerequisite.values())
                .map(prerequisite -> {
                    Outcome outcome = findings.outcome(prerequisite);
                    ChecklistItem last = before.get(prerequisite);
                    return last == null
                            ? ChecklistItem.first(prerequisite, outcome, at)
                            : last.observed(outcome, repaired.contains(prerequisite), change.orElse(null), at);
                })
                .toList();
        return new Checklist(statusOf(items), at, items);
    }

    /** The line of a prerequisite. */
    public ChecklistItem item(Prerequisite prerequisite) {
        return items.stream()
                .filter(item -> item.prerequisite() == prerequisite)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The checklist has no line for " + prerequisite));
    }

    /** Whether a prerequisite has ever been done. */
    public boolean doneBefore(Prerequisite prerequisite) {
        return items.stream().anyMatch(item -> item.prerequisite() == prerequisite && item.doneBefore());
    }

    /**
     * The lines that stand elsewhere than before, and those that were repaired, in order.
     *
     * @param previous the last recorded checklist; without one every line is new
     * @param repaired where Groundwork has put something back since
     */
    public List<ChangedLine> changesSince(Optional<Checklist> previous, Set<Prerequisite> repaired) {
        Map<Prerequisite, Outcome> before = lines(previous, ChecklistItem::outcome);
        return items.stream()
                .filter(item -> repaired.contains(item.prerequisite())
                        || !item.outcome().standsLike(before.get(item.prerequisite())))
                .map(item -> ChangedLine.of(
                        item.prerequisite(),
                        Optional.ofNullable(before.get(item.prerequisite())),
                        item.outcome(),
                        repaired.contains(item.prerequisite())))
                .toList();
    }

    /** Of two lines of one prerequisite, which only somebody else can have written, the later one counts. */
    private static <T> Map<Prerequisite, T> lines(Optional<Checklist> checklist, Function<ChecklistItem, T> part) {
        return checklist.map(Checklist::items).orElse(List.of()).stream()
                .collect(Collectors.toMap(ChecklistItem::prerequisite, part, (one, other) -> other));
    }

    /** The lines on which a person has to act, in order. */
    public List<ChecklistItem> waiting() {
        return items.stream()
                .filter(item -> item.outcome() instanceof Outcome.Waiting)
                .toList();
    }

    private static Status statusOf(List<ChecklistItem> items) {
        return items.stream()
                .map(item -> switch (item.outcome()) {
                    case Outcome.Waiting waiting -> Status.WAITING;
                    case Outcome.Blocked blocked -> Status.BLOCKED;
                    case Outcome.Unknown unknown -> Status.UNKNOWN;
                    case Outcome.Planned planned -> Status.READY;
                    case Outcome.Done done -> Status.READY;
                    case Outcome.NotApplicable notApplicable -> Status.READY;
                })
                .min(Status::compareTo)
                .orElse(Status.UNKNOWN);
    }
}
