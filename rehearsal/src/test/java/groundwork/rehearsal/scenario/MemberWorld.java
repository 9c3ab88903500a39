package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.organization.trail.Trail;
import groundwork.rehearsal.report.Narrator;
import groundwork.rehearsal.simulation.Order;
import groundwork.rehearsal.stack.EventCatalogue;
import groundwork.rehearsal.stack.ExecutionRecord;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.stack.Witness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A company with member accounts that its organization trail covers, and a hub that looks after all of them. Its sweeps start and fail, so that
 * marks stay until a test works them off.
 */
final class MemberWorld implements AutoCloseable {
    static final String OTHER_MEMBER = "777788889999";

    final World world;
    private final LocalTables tables;

    MemberWorld(LocalTables tables, Witness witness) {
        this(tables, witness, Scenarios.lookingAfter("all"));
    }

    MemberWorld(LocalTables tables, Witness witness, Map<String, String> parameters) {
        this(tables, witness, parameters, true);
        if (parameters.containsKey("OrganizationId")) {
            sweepsFail();
        }
    }

    private MemberWorld(
            LocalTables tables, Witness witness, Map<String, String> parameters, boolean organizationTrail) {
        this.tables = tables;
        Scenario scenario = new Scenario(
                        "members",
                        "",
                        MANAGEMENT,
                        organization -> organization
                                .managementAccount(MANAGEMENT, "Example", "root@example.com")
                                .memberAccount(MEMBER, "Workload", "workload@example.com")
                                .memberAccount(OTHER_MEMBER, "Sandbox", "sandbox@example.com")
                                .identityCenter(Region.EU_CENTRAL_1),
                        parameters,
                        unused -> {})
                .in(Region.EU_CENTRAL_1);
        world = new World(scenario, TEMPLATE, tables, Order.fifo(), Narrator.silent(), witness);
        if (organizationTrail) {
            world.organization()
                    .createTrail(Trail.multiRegion("organization", MANAGEMENT, Region.EU_CENTRAL_1)
                            .ofOrganization());
        }
        world.stackIsCreated();
        world.passes(Duration.ofMinutes(20));
    }

    /** Sweeps start, and fail at their first step. */
    void sweepsFail() {
        world.stack().breakFunction("ListMemberAccountsFunction");
    }

    /** The same, with sweeps that work. */
    static MemberWorld swept(LocalTables tables) {
        return swept(tables, true);
    }

    static MemberWorld swept(LocalTables tables, boolean organizationTrail) {
        return new MemberWorld(tables, Witness.NONE, Scenarios.lookingAfter("all"), organizationTrail);
    }

    /** The same, with the member stack in both accounts and their marks worked off. */
    static MemberWorld rolledOut(LocalTables tables, Witness witness) {
        MemberWorld members = new MemberWorld(tables, witness);
        members.world.memberStacksAreRolledOut(List.of(MEMBER, OTHER_MEMBER));
        members.world.passes(Duration.ofMinutes(10));
        members.worksOffMarks();
        return members;
    }

    /** The marks in the table, by account. */
    Map<String, Map<String, AttributeValue>> marks() {
        Map<String, Map<String, AttributeValue>> marks = new TreeMap<>();
        tables.client()
                .queryPaginator(query -> query.tableName(world.tableName())
                        .keyConditionExpression("accountId = :organization AND begins_with(#item, :mark)")
                        .expressionAttributeNames(Map.of("#item", "item"))
                        .expressionAttributeValues(Map.of(
                                ":organization", AttributeValue.fromS("ORGANIZATION"),
                                ":mark", AttributeValue.fromS("MARK#"))))
                .items()
                .forEach(item -> marks.put(item.get("item").s().substring("MARK#".length()), item));
        return marks;
    }

    /** Why accounts are marked, by account. */
    Map<String, String> reasons() {
        Map<String, String> reasons = new TreeMap<>();
        marks().forEach((account, mark) -> reasons.put(account, mark.get("why").s()));
        return reasons;
    }

    /** Writes an attribute of a mark. */
    void writes(String account, String attribute, String value) {
        tables.client()
                .updateItem(update -> update.tableName(world.tableName())
                        .key(key(account))
                        .updateExpression("SET #attribute = :value")
                        .expressionAttributeNames(Map.of("#attribute", attribute))
                        .expressionAttributeValues(Map.of(":value", AttributeValue.fromS(value))));
    }

    /** What a sweep does at its end. */
    void worksOffMarks() {
        marks().keySet()
                .forEach(account -> tables.client()
                        .deleteItem(
                                delete -> delete.tableName(world.tableName()).key(key(account))));
    }

    private static Map<String, AttributeValue> key(String account) {
        return Map.of(
                "accountId", AttributeValue.fromS("ORGANIZATION"), "item", AttributeValue.fromS("MARK#" + account));
    }

    /** The sweeps that marks have started, in their order. */
    List<ExecutionRecord> sweeps() {
        return world.stack().executions("OrganizationSweep").stream()
                .filter(sweep -> sweep.name().startsWith("marks-"))
                .toList();
    }

    /** A sample, as it happens in an account, arrives on a default bus. */
    void arrives(String account, Region region, JsonNode event) {
        world.organization().eventBus().put(account, region, event);
    }

    /** A sample with other words in it. */
    static JsonNode sample(String name, String... replacements) {
        String text = EventCatalogue.text("events/" + name + ".json");
        for (int i = 0; i < replacements.length; i += 2) {
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        return EventCatalogue.json(text);
    }

    @Override
    public void close() {
        world.close();
    }
}
