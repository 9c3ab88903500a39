package groundwork.rehearsal.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.OrganizationBuilder;
import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.people.IdentityCenterConsole;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.simulation.Order;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.stack.Stack;
import groundwork.rehearsal.stack.Witness;
import groundwork.rehearsal.states.ExecutionListener;
import groundwork.rehearsal.states.HistoryEvent;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.IamRole;
import groundwork.rehearsal.template.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;

/** A stack in an organization, with people around it and a clock of its own. */
public final class World implements AutoCloseable {
    /** A Monday morning. */
    public static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    /** Long enough for whatever follows from a deed, as fast as AWS usually is. */
    private static final Duration AFTERMATH = Duration.ofMinutes(10);

    /** The state every look at an account begins with. */
    private static final String LOOK = "Check the root user";

    private final Scenario scenario;
    private final Template template;
    private final LocalTables tables;
    private final Simulation simulation;
    private final EmbeddedOrganization organization;
    private final Stack stack;
    private final Narrator narrator;
    private final String accountId;
    private final Region region;
    private final List<Call> calls = new ArrayList<>();
    private final List<Look> looks = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final List<ExecutionListener> listeners = new ArrayList<>();
    private boolean usualPace = true;
    private Duration slowness = Duration.ZERO;
    private Runnable beforeDeeds = () -> {};
    private Runnable beforeDeployment = () -> {};
    private final List<JsonNode> checklists = new ArrayList<>();
    private Optional<JsonNode> plan = Optional.empty();
    private boolean planFirst;
    private final List<Call> callsOfPlan = new ArrayList<>();
    private final Map<Prerequisite, JsonNode> firstLook = new EnumMap<>(Prerequisite.class);

    /**
     * Builds the organization and deploys the stack into it; nothing has happened yet.
     *
     * @param order decides who goes first where several could
     * @param narrator tells what happens
     */
    public World(Scenario scenario, Template template, LocalTables tables, Order order, Narrator narrator) {
        this(scenario, template, tables, order, narrator, Witness.NONE);
    }

    /** As the other constructor, in the order in which things fall due, and told to nobody. */
    public World(Scenario scenario, Template template, LocalTables tables) {
        this(scenario, template, tables, Order.fifo(), Narrator.silent());
    }

    /** As the other constructor, with a witness of what the stack uses. */
    public World(
            Scenario scenario, Template template, LocalTables tables, Order order, Narrator narrator, Witness witness) {
        this.scenario = scenario;
        this.template = template;
        this.tables = tables;
        this.narrator = narrator;
        this.simulation = new Simulation(START, order);
        OrganizationBuilder builder = EmbeddedOrganization.builder(simulation.clock(), scenario.partition())
                .tables(tables.client());
        scenario.beginning().accept(builder);
        this.organization = builder.build();
        this.accountId = scenario.accountId();
        this.region = scenario.region();
        organization.observe(new CallObserver() {
            @Override
            public void before(Call call) {
                calls.add(call);
            }
        });
        this.stack = new Stack(
                template.expand(scenario.allParameters(), Deployment.of(accountId, region.id(), scenario.stackName())),
                organization,
                tables,
                simulation,
                this::happened,
                witness);
    }

    private void happened(HistoryEvent event) {
        narrator.happened(event);
        listeners.forEach(listener -> listener.happened(event));
        if (event instanceof HistoryEvent.StateEntered entered
                && entered.state().equals(LOOK)) {
            looks.add(new Look(
                    entered.at(),
                    entered.execution().substring(entered.execution().lastIndexOf(':') + 1)));
        }
        if (event instanceof HistoryEvent.TaskSucceeded task) {
            JsonNode payload = task.result().path("Payload");
            if (plan.isPresent() && checklists.isEmpty()) {
                payload.path("findings")
                        .forEach(finding -> firstLook.put(
                                Prerequisite.valueOf(
                                        finding.path("prerequisite").asText()),
                                finding));
            }
            if (payload.has("checklist") && !payload.has("plan")) {
                checklists.add(payload.get("checklist"));
            }
            if (payload.has("plan") && payload.get("plan").isArray()) {
                plan = Optional.of(payload.get("plan"));
            }
        }
    }

    /** Before the stack does anything, somebody asks for the plan. */
    public void planFirst() {
        planFirst = true;
    }

    /** CloudFormation finishes creating the stack. */
    public void stackIsCreated() {
        beforeDeployment.run();
        if (planFirst) {
            starts(JsonNodeFactory.instance.objectNode().put("plan", true));
            passes(Duration.ofSeconds(10));
            callsOfPlan.addAll(calls);
        }
        stack.reports("CREATE_COMPLETE");
    }

