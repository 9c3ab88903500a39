package groundwork.rehearsal.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.store.Mail;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.Stack;
import groundwork.rehearsal.states.HistoryEvent;
import groundwork.rehearsal.template.IamRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What of a story shows: emails, calls to AWS, executions and what they say of the account. */
public final class Seen {
    /** The state every look at an account begins with. */
    private static final String LOOK = "Check the root user";

    private final EmbeddedOrganization organization;
    private final Caller person;
    private final Supplier<Stack> stack;
    private final List<Call> calls = new ArrayList<>();
    private final List<Look> looks = new ArrayList<>();
    private final List<JsonNode> checklists = new ArrayList<>();
    private Optional<JsonNode> plan = Optional.empty();
    private final List<Call> callsOfPlan = new ArrayList<>();
    private final Map<Prerequisite, JsonNode> firstLook = new EnumMap<>(Prerequisite.class);
    private long stateTransitions;

    /** @param person whose calls are not the stack's */
    Seen(EmbeddedOrganization organization, Caller person, Supplier<Stack> stack) {
        this.organization = organization;
        this.person = person;
        this.stack = stack;
        organization.observe(new CallObserver() {
            @Override
            public void before(Call call) {
                calls.add(call);
            }
        });
    }

    void happened(HistoryEvent event) {
        if (event instanceof HistoryEvent.StateEntered || event instanceof HistoryEvent.RetryScheduled) {
            stateTransitions++;
        }
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

    /** The plan that was asked for first is made. */
    void planEnds() {
        callsOfPlan.addAll(calls);
    }

    /** What alarms said, to whom, in the order it was received. */
    public List<Mail> alarms() {
        return mails().stream()
                .filter(mail -> mail.text().contains("your Amazon CloudWatch Alarm"))
                .toList();
    }

    /** The calls to AWS up to the end of the plan that was asked for first. */
    public List<Call> callsOfPlan() {
        return List.copyOf(callsOfPlan);
    }

    /** The findings of the first look after the plan, by prerequisite; the last one counts. */
    public Map<Prerequisite, JsonNode> firstLook() {
        return Map.copyOf(firstLook);
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

    /** The emails with this in their subject, or in a heading: what is due together goes in one email. */
    public List<Mail> mails(String subject) {
        return mails().stream()
                .filter(mail ->
                        mail.subject().contains(subject) || headings(mail).anyMatch(text -> text.contains(subject)))
                .toList();
    }

    private static Stream<String> headings(Mail mail) {
        List<String> lines = mail.text().lines().toList();
        return IntStream.range(1, lines.size())
                .filter(line -> lines.get(line).matches("-{3,75}"))
                .mapToObj(line -> lines.get(line - 1).substring(0, 1).toLowerCase(Locale.ROOT)
                        + lines.get(line - 1).substring(1));
    }

    /** The calls by which the stack changed something outside its own table. What it tells others changes nothing. */
    public List<String> writes() {
        return calls.stream()
                .filter(call -> call.isWrite()
                        && call.service() != AwsService.DYNAMODB
                        && call.service() != AwsService.EVENTBRIDGE
                        && isOfTheStack(call))
                .map(Call::name)
                .toList();
    }

    /** Whether the stack made the call, and not a person. */
    public boolean isOfTheStack(Call call) {
        return !call.caller().equals(person);
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

    /** The state transitions of all executions so far, those that still run included, as AWS bills them. */
    public long stateTransitions() {
        return stateTransitions;
    }

    public List<String> executionStatuses() {
        return stack.get().executions().stream().map(ExecutionRecord::status).toList();
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
        Set<String> own =
                stack.get().template().roles().stream().map(IamRole::arn).collect(Collectors.toSet());
        return stack.get().executions().stream()
                .map(execution -> execution.input().path("detail"))
                .filter(detail -> own.contains(detail.at("/userIdentity/sessionContext/sessionIssuer/arn")
                        .asText()))
                .map(detail -> detail.path("eventName").asText())
                .toList();
    }
}
