package groundwork.email;

import groundwork.access.Others;
import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Prerequisite;
import groundwork.state.OutboxContents;
import java.util.List;

/** One thing an email has to say. Points of a kind share an email. */
public sealed interface Point {
    /**
     * The occasions this point settles. The first decides: when it is already settled or another execution is at it,
     * the point is not said. The others are settled along with it.
     */
    List<DatedOccasion> occasions();

    /** The email is the point. */
    record Whole(List<DatedOccasion> occasions) implements Point {}

    /**
     * The email repeats itself.
     *
     * @param number which repetition, from 1
     */
    record Repetition(int number, List<DatedOccasion> occasions) implements Point {}

    /**
     * A line of the checklist that needs a person.
     *
     * @param item the line; where several have the same reason, the first of them
     */
    record OpenLine(ChecklistItem item, List<DatedOccasion> occasions) implements Point {}

    /** Somebody else who has access by the administrators' group. */
    record Other(Others.Member member, List<DatedOccasion> occasions) implements Point {}

    /** Something about a line that was noticed, and needs nobody. */
    record Noticed(Prerequisite prerequisite, String what, List<DatedOccasion> occasions) implements Point {}

    /** Something that was repaired. */
    record Repaired(OutboxContents.Repair repair, List<DatedOccasion> occasions) implements Point {}
}
