package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.store.EventRule;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Resource;
import groundwork.rehearsal.template.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import software.amazon.awssdk.regions.Region;

/**
 * EventBridge as the stack uses it: the default buses of its account in its own Region and in those of its stack sets, the bus
 * that it has for its members, the rules there, and their targets.
 */
final class EventBuses {
    private static final Set<String> TARGET_FIELDS =
            Set.of("Id", "Arn", "RoleArn", "Input", "RetryPolicy", "DeadLetterConfig");

    private ExpandedTemplate stack;
    private final Map<Region, EventRules> rules = new HashMap<>();
    private final Map<String, EventRules> ownBuses = new HashMap<>();
    private EventBusPolicies busPolicies;
    private final EmbeddedOrganization organization;
    private final RolePolicies policies;
    private final Simulation simulation;
    private final BiPredicate<String, JsonNode> start;
    private final UndeliveredEvents undelivered;
    private EventDelivery timing = EventDelivery.prompt();

    /**
     * @param start starts the state machine of an ARN; false if there is none
     * @param undelivered keeps what targets do not take
     */
    EventBuses(
            ExpandedTemplate stack,
            EmbeddedOrganization organization,
            RolePolicies policies,
            Simulation simulation,
            BiPredicate<String, JsonNode> start,
            UndeliveredEvents undelivered) {
        this.stack = stack;
        this.organization = organization;
        this.policies = policies;
        this.simulation = simulation;
        this.start = start;
        this.undelivered = undelivered;
        this.busPolicies = new EventBusPolicies(stack);
        deploy(stack);
        makeBuses();
        for (ExpandedTemplate forwarding : forwardingStacks(stack)) {
            StackCreation.require(forwarding);
            deploy(forwarding);
        }
    }

    /** The stack is updated, which may give it rules and a bus that it did not have. */
    void update(ExpandedTemplate updated) {
        List<EventRule> before = EventRules.made(stack);
        stack = updated;
        busPolicies = new EventBusPolicies(updated);
        rules.put(Region.of(updated.deployment().region()), new EventRules(updated));
        makeBuses();
        EventRules.made(updated).stream()
                .filter(rule -> before.stream().noneMatch(other -> other.name().equals(rule.name())))
                .forEach(organization::createRule);
    }

    private void makeBuses() {
        stack.resourcesOfType("AWS::Events::EventBus")
                .forEach(bus ->
                        ownBuses.put(bus.arn(), new EventRules(stack, bus.ref().orElseThrow())));
    }

    /** Delivers like this from now on. */
    void deliverLike(EventDelivery other) {
        timing = other;
    }

    /** The stacks that the stack's own stack sets make. */
    static List<ExpandedTemplate> forwardingStacks(ExpandedTemplate stack) {
        List<ExpandedTemplate> made = new ArrayList<>();
        for (Resource stackSet : stack.resourcesOfType("AWS::CloudFormation::StackSet")) {
            Template template =
                    Template.parse(stackSet.properties().path("TemplateBody").asText(), stack.directory());
            for (JsonNode instances : stackSet.properties().path("StackInstancesGroup")) {
                for (JsonNode region : instances.path("Regions")) {
                    for (JsonNode account : instances.at("/DeploymentTargets/Accounts")) {
                        made.add(template.expand(
                                Map.of(),
                                Deployment.of(
                                        account.asText(),
                                        region.asText(),
                                        "StackSet-"
                                                + stackSet.ref().orElseThrow().replace(':', '-'))));
                    }
                }
            }
        }
        return made;
    }

    private void deploy(ExpandedTemplate template) {
        Region region = Region.of(template.deployment().region());
        rules.put(region, new EventRules(template));
        EventRules.made(template).forEach(organization::createRule);
    }

    /** Takes an event that arrives on the default bus of an account in a Region. */
    void put(String accountId, Region region, JsonNode event) {
        if (accountId.equals(stack.deployment().accountId()) && rules.containsKey(region)) {
            rules.get(region).matching(event).forEach(rule -> deliver(region, rule, event));
        }
    }

    /** Whether a role of another account may hand events of a source to a bus of the stack. */
    boolean admits(String busArn, Caller sender, String organizationId, String source) {
        return ownBuses.containsKey(busArn) && busPolicies.admit(busArn, sender, organizationId, source);
    }

    /** Takes an event that a rule of another account hands over after a while, if the policy of the bus lets it. */
    void handOver(String busArn, Caller sender, String organizationId, JsonNode event) {
        if (admits(busArn, sender, organizationId, event.path("source").asText())) {
            Region region = Region.of(stack.deployment().region());
            after(
                    "delivery to " + busArn,
                    () -> ownBuses.get(busArn).matching(event).forEach(rule -> deliver(region, rule, event)));
        }
    }

    /** Hands an event to the targets of a rule. */
    void deliver(Region region, Resource rule, JsonNode event) {
        organization
                .rule(stack.deployment().accountId(), region, EventRules.name(rule))
                .ifPresent(state -> rule.properties().path("Targets").forEach(target -> {
                    if (state.delivers(target.path("Id").asText())) {
                        deliver(rule, target, event);
                    }
                }));
    }

    private void deliver(Resource rule, JsonNode target, JsonNode event) {
        target.fieldNames().forEachRemaining(field -> {
            if (!TARGET_FIELDS.contains(field)) {
                throw new IllegalArgumentException("The rehearsal does not know the target's " + field);
            }
        });
        String arn = target.path("Arn").asText();
        Runnable delivery = switch (arn.split(":", 6)[2]) {
            case "states" -> {
                requireRole(rule, target, "states:StartExecution");
                JsonNode input =
                        target.has("Input") ? SdkJson.parse(target.path("Input").asText()) : event;
                yield () -> {
                    if (!start.test(arn, input)) {
                        undelivered.keep(target);
                    }
                };
            }
            case "events" -> {
                requireRole(rule, target, "events:PutEvents");
                Region region = Region.of(arn.split(":", 6)[3]);
                yield () -> put(arn.split(":", 6)[4], region, event);
            }
            default -> throw new IllegalArgumentException("The rehearsal has no target " + arn);
        };
        after("delivery for " + rule.logicalId(), delivery);
    }

    private void after(String name, Runnable delivery) {
        for (Duration delay : timing.next()) {
            simulation.startAt(simulation.clock().instant().plus(delay), name, delivery);
        }
    }

    private void requireRole(Resource rule, JsonNode target, String action) {
        String arn = target.path("Arn").asText();
        policies.refusal(
                        new Caller(
                                stack.deployment().accountId(),
                                target.path("RoleArn").asText(),
                                "events"),
                        List.of(new AccessCheck(action, arn, Map.of(), false)))
                .ifPresent(refusal -> {
                    throw new IllegalStateException(
                            "Rule %s may not call %s on %s".formatted(rule.logicalId(), action, arn));
                });
    }
}
