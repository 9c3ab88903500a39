package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.store.Workflows;
import groundwork.rehearsal.organization.trail.EventBus;
import groundwork.rehearsal.organization.trail.Trail;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.states.ExecutionListener;
import groundwork.rehearsal.states.ExecutionResult;
import groundwork.rehearsal.states.ExpressionObserver;
import groundwork.rehearsal.states.StateMachine;
import groundwork.rehearsal.states.StateMachineDefinition;
import groundwork.rehearsal.states.WorkflowType;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * The stack as it runs: functions behind the real serialisation, state machine, rules, schedule, table, topics and trail,
 * wired as the expanded template says.
 */
public final class Stack {

    private ExpandedTemplate template;
    private final Deployment deployment;
    private final EmbeddedOrganization organization;
    private final Simulation simulation;
    private final Region region;
    private final LocalTables tables;
    private final RolePolicies policies;
    private final EventBuses events;
    private final MemberStacks memberStacks;
    private final Metrics metrics = new Metrics();
    private final Alarms alarms;
    private final Map<String, LambdaFunction> functions = new HashMap<>();
    private final Map<String, Executions> executions = new HashMap<>();
    private final ExpressionObserver observer;
    private final Executions accountSetup;
    private boolean complete;
    private Optional<Instant> deletedAt = Optional.empty();

    /**
     * Deploys a stack; nothing runs before {@link #reports}.
     *
     * @param listener hears what executions of AccountSetup do
     * @param witness sees which permissions are used and how expressions are evaluated
     */
    public Stack(
            ExpandedTemplate template,
            EmbeddedOrganization organization,
            LocalTables tables,
            Simulation simulation,
            ExecutionListener listener,
            Witness witness) {
        StackCreation.require(template);
        this.template = template;
        this.deployment = template.deployment();
        this.organization = organization;
        this.simulation = simulation;
        this.tables = tables;
        this.region = Region.of(deployment.region());
        this.policies = new RolePolicies(template, witness);
        UndeliveredEvents undelivered = new UndeliveredEvents();
        this.events = new EventBuses(
                template,
                organization,
                policies,
                simulation,
                (arn, input) -> executions.get(arn).start(input),
                undelivered);
        this.memberStacks = new MemberStacks(template, organization, events, simulation, witness);
        this.alarms = new Alarms(organization, region, simulation, metrics, undelivered);
        organization.addAlarms(alarms::described);
        organization.addWorkflows(workflows());
        AccessChecks others = organization.accessChecks();
        organization.checkAccess((caller, checks) -> others.refusal(caller, checks)
                .or(() -> policies.refusal(caller, checks))
                .or(() -> memberStacks.refusal(caller, checks)));
        EventBus before = organization.eventBus();
        organization.deliverEventsTo((accountId, where, event) -> {
            before.put(accountId, where, event);
            if (complete) {
                events.put(accountId, where, event);
                memberStacks.put(accountId, where, event);
            }
        });
        template.resourcesOfType("AWS::DynamoDB::Table")
                .forEach(table -> tables.create(table.ref().orElseThrow(), table.properties()));
        template.resourcesOfType("AWS::SNS::Topic")
                .forEach(topic -> organization.createTopic(
                        topic.attributes().get("TopicName"),
                        topic.properties().path("DisplayName").asText(),
                        deployment.accountId(),
                        region));
        template.resourcesOfType("AWS::SNS::TopicPolicy")
                .forEach(policy -> policy.properties()
                        .path("Topics")
                        .forEach(topic -> organization.topicPolicy(
                                topic.asText(),
                                policy.properties().path("PolicyDocument").toString())));
        template.resourcesOfType("AWS::SNS::Subscription")
                .forEach(subscription -> organization.subscribeEmail(
                        subscription.properties().path("TopicArn").asText(),
                        subscription.properties().path("Endpoint").asText()));
        template.resourcesOfType("AWS::CloudTrail::Trail").forEach(this::createTrail);
        template.resourcesOfType("AWS::Serverless::Function")
                .forEach(function -> functions.put(function.arn(), function(function)));
        this.observer = witness::evaluated;
        makeStateMachinesAndSchedules(Set.of(), listener);
        this.accountSetup = executions.get(accountSetup().arn());
    }

