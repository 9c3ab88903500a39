package groundwork.checklist;

import static java.util.Objects.requireNonNull;

/**
 * Something Groundwork did, or in a plan would do, for a prerequisite.
 *
 * @param kind what happens to the resource
 * @param resource the resource in words, such as {@code user ada}
 * @param id the resource's id or ARN; null while it does not exist
 */
public record Effect(Kind kind, String resource, String id) {
    public Effect {
        requireNonNull(kind);
        requireNonNull(resource);
    }

    /** What happens to the resource. */
    public enum Kind {
        /** It did not exist. */
        CREATED,
        /** It existed, was not made by Groundwork, and already meets the need. Nothing is written. */
        ADOPTED,
        /** It was in place at an earlier run and had been undone since. */
        REPAIRED,
        /** It exists, and the stack's parameters or another change ask for something else now. */
        UPDATED
    }
}
