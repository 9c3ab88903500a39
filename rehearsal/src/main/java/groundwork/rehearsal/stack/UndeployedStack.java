package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.simulation.Order;
import groundwork.rehearsal.simulation.ProcessFailedException;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.states.ExecutionListener;
import groundwork.rehearsal.states.ExecutionResult;
import groundwork.rehearsal.states.StateMachine;
import groundwork.rehearsal.states.StateMachineDefinition;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Resource;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** A stack that is not deployed yet. Its state machine and its functions run here and can make a plan. */
public final class UndeployedStack {
    private final ExpandedTemplate template;
    private final Clients clients;

    /**
     * @param clients with the permissions of whoever asks, which stand in for those of the stack's roles; they also answer
     *     for the table and the topics, which do not exist
     */
    public UndeployedStack(ExpandedTemplate template, Clients clients) {
        this.template = template;
        this.clients = clients;
    }

    /**
     * Executes the state machine with {@code {"plan": true}}.
     *
     * @param now when the execution starts; the waiting of the definition takes no time, unless the listener takes it
     */
    public ExecutionResult plan(Instant now, ExecutionListener listener) {
        try (Simulation simulation = new Simulation(now, Order.fifo())) {
            StateMachine machine = stateMachine(simulation).withListener(listener);
            AtomicReference<ExecutionResult> result = new AtomicReference<>();
            simulation.start(
                    "plan",
                    () -> result.set(machine.execute(
                            "plan", JsonNodeFactory.instance.objectNode().put("plan", true))));
            simulation.runUntilIdle();
            return result.get();
        } catch (ProcessFailedException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private StateMachine stateMachine(Simulation simulation) {
        Region region = Region.of(template.deployment().region());
        Map<String, LambdaFunction> functions = new HashMap<>();
        for (Resource function : template.resourcesOfType("AWS::Serverless::Function")) {
            functions.put(function.arn(), LambdaFunction.of(function, region, simulation, clients));
        }
        Resource machine = template.resource("AccountSetup");
        Caller role = new Caller(
                template.deployment().accountId(),
                machine.properties().path("Role").asText(),
                machine.logicalId());
        RolePolicies policies = new RolePolicies(template, Witness.NONE);
        return new StateMachine(
                StateMachineDefinition.parse(
                        template.substitutedDefinition(machine).toString()),
                machine.arn(),
                role.roleArn(),
                new ServiceIntegrations(
                        role,
                        policies,
                        functions,
                        clients.client(DynamoDbClient.class, region),
                        clients.client(SnsClient.class, region),
                        clients.client(EventBridgeClient.class, region),
                        new NestedWorkflows(role, policies, Map.of()),
                        simulation,
                        new Metrics()),
                simulation,
                1);
    }
}
