package groundwork.changeevents;

import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.runtime.AwsFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.RuleState;

/** Groundwork's own rules, which cannot report themselves that somebody switched them off. */
final class OwnRules {
    private final EventBridgeClients eventBridge;
    private final Console console;
    private final String stackName;
    private final List<Rule> rules;

    OwnRules(EventBridgeClients eventBridge, Console console, String stackName, List<Rule> rules) {
        this.eventBridge = eventBridge;
        this.console = console;
        this.stackName = stackName;
        this.rules = List.copyOf(rules);
    }

    /**
     * @param region where it is
     * @param name its name, such as {@code groundwork-5f8e2d10-RootUserChanged}; the middle is the beginning of the GUID in the
     *     stack's id
     */
    record Rule(Region region, String name) {}

    /** What keeps rules from working; empty if all of them work. */
    Optional<Outcome> problem() {
        List<String> faults = new ArrayList<>();
        List<Rule> faulty = new ArrayList<>();
        try {
            for (Rule rule : rules) {
                fault(rule).ifPresent(fault -> {
                    faults.add("The rule %s in %s %s.".formatted(rule.name(), rule.region(), fault));
                    faulty.add(rule);
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
                                + " has no target comes back when you update the stack " + stackName
                                + " with a change set that reverts drift, or delete the stack and deploy it again. Until"
                                + " then only the schedule notices what the rule was for.",
                        console.rules(faulty.getFirst().region())));
    }

    private Optional<String> fault(Rule rule) {
        EventBridgeClient client = eventBridge.in(rule.region());
        try {
            if (client.describeRule(request -> request.name(rule.name())).state() == RuleState.DISABLED) {
                return Optional.of("is disabled");
            }
            return client.listTargetsByRule(request -> request.rule(rule.name()))
                            .targets()
                            .isEmpty()
                    ? Optional.of("has no target")
                    : Optional.empty();
        } catch (ResourceNotFoundException e) {
            return Optional.of("is gone");
        }
    }
}
