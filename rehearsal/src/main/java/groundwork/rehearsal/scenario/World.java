package groundwork.rehearsal.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.account.AwsService;
import groundwork.rehearsal.account.Call;
import groundwork.rehearsal.account.CallObserver;
import groundwork.rehearsal.account.Caller;
import groundwork.rehearsal.account.EmbeddedOrganization;
import groundwork.rehearsal.account.IdentityCenter;
import groundwork.rehearsal.account.IdentityCenterConsole;
import groundwork.rehearsal.account.Mail;
import groundwork.rehearsal.account.OrganizationBuilder;
import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.simulation.Order;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.stack.Stack;
import groundwork.rehearsal.stack.Witness;
import groundwork.rehearsal.states.HistoryEvent;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/** A stack in an organization, with people around it and a clock of its own. */
public final class World implements AutoCloseable {
    /** A Monday morning. */
    public static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private static final Region REGION = Region.US_EAST_1;
    private static final String SUBSCRIPTION = "AWS Notification - Subscription Confirmation";

    private final Simulation simulation;
    private final EmbeddedOrganization organization;
    private final Stack stack;
    private final Narrator narrator;
    private final String accountId;
    private final List<Call> calls = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private Optional<JsonNode> checklist = Optional.empty();
    private Optional<JsonNode> plan = Optional.empty();

    /**
     * Builds the organization and deploys the stack into it; nothing has happened yet.
     *
     * @param order decides who goes first where several could
     * @param narrator tells what happens
     */
    public World(Scenario scenario, Template template, LocalTables tables, Order order, Narrator narrator) {
        this(scenario, template, tables, order, narrator, Witness.NONE);
    }

    /** As the other constructor, with a witness of what the stack uses. */
    public World(
            Scenario scenario, Template template, LocalTables tables, Order order, Narrator narrator, Witness witness) {
        this.narrator = narrator;
        this.simulation = new Simulation(START, order);
        OrganizationBuilder builder = EmbeddedOrganization.builder(simulation.clock(), scenario.partition())
                .tables(tables.client());
        scenario.beginning().accept(builder);
        this.organization = builder.build();
        this.accountId = scenario.accountId();
        organization.observe(new CallObserver() {
            @Override
            public void before(Call call) {
                calls.add(call);
            }
        });
        this.stack = new Stack(
                template.expand(scenario.allParameters(), Deployment.of(accountId, REGION.id(), "groundwork")),
                organization,
                tables,
                simulation,
                this::happened,
                witness);
    }

    private void happened(HistoryEvent event) {
        narrator.happened(event);
        if (event instanceof HistoryEvent.TaskSucceeded task) {
            JsonNode payload = task.result().path("Payload");
            if (payload.has("checklist")) {
                checklist = Optional.of(payload.get("checklist"));
            }
            if (payload.has("plan") && payload.get("plan").isArray()) {
                plan = Optional.of(payload.get("plan"));
            }
        }
    }

    /** CloudFormation finishes creating the stack. */
    public void stackIsCreated() {
        stack.complete("CREATE_COMPLETE");
    }

    /** Somebody starts the state machine in the console. */
    public void starts(JsonNode input) {
        stack.start(input);
    }

    /** Time passes, and whatever is due happens. */
    public void passes(Duration time) {
        simulation.runUntil(simulation.clock().instant().plus(time));
    }

    /** Somebody does something, a while from now. */
    public void after(Duration time, String deed, Runnable act) {
        passes(time);
        narrator.person(simulation.clock().instant(), deed);
        act.run();
    }

    /** Everybody confirms the subscriptions that AWS asked them to confirm. */
    public void addressIsConfirmed() {
        stack.topics()
                .forEach(topic -> organization.emailRecipient(Scenario.ADA).confirmsSubscription(topic));
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
        return Caller.role(accountId, "Operations", "grace");
    }

    public IdentityCenter identityCenter() {
        return organization.identityCenter().orElseThrow();
    }

    public Stack stack() {
        return stack;
    }

    public Instant now() {
        return simulation.clock().instant();
    }

    /** All calls to AWS that the stack made. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The emails of Groundwork; the request to confirm the address is AWS's own. */
    public List<Mail> mails() {
        return organization.mailbox().all().stream()
                .filter(mail -> !mail.subject().equals(SUBSCRIPTION))
                .toList();
    }

    /** The emails with this in their subject. */
    public List<Mail> mails(String subject) {
        return mails().stream().filter(mail -> mail.subject().contains(subject)).toList();
    }

    /** The calls by which the stack changed something outside its own table. */
    public List<String> writes() {
        return calls.stream()
                .filter(call -> call.isWrite()
                        && call.service() != AwsService.DYNAMODB
                        && !call.caller().equals(person()))
                .map(Call::name)
                .toList();
    }

    /** The status of the account as a whole. */
    public String checklistStatus() {
        return checklist.map(list -> list.path("status").asText()).orElse("none");
    }

    /** Every email, in the order they were received. */
    public List<Mail> allMails() {
        return organization.mailbox().all();
    }

    public Optional<JsonNode> checklist() {
        return checklist;
    }

    public Optional<JsonNode> plan() {
        return plan;
    }

    /** A status of the checklist, such as WAITING. */
    public String status(Prerequisite prerequisite) {
        return outcome(prerequisite).path("status").asText();
    }

    /** The reason of a blocked line. */
    public String reason(Prerequisite prerequisite) {
        return outcome(prerequisite).path("reason").asText();
    }

    public List<String> executionStatuses() {
        return stack.executions().stream().map(ExecutionRecord::status).toList();
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

    /** The expectations that did not hold. */
    public List<String> broken() {
        return List.copyOf(broken);
    }

    private JsonNode outcome(Prerequisite prerequisite) {
        for (JsonNode item : checklist.orElseThrow().path("items")) {
            if (item.path("prerequisite").asText().equals(prerequisite.name())) {
                return item.path("outcome");
            }
        }
        throw new IllegalStateException("The checklist has no line " + prerequisite);
    }

    @Override
    public void close() {
        simulation.close();
    }
}
