package groundwork.identitycenter;

import groundwork.checklist.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes the changes for one prerequisite or, in a plan, only says which they would be. */
final class Changes {
    private final boolean plan;
    private final Change.Kind kind;
    private final Consumer<String> intent;
    private final List<Change> made = new ArrayList<>();

    /**
     * @param earlier what was done before in the same look
     * @param repair whether the prerequisite was done at some earlier time, so that creating something repairs it
     * @param intent is told of each resource before it is created. A run that dies between the write and its report would
     *     otherwise leave a change that nobody is told of: the next run finds everything in place.
     */
    Changes(boolean plan, boolean repair, List<Change> earlier, Consumer<String> intent) {
        this.plan = plan;
        this.made.addAll(earlier);
        this.kind = repair ? Change.Kind.REPAIRED : Change.Kind.CREATED;
        this.intent = intent;
    }

    /**
     * Creates a resource that is missing.
     *
     * @param write creates it and returns its id
     * @return the id; empty in a plan
     */
    Optional<String> create(String resource, Supplier<String> write) {
        if (plan) {
            made.add(new Change(kind, resource, null));
            return Optional.empty();
        }
        intent.accept(resource);
        String id = write.get();
        made.add(new Change(kind, resource, id));
        return Optional.of(id);
    }

    /**
     * Brings a resource to what it should be now. Not noted: nothing was missing.
     *
     * @param write does it and returns what AWS answered
     * @return what AWS answered; empty in a plan
     */
    <T> Optional<T> update(String resource, String id, Supplier<T> write) {
        Optional<T> answer = plan ? Optional.empty() : Optional.of(write.get());
        made.add(new Change(Change.Kind.UPDATED, resource, id));
        return answer;
    }

    /** Remembers that an existing resource is used as it is, unless an earlier run or this look already knew it. */
    void adopt(String resource, String id, String knownId) {
        if (!id.equals(knownId) && made.stream().noneMatch(change -> id.equals(change.id()))) {
            made.add(new Change(Change.Kind.ADOPTED, resource, id));
        }
    }

    /** Whether this look has created the resource already. */
    boolean created(String resource) {
        return made.stream().anyMatch(change -> change.resource().equals(resource));
    }

    /** How many resources were written, or in a plan would be. */
    long writes() {
        return made.stream()
                .filter(change -> change.kind() != Change.Kind.ADOPTED)
                .count();
    }

    List<Change> made() {
        return List.copyOf(made);
    }
}
