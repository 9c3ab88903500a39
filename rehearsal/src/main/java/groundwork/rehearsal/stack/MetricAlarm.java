package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.template.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoublePredicate;

/**
 * How an alarm is set: when it is in which state, and what it then does.
 *
 * @param filled whether missing data points count as 0, by the expression {@code FILL(metric, 0)}
 * @param treatMissingData {@code breaching}, {@code notBreaching} or {@code missing}
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html">PutMetricAlarm</a>
 */
record MetricAlarm(
        String name,
        String description,
        Metrics.Metric metric,
        String statistic,
        boolean filled,
        Duration period,
        int evaluationPeriods,
        int datapointsToAlarm,
        DoublePredicate breaches,
        String treatMissingData,
        JsonNode properties) {

    enum State {
        OK("OKActions"),
        ALARM("AlarmActions"),
        INSUFFICIENT_DATA("InsufficientDataActions");

        private final String actions;

        State(String actions) {
            this.actions = actions;
        }
    }

    /**
     * CloudWatch asks for more data points than an alarm evaluates, and does not say how many: of an alarm over three
     * periods the documentation shows five.
     */
    private static final int MORE_PERIODS = 2;

    private static final Duration LONGEST_WINDOW = Duration.ofDays(7);
    private static final Duration LONGEST_WINDOW_OF_SHORT_PERIODS = Duration.ofDays(1);

    private static final Set<String> FIELDS = Set.of(
            "AlarmName",
            "AlarmDescription",
            "Namespace",
            "MetricName",
            "Dimensions",
            "Statistic",
            "Period",
            "Metrics",
            "EvaluationPeriods",
            "Threshold",
            "ComparisonOperator",
            "TreatMissingData",
            "AlarmActions",
            "InsufficientDataActions",
            "OKActions");

    static MetricAlarm of(Resource alarm) {
        JsonNode properties = alarm.properties();
        properties.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException("The rehearsal does not know an alarm's " + field);
            }
        });
        boolean filled = properties.has("Metrics");
        if (filled) {
            requireFilledWithZeros(properties.path("Metrics"));
        }
        JsonNode metric = filled ? properties.at("/Metrics/0/MetricStat/Metric") : properties;
        JsonNode statistic = filled ? properties.at("/Metrics/0/MetricStat") : properties;
        Duration period = Duration.ofSeconds(statistic.path("Period").asLong());
        int periods = properties.path("EvaluationPeriods").asInt();
        Duration longest = period.compareTo(Duration.ofHours(1)) < 0 ? LONGEST_WINDOW_OF_SHORT_PERIODS : LONGEST_WINDOW;
        if (period.multipliedBy(periods).compareTo(longest) > 0) {
            throw new IllegalArgumentException("%s evaluates more than %s".formatted(alarm.logicalId(), longest));
        }
        double threshold = properties.path("Threshold").asDouble();
        JsonNode dimension = metric.path("Dimensions").path(0);
        return new MetricAlarm(
                alarm.ref().orElseThrow(),
                properties.path("AlarmDescription").asText(),
                new Metrics.Metric(
                        metric.path("Namespace").asText(),
                        metric.path("MetricName").asText(),
                        dimension.path("Name").asText() + "="
                                + dimension.path("Value").asText()),
                statistic.path(filled ? "Stat" : "Statistic").asText(),
                filled,
                period,
                periods,
                periods,
                switch (properties.path("ComparisonOperator").asText()) {
                    case "GreaterThanOrEqualToThreshold" -> value -> value >= threshold;
                    case "LessThanThreshold" -> value -> value < threshold;
                    case String other -> throw new IllegalArgumentException("The rehearsal cannot compare " + other);
                },
                properties.path("TreatMissingData").asText(),
                properties);
    }

    /** @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html">Metric math</a> */
    private static void requireFilledWithZeros(JsonNode metrics) {
        String expected = "FILL(%s, 0)".formatted(metrics.at("/0/Id").asText());
        if (metrics.size() != 2
                || metrics.at("/0/ReturnData").asBoolean(true)
                || !metrics.at("/1/Expression").asText().equals(expected)) {
            throw new IllegalArgumentException("The rehearsal knows no other expression than " + expected);
        }
    }

    /** The ARNs of what is done when the alarm comes into a state from another one. */
    List<String> actions(State state) {
        List<String> actions = new ArrayList<>();
        properties.path(state.actions).forEach(action -> actions.add(action.asText()));
        return actions;
    }

    /** The state at an instant. */
    State at(Instant now, Metrics metrics) {
        List<OptionalDouble> range = new ArrayList<>();
        for (int ago = evaluationPeriods + MORE_PERIODS; ago > 0; ago--) {
            Instant from = now.minus(period.multipliedBy(ago));
            OptionalDouble point = metrics.statistic(statistic, metric, from, from.plus(period));
            range.add(filled ? OptionalDouble.of(point.orElse(0)) : point);
        }
        return of(range);
    }

    /**
     * The state that follows from the data points of the evaluation range, the oldest first.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html">How CloudWatch
     *     alarms treat missing data</a>
     */
    State of(List<OptionalDouble> range) {
        List<OptionalDouble> found =
                range.stream().filter(OptionalDouble::isPresent).toList();
        if (found.size() >= evaluationPeriods) {
            return state(breaching(found.subList(found.size() - evaluationPeriods, found.size())));
        }
        long breaching = breaching(found);
        return switch (treatMissingData) {
            case "notBreaching" -> state(breaching);
            case "breaching" -> state(breaching + evaluationPeriods - found.size());
            case "missing" -> {
                if (breaching < found.size()) {
                    yield state(breaching);
                }
                int oldest = found.isEmpty() ? range.size() : range.indexOf(found.getFirst());
                yield range.size() - oldest >= datapointsToAlarm && !found.isEmpty()
                        ? State.ALARM
                        : State.INSUFFICIENT_DATA;
            }
            default -> throw new IllegalArgumentException("The rehearsal cannot treat data as " + treatMissingData);
        };
    }

    private State state(long breaching) {
        return breaching >= datapointsToAlarm ? State.ALARM : State.OK;
    }

    private long breaching(List<OptionalDouble> points) {
        return points.stream()
                .filter(point -> breaches.test(point.getAsDouble()))
                .count();
    }
}
