package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/** The event patterns of a stack, matched by the engine that EventBridge itself is built on. */
public final class EventRules {
    private final List<Resource> rules;
    private final Machine machine = Machine.builder().build();

    /**
     * @throws IllegalArgumentException if EventBridge would refuse a pattern
     */
    public EventRules(ExpandedTemplate template) {
        this.rules = template.resourcesOfType("AWS::Events::Rule").stream()
                .filter(rule -> rule.properties().has("EventPattern"))
                .toList();
        rules.forEach(this::add);
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
