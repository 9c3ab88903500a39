package groundwork.rehearsal.stack;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * How EventBridge delivers. It promises that an event arrives at least once, and no order.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-delivery-level.html">Delivery
 *     level for AWS service events</a>
 */
@FunctionalInterface
public interface EventDelivery {
    /** After how long the next event arrives at its target, once for each element. */
    List<Duration> next();

    /** Every event once, in order, after a few seconds. */
    static EventDelivery prompt() {
        List<Duration> once = List.of(Duration.ofSeconds(5));
        return () -> once;
    }

    /** Every event once or twice, after one second to three minutes; the same seed delivers alike. */
    static EventDelivery disorderly(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return () -> random.ints(random.nextInt(1, 3), 1, 180)
                .mapToObj(Duration::ofSeconds)
                .toList();
    }
}