    /** Grace takes Ada out of the administrators' group. */
    public void adaIsRemoved() {
        console()
                .removesMember(
                        identityCenter().group("Administrators").orElseThrow().groupId(),
                        identityCenter().user("ada").orElseThrow().userId());
    }

    /** From now on there are the alarms of the stack. */
    public void alarmsSound() {
        stack.createAlarms();
    }

    /** What alarms said, to whom, in the order it was received. */
    public List<Mail> alarms() {
        return mails().stream()
                .filter(mail -> mail.text().contains("your Amazon CloudWatch Alarm"))
                .toList();
    }

    /** The owner updates the stack with these parameters in place of those before. */
    public void stackIsUpdated(Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(scenario.allParameters());
        all.putAll(parameters);
        stack.update(template.expand(all, stack.template().deployment()));
    }

    /**
     * Deploys another stack into the same account. Nothing but its own emails and what it does to the organization is to be
     * seen of it here.
     */
    public Stack anotherStack(Scenario scenario) {
        return new Stack(
                template.expand(scenario.allParameters(), Deployment.of(accountId, region.id(), scenario.stackName())),
                organization,
                tables,
                simulation,
                event -> {},
                Witness.NONE);
    }

    /** Does this from now on whenever something happens in an execution. */
    public void listen(ExecutionListener listener) {
        listeners.add(listener);
    }

    /** The calls to AWS up to the end of the plan that was asked for first. */
    public List<Call> callsOfPlan() {
        return List.copyOf(callsOfPlan);
    }

    /** The findings of the first look after the plan, by prerequisite; the last one counts. */
    public Map<Prerequisite, JsonNode> firstLook() {
        return Map.copyOf(firstLook);
    }

    /** Somebody starts the state machine in the console. */
    public void starts(JsonNode input) {
        stack.start(input);
    }

    /** Somebody starts an execution and gives it a name. */
    public void starts(String name, JsonNode input) {
        stack.start(name, input);
    }

    /** Time passes, and whatever is due happens. */
    public void passes(Duration time) {
        simulation.runUntil(simulation.clock().instant().plus(time));
    }

    /** Time passes until what people did has had its consequences. */
    public void settles() {
        passes(AFTERMATH.plus(slowness));
    }

    /** AWS may take this much longer than usual, or fail, so that things take other turns on the way to the same end. */
    public void slower(Duration by) {
        usualPace = false;
        slowness = by;
    }

    /** Somebody does something, a while from now. */
    public void after(Duration time, String deed, Runnable act) {
        passes(time);
        beforeDeeds.run();
        narrator.person(simulation.clock().instant(), deed);
        act.run();
    }

    /** Does this when the stack is about to be complete, after what people did before there was Groundwork. */
    public void beforeDeployment(Runnable preparation) {
        beforeDeployment = preparation;
    }

    /** Does this from now on whenever somebody is about to do something. */
    public void beforeDeeds(Runnable preparation) {
        beforeDeeds = preparation;
    }

    /** Everybody confirms the subscriptions that AWS asked them to confirm. */
    public void addressIsConfirmed() {
        stack.subscriptions()
                .forEach(
                        (topic, address) -> organization.emailRecipient(address).confirmsSubscription(topic));
    }

    /** One of them does. */
    public void addressIsConfirmed(String whose) {
        stack.subscriptions().forEach((topic, address) -> {
            if (address.equals(whose)) {
                organization.emailRecipient(address).confirmsSubscription(topic);
            }
        });
    }

    public EmbeddedOrganization organization() {
        return organization;
    }

    /** IAM Identity Center's console in the hands of somebody with administrator access. */
    public IdentityCenterConsole console() {
        return organization.identityCenterConsole(person());
    }

    /** Somebody with administrator access, who is not Groundwork. */
    public Caller person() {
        return new Caller(
                accountId,
                "arn:%s:iam::%s:role/Operations"
                        .formatted(organization.partition().id(), accountId),
                "grace");
    }

    public IdentityCenter identityCenter() {
        return organization.identityCenter().orElseThrow();
    }

    /** The Region of the stack. */
    public Region region() {
        return region;
    }

    public Simulation simulation() {
        return simulation;
    }

    public Stack stack() {
        return stack;
    }

    public Instant now() {
        return simulation.clock().instant();
    }

    /** The name of a rule of the stack, here or in the other Region. */
    public String ruleName(String logicalId) {
        return stack.template()
                        .resource("CheckChangeEventsFunction")
                        .properties()
                        .at("/Environment/Variables/RULE_PREFIX")
                        .asText()
                + logicalId;
    }

