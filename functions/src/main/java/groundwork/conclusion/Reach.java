package groundwork.conclusion;

import groundwork.checklist.Outcome;
import groundwork.email.Reader;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whether emails reach those whom they are for.
 *
 * @param states {@link Outcome.Done} if so, otherwise what is in the way; none of the owner, if that is the administrator
 * @param alarms the same of what tells that Groundwork itself fails, where that goes another way
 */
record Reach(Map<Reader, Outcome> states, List<Outcome> alarms) {
    Reach {
        states = new EnumMap<>(states);
        alarms = List.copyOf(alarms);
    }

    /** Whether owner and administrator are two people. */
    boolean hasOwner() {
        return states.containsKey(Reader.OWNER);
    }

    Outcome of(Reader reader) {
        return states.getOrDefault(reader, states.get(Reader.ADMINISTRATOR));
    }

    boolean hears(Reader reader) {
        return of(reader) instanceof Outcome.Done;
    }

    Reach with(Reader reader, Outcome state) {
        Map<Reader, Outcome> changed = new EnumMap<>(states);
        changed.put(reader, state);
        return new Reach(changed, alarms);
    }

    /** The line of the checklist: it is done when everybody is reached, and says who is not. */
    Outcome line() {
        Outcome administrator = of(Reader.ADMINISTRATOR);
        Outcome reached = hasOwner() ? both(administrator, of(Reader.OWNER)) : administrator;
        if (!(reached instanceof Outcome.Done)) {
            return reached;
        }
        // That an alarm would go unheard holds nothing up; it is said all the same.
        return alarms.stream()
                .filter(alarm -> !(alarm instanceof Outcome.Done))
                .reduce(
                        reached,
                        (said, alarm) -> said.withRemark(
                                "What goes wrong with Groundwork itself is told through Amazon SNS, which does not work yet: "
                                        + alarm.what()));
    }

    private static Outcome both(Outcome administrator, Outcome owner) {
        if (owner instanceof Outcome.Done || !(administrator instanceof Outcome.Done)) {
            return administrator.withRemark(owner.what());
        }
        return owner;
    }
}