    /**
     * @param there the logical ids of what there is already
     * @param listener hears what executions of AccountSetup do
     */
    private void makeStateMachinesAndSchedules(Set<String> there, ExecutionListener listener) {
        template.resourcesOfType("AWS::Serverless::StateMachine").stream()
                .filter(machine -> !there.contains(machine.logicalId()))
                .forEach(machine -> executions.put(
                        machine.arn(),
                        new Executions(
                                simulation,
                                metrics,
                                stateMachine(machine)
                                        .withListener(
                                                machine.arn()
                                                                .equals(accountSetup()
                                                                        .arn())
                                                        ? listener
                                                        : event -> {})
                                        .withExpressionObserver(observer),
                                machine.arn())));
        template.resourcesOfType("AWS::Events::Rule").stream()
                .filter(rule -> rule.properties().has("ScheduleExpression") && !there.contains(rule.logicalId()))
                .forEach(this::schedule);
    }

    /** The state machines as those see them who call Step Functions from outside. */
    private Workflows workflows() {
        return new Workflows() {
            @Override
            public Optional<List<Running>> running(String stateMachineArn) {
                return Optional.ofNullable(executions.get(stateMachineArn))
                        .filter(machine -> !machine.isGone())
                        .map(Executions::running);
            }

            @Override
            public Running start(String stateMachineArn, String input) {
                Executions machine = executions.get(stateMachineArn);
                machine.start(SdkJson.parse(input));
                return machine.running().getFirst();
            }
        };
    }

    /**
     * Somebody invokes a function, as the console and the AWS CLI do.
     *
     * @param logicalId such as {@code ShowChecklistFunction}
     */
    public JsonNode invoke(String logicalId, JsonNode payload) {
        return functions.get(template.resource(logicalId).arn()).invoke(payload);
    }

    /** CloudFormation reports a status of the stack; with {@code CREATE_COMPLETE} the first execution starts. No other event is heard before that. */
    public void reports(String status) {
        complete = true;
        ObjectNode event = envelope("aws.cloudformation", "CloudFormation Stack Status Change");
        event.putArray("resources").add(deployment.stackId());
        event.putObject("detail")
                .put("stack-id", deployment.stackId())
                .putObject("status-details")
                .put("status", status)
                .put("status-reason", "");
        events.put(deployment.accountId(), region, event);
    }

    /**
     * CloudFormation updates the stack with other parameters: functions and alarms get other settings and roles other permissions, a
     * subscription with another address replaces the one before, and what the stack did not have so far is made.
     */
    public void update(ExpandedTemplate updated) {
        Map<String, String> before = subscriptions();
        Set<String> there = template.resources().keySet();
        List<Resource> trails = template.resourcesOfType("AWS::CloudTrail::Trail");
        template = updated;
        policies.update(updated);
        events.update(updated);
        memberStacks.update(updated);
        alarms.update(updated);
        updated.resourcesOfType("AWS::Serverless::Function")
                .forEach(function -> functions.put(function.arn(), function(function)));
        subscriptions().forEach((topic, address) -> {
            if (!address.equals(before.get(topic))) {
                organization.emailRecipient(before.get(topic)).unsubscribes(topic);
                organization.subscribeEmail(topic, address);
            }
        });
        replaceTrails(trails);
        makeStateMachinesAndSchedules(there, event -> {});
        reports("UPDATE_COMPLETE");
    }

    /** CloudFormation deletes the stack, which takes its time. */
    public void delete() {
        reports("DELETE_IN_PROGRESS");
        StackDeletion deletion =
                new StackDeletion(template, organization, simulation, tables.client(), executions, functions);
        simulation.start("deletion of the stack", () -> {
            deletion.run();
            deletedAt = Optional.of(simulation.clock().instant());
        });
    }

    /** When the stack was gone; empty while there is one. */
    public Optional<Instant> deletedAt() {
        return deletedAt;
    }

