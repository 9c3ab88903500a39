package groundwork.rehearsal.organization.services;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * What a request shows to policies of the items that it is about: {@code dynamodb:Attributes}, every top-level attribute that
 * it names, the keys and those in a condition too, and {@code dynamodb:LeadingKeys}, the partition keys. A read without a
 * projection asks for all attributes and names none.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html#FGAC_DDB.ConditionKeys">
 *     Specifying conditions: Using condition keys</a>
 */
final class ItemConditionKeys {
    /** A name or its placeholder; what follows a colon is a value, and what follows a dot is not top-level. */
    private static final Pattern NAME = Pattern.compile("(?<![:.\\w#])#?[A-Za-z_]\\w*");

    private static final Pattern EQUATION = Pattern.compile("(#?\\w+)\\s*=\\s*(:\\w+)");

    /**
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">
     *     Condition expressions</a>
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">
     *     Update expressions</a>
     */
    private static final Set<String> NO_NAMES = Set.of(
            "SET",
            "REMOVE",
            "ADD",
            "DELETE",
            "AND",
            "OR",
            "NOT",
            "IN",
            "BETWEEN",
            "attribute_exists",
            "attribute_not_exists",
            "attribute_type",
            "begins_with",
            "contains",
            "size",
            "if_not_exists",
            "list_append");

    private static final String PARTITION_KEY = "accountId";

    private ItemConditionKeys() {}

    static Map<String, List<String>> of(AwsRequest request) {
        return switch (request) {
            case PutItemRequest put ->
                keys(
                        put.item(),
                        put.item().keySet().stream(),
                        names(put.conditionExpression(), put.expressionAttributeNames()));
            case UpdateItemRequest update ->
                keys(
                        update.key(),
                        names(update.updateExpression(), update.expressionAttributeNames()),
                        names(update.conditionExpression(), update.expressionAttributeNames()));
            case DeleteItemRequest delete ->
                keys(
                        delete.key(),
                        names(delete.conditionExpression(), delete.expressionAttributeNames()),
                        Stream.empty());
            case GetItemRequest get ->
                read(
                        List.of(partition(get.key())),
                        get.projectionExpression(),
                        names(get.projectionExpression(), get.expressionAttributeNames()));
            case QueryRequest query ->
                read(
                        List.of(partition(query)),
                        query.projectionExpression(),
                        Stream.concat(
                                names(query.projectionExpression(), query.expressionAttributeNames()),
                                names(query.filterExpression(), query.expressionAttributeNames())));
            case BatchGetItemRequest get -> together(get);
            case BatchWriteItemRequest write ->
                together(write.requestItems().values().stream()
                        .flatMap(List::stream)
                        .map(ItemConditionKeys::of)
                        .toList());
            case TransactWriteItemsRequest write -> together(write);
            default -> Map.of();
        };
    }

    private static Map<String, List<String>> of(WriteRequest write) {
        Map<String, AttributeValue> item = write.putRequest() != null
                ? write.putRequest().item()
                : write.deleteRequest().key();
        return keys(item, item.keySet().stream(), Stream.empty());
    }

    private static Map<String, List<String>> together(BatchGetItemRequest get) {
        return together(get.requestItems().values().stream()
                .map(table -> read(
                        table.keys().stream().map(ItemConditionKeys::partition).toList(),
                        table.projectionExpression(),
                        names(table.projectionExpression(), table.expressionAttributeNames())))
                .toList());
    }

    /** Every name and key that one of them shows. */
    private static Map<String, List<String>> together(List<Map<String, List<String>>> requests) {
        Map<String, Set<String>> all = new TreeMap<>();
        requests.forEach(keys -> keys.forEach((key, values) ->
                all.computeIfAbsent(key, same -> new TreeSet<>()).addAll(values)));
        Map<String, List<String>> together = new TreeMap<>();
        all.forEach((key, values) -> together.put(key, List.copyOf(values)));
        return together;
    }

    private static Map<String, List<String>> read(List<String> partitions, String projection, Stream<String> named) {
        Map<String, List<String>> keys = new TreeMap<>();
        keys.put("dynamodb:LeadingKeys", List.copyOf(new TreeSet<>(partitions)));
        if (projection != null) {
            keys.put(
                    "dynamodb:Attributes",
                    Stream.concat(Stream.of(PARTITION_KEY, "item"), named)
                            .distinct()
                            .sorted()
                            .toList());
        }
        return keys;
    }

    private static String partition(Map<String, AttributeValue> key) {
        return key.get(PARTITION_KEY).s();
    }

    /** A query names exactly one partition, by an equation. */
    private static String partition(QueryRequest query) {
        return EQUATION.matcher(query.keyConditionExpression())
                .results()
                .filter(equation -> query.expressionAttributeNames()
                        .getOrDefault(equation.group(1), equation.group(1))
                        .equals(PARTITION_KEY))
                .map(equation ->
                        query.expressionAttributeValues().get(equation.group(2)).s())
                .findFirst()
                .orElseThrow(() -> new UnsupportedOperationException("A query without " + PARTITION_KEY + " = :value"));
    }

    private static Map<String, List<String>> together(TransactWriteItemsRequest write) {
        return together(write.transactItems().stream()
                .map(TransactWriteItem::update)
                .map(update -> keys(
                        update.key(),
                        names(update.updateExpression(), update.expressionAttributeNames()),
                        names(update.conditionExpression(), update.expressionAttributeNames())))
                .toList());
    }

    private static Map<String, List<String>> keys(
            Map<String, AttributeValue> key, Stream<String> written, Stream<String> compared) {
        Set<String> attributes = new TreeSet<>();
        Stream.of(Stream.of(PARTITION_KEY, "item"), written, compared)
                .flatMap(names -> names)
                .forEach(attributes::add);
        return Map.of("dynamodb:Attributes", List.copyOf(attributes), "dynamodb:LeadingKeys", List.of(partition(key)));
    }

    private static Stream<String> names(String expression, Map<String, String> placeholders) {
        return expression == null
                ? Stream.empty()
                : NAME.matcher(expression)
                        .results()
                        .map(MatchResult::group)
                        .filter(name -> !NO_NAMES.contains(name))
                        .map(name -> placeholders.getOrDefault(name, name));
    }
}
