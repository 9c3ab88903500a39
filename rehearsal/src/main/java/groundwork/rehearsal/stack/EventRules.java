package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.store.EventRule;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/** The event patterns of a stack on one event bus, matched by the engine that EventBridge itself is built on. */
public final class EventRules {
    private final List<Resource> rules;
    private final Machine machine = Machine.builder().build();

    /**
     * @throws IllegalArgumentException if EventBridge would refuse a pattern
     */
    public EventRules(ExpandedTemplate template) {
        this(template, EventRule.DEFAULT_BUS);
    }

    /**
     * The patterns on one bus.
     *
     * @param bus its name
     * @throws IllegalArgumentException if EventBridge would refuse a pattern
     */
    public EventRules(ExpandedTemplate template, String bus) {
        this.rules = template.resourcesOfType("AWS::Events::Rule").stream()
                .filter(rule ->
                        rule.properties().has("EventPattern") && bus(rule).equals(bus))
                .toList();
        rules.forEach(this::add);
    }

    private static String bus(Resource rule) {
        return rule.properties().path("EventBusName").asText(EventRule.DEFAULT_BUS);
    }

    /** The name of a rule, without that of its bus. */
    static String name(Resource rule) {
        String ref = rule.ref().orElseThrow();
        return ref.substring(ref.indexOf('|') + 1);
    }

    /** The rules of a stack as they are when it has been made, without those of the stacks that it makes. */
    public static List<EventRule> made(ExpandedTemplate template) {
        return template.resourcesOfType("AWS::Events::Rule").stream()
                .map(rule -> {
                    Map<String, String> targets = new HashMap<>();
                    rule.properties()
                            .path("Targets")
                            .forEach(target -> targets.put(
                                    target.path("Id").asText(),
                                    target.path("Arn").asText()));
                    return new EventRule(
                            template.deployment().accountId(),
                            Region.of(template.deployment().region()),
                            bus(rule),
                            name(rule),
                            true,
                            targets);
                })
                .toList();
    }

    /** The same, with those of the stacks that it makes. */
    public static List<EventRule> madeInEveryRegion(ExpandedTemplate stack) {
        return Stream.concat(Stream.of(stack), EventBuses.forwardingStacks(stack).stream())
                .flatMap(template -> made(template).stream())
                .toList();
    }

    /** The rules whose pattern matches the event, in the order of the template. */
    public List<Resource> matching(JsonNode event) {
        try {
            List<String> matching = machine.rulesForJSONEvent(event.toString());
            return rules.stream()
                    .filter(rule -> matching.contains(rule.logicalId()))
                    .toList();
        } catch (Exception e) {
            throw new IllegalArgumentException("Cannot match " + event, e);
        }
    }

    private void add(Resource rule) {
        String pattern = rule.properties().get("EventPattern").toString();
        String problem = JsonRuleCompiler.check(pattern);
        if (problem != null) {
            throw new IllegalArgumentException("EventBridge would refuse rule " + rule.logicalId() + ": " + problem);
        }
        try {
            machine.addRule(rule.logicalId(), pattern);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