    /** Starts an execution as the console does, which takes a stack that is complete. */
    public void start(JsonNode input) {
        complete = true;
        accountSetup.start(input);
    }

    /** Starts an execution under a name that somebody chose. */
    public void start(String name, JsonNode input) {
        complete = true;
        accountSetup.start(name, input);
    }

    /** Starts an execution of any state machine of the stack, under a name that somebody chose. */
    public void start(String logicalId, String name, JsonNode input) {
        complete = true;
        executions.get(template.resource(logicalId).arn()).start(name, input);
    }

    /** Creates the alarms, which only then are heard: most stories are about something else. */
    public void createAlarms() {
        alarms.put(template);
    }

    /** Somebody deletes AccountSetup, and leaves the rest of the stack. */
    public void loseStateMachine() {
        accountSetup.end();
        accountSetup.remove();
    }

    private Resource accountSetup() {
        return template.resource("AccountSetup");
    }

    /** From now on a function does not start any more. */
    public void breakFunction(String logicalId) {
        functions.get(template.resource(logicalId).arn()).breaks();
    }

    /** Delivers events in this way from now on. */
    public void deliverEvents(EventDelivery way) {
        events.deliverLike(way);
    }

    /** All executions of AccountSetup so far, in the order they were started. */
    public List<ExecutionRecord> executions() {
        return accountSetup.all();
    }

    /** The addresses that the stack subscribes, by the ARN of the topic. */
    public Map<String, String> subscriptions() {
        return template.resourcesOfType("AWS::SNS::Subscription").stream()
                .collect(Collectors.toMap(
                        subscription ->
                                subscription.properties().path("TopicArn").asText(),
                        subscription ->
                                subscription.properties().path("Endpoint").asText()));
    }

    /** Whether it is one of the functions that calls, and not the state machine. */
    public boolean isFunction(Caller caller) {
        return template.resourcesOfType("AWS::Serverless::Function").stream()
                .anyMatch(function -> function.ref().orElseThrow().equals(caller.sessionName()));
    }

    public ExpandedTemplate template() {
        return template;
    }

    /** The stacks in member accounts, of which there are none at first. */
    public MemberStacks memberStacks() {
        return memberStacks;
    }

    /** How often each function of the stack was invoked by its state machines so far, by its logical id. */
    public Map<String, Long> invocations() {
        return template.resourcesOfType("AWS::Serverless::Function").stream()
                .collect(Collectors.toMap(Resource::logicalId, function -> (long) metrics.statistic(
                                "Sum", Metrics.invocations(function.ref().orElseThrow()), Instant.EPOCH, Instant.MAX)
                        .orElse(0)));
    }

    /** All executions so far of another state machine of the stack, in the order they were started. */
    public List<ExecutionRecord> executions(String logicalId) {
        return executions.get(template.resource(logicalId).arn()).all();
    }

    /** How executions failed so far, of every state machine of the stack. */
    public List<ExecutionResult.Failed> failures() {
        return executions.values().stream()
                .flatMap(machine -> machine.all().stream())
                .map(ExecutionRecord::result)
                .filter(ExecutionResult.Failed.class::isInstance)
                .map(ExecutionResult.Failed.class::cast)
                .toList();
    }

    /**
     * Goes on with an execution that began before the stack was updated: with the definition as it was then, and the
     * functions, permissions and table as they are now.
     *
     * @param definition the definition that it began with, after the substitutions
     * @param begun its name, when and with what it was started
     * @param state the state that it is in
     * @param variables what was assigned before that
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html">
     *     UpdateStateMachine</a>: running executions keep their definition
     */
    public void resume(JsonNode definition, ExecutionRecord begun, String state, Map<String, JsonNode> variables) {
        StateMachine machine = stateMachine(accountSetup(), StateMachineDefinition.parse(definition.toString()));
        accountSetup.resume(machine, begun, state, variables);
    }

