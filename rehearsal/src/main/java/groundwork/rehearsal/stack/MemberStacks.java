package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.trail.TrailEvent;
import groundwork.rehearsal.simulation.Simulation;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Template;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import software.amazon.awssdk.regions.Region;

/**
 * The StackSet that the owner of an organization makes of {@code stackset/member.yaml}, beside the hub and by its name, and the stacks that it
 * makes in member accounts. What happens in an account reaches the hub's bus through the rules of its stack, and the hub assumes the roles
 * there by AWS STS.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html">StackSets concepts</a>
 */
public final class MemberStacks {
    private static final String FILE = "stackset/member.yaml";

    /** How long StackSets takes for the accounts that it works on at the same time. An assumption. */
    private static final Duration BATCH = Duration.ofMinutes(1);

    private ExpandedTemplate hub;
    private final EmbeddedOrganization organization;
    private final EventBuses events;
    private final Simulation simulation;
    private final Witness witness;
    private final Map<String, MemberStack> stacks = new HashMap<>();
    private Template template;

    MemberStacks(
            ExpandedTemplate hub,
            EmbeddedOrganization organization,
            EventBuses events,
            Simulation simulation,
            Witness witness) {
        this.hub = hub;
        this.organization = organization;
        this.events = events;
        this.simulation = simulation;
        this.witness = witness;
        organization.trustRoles((roleArn, caller, context) -> inAccount(
                        roleArn.split(":", 6)[4], stack -> Optional.of(stack.lets(roleArn, caller, context)))
                .orElse(false));
    }

    /** The hub is updated. */
    void update(ExpandedTemplate updated) {
        hub = updated;
    }

    /**
     * Rolls the stack out, in the order of the accounts. An account whose rules the hub's bus does not take has no stack afterwards.
     *
     * @param atOnce how many accounts at the same time: the operation preference MaxConcurrentCount
     * @param more parameters of the stack, beside those that name the hub
     */
    public void rollOut(List<String> accounts, int atOnce, Map<String, String> more) {
        inBatches("CREATE", accounts, atOnce, account -> {
            MemberStack stack = stack(account, more);
            boolean taken =
                    stack.target().filter(bus -> !admits(bus, account, stack)).isEmpty();
            if (taken) {
                stacks.put(account, stack);
                // StackSets works with a role of its own in the member, and CloudFormation for it.
                stack.rolePolicies()
                        .forEach(policy -> organization.record(
                                iam(account, Caller.role(account, "stacksets-exec", name()), "PutRolePolicy", policy)
                                        .invokedBy("cloudformation.amazonaws.com")));
            }
            return new Change(stack.id(), taken);
        });
    }

    /** Removes the stacks of accounts. */
    public void remove(List<String> accounts, int atOnce) {
        inBatches(
                "DELETE",
                accounts,
                atOnce,
                account -> new Change(stacks.remove(account).id(), true));
    }

    /** Somebody in an account deletes its stack, of which StackSets learns nothing. */
    public void tearDown(String account) {
        stacks.remove(account);
    }

    /** Somebody in an account edits the trust policy of one of the two roles. */
    public void editTrust(String account, String logicalId, JsonNode policy) {
        MemberStack stack = stacks.get(account);
        stack.editTrust(logicalId, policy);
        organization.record(iam(
                account,
                Caller.role(account, "Operations", "mallory"),
                "UpdateAssumeRolePolicy",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("roleName", stack.roleName(logicalId))
                        .put("policyDocument", policy.toString())));
    }

    private TrailEvent iam(String account, Caller caller, String eventName, ObjectNode parameters) {
        return TrailEvent.apiCall(
                "iam.amazonaws.com",
                eventName,
                caller,
                account,
                organization.partition().globalRegion(),
                parameters);
    }

    /** The accounts that have a stack. */
    public List<String> accounts() {
        return stacks.keySet().stream().sorted().toList();
    }

