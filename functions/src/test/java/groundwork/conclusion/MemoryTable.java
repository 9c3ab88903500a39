package groundwork.conclusion;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** The table of one account, as far as the outbox needs it: it knows what the outbox's conditions mean. */
public final class MemoryTable implements DynamoDbClient {
    private static final Pattern SET = Pattern.compile("#(\\w+) = (:\\w+)");

    private final Map<String, Map<String, AttributeValue>> items = new TreeMap<>();

    /** How the item of an occasion stands: CLAIMED, SENT, or null when there is none. */
    public String stateOf(String occasion) {
        return state(items.getOrDefault("MESSAGE#" + occasion, Map.of()));
    }

    /** Whether nothing is claimed, sent or noted. What was given back leaves an item without a state until it expires. */
    public boolean isEmpty() {
        return items.values().stream().allMatch(item -> state(item) == null && !item.containsKey("notedAt"));
    }

    /** Puts an item there, as somebody does who edits the table. */
    void edit(Map<String, AttributeValue> item) {
        items.put(item.get("item").s(), item);
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest update) {
        String id = update.key().get("item").s();
        Map<String, AttributeValue> item = new HashMap<>(items.getOrDefault(id, update.key()));
        Map<String, AttributeValue> values = update.expressionAttributeValues();
        String expression = update.updateExpression();
        if (expression.startsWith("SET #state = :claimed")) {
            require(mayBeClaimed(item, values));
        } else if (expression.contains("REMOVE #state")) {
            require(isHeldBy(item, values.get(":me")));
        } else if (update.conditionExpression() != null) {
            require(!item.containsKey("notedAt")
                    || !isBetween(item.get("notedAt").s(), values, ":recently", ":latest"));
        }
        SET.matcher(expression).results().forEach(set -> item.put(set.group(1), values.get(set.group(2))));
        String removed = expression.contains("REMOVE ") ? expression.split("REMOVE ", 0)[1] : "";
        Stream.of(removed.split(", ", 0)).forEach(name -> item.remove(name.replace("#", "")));
        items.put(id, item);
        return UpdateItemResponse.builder().build();
    }

    private static boolean mayBeClaimed(Map<String, AttributeValue> item, Map<String, AttributeValue> values) {
        return switch (String.valueOf(state(item))) {
            case "SENT" -> !isBetween(item.get("sentAt").s(), values, ":earliest", ":latest");
            case "CLAIMED" ->
                item.get("claimedBy").equals(values.get(":me"))
                        || number(item.get("leaseUntil")) < number(values.get(":lasts"))
                        || number(item.get("leaseUntil")) > number(values.get(":longest"));
            default -> true;
        };
    }

    private static boolean isBetween(String text, Map<String, AttributeValue> values, String low, String high) {
        return text.compareTo(values.get(low).s()) >= 0
                && text.compareTo(values.get(high).s()) <= 0;
    }

    private static long number(AttributeValue value) {
        return Long.parseLong(value.n());
    }

    private static String state(Map<String, AttributeValue> item) {
        AttributeValue state = item.get("state");
        return state == null ? null : state.s();
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest write) {
        for (TransactWriteItem written : write.transactItems()) {
            String id = written.update().key().get("item").s();
            Map<String, AttributeValue> item =
                    new HashMap<>(items.getOrDefault(id, written.update().key()));
            item.put("state", written.update().expressionAttributeValues().get(":sent"));
            item.put("sentAt", written.update().expressionAttributeValues().get(":now"));
            items.put(id, item);
        }
        return TransactWriteItemsResponse.builder().build();
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
                && "CLAIMED".equals(state(item))
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
