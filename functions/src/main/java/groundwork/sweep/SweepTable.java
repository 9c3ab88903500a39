package groundwork.sweep;

import groundwork.json.Json;
import groundwork.json.UnreadableJsonException;
import groundwork.runtime.AwsFailure;
import groundwork.state.AccountRecord;
import groundwork.state.PointsInTime;
import groundwork.state.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * What the table holds of the organization: marks, the sweep under way and its batches, and the summary of the last one.
 *
 * <p>Every method throws {@link groundwork.runtime.TryAgainException} when DynamoDB could not do it now.
 */
public final class SweepTable {
    /** Where an account's id stands in the items of accounts. */
    static final String ORGANIZATION = "ORGANIZATION";

    private static final String MARK = "MARK#";
    private static final String BATCH = "BATCH#";
    private static final String SWEEP = "SWEEP";
    private static final String SUMMARY = "SUMMARY";
    private static final String TOLD = "TOLD";
    private static final String EVENTS = "EVENTS";
    private static final String ACCOUNT = "ACCOUNT";

    /** How long a batch may be of use: longer than any sweep. */
    private static final Duration MEMORY = Duration.ofDays(7);
    /** The most items that one call reads: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
    private static final int READ_TOGETHER = 100;

    private final DynamoDbClient dynamoDb;
    private final String tableName;
    private final InstantSource clock;

    public SweepTable(DynamoDbClient dynamoDb, String tableName, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.tableName = tableName;
        this.clock = clock;
    }

    /**
     * A sweep that has listed its accounts and not ended.
     *
     * @param listedAt when it did; its batches are named by it
     * @param whole whether it looks at all accounts, and not at those that are marked
     * @param batches how many there are
     */
    record UnderWay(Instant listedAt, boolean whole, int batches) {
        /** The keys of the batches. */
        List<String> keys() {
            return IntStream.range(0, batches)
                    .mapToObj(number -> "%s%s#%04d".formatted(BATCH, listedAt, number))
                    .toList();
        }
    }

    /**
     * What is on record of an account.
     *
     * @param record what the last look wrote
     * @param failed whether an execution has failed since
     * @param memberPermissionSetArn what the members have; known of the account of the stack only, and null until a member has it
     */
    public record Recorded(AccountRecord record, boolean failed, String memberPermissionSetArn) {
        public static final Recorded NOTHING = new Recorded(AccountRecord.NONE, false, null);
    }

    /** What marked accounts, by their ids. */
    Map<String, Member.Marked> marks() {
        PointsInTime times = new PointsInTime(clock.instant());
        return AwsFailure.answered(() -> dynamoDb
                .queryPaginator(query -> query.tableName(tableName)
                        .consistentRead(true)
                        .keyConditionExpression("#pk = :organization AND begins_with(#item, :mark)")
                        .expressionAttributeNames(Map.of("#pk", "accountId", "#item", "item"))
                        .expressionAttributeValues(Map.of(":organization", text(ORGANIZATION), ":mark", text(MARK))))
                .items()
                .stream()
                .collect(Collectors.toMap(
                        item -> item.get("item").s().substring(MARK.length()),
                        item -> new Member.Marked(
                                number(item.get("events")),
                                times.read(item, "seenAt").orElse(null)))));
    }

    /** Takes a mark off, unless something has happened since it was read. */
    void unmark(String accountId, Member.Marked mark) {
        try {
            dynamoDb.deleteItem(delete -> delete.tableName(tableName)
                    .key(key(ORGANIZATION, MARK + accountId))
                    .conditionExpression("#events = :events")
                    .expressionAttributeNames(Map.of("#events", "events"))
                    .expressionAttributeValues(Map.of(":events", AttributeValue.fromN(Long.toString(mark.events())))));
        } catch (ConditionalCheckFailedException e) {
            // The next sweep works it off.
        } catch (SdkException e) {
            throw AwsFailure.rethrown(e);
        }
    }

    /** Keeps when an event of a member arrived: its changes reach Groundwork. */
    void seen(String accountId, Instant at) {
        write(accountId, EVENTS, Map.of("seenAt", text(at.toString())));
    }

    /** The sweep under way; empty if none is. */
    Optional<UnderWay> underWay() {
        Map<String, AttributeValue> item = item(SWEEP, false);
        return new PointsInTime(clock.instant())
                .read(item, "listedAt")
                .filter(listedAt -> item.containsKey("batches"))
                .map(listedAt -> new UnderWay(
                        listedAt, item.containsKey("whole") && item.get("whole").bool(), (int)
                                number(item.get("batches"))));
    }

    /** Keeps the batches first, and then that there are any. */
    UnderWay begin(boolean whole, List<Batch> batches) {
        UnderWay sweep = new UnderWay(clock.instant(), whole, batches.size());
        List<String> keys = sweep.keys();
        IntStream.range(0, keys.size()).forEach(number -> keep(keys.get(number), batches.get(number)));
        write(
                ORGANIZATION,
                SWEEP,
                Map.of(
                        "listedAt", text(sweep.listedAt().toString()),
                        "whole", AttributeValue.fromBool(whole),
                        "batches", AttributeValue.fromN(Integer.toString(sweep.batches()))));
        return sweep;
    }

