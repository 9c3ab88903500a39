package groundwork.rehearsal.preflight;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ListStackInstancesResponse;
import software.amazon.awssdk.services.cloudformation.model.StackInstanceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSetNotFoundException;

/**
 * The StackSet that rolls the member stack out, in the management account and the Region of the hub.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackInstances.html">ListStackInstances</a>
 */
record MemberStackSet(CloudFormationClient cloudFormation, String name, Consumer<Duration> pause) {
    private static final int PAGE = 100;

    /** AWS does not publish the rate. */
    private static final Duration BETWEEN_LISTINGS = Duration.ofMillis(250);

    /** The stacks by account, where there is one in several Regions the worst; empty if there is no such StackSet. */
    Optional<Map<String, MemberPlan.Stack>> stacks() {
        Map<String, MemberPlan.Stack> byAccount = new HashMap<>();
        String token = null;
        try {
            do {
                String next = token;
                ListStackInstancesResponse page = cloudFormation.listStackInstances(
                        list -> list.stackSetName(name).maxResults(PAGE).nextToken(next));
                page.summaries()
                        .forEach(instance -> byAccount.merge(
                                instance.account(),
                                standing(instance),
                                BinaryOperator.maxBy(MemberPlan.Stack::compareTo)));
                token = page.nextToken();
                if (token != null) {
                    pause.accept(BETWEEN_LISTINGS);
                }
            } while (token != null);
        } catch (StackSetNotFoundException e) {
            return Optional.empty();
        }
        return Optional.of(byAccount);
    }

    private static MemberPlan.Stack standing(StackInstanceSummary instance) {
        return switch (instance.status()) {
            case CURRENT -> MemberPlan.Stack.CURRENT;
            case INOPERABLE -> MemberPlan.Stack.INOPERABLE;
            // A status that AWS adds later is none that needs no look.
            case OUTDATED, UNKNOWN_TO_SDK_VERSION -> MemberPlan.Stack.OUTDATED;
        };
    }
}
