package groundwork.state;

import groundwork.checklist.Prerequisite;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Notes in the table what Groundwork is about to create or repair, before it does. A run that dies between the change and
 * the report would otherwise leave a change that nobody is told of: the next run finds everything in place.
 */
public final class ChangeLog {
    private final DynamoDbClient dynamoDb;
    private final String table;

    public ChangeLog(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    /** Notes that Groundwork, and nobody before it, puts this prerequisite in place. */
    public void creating(String accountId, Prerequisite prerequisite, Instant look) {
        put(accountId, "CREATED#" + prerequisite, Map.of("look", AttributeValue.fromS(look.toString())));
    }

    /**
     * Notes a repair.
     *
     * @param look the start of the look at the account that found the damage; repairs of one look are reported together
     */
    public void repairing(String accountId, Prerequisite prerequisite, String resource, Instant look) {
        put(
                accountId,
                "REPAIR#%s#%s#%s".formatted(look, prerequisite, resource),
                Map.of(
                        "look", AttributeValue.fromS(look.toString()),
                        "prerequisite", AttributeValue.fromS(prerequisite.name()),
                        "what", AttributeValue.fromS(resource)));
    }

    private void put(String accountId, String item, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> all = new java.util.HashMap<>(attributes);
        all.put("accountId", AttributeValue.fromS(accountId));
        all.put("item", AttributeValue.fromS(item));
        dynamoDb.putItem(request -> request.tableName(table).item(all));
    }
}
