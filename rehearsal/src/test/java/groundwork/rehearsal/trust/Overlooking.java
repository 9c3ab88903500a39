package groundwork.rehearsal.trust;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * DynamoDB without one of the guards that it is asked for.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html">DynamoDB
 *     read consistency</a>: a read that is not consistent may not show a write that was just completed
 */
final class Overlooking implements DynamoDbClient {
    private static final List<String> KEY = List.of("accountId", "item");

    private final DynamoDbClient tables;
    private final Guard guard;

    /** Every item as it was before it was last written. */
    private final Map<Map<String, AttributeValue>, Map<String, AttributeValue>> before = new HashMap<>();

    Overlooking(DynamoDbClient tables, Guard guard) {
        this.tables = tables;
        this.guard = guard;
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest update) {
        return written(
                update.tableName(),
                List.of(update.key()),
                () -> tables.updateItem(guard.guards(update) ? guard.without(update) : update));
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest write) {
        return written(
                write.transactItems().getFirst().update().tableName(),
                write.transactItems().stream().map(item -> item.update().key()).toList(),
                () -> tables.transactWriteItems(write));
    }

    @Override
    public GetItemResponse getItem(GetItemRequest get) {
        GetItemResponse now = tables.getItem(get);
        Map<String, AttributeValue> old = before.get(key(get.key()));
        return guard.guards(get) && old != null
                ? now.toBuilder().item(old.isEmpty() ? null : old).build()
                : now;
    }

    @Override
    public QueryResponse query(QueryRequest query) {
        QueryResponse now = tables.query(query);
        return guard.guards(query)
                ? now.toBuilder()
                        .items(now.items().stream()
                                .map(item -> before.getOrDefault(key(item), item))
                                .filter(item -> !item.isEmpty())
                                .toList())
                        .build()
                : now;
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest get) {
        return tables.batchGetItem(get);
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest delete) {
        return written(delete.tableName(), List.of(delete.key()), () -> tables.deleteItem(delete));
    }

    @Override
    public CreateTableResponse createTable(CreateTableRequest create) {
        return tables.createTable(create);
    }

    @Override
    public DeleteTableResponse deleteTable(DeleteTableRequest delete) {
        return tables.deleteTable(delete);
    }

    @Override
    public String serviceName() {
        return tables.serviceName();
    }

    @Override
    public void close() {
        tables.close();
    }

    private <T> T written(String table, List<Map<String, AttributeValue>> keys, Supplier<T> write) {
        Map<Map<String, AttributeValue>, Map<String, AttributeValue>> old = new HashMap<>();
        keys.forEach(key -> old.put(
                key(key),
                tables.getItem(get -> get.tableName(table).key(key).consistentRead(true))
                        .item()));
        T response = write.get();
        before.putAll(old);
        return response;
    }

    private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> key = new HashMap<>(item);
        key.keySet().retainAll(KEY);
        return key;
    }
}
