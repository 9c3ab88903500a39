package groundwork.administrator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * What kept AWS from doing what it was asked, as one look of an execution leaves it to the next. A look begins from
 * nothing but the account itself; without this it would order again every few minutes what was refused, and would never
 * learn that something has been in the way for long.
 *
 * @param kind what happened
 * @param reason AWS's own words
 * @param waited how many seconds the execution had waited when it happened first
 */
public record Setback(Kind kind, String reason, int waited) {
    /** A person mends a refusal without Groundwork learning of it, so it is not left at one attempt. */
    private static final Duration LONG = Duration.ofHours(1);

    public Setback {
        requireNonNull(kind);
        requireNonNull(reason);
    }

    /** The ways in which AWS does not do it. */
    public enum Kind {
        /** AWS took the order, worked on it and gave up. */
        GIVEN_UP,
        /** AWS takes no order yet: another change is under way, or something is not visible. */
        NOT_YET
    }

    /** The same setback if it is of this kind and has lasted since an earlier look, else a new one. */
    public static Setback continued(Optional<Setback> earlier, Kind kind, String reason, int waited) {
        return new Setback(
                kind,
                reason,
                earlier.filter(before -> before.kind() == kind)
                        .map(Setback::waited)
                        .orElse(waited));
    }

    /** Whether it happened an hour ago or more. */
    public boolean isLongAgo(int waitedNow) {
        return waitedNow - waited >= LONG.toSeconds();
    }
}
