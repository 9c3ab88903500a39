package groundwork.rehearsal.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.OrganizationBuilder;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.people.IdentityCenterConsole;
import groundwork.rehearsal.organization.people.InstanceConsole;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.simulation.Order;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.stack.Stack;
import groundwork.rehearsal.stack.Witness;
import groundwork.rehearsal.states.ExecutionListener;
import groundwork.rehearsal.states.HistoryEvent;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.regions.Region;

/**
 * A stack in an organization, with people around it and a clock of its own.
 *
 * <pre>{@code
 * try (World world = new World(scenario, template, tables)) {
 *     world.stackIsCreated();
 *     world.after(Duration.ofHours(1), "Ada confirms her address", world::addressIsConfirmed);
 *     world.expect("emails", world.seen().mails().size(), 1);
 * }
 * }</pre>
 */
public final class World implements AutoCloseable {
    /** A Monday morning. */
    public static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    /** Long enough for whatever follows from a deed, as fast as AWS usually is. */
    private static final Duration AFTERMATH = Duration.ofMinutes(10);

    private static final int ACCOUNTS_AT_ONCE = 10;

    private final Scenario scenario;
    private final Template template;
    private final LocalTables tables;
    private final Simulation simulation;
    private final EmbeddedOrganization organization;
    private final Stack stack;
    private final Narrator narrator;
    private final String accountId;
    private final Region region;
    private final Seen seen;
    private final Expectations expectations = new Expectations();
    private final List<ExecutionListener> listeners = new ArrayList<>();
    private Duration slowness = Duration.ZERO;
    private Runnable beforeDeeds = () -> {};
    private Runnable beforeDeployment = () -> {};
    private boolean planFirst;

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
        this(scenario, template, tables, new Simulation(START, order), narrator, witness);
    }

    /** As the other constructor, with a simulation that may take more steps than usual. */
    World(
            Scenario scenario,
            Template template,
            LocalTables tables,
            Simulation simulation,
            Narrator narrator,
            Witness witness) {
        this.scenario = scenario;
        this.template = template;
        this.tables = tables;
        this.narrator = narrator;
        this.simulation = simulation;
        OrganizationBuilder builder = EmbeddedOrganization.builder(simulation.clock(), scenario.partition())
                .tables(tables::client);
        scenario.beginning().accept(builder);
        this.organization = builder.build();
        this.accountId = scenario.accountId();
        this.region = scenario.region();
        organization.deliverEventsTo(
                (account, where, event) -> narrator.event(simulation.clock().instant(), account, where, event));
        this.seen = new Seen(organization, person(), this::stack);
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
        seen.happened(event);
    }

    /** The name of the stack's table. */
    public String tableName() {
        return stack.template().resource("Table").ref().orElseThrow();
    }

    /** What shows of the story. */
    public Seen seen() {
        return seen;
    }

    public Expectations expectations() {
        return expectations;
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
            seen.planEnds();
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

    /** The owner updates the stack with these parameters in place of those before. */
    public void stackIsUpdated(Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(scenario.allParameters());
        all.putAll(parameters);
        stack.update(template.expand(all, stack.template().deployment()));
    }

    /** The owner of the organization rolls the member stack out, into ten accounts at the same time. */
    public void memberStacksAreRolledOut(List<String> accounts) {
        stack.memberStacks().rollOut(accounts, ACCOUNTS_AT_ONCE, Map.of());
    }

    /** The owner of the organization removes the member stacks of accounts. */
    public void memberStacksAreRemoved(List<String> accounts) {
        stack.memberStacks().remove(accounts, ACCOUNTS_AT_ONCE);
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
        expectations.atAnyPace();
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

    /**
     * The owner of the account on the pages of IAM Identity Center's console about the instance: signed in as its root user or, where
     * nobody does that, with a role.
     */
    public InstanceConsole owner() {
        return organization.partition().rootUserSignsIn()
                ? organization.rootUser(accountId).instanceConsole()
                : organization.instanceConsole(person());
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

    /** What people would object to. */
    public void expect(String expectation, boolean held) {
        expectations.expect(expectation, held);
    }

    /** Expects a value. */
    public void expect(String what, Object actual, Object expected) {
        expectations.expect(what, actual, expected);
    }

    /** Expects a value that depends on how fast AWS is, and is only held against it at its usual pace. */
    public void expectAtUsualPace(String what, Object actual, Object expected) {
        expectations.expectAtUsualPace(what, actual, expected);
    }

    @Override
    public void close() {
        simulation.close();
    }
}
