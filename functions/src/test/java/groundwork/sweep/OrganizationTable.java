package groundwork.sweep;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** The table in memory, as far as a sweep needs it. A batch of reads answers one key at a time and hands the others back. */
final class OrganizationTable implements DynamoDbClient {
    private static final Pattern SET = Pattern.compile("#(\\w+) = (:\\w+)");
    private static final Pattern REMOVED = Pattern.compile("#(\\w+)");

    private final Map<String, Map<String, AttributeValue>> items = new TreeMap<>();

    /** An item as it is; empty if there is none. */
    Map<String, AttributeValue> item(String accountId, String item) {
        return items.getOrDefault(accountId + "/" + item, Map.of());
    }

    /** Puts an item there. */
    void put(String accountId, String item, Map<String, String> texts) {
        Map<String, AttributeValue> attributes = new HashMap<>(key(accountId, item));
        texts.forEach((name, text) -> attributes.put(name, AttributeValue.fromS(text)));
        items.put(accountId + "/" + item, attributes);
    }

    /** Marks an account as often as there were events. */
    void mark(String accountId, int events, String seenAt) {
        put("ORGANIZATION", "MARK#" + accountId, seenAt == null ? Map.of() : Map.of("seenAt", seenAt));
        items.get("ORGANIZATION/MARK#" + accountId).put("events", AttributeValue.fromN(Integer.toString(events)));
    }

    private static Map<String, AttributeValue> key(String accountId, String item) {
        return Map.of("accountId", AttributeValue.fromS(accountId), "item", AttributeValue.fromS(item));
    }

    private static String id(Map<String, AttributeValue> key) {
        return key.get("accountId").s() + "/" + key.get("item").s();
    }

    @Override
    public GetItemResponse getItem(GetItemRequest get) {
        return GetItemResponse.builder().item(items.get(id(get.key()))).build();
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest get) {
        String table = get.requestItems().keySet().iterator().next();
        List<Map<String, AttributeValue>> keys = get.requestItems().get(table).keys();
        Map<String, AttributeValue> found = items.get(id(keys.getFirst()));
        List<Map<String, AttributeValue>> left = keys.subList(1, keys.size());
        return BatchGetItemResponse.builder()
                .responses(found == null ? Map.of() : Map.of(table, List.of(found)))
                .unprocessedKeys(
                        left.isEmpty()
                                ? Map.of()
                                : Map.of(
                                        table,
                                        KeysAndAttributes.builder().keys(left).build()))
                .build();
    }

    @Override
    public QueryResponse query(QueryRequest query) {
        String beginning =
                query.expressionAttributeValues().get(":organization").s() + "/"
                        + query.expressionAttributeValues().get(":mark").s();
        return QueryResponse.builder()
                .items(items.entrySet().stream()
                        .filter(item -> item.getKey().startsWith(beginning))
                        .map(Map.Entry::getValue)
                        .toList())
                .build();
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest update) {
        Map<String, AttributeValue> item = new HashMap<>(items.getOrDefault(id(update.key()), update.key()));
        Map<String, AttributeValue> values = update.expressionAttributeValues();
        if (update.conditionExpression() != null && values.containsKey(":claimed")) {
            require(!AttributeValue.fromS("SENT").equals(item.get("state")));
        }
        String[] parts = update.updateExpression().split("REMOVE ", 2);
        SET.matcher(parts[0]).results().forEach(set -> item.put(set.group(1), values.get(set.group(2))));
        Stream.of(parts)
                .skip(1)
                .forEach(removed -> REMOVED.matcher(removed).results().forEach(name -> item.remove(name.group(1))));
        items.put(id(update.key()), item);
        return UpdateItemResponse.builder().build();
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest delete) {
        require(delete.expressionAttributeValues()
                .get(":events")
                .equals(items.getOrDefault(id(delete.key()), Map.of()).get("events")));
        items.remove(id(delete.key()));
        return DeleteItemResponse.builder().build();
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest write) {
        write.transactItems()
                .forEach(item -> items.get(id(item.update().key())).put("state", AttributeValue.fromS("SENT")));
        return TransactWriteItemsResponse.builder().build();
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw ConditionalCheckFailedException.builder()
                    .message("The conditional request failed")
                    .build();
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
