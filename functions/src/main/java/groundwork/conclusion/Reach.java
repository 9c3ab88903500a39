package groundwork.conclusion;

import groundwork.checklist.Outcome;
import groundwork.email.Reader;
import groundwork.email.channel.Channel;
import groundwork.email.channel.Channels;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether emails reach those whom they are for.
 *
 * @param ways to each reader; none to the owner, if that is the administrator
 * @param alarms the state of what tells that Groundwork itself fails, where that goes another way
 * @param before the addresses that emails reached at earlier looks: what was never reached is not broken
 */
record Reach(Map<Reader, Way> ways, List<Outcome> alarms, List<String> before) {
    Reach {
        ways = new EnumMap<>(ways);
        alarms = List.copyOf(alarms);
        before = List.copyOf(before);
    }

    /**
     * The way to one reader.
     *
     * @param state {@link Outcome.Done} if emails arrive, otherwise what is in the way
     */
    record Way(String address, Outcome state) {}

    /**
     * Asks AWS whether emails reach everybody.
     *
     * @param before the addresses that emails reached at earlier looks
     */
    static Reach of(Channels channels, List<String> before) {
        Map<Reader, Way> ways = new EnumMap<>(Reader.class);
        channels.of().forEach((reader, channel) -> ways.put(reader, new Way(channel.address(), channel.state())));
        return new Reach(
                ways, channels.alarms().values().stream().map(Channel::state).toList(), before);
    }

    /** Whether owner and administrator are two people. */
    boolean hasOwner() {
        return ways.containsKey(Reader.OWNER);
    }

    private Way way(Reader reader) {
        return ways.getOrDefault(reader, ways.get(Reader.ADMINISTRATOR));
    }

    Outcome of(Reader reader) {
        return way(reader).state();
    }

    String address(Reader reader) {
        return way(reader).address();
    }

    boolean hears(Reader reader) {
        return of(reader) instanceof Outcome.Done;
    }

    Reach with(Reader reader, Outcome state) {
        Map<Reader, Way> changed = new EnumMap<>(ways);
        changed.put(reader, new Way(address(reader), state));
        return new Reach(changed, alarms, before);
    }

    boolean wasReached(Reader reader) {
        return before.contains(address(reader));
    }

    /** The addresses that emails reach or reached, in the order of the alphabet, so that equal records are stored alike. */
    List<String> ever() {
        return Stream.concat(
                        before.stream(),
                        ways.values().stream()
                                .filter(way -> way.state() instanceof Outcome.Done)
                                .map(Way::address))
                .distinct()
                .sorted()
                .toList();
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
