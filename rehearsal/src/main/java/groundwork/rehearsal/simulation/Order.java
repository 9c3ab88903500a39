package groundwork.rehearsal.simulation;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Decides which of several runnable processes goes next. An order may keep state, so it serves one simulation only.
 */
@FunctionalInterface
public interface Order {

    /**
     * Chooses one of the alternatives.
     *
     * @param alternatives how many processes could run now, at least 2; the process that has waited longest is 0
     * @return the index of the process to run, from 0 to {@code alternatives - 1}
     */
    int choose(int alternatives);

    /** First come, first served: a process that merely pauses keeps running. */
    static Order fifo() {
        return alternatives -> 0;
    }

    /** Chooses at random; the same seed gives the same choices. */
    static Order seeded(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return random::nextInt;
    }

    /**
     * Makes the given choices one after the other and then continues first come, first served.
     *
     * @param choices what {@link Simulation#choices()} of an earlier run reported as chosen
     */
    static Order scripted(int... choices) {
        int[] script = choices.clone();
        return new Order() {
            private int position;

            @Override
            public int choose(int alternatives) {
                return position < script.length ? script[position++] : 0;
            }
        };
    }
}
