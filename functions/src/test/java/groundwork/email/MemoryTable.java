package groundwork.email;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** The table of one account, as far as the outbox needs it: it knows what the outbox's conditions mean. */
final class MemoryTable implements DynamoDbClient {
    private final Map<String, Map<String, AttributeValue>> items = new TreeMap<>();

    /** How the item of an occasion stands: CLAIMED, SENT, or null when there is none. */
    String stateOf(String occasion) {
        Map<String, AttributeValue> item = items.get("MESSAGE#" + occasion);
        return item == null ? null : item.get("state").s();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    @Override
    public PutItemResponse putItem(PutItemRequest put) {
        String id = put.item().get("item").s();
        Map<String, AttributeValue> present = items.get(id);
        if (present != null) {
            Map<String, AttributeValue> values = put.expressionAttributeValues();
            boolean lapsed = values.containsKey(":me")
                    && "CLAIMED".equals(present.get("state").s())
                    && (Long.parseLong(present.get("leaseUntil").n())
                                    <= Long.parseLong(values.get(":now").n())
                            || present.get("claimedBy").equals(values.get(":me")));
            require(lapsed);
        }
        items.put(id, put.item());
        return PutItemResponse.builder().build();
    }

    /** All or nothing. */
    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest write) {
        List<Update> updates =
                write.transactItems().stream().map(TransactWriteItem::update).toList();
        List<CancellationReason> reasons = updates.stream()
                .map(update -> isHeldBy(
                        items.get(update.key().get("item").s()),
                        update.expressionAttributeValues().get(":me")))
                .map(held -> CancellationReason.builder()
                        .code(held ? "None" : "ConditionalCheckFailed")
                        .build())
                .toList();
        if (reasons.stream().anyMatch(reason -> !reason.code().equals("None"))) {
            throw TransactionCanceledException.builder()
                    .cancellationReasons(reasons)
                    .build();
        }
        for (Update update : updates) {
            String id = update.key().get("item").s();
            Map<String, AttributeValue> item = new HashMap<>(items.get(id));
            item.put("state", update.expressionAttributeValues().get(":sent"));
            item.put("sentAt", update.expressionAttributeValues().get(":now"));
            items.put(id, item);
        }
        return TransactWriteItemsResponse.builder().build();
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest delete) {
        String id = delete.key().get("item").s();
        require(isHeldBy(items.get(id), delete.expressionAttributeValues().get(":me")));
        items.remove(id);
        return DeleteItemResponse.builder().build();
    }

    @Override
    public QueryResponse query(QueryRequest query) {
        return QueryResponse.builder().items(List.copyOf(items.values())).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    private static boolean isHeldBy(Map<String, AttributeValue> item, AttributeValue execution) {
        return item != null
                && "CLAIMED".equals(item.get("state").s())
                && item.get("claimedBy").equals(execution);
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw ConditionalCheckFailedException.builder()
                    .message("The conditional request failed")
                    .build();
        }
    }
}
