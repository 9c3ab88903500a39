package groundwork.rehearsal.stack;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** What the services that the stack uses publish to Amazon CloudWatch by themselves, and for nothing. */
final class Metrics {
    /**
     * A metric, with the one dimension that tells it from others of its name.
     *
     * @param dimension such as {@code FunctionName=groundwork-SendEmailFunction-1A2B3C}
     */
    record Metric(String namespace, String name, String dimension) {}

    private final Map<Metric, NavigableMap<Instant, Double>> values = new HashMap<>();

    /**
     * Lambda counts every invocation, also one that fails, but not one that is throttled. Nothing is sent for a minute
     * without one.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html">Types of metrics for Lambda
     *     functions</a>
     */
    static Metric invocations(String functionName) {
        return new Metric("AWS/Lambda", "Invocations", "FunctionName=" + functionName);
    }

    /** @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html">Metrics of Step Functions</a> */
    static Metric executionsStarted(String stateMachineArn) {
        return new Metric("AWS/States", "ExecutionsStarted", "StateMachineArn=" + stateMachineArn);
    }

    static Metric executionsFailed(String stateMachineArn) {
        return new Metric("AWS/States", "ExecutionsFailed", "StateMachineArn=" + stateMachineArn);
    }

    /** @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html">Metrics of Amazon SQS</a> */
    static Metric messagesVisible(String queueName) {
        return new Metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName=" + queueName);
    }

    void count(Metric metric, Instant at) {
        values.computeIfAbsent(metric, key -> new TreeMap<>()).merge(at, 1.0, Double::sum);
    }

    void measure(Metric metric, Instant at, double value) {
        values.computeIfAbsent(metric, key -> new TreeMap<>()).put(at, value);
    }

    /** A statistic over a period, which begins at an instant and does not contain its end; empty if there was nothing. */
    OptionalDouble statistic(String statistic, Metric metric, Instant from, Instant to) {
        NavigableMap<Instant, Double> within =
                values.getOrDefault(metric, new TreeMap<>()).subMap(from, true, to, false);
        DoubleStream points = within.values().stream().mapToDouble(Double::doubleValue);
        return switch (statistic) {
            case "Maximum" -> points.max();
            case "Sum" -> within.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(points.sum());
            default -> throw new IllegalArgumentException("The rehearsal has no statistic " + statistic);
        };
    }
}
