package groundwork.changeevents;

import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.runtime.AwsFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ListRuleNamesByTargetResponse;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.RuleState;

/**
 * Groundwork's own rules, which cannot report themselves that somebody switched them off. They are listed, by Region and by
 * target, so that it takes the same few calls however many rules there are.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html">ListRules</a>
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRuleNamesByTarget.html">ListRuleNamesByTarget</a>
 */
final class OwnRules {
    private final EventBridgeClients eventBridge;
    private final Console console;
    private final String stackName;
    private final String prefix;

    /**
     * @param prefix what the names of the rules begin with
     */
    OwnRules(EventBridgeClients eventBridge, Console console, String stackName, String prefix) {
        this.eventBridge = eventBridge;
        this.console = console;
        this.stackName = stackName;
        this.prefix = prefix;
    }

    /**
     * Where rules are, and where they lead.
     *
     * @param bus the name of their event bus; null for the default one
     * @param arn the target; null if it is not known
     */
    record Target(Region region, String bus, String arn) {}

    private record Bus(Region region, String name) {}

    /**
     * @param target where the rule is and leads
     * @param name its name, such as {@code groundwork-5f8e2d10-RootUserChanged}; the middle is the beginning of the GUID in the
     *     stack's id
     */
    record Rule(Target target, String name) {}

    /** What keeps rules from working; empty if all of them work. */
    Optional<Outcome> problem(List<Rule> rules) {
        List<String> faults = new ArrayList<>();
        List<Region> faulty = new ArrayList<>();
        try {
            Map<Bus, Map<String, RuleState>> states = new HashMap<>();
            Map<Target, Set<String>> leading = new HashMap<>();
            for (Rule rule : rules) {
                Region region = rule.target().region();
                RuleState state = states.computeIfAbsent(
                                new Bus(region, rule.target().bus()), this::states)
                        .get(rule.name());
                boolean leads = rule.target().arn() == null
                        || leading.computeIfAbsent(rule.target(), this::leadingTo)
                                .contains(rule.name());
                fault(state, leads).ifPresent(fault -> {
                    faults.add("The rule %s in %s %s.".formatted(rule.name(), region, fault));
                    faulty.add(region);
                });
            }
        } catch (SdkException e) {
            return Optional.of(AwsFailure.unreadable(e, "the rules of the stack " + stackName));
        }
        return faulty.isEmpty()
                ? Optional.empty()
                : Optional.of(new Outcome.Waiting(
                        String.join(" ", faults),
                        "In the Amazon EventBridge console, under Rules, enable a rule that is disabled. A rule that is gone or"
                                + " has lost its target comes back when you update the stack " + stackName
                                + " with a change set that reverts drift, or delete the stack and deploy it again. Until"
                                + " then only the schedule notices what the rule was for.",
                        console.rules(faulty.getFirst())));
    }

    private static Optional<String> fault(RuleState state, boolean leads) {
        if (state == null) {
            return Optional.of("is gone");
        }
        if (state == RuleState.DISABLED) {
            return Optional.of("is disabled");
        }
        return leads ? Optional.empty() : Optional.of("has lost its target");
    }

    private Map<String, RuleState> states(Bus bus) {
        EventBridgeClient client = eventBridge.in(bus.region());
        Map<String, RuleState> states = new HashMap<>();
        String token = null;
        do {
            String next = token;
            ListRulesResponse page = client.listRules(request ->
                    request.eventBusName(bus.name()).namePrefix(prefix).nextToken(next));
            page.rules().forEach(rule -> states.put(rule.name(), rule.state()));
            token = page.nextToken();
        } while (token != null);
        return states;
    }

    private Set<String> leadingTo(Target target) {
        EventBridgeClient client = eventBridge.in(target.region());
        Set<String> names = new HashSet<>();
        String token = null;
        do {
            String next = token;
            ListRuleNamesByTargetResponse page = client.listRuleNamesByTarget(
                    request -> request.targetArn(target.arn()).nextToken(next));
            names.addAll(page.ruleNames());
            token = page.nextToken();
        } while (token != null);
        return names;
    }
}
