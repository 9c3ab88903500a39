package groundwork.rehearsal.organization.services;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * What a request that writes items shows to policies of them: {@code dynamodb:Attributes}, every top-level attribute that
 * it names, the keys and those in a condition too, and {@code dynamodb:LeadingKeys}, the partition keys. Groundwork's
 * policies look at neither where it reads.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html#FGAC_DDB.ConditionKeys">
 *     Specifying conditions: Using condition keys</a>
 */
final class ItemConditionKeys {
    /** A name or its placeholder; what follows a colon is a value, and what follows a dot is not top-level. */
    private static final Pattern NAME = Pattern.compile("(?<![:.\\w#])#?[A-Za-z_]\\w*");

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
            case TransactWriteItemsRequest write -> together(write);
            default -> Map.of();
        };
    }

    private static Map<String, List<String>> together(TransactWriteItemsRequest write) {
        Set<String> attributes = new TreeSet<>();
        Set<String> leadingKeys = new TreeSet<>();
        for (TransactWriteItem item : write.transactItems()) {
            Map<String, List<String>> keys = keys(
                    item.update().key(),
                    names(item.update().updateExpression(), item.update().expressionAttributeNames()),
                    names(item.update().conditionExpression(), item.update().expressionAttributeNames()));
            attributes.addAll(keys.get("dynamodb:Attributes"));
            leadingKeys.addAll(keys.get("dynamodb:LeadingKeys"));
        }
        return Map.of("dynamodb:Attributes", List.copyOf(attributes), "dynamodb:LeadingKeys", List.copyOf(leadingKeys));
    }

    private static Map<String, List<String>> keys(
            Map<String, AttributeValue> key, Stream<String> written, Stream<String> compared) {
        Set<String> attributes = new TreeSet<>();
        Stream.of(Stream.of(PARTITION_KEY, "item"), written, compared)
                .flatMap(names -> names)
                .forEach(attributes::add);
        return Map.of(
                "dynamodb:Attributes",
                List.copyOf(attributes),
                "dynamodb:LeadingKeys",
                List.of(key.get(PARTITION_KEY).s()));
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
