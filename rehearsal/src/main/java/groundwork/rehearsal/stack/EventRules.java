package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Resource;
import java.util.List;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Ruler;

/** The event patterns of a stack, matched by the engine that EventBridge itself is built on. */
public final class EventRules {
    private final List<Resource> rules;

    /**
     * @throws IllegalArgumentException if EventBridge would refuse a pattern
     */
    public EventRules(ExpandedTemplate template) {
        this.rules = template.resourcesOfType("AWS::Events::Rule").stream()
                .filter(rule -> rule.properties().has("EventPattern"))
                .toList();
        rules.forEach(EventRules::check);
    }

    /** The rules whose pattern matches the event. */
    public List<Resource> matching(JsonNode event) {
        String text = event.toString();
        return rules.stream().filter(rule -> matches(text, rule)).toList();
    }

    private static boolean matches(String event, Resource rule) {
        try {
            return Ruler.matchesRule(
                    event, rule.properties().get("EventPattern").toString());
        } catch (Exception e) {
            throw new IllegalStateException("Cannot match rule " + rule.logicalId(), e);
        }
    }

    private static void check(Resource rule) {
        String problem =
                JsonRuleCompiler.check(rule.properties().get("EventPattern").toString());
        if (problem != null) {
            throw new IllegalArgumentException("EventBridge would refuse rule " + rule.logicalId() + ": " + problem);
        }
    }
}
