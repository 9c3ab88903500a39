package groundwork.rehearsal.stack;

import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.policy.Principal;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;

/**
 * The alarms of a stack. A new one is in {@link MetricAlarm.State#INSUFFICIENT_DATA} and is evaluated every minute, also
 * with what was measured before there was the alarm. It acts when its state changes, and only then.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html">Alarm evaluation</a>
 */
final class Alarms {
    private static final Duration EVERY = Duration.ofMinutes(1);

    /** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html, Subject: "must be less than 100 characters long". */
    private static final int LONGEST_SUBJECT = 99;

    private final EmbeddedOrganization organization;
    private final Region region;
    private final Simulation simulation;
    private final Metrics metrics;
    private final UndeliveredEvents undelivered;
    private final Map<String, MetricAlarm> settings = new LinkedHashMap<>();
    private final Map<String, MetricAlarm.State> states = new LinkedHashMap<>();
    private final Map<String, Instant> since = new LinkedHashMap<>();

    Alarms(
            EmbeddedOrganization organization,
            Region region,
            Simulation simulation,
            Metrics metrics,
            UndeliveredEvents undelivered) {
        this.organization = organization;
        this.region = region;
        this.simulation = simulation;
        this.metrics = metrics;
        this.undelivered = undelivered;
    }

    /**
     * Sets the alarms that there are anew, if there are any: an update leaves the state of an alarm as it is. With another name
     * an alarm is another one, and the one before is deleted.
     */
    void update(ExpandedTemplate stack) {
        if (!settings.isEmpty()) {
            put(stack);
            Set<String> names = stack.resourcesOfType("AWS::CloudWatch::Alarm").stream()
                    .map(alarm -> alarm.ref().orElseThrow())
                    .collect(Collectors.toSet());
            settings.keySet().retainAll(names);
            states.keySet().retainAll(names);
        }
    }

    /** Creates the alarms of a stack. */
    void put(ExpandedTemplate stack) {
        boolean first = settings.isEmpty();
        TopicPolicies topics = new TopicPolicies(stack);
        Set<Metrics.Metric> published = published(stack).collect(Collectors.toSet());
        for (Resource resource : stack.resourcesOfType("AWS::CloudWatch::Alarm")) {
            MetricAlarm alarm = MetricAlarm.of(resource);
            if (!published.contains(alarm.metric())) {
                throw new IllegalArgumentException("Nothing publishes " + alarm.metric());
            }
            for (MetricAlarm.State state : MetricAlarm.State.values()) {
                alarm.actions(state)
                        .forEach(topic -> topics.require(
                                resource,
                                topic,
                                new Principal.Service("cloudwatch.amazonaws.com"),
                                Map.of(
                                        "aws:SourceAccount",
                                        List.of(stack.deployment().accountId()))));
            }
            settings.put(alarm.name(), alarm);
            states.putIfAbsent(alarm.name(), MetricAlarm.State.INSUFFICIENT_DATA);
            since.putIfAbsent(alarm.name(), simulation.clock().instant());
        }
        if (first) {
            Instant next =
                    simulation.clock().instant().truncatedTo(ChronoUnit.MINUTES).plus(EVERY);
            simulation.startAt(next, "alarms", this::watch);
        }
    }

    /** The alarms as CloudWatch describes them, as far as a story needs it. */
    List<software.amazon.awssdk.services.cloudwatch.model.MetricAlarm> described() {
        return settings.values().stream()
                .map(alarm -> software.amazon.awssdk.services.cloudwatch.model.MetricAlarm.builder()
                        .alarmName(alarm.name())
                        .stateValue(states.get(alarm.name()).name())
                        .stateUpdatedTimestamp(since.get(alarm.name()))
                        .insufficientDataActions(alarm.actions(MetricAlarm.State.INSUFFICIENT_DATA))
                        .build())
                .toList();
    }

    private static Stream<Metrics.Metric> published(ExpandedTemplate stack) {
        return Stream.of(
                        stack.resourcesOfType("AWS::Serverless::Function").stream()
                                .map(function ->
                                        Metrics.invocations(function.ref().orElseThrow())),
                        stack.resourcesOfType("AWS::Serverless::StateMachine").stream()
                                .flatMap(machine -> Stream.of(
                                        Metrics.executionsStarted(machine.arn()),
                                        Metrics.executionsFailed(machine.arn()))),
                        stack.resourcesOfType("AWS::SQS::Queue").stream()
                                .map(queue -> Metrics.messagesVisible(
                                        queue.attributes().get("QueueName"))))
                .flatMap(metric -> metric);
    }

    private void watch() {
        while (true) {
            Instant now = simulation.clock().instant();
            undelivered.measure(metrics, now.minus(EVERY));
            settings.values().forEach(alarm -> evaluate(alarm, now));
            simulation.sleep(EVERY);
        }
    }

    private void evaluate(MetricAlarm alarm, Instant now) {
        MetricAlarm.State state = alarm.at(now, metrics);
        if (states.put(alarm.name(), state) != state) {
            since.put(alarm.name(), now);
            alarm.actions(state)
                    .forEach(topic -> organization.publish(
                            topic,
                            subject(alarm, state),
                            "You are receiving this email because your Amazon CloudWatch Alarm \"%s\" has entered the %s state.\n\nDescription: %s"
                                    .formatted(alarm.name(), state, alarm.description())));
        }
    }

    /** As the emails of CloudWatch have it, cut off where Amazon SNS would not take more. */
    private String subject(MetricAlarm alarm, MetricAlarm.State state) {
        String subject = "%s: \"%s\" in %s"
                .formatted(state, alarm.name(), region.metadata().description());
        return subject.substring(0, Math.min(subject.length(), LONGEST_SUBJECT));
    }
}