    private void schedule(Resource rule) {
        Duration every = rate(rule.properties().path("ScheduleExpression").asText());
        simulation.startAt(simulation.clock().instant().plus(every), "schedule " + rule.logicalId(), () -> {
            while (true) {
                ObjectNode event = envelope("aws.events", "Scheduled Event");
                event.putArray("resources").add(rule.arn());
                event.putObject("detail");
                events.deliver(region, rule, event);
                simulation.sleep(every);
            }
        });
    }

    /** @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html">Rate expressions</a> */
    private static Duration rate(String expression) {
        java.util.regex.Matcher rate = java.util.regex.Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)")
                .matcher(expression);
        if (!rate.matches()) {
            throw new IllegalArgumentException("The rehearsal knows rate(...) only, not " + expression);
        }
        long value = Long.parseLong(rate.group(1));
        return switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(value);
            case "hour" -> Duration.ofHours(value);
            default -> Duration.ofDays(value);
        };
    }

    private ObjectNode envelope(String source, String detailType) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("version", "0");
        event.put(
                "id",
                UUID.nameUUIDFromBytes((source
                                        + accountSetup.started()
                                        + simulation.clock().instant())
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString());
        event.put("detail-type", detailType);
        event.put("source", source);
        event.put("account", deployment.accountId());
        event.put("time", simulation.clock().instant().toString());
        event.put("region", deployment.region());
        return event;
    }

    private void createTrail(Resource trail) {
        Trail made = Trail.multiRegion(trail.ref().orElseThrow(), deployment.accountId(), region);
        EventSelector selector = EventSelector.builder()
                .includeManagementEvents(trail.properties()
                        .at("/EventSelectors/0/IncludeManagementEvents")
                        .asBoolean())
                .readWriteType(ReadWriteType.fromValue(
                        trail.properties().at("/EventSelectors/0/ReadWriteType").asText()))
                .build();
        if (trail.properties().path("IsOrganizationTrail").asBoolean()) {
            made = made.ofOrganization();
        }
        organization.createTrail((trail.properties().path("IsMultiRegionTrail").asBoolean() ? made : made.inOneRegion())
                .withLogging(trail.properties().path("IsLogging").asBoolean())
                .withSelectors(selector));
    }

    /** A trail with another name replaces the one before, which is deleted last. */
    private void replaceTrails(List<Resource> before) {
        List<Resource> now = template.resourcesOfType("AWS::CloudTrail::Trail");
        now.forEach(this::createTrail);
        before.stream()
                .map(Resource::arn)
                .filter(arn -> now.stream().noneMatch(trail -> trail.arn().equals(arn)))
                .forEach(organization.accountConsole(
                        Caller.role(deployment.accountId(), "Operations", "cloudformation"))::deletesTrail);
    }

    private LambdaFunction function(Resource function) {
        Caller caller = new Caller(
                deployment.accountId(),
                function.properties().path("Role").asText(),
                function.ref().orElseThrow());
        return LambdaFunction.of(function, region, simulation, new Clients() {
            @Override
            public <C extends SdkClient> C client(Class<C> type, Region where) {
                return organization.client(type, caller, where);
            }

            @Override
            public IamClient iam(Credentials credentials) {
                return organization.client(
                        IamClient.class, credentials, organization.partition().globalRegion());
            }
        });
    }

    private StateMachine stateMachine(Resource machine) {
        return stateMachine(
                machine,
                StateMachineDefinition.parse(
                        template.substitutedDefinition(machine).toString(),
                        WorkflowType.valueOf(machine.properties().path("Type").asText(WorkflowType.STANDARD.name()))));
    }

    private StateMachine stateMachine(Resource machine, StateMachineDefinition definition) {
        Caller caller = new Caller(
                deployment.accountId(), machine.properties().path("Role").asText(), machine.logicalId());
        return new StateMachine(
                definition,
                machine.arn(),
                caller.roleArn(),
                new ServiceIntegrations(
                        caller,
                        policies,
                        functions,
                        organization.client(DynamoDbClient.class, caller, region),
                        organization.client(SnsClient.class, caller, region),
                        organization.client(EventBridgeClient.class, caller, region),
                        new NestedWorkflows(caller, policies, executions),
                        simulation,
                        metrics),
                simulation,
                1);
    }
}
