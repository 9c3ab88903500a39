package groundwork.rehearsal.stack;

import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Resource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Deletes a stack as CloudFormation does: every resource when nothing is left that depends on it. What is retained stays.
 *
 * <p>A Standard state machine takes as long as its executions, of which each ends at its next transition. How long other
 * resources take is an assumption, and a short one.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html">DependsOn
 *     attribute</a>
 */
final class StackDeletion {
    private static final Duration STEP = Duration.ofSeconds(10);

    private final ExpandedTemplate stack;
    private final EmbeddedOrganization organization;
    private final Simulation simulation;
    private final DynamoDbClient tables;
    private final Map<String, Executions> executions;
    private final Map<String, LambdaFunction> functions;

    /**
     * @param executions by the ARN of their state machine
     * @param functions by ARN; those that are deleted are removed
     */
    StackDeletion(
            ExpandedTemplate stack,
            EmbeddedOrganization organization,
            Simulation simulation,
            DynamoDbClient tables,
            Map<String, Executions> executions,
            Map<String, LambdaFunction> functions) {
        this.stack = stack;
        this.organization = organization;
        this.simulation = simulation;
        this.tables = tables;
        this.executions = executions;
        this.functions = functions;
    }

    /** Deletes everything, in a process of the simulation. */
    void run() {
        Map<String, Resource> left = new LinkedHashMap<>(stack.resources());
        left.values().removeIf(resource -> resource.deletionPolicy().equals("Retain"));
        while (!left.isEmpty()) {
            List<Resource> unneeded = left.values().stream()
                    .filter(resource -> left.values().stream()
                            .noneMatch(other -> other.dependencies().contains(resource.logicalId())))
                    .toList();
            simulation.sleep(STEP);
            unneeded.forEach(this::delete);
            unneeded.forEach(resource -> left.remove(resource.logicalId()));
        }
    }

    private void delete(Resource resource) {
        switch (resource.type()) {
            case "AWS::Serverless::StateMachine" -> deleteStateMachine(executions.get(resource.arn()));
            case "AWS::Serverless::Function" -> functions.remove(resource.arn());
            case "AWS::DynamoDB::Table" ->
                tables.deleteTable(table -> table.tableName(resource.ref().orElseThrow()));
            case "AWS::SNS::Topic" -> organization.deleteTopic(resource.arn());
            case "AWS::Events::Rule" -> deleteRule(resource, stack);
            case "AWS::CloudFormation::StackSet" ->
                EventBuses.forwardingStacks(stack)
                        .forEach(made ->
                                made.resourcesOfType("AWS::Events::Rule").forEach(rule -> deleteRule(rule, made)));
            // Others do nothing by themselves in the rehearsal.
            default -> {}
        }
    }

    private void deleteStateMachine(Executions ofStateMachine) {
        ofStateMachine.end();
        while (ofStateMachine.areRunning()) {
            simulation.sleep(STEP);
        }
        ofStateMachine.remove();
    }

    private void deleteRule(Resource rule, ExpandedTemplate in) {
        organization.deleteRule(
                in.deployment().accountId(), Region.of(in.deployment().region()), EventRules.name(rule));
    }
}