    /** Takes an event that arrives on the default bus of an account in a Region. */
    void put(String accountId, Region region, JsonNode event) {
        MemberStack stack = stacks.get(accountId);
        // One hop: what was handed to the account from elsewhere goes no further.
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
        if (stack != null && event.path("account").asText().equals(accountId)) {
            stack.takers(region, event).forEach(bus -> {
                Caller forwarder = stack.forwarder().orElseThrow();
                stack.refusal(forwarder, List.of(new AccessCheck("events:PutEvents", bus, Map.of(), false)))
                        .ifPresent(refusal -> {
                            throw new IllegalStateException("A member's rule may not " + refusal.check());
                        });
                events.handOver(bus, forwarder, organizationOf(accountId), event);
            });
        }
    }

    /** What the roles of the stacks may not do. */
    Optional<AccessChecks.Refusal> refusal(Caller caller, List<AccessCheck> checks) {
        return inAccount(caller.accountId(), stack -> stack.refusal(caller, checks));
    }

    private <T> Optional<T> inAccount(String accountId, Function<MemberStack, Optional<T>> question) {
        return Optional.ofNullable(stacks.get(accountId)).flatMap(question);
    }

    private boolean admits(String bus, String account, MemberStack stack) {
        return events.admits(bus, stack.forwarder().orElseThrow(), organizationOf(account), "aws.iam");
    }

    private String organizationOf(String account) {
        return organization.organizationId(account).orElse("none");
    }

    private record Change(String stackId, boolean successful) {}

    private void inBatches(String action, List<String> accounts, int atOnce, Function<String, Change> change) {
        simulation.start("StackSet " + action, () -> {
            for (int first = 0; first < accounts.size(); first += atOnce) {
                simulation.sleep(BATCH);
                for (String account : accounts.subList(first, Math.min(first + atOnce, accounts.size()))) {
                    report(action, change.apply(account));
                }
            }
        });
    }

    private MemberStack stack(String account, Map<String, String> more) {
        if (template == null) {
            template = Template.read(hub.directory().resolve(FILE));
        }
        Map<String, String> parameters = new HashMap<>(Map.of(
                "HubAccountId", hub.deployment().accountId(),
                "HubRegion", hub.deployment().region(),
                "OrganizationId", organizationOf(hub.deployment().accountId()),
                "NamePrefix", prefix()));
        parameters.putAll(more);
        Deployment deployment = Deployment.of(
                account, organization.partition().globalRegion().id(), "StackSet-" + name() + "-" + uuid(name()));
        return new MemberStack(template.expand(parameters, deployment), witness);
    }

    /** As docs/organization.md says: the StackSet has the name of the bus. */
    private String name() {
        return prefix() + "-members";
    }

    private String prefix() {
        return hub.resourcesOfType("AWS::Events::EventBus").stream()
                .findFirst()
                .map(bus -> bus.ref().orElseThrow().replaceFirst("-members$", ""))
                .orElse("groundwork");
    }

    /**
     * StackSets tells its own account.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/event-detail-stackset-stack-instance-status-change.html">
     *     StackSet Stack Instance Status Change event detail</a>
     */
    private void report(String action, Change change) {
        Deployment deployment = hub.deployment();
        String stackSetArn = "arn:%s:cloudformation:%s:%s:stackset/%s:%s"
                .formatted(
                        deployment.partition(), deployment.region(), deployment.accountId(), name(), uuid("stack set"));
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("version", "0");
        event.put("id", uuid(action + change.stackId() + simulation.clock().instant()));
        event.put("detail-type", "CloudFormation StackSet StackInstance Status Change");
        event.put("source", "aws.cloudformation");
        event.put("account", deployment.accountId());
        event.put("time", simulation.clock().instant().toString());
        event.put("region", deployment.region());
        event.putArray("resources").add(stackSetArn);
        event.putObject("detail")
                .put("stack-set-arn", stackSetArn)
                .put("stack-id", change.stackId())
                .put("action", action)
                .putObject("status-details")
                .put("status", change.successful() ? "CURRENT" : "OUTDATED")
                .put("status-reason", "")
                .put("detailed-status", change.successful() ? "SUCCEEDED" : "FAILED");
        organization.eventBus().put(deployment.accountId(), Region.of(deployment.region()), event);
    }

    private static String uuid(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
