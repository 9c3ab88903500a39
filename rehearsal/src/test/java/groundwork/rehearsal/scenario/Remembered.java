package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;

import groundwork.rehearsal.organization.OrganizationBuilder;
import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What Groundwork remembers of an account, in the hands of somebody who edits it. */
final class Remembered {

    private final World world;
    private final DynamoDbClient table;
    private final String tableName;

    private Remembered(World world) {
        this.world = world;
        this.table = world.organization().client(DynamoDbClient.class, world.person(), Region.US_EAST_1);
        this.tableName = world.tableName();
    }

    /** An account that has been ready for two days. */
    static void play(LocalTables tables, Map<String, String> parameters, Consumer<Remembered> story) {
        Scenario scenario = new Scenario(
                "remembered", "The account is ready.", MANAGEMENT, Remembered::company, parameters, world -> {
                    Scenarios.ready(world);
                    world.passes(Duration.ofDays(2));
                    story.accept(new Remembered(world));
                });
        try (World world = new World(scenario, TEMPLATE, tables)) {
            scenario.play().accept(world);
        }
    }

    private static void company(OrganizationBuilder organization) {
        organization
                .managementAccount(MANAGEMENT, "Example", "root@example.com")
                .identityCenter(Region.US_EAST_1);
    }

    World world() {
        return world;
    }

    List<Map<String, AttributeValue>> items() {
        return table.query(query -> query.tableName(tableName)
                        .consistentRead(true)
                        .keyConditionExpression("accountId = :account")
                        .expressionAttributeValues(Map.of(":account", AttributeValue.fromS(MANAGEMENT))))
                .items();
    }

    Map<String, AttributeValue> account() {
        return items().stream()
                .filter(item -> item.get("item").s().equals("ACCOUNT"))
                .findFirst()
                .orElseThrow();
    }

    String record() {
        return account().get("record").s();
    }

    /** Puts an item in place of the one that is there. */
    void put(Map<String, AttributeValue> item) {
        table.putItem(put -> put.tableName(tableName).item(item));
    }

    void edit(Map<String, AttributeValue> item, String attribute, AttributeValue value) {
        Map<String, AttributeValue> edited = new HashMap<>(item);
        edited.put(attribute, value);
        put(edited);
    }

    void editRecord(UnaryOperator<String> edit) {
        edit(account(), "record", AttributeValue.fromS(edit.apply(record())));
    }

    /** What Groundwork's own email advises when the record cannot be read. */
    void resetRecord() {
        Map<String, AttributeValue> item = new HashMap<>(account());
        item.remove("record");
        put(item);
    }

    void deleteAccount() {
        table.deleteItem(delete -> delete.tableName(tableName)
                .key(Map.of("accountId", AttributeValue.fromS(MANAGEMENT), "item", AttributeValue.fromS("ACCOUNT"))));
    }

    /** Somebody takes the root user's MFA away, which only a person can put right. */
    void mfaIsDeactivated() {
        world.organization().rootUser(MANAGEMENT).deactivatesMfa();
        world.settles();
    }

    void mfaIsEnabled() {
        world.organization().rootUser(MANAGEMENT).enablesPasskey();
        world.settles();
    }

    /** Somebody takes Ada's access away, which Groundwork puts back. */
    void adaIsRemoved() {
        world.adaIsRemoved();
        world.settles();
    }

    /** How many emails with this in their subject a deed causes. */
    int mails(String subject, Runnable deed) {
        int before = world.seen().mails(subject).size();
        deed.run();
        return world.seen().mails(subject).size() - before;
    }
}
