package groundwork.state;

import groundwork.checklist.Effect;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Does what has to be done for one prerequisite or, in a plan, only says what that would be.
 *
 * <pre>{@code
 * Effects effects = new Effects(plan, List.of(), notes, () -> {});
 * Optional<String> userId = effects.create("user ada", () -> createsUser());
 * return effects.finding(Prerequisite.ADMIN_USER, new Outcome.Done("The user ada exists."));
 * }</pre>
 */
public final class Effects {
    private final boolean plan;
    private final RepairNotes notes;
    private final Runnable before;
    private final List<Effect> made = new ArrayList<>();
    private String notice;

    /**
     * @param earlier what was done before in the same look
     * @param notes is told of each resource before it is changed
     * @param before is done before anything is created
     */
    public Effects(boolean plan, List<Effect> earlier, RepairNotes notes, Runnable before) {
        this.plan = plan;
        this.made.addAll(earlier);
        this.notes = notes;
        this.before = before;
    }

    /**
     * Creates a resource that is missing.
     *
     * @param write creates it and returns its id
     * @return the id; empty in a plan
     * @throws RepairedTooOftenException if this look would be the fourth within a day that creates it
     */
    public Optional<String> create(String resource, Supplier<String> write) {
        if (!created(resource)) {
            notes.requireFew(resource);
        }
        if (plan) {
            made.add(new Effect(kind(), resource, null));
            return Optional.empty();
        }
        before.run();
        notes.creates(resource);
        String id = write.get();
        made.add(new Effect(kind(), resource, id));
        return Optional.of(id);
    }

    private Effect.Kind kind() {
        return notes.areOfARepair() ? Effect.Kind.REPAIRED : Effect.Kind.CREATED;
    }

    /**
     * Brings a resource to what it should be now.
     *
     * @param write does it and returns what AWS answered
     * @return what AWS answered; empty in a plan
     * @throws RepairedTooOftenException if this look would be the fourth within a day that does so
     */
    public <T> Optional<T> update(String resource, String id, Supplier<T> write) {
        if (!created(resource)) {
            notes.requireFew(resource);
        }
        if (!plan) {
            notes.updates(resource);
        }
        Optional<T> answer = plan ? Optional.empty() : Optional.of(write.get());
        made.add(new Effect(Effect.Kind.UPDATED, resource, id));
        return answer;
    }

    /** Remembers that an existing resource is used as it is, unless an earlier run or this look already knew it. */
    public void adopt(String resource, String id, String knownId) {
        if (!id.equals(knownId) && made.stream().noneMatch(effect -> id.equals(effect.id()))) {
            made.add(new Effect(Effect.Kind.ADOPTED, resource, id));
        }
    }

    /** Whether this look has created the resource already. */
    public boolean created(String resource) {
        return made.stream().anyMatch(effect -> effect.resource().equals(resource));
    }

    /** How many resources were written, or in a plan would be. */
    public long writes() {
        return made.stream()
                .filter(effect -> effect.kind() != Effect.Kind.ADOPTED)
                .count();
    }

    /** Whether nothing is changed. */
    public boolean areOnlyPlanned() {
        return plan;
    }

    /** Remembers something that people are told once although nobody has to act. */
    public void remark(String something) {
        notice = something;
    }

    /** What is found of the prerequisite with these effects. */
    public Finding finding(Prerequisite prerequisite, Outcome outcome) {
        return new Finding(
                prerequisite,
                notice != null && outcome instanceof Outcome.Done ? outcome.withRemark(notice) : outcome,
                made(),
                notice);
    }

    public List<Effect> made() {
        return List.copyOf(made);
    }
}