    /** All calls to AWS that the stack made. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The emails of Groundwork, not those of AWS itself. */
    public List<Mail> mails() {
        return organization.mailbox().all().stream()
                .filter(mail -> !mail.subject().equals("AWS Notification - Subscription Confirmation")
                        && !mail.from().endsWith("@login.awsapps.com"))
                .toList();
    }

    /** The emails with this in their subject. */
    public List<Mail> mails(String subject) {
        return mails().stream().filter(mail -> mail.subject().contains(subject)).toList();
    }

    /** The calls by which the stack changed something outside its own table. */
    public List<String> writes() {
        return calls.stream()
                .filter(call -> call.isWrite() && call.service() != AwsService.DYNAMODB && isOfTheStack(call))
                .map(Call::name)
                .toList();
    }

    /** Whether the stack made the call, and not a person. */
    public boolean isOfTheStack(Call call) {
        return !call.caller().equals(person());
    }

    /** The status of the account as a whole. */
    public String checklistStatus() {
        return checklist().map(list -> list.path("status").asText()).orElse("none");
    }

    /** Every email, in the order they were received. */
    public List<Mail> allMails() {
        return organization.mailbox().all();
    }

    /** The checklist of the last look; one that began earlier and ended later is not recorded. */
    public Optional<JsonNode> checklist() {
        return checklists.stream().reduce((one, other) -> observedAt(other).isBefore(observedAt(one)) ? one : other);
    }

    private static Instant observedAt(JsonNode checklist) {
        return Instant.parse(checklist.path("observedAt").asText());
    }

    /** Every checklist, oldest first. */
    public List<JsonNode> checklists() {
        return List.copyOf(checklists);
    }

    public Optional<JsonNode> plan() {
        return plan;
    }

    /** A status of the checklist, such as WAITING; empty if there is no checklist. */
    public String status(Prerequisite prerequisite) {
        return outcome(prerequisite).path("status").asText();
    }

    /** The reason of a blocked line. */
    public String reason(Prerequisite prerequisite) {
        return outcome(prerequisite).path("reason").asText();
    }

    /** The state transitions of all executions that have ended, as AWS bills them. */
    public long stateTransitions() {
        return stack.executions().stream()
                .mapToLong(ExecutionRecord::stateTransitions)
                .sum();
    }

    public List<String> executionStatuses() {
        return stack.executions().stream().map(ExecutionRecord::status).toList();
    }

    /**
     * A look at an account, which costs calls to AWS; an execution that is superseded before makes none.
     *
     * @param at when it began
     * @param execution the name of the execution
     */
    public record Look(Instant at, String execution) {}

    /** The looks so far, in order. */
    public List<Look> looks() {
        return List.copyOf(looks);
    }

    /** The changes that executions were started by although a role of the stack made them. */
    public List<String> wokenByItself() {
        Set<String> own = stack.template().roles().stream().map(IamRole::arn).collect(Collectors.toSet());
        return stack.executions().stream()
                .map(execution -> execution.input().path("detail"))
                .filter(detail -> own.contains(detail.at("/userIdentity/sessionContext/sessionIssuer/arn")
                        .asText()))
                .map(detail -> detail.path("eventName").asText())
                .toList();
    }

    /** What people would object to. */
    public void expect(String expectation, boolean held) {
        if (!held) {
            broken.add(expectation);
        }
    }

    /** Expects a value. */
    public void expect(String what, Object actual, Object expected) {
        expect("%s should be %s and is %s".formatted(what, expected, actual), expected.equals(actual));
    }

    /** Expects a value that depends on how fast AWS is, and is only held against it at its usual pace. */
    public void expectAtUsualPace(String what, Object actual, Object expected) {
        if (usualPace) {
            expect(what, actual, expected);
        }
    }

    /** The expectations that did not hold. */
    public List<String> broken() {
        return List.copyOf(broken);
    }

    /** What a line of the checklist says. */
    public String what(Prerequisite prerequisite) {
        return outcome(prerequisite).path("what").asText();
    }

    /** The change that a line of the checklist names; a missing node if it names none. */
    public JsonNode cause(Prerequisite prerequisite) {
        return item(prerequisite).path("cause");
    }

    private JsonNode outcome(Prerequisite prerequisite) {
        return item(prerequisite).path("outcome");
    }

    private JsonNode item(Prerequisite prerequisite) {
        return checklist().stream()
                .flatMap(list -> list.path("items").valueStream())
                .filter(item -> item.path("prerequisite").asText().equals(prerequisite.name()))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    @Override
    public void close() {
        simulation.close();
    }
}