    /** The sweep has ended, and nobody goes on with it. */
    void end() {
        AwsFailure.answered(() -> dynamoDb.updateItem(update -> update.tableName(tableName)
                .key(key(ORGANIZATION, SWEEP))
                .updateExpression("REMOVE #listedAt, #whole, #batches")
                .expressionAttributeNames(Map.of("#listedAt", "listedAt", "#whole", "whole", "#batches", "batches"))));
    }

    void keep(String key, Batch batch) {
        write(
                ORGANIZATION,
                key,
                Map.of(
                        "accounts", text(Json.write(batch)),
                        "expiresAt",
                                AttributeValue.fromN(Long.toString(
                                        clock.instant().plus(MEMORY).getEpochSecond()))));
    }

    /** What was kept a moment ago is seen. */
    Batch batch(String key) {
        return read(item(key, true), "accounts", Batch.class)
                .orElseThrow(() -> new IllegalStateException("The table has no " + key));
    }

    /** The summary of the last sweep. */
    public Summary summary() {
        return read(item(SUMMARY, false), "summary", Summary.class).orElse(Summary.NONE);
    }

    void keep(Summary summary) {
        write(ORGANIZATION, SUMMARY, Map.of("summary", text(Json.write(summary))));
    }

    /** What the digests have told. */
    Told told() {
        return read(item(TOLD, false), "told", Told.class).orElse(Told.NOTHING);
    }

    void keep(Told told) {
        write(ORGANIZATION, TOLD, Map.of("told", text(Json.write(told))));
    }

    /** What is on record of one account. */
    Recorded recorded(String accountId) {
        return recorded(List.of(accountId)).getOrDefault(accountId, Recorded.NOTHING);
    }

    /** What is on record of accounts, by their ids; those are missing that were never looked at. */
    public Map<String, Recorded> recorded(List<String> accountIds) {
        Map<String, Recorded> recorded = new HashMap<>();
        for (int from = 0; from < accountIds.size(); from += READ_TOGETHER) {
            read(accountIds.subList(from, Math.min(from + READ_TOGETHER, accountIds.size())), recorded);
        }
        return recorded;
    }

    private void read(List<String> accountIds, Map<String, Recorded> recorded) {
        Map<String, KeysAndAttributes> left = Map.of(
                tableName,
                KeysAndAttributes.builder()
                        .keys(accountIds.stream().map(id -> key(id, ACCOUNT)).toList())
                        .consistentRead(true)
                        .build());
        while (!left.isEmpty()) {
            Map<String, KeysAndAttributes> asked = left;
            BatchGetItemResponse answer =
                    AwsFailure.answered(() -> dynamoDb.batchGetItem(get -> get.requestItems(asked)));
            answer.responses()
                    .getOrDefault(tableName, List.of())
                    .forEach(item -> recorded.put(item.get("accountId").s(), recorded(item)));
            left = answer.unprocessedKeys();
        }
    }

    /** A record that this release cannot read is as good as none: the account is looked at, and that execution says so. */
    private Recorded recorded(Map<String, AttributeValue> item) {
        String ofMembers = textOf(item.get("memberPermissionSetArn"));
        try {
            return new Recorded(
                    AccountRecord.parse(textOf(item.get("record")), new PointsInTime(clock.instant())),
                    item.containsKey("failure"),
                    ofMembers);
        } catch (UnreadableRecordException e) {
            return new Recorded(AccountRecord.NONE, true, ofMembers);
        }
    }

    private Map<String, AttributeValue> item(String item, boolean consistently) {
        return AwsFailure.answered(() -> dynamoDb.getItem(get ->
                        get.tableName(tableName).key(key(ORGANIZATION, item)).consistentRead(consistently)))
                .item();
    }

    private static <T> Optional<T> read(Map<String, AttributeValue> item, String attribute, Class<T> type) {
        AttributeValue stored = item.get(attribute);
        if (stored == null || stored.s() == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Json.read(stored.s(), type));
        } catch (UnreadableJsonException e) {
            throw new IllegalStateException(
                    "The table's %s cannot be read: %s".formatted(attribute, e.getMessage()), e);
        }
    }

    private void write(String accountId, String item, Map<String, AttributeValue> attributes) {
        List<String> sets = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        attributes.forEach((name, value) -> {
            sets.add("#%s = :%s".formatted(name, name));
            names.put("#" + name, name);
            values.put(":" + name, value);
        });
        AwsFailure.answered(() -> dynamoDb.updateItem(update -> update.tableName(tableName)
                .key(key(accountId, item))
                .updateExpression("SET " + String.join(", ", sets))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)));
    }

    private static String textOf(AttributeValue value) {
        return value == null ? null : value.s();
    }

    private static long number(AttributeValue value) {
        return value == null || value.n() == null ? 0 : Long.parseLong(value.n());
    }

    private static Map<String, AttributeValue> key(String accountId, String item) {
        return Map.of("accountId", text(accountId), "item", text(item));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
