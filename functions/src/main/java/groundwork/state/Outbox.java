package groundwork.state;

import groundwork.checklist.Prerequisite;
import groundwork.runtime.AwsFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The items of the table that keep messages from being lost or sent twice: one per message, and one per thing that a
 * message has to speak of later.
 *
 * <p>A message is claimed, sent, and marked as sent. Only one execution holds a claim, so two executions never send the
 * same message. A claim that a crash left behind is taken over after its lease. The line this draws: a crash between
 * the sending and the mark, which is one for all that an email speaks of, may repeat that email; no crash loses one.
 *
 * <pre>{@code
 * if (outbox.claim(accountId, claim, executionArn)) {
 *     send(); // and outbox.release(accountId, claim.occasion(), executionArn) if that fails
 *     outbox.sent(accountId, List.of(claim.occasion()));
 * }
 * }</pre>
 *
 * <p>Every method throws {@link groundwork.runtime.TryAgainException} when DynamoDB could not do it now. This class is
 * thread-safe.
 */
public final class Outbox {
    /** How long an execution may take from its claim to the mark before another takes over. */
    public static final Duration LEASE = Duration.ofMinutes(5);

    /** How long the table remembers. Nothing older is ever due, so forgetting it repeats nothing. */
    public static final Duration MEMORY = Duration.ofDays(400);

    /** The most items of a transaction. An email that had to wait for long may speak of more. */
    private static final int TRANSACTION = 100;

    /** Whoever finds the same damage does so within this time of the first. */
    private static final Duration SAME = Duration.ofHours(1);

    private static final Pattern PLACEHOLDER = Pattern.compile("#\\w+");

    private final Supplier<DynamoDbClient> dynamoDb;
    private final String tableName;
    private final InstantSource clock;

    /**
     * @param dynamoDb asked for when the table is first needed, which in most looks is never where only what is put back is noted
     */
    public Outbox(Supplier<DynamoDbClient> dynamoDb, String tableName, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.tableName = tableName;
        this.clock = clock;
    }

    /**
     * A message that is to be sent for an occasion.
     *
     * @param occasion what the message is about; the same for every execution
     * @param earliest a mark from before this is about something earlier that had the same name
     * @param kind the kind of message
     * @param to the address
     * @param keptForEver whether the table must never forget that it was sent
     */
    public record Claim(String occasion, Instant earliest, String kind, String to, boolean keptForEver) {}

    /**
     * Claims a message for an execution. An execution may claim again what it holds, as a retry does.
     *
     * @return whether the execution may send it now; false if it was sent or another execution holds it
     */
    public boolean claim(String accountId, Claim claim, String executionArn) {
        PointsInTime times = new PointsInTime(clock.instant());
        Instant now = times.now();
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":sent", text("SENT"),
                ":earliest", second(claim.earliest()),
                ":latest", second(times.latest()),
                ":claimed", text("CLAIMED"),
                ":lasts", seconds(now.plusSeconds(1)),
                ":longest", seconds(times.latest().plus(LEASE)),
                ":me", text(executionArn),
                ":lease", seconds(now.plus(LEASE)),
                ":kind", text(claim.kind()),
                ":to", text(claim.to())));
        String expression = "SET #state = :claimed, #claimedBy = :me, #leaseUntil = :lease, #kind = :kind, #to = :to";
        if (!claim.keptForEver()) {
            values.put(":expires", seconds(now.plus(MEMORY)));
            expression += ", #expiresAt = :expires";
        }
        // Said as what keeps it from being sent: anything else in the item, as a time ahead of the clock, does not.
        return writes(
                accountId,
                OutboxContents.MESSAGE + claim.occasion(),
                expression + " REMOVE #sentAt" + (claim.keptForEver() ? ", #expiresAt" : ""),
                "attribute_not_exists(#state) OR NOT (#state = :sent AND #sentAt BETWEEN :earliest AND :latest"
                        + " OR #state = :claimed AND #leaseUntil BETWEEN :lasts AND :longest AND NOT #claimedBy = :me)",
                values);
    }

    /**
     * Marks the messages of one email as sent. All at once: one that is stopped halfway must not make the rest of the email
     * look unsent. Whoever holds them by now: the email is out. Only if another execution has given such a claim back meanwhile, the
     * email may be repeated.
     *
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">TransactWriteItems</a>
     */
    public void sent(String accountId, List<String> occasions) {
        for (int from = 0; from < occasions.size(); from += TRANSACTION) {
            List<TransactWriteItem> marks =
                    occasions.subList(from, Math.min(from + TRANSACTION, occasions.size())).stream()
                            .map(occasion -> mark(accountId, occasion))
                            .toList();
            AwsFailure.answered(() -> dynamoDb.get().transactWriteItems(write -> write.transactItems(marks)));
        }
    }

    private TransactWriteItem mark(String accountId, String occasion) {
        String expression = "SET #state = :sent, #sentAt = :now REMOVE #leaseUntil";
        return TransactWriteItem.builder()
                .update(update -> update.tableName(tableName)
                        .key(key(accountId, OutboxContents.MESSAGE + occasion))
                        .updateExpression(expression)
                        .expressionAttributeNames(names(expression))
                        .expressionAttributeValues(Map.of(
                                ":sent",
                                text("SENT"),
                                ":now",
                                text(clock.instant().toString()))))
                .build();
    }

    /**
     * Gives a claim back that was not used, unless another execution has taken it over. The item is emptied and left to
     * expire: who may delete an item may delete every attribute of it, also those of others.
     */
    public void release(String accountId, String occasion, String executionArn) {
        writes(
                accountId,
                OutboxContents.MESSAGE + occasion,
                "SET #expiresAt = :now REMOVE #state, #claimedBy, #leaseUntil, #kind, #to",
                "#state = :claimed AND #claimedBy = :me",
                Map.of(
                        ":now", seconds(clock.instant()),
                        ":claimed", text("CLAIMED"),
                        ":me", text(executionArn)));
    }

    /**
     * Notes a repair, to be reported once the prerequisite is done. Called before the write that repairs, so that a
     * crash after the write cannot lose the report. Noting the same again within an hour changes nothing, and what is noted
     * again is the same for every execution that finds the same damage: they all know the account as it was last recorded.
     * After that it is new damage, found with a record that was restored, and told like any other.
     *
     * @param prerequisite what was undone
     * @param resource what was missing and is put back, such as {@code membership in group Administrators}
     * @param lastRecorded when the account was looked at for the last time that is on record, which is before it was undone
     */
    public void noteRepair(String accountId, Prerequisite prerequisite, String resource, Instant lastRecorded) {
        note(
                accountId,
                repair(prerequisite, resource, lastRecorded),
                Map.of(
                        "prerequisite",
                        text(prerequisite.name()),
                        "what",
                        text("The %s was missing and has been put back.".formatted(resource))));
    }

    /**
     * Notes that something which was there is about to be brought back to what it should be, as {@link #noteRepair}. People
     * are not told, as it may be the stack's parameters that have changed; it is only counted.
     */
    void noteUpdate(String accountId, Prerequisite prerequisite, String resource, Instant lastRecorded) {
        note(
                accountId,
                repair(prerequisite, resource, lastRecorded),
                Map.of("prerequisite", text(prerequisite.name())));
    }

    private static String repair(Prerequisite prerequisite, String resource, Instant lastRecorded) {
        return "%s%s#%s#%s".formatted(OutboxContents.REPAIR, lastRecorded, prerequisite, resource);
    }

    /**
     * Notes that a user is about to be given access that the user did not have, and so has to be told the way in.
     * Called before the first write that grants, so that a crash after it cannot make the access look as if it had
     * been there before Groundwork. Noting the same again changes nothing.
     */
    public void noteGrant(String accountId, String userId) {
        note(accountId, OutboxContents.GRANT + userId, Map.of());
    }

    /**
     * Notes for ever that AWS's own record of a sign-in has been seen: CloudTrail forgets it after 90 days. One sign-in of
     * the user proves as much as another.
     */
    public void noteProvenSignIn(String accountId, String userId, Instant signedInAt) {
        writes(
                accountId,
                OutboxContents.PROVEN_SIGN_IN + userId,
                "SET #provenAt = :at",
                null,
                Map.of(":at", text(signedInAt.toString())));
    }

    /**
     * Whether a message was sent for an occasion.
     *
     * @throws SdkException if DynamoDB could not say, and will not say later either
     */
    public boolean isSent(String accountId, String occasion) {
        Map<String, AttributeValue> message = AwsFailure.answered(() -> dynamoDb.get()
                        .getItem(get -> get.tableName(tableName)
                                .key(key(accountId, OutboxContents.MESSAGE + occasion))
                                .consistentRead(true)))
                .item();
        return OutboxContents.of(List.of(message), new PointsInTime(clock.instant()))
                .sent()
                .containsKey(occasion);
    }

    /**
     * Everything noted and sent for an account.
     *
     * @param times reads the points in time
     */
    public OutboxContents contents(String accountId, PointsInTime times) {
        return AwsFailure.answered(() -> OutboxContents.of(
                dynamoDb.get()
                        .queryPaginator(query -> query.tableName(tableName)
                                .consistentRead(true)
                                .keyConditionExpression("#accountId = :accountId")
                                .expressionAttributeNames(Map.of("#accountId", "accountId"))
                                .expressionAttributeValues(Map.of(":accountId", text(accountId))))
                        .items(),
                times));
    }

    private void note(String accountId, String itemId, Map<String, AttributeValue> attributes) {
        PointsInTime times = new PointsInTime(clock.instant());
        Map<String, AttributeValue> values = new TreeMap<>(attributes);
        values.put("notedAt", text(times.now().toString()));
        values.put("expiresAt", seconds(times.now().plus(MEMORY)));
        String expression = values.keySet().stream()
                .map(name -> "#%s = :%s".formatted(name, name))
                .collect(Collectors.joining(", ", "SET ", ""));
        values = values.entrySet().stream()
                .collect(Collectors.toMap(value -> ":" + value.getKey(), Map.Entry::getValue));
        values.put(":recently", second(times.now().minus(SAME)));
        values.put(":latest", second(times.latest()));
        writes(
                accountId,
                itemId,
                expression,
                "attribute_not_exists(#notedAt) OR NOT #notedAt BETWEEN :recently AND :latest",
                values);
    }

    /**
     * Writes a few attributes of an item, if the condition holds. Nothing but this is ever done to an item: what is not
     * named stays as it is.
     *
     * @param condition null where there is none
     * @return whether the condition held
     */
    private boolean writes(
            String accountId, String item, String expression, String condition, Map<String, AttributeValue> values) {
        try {
            dynamoDb.get()
                    .updateItem(update -> update.tableName(tableName)
                            .key(key(accountId, item))
                            .updateExpression(expression)
                            .conditionExpression(condition)
                            .expressionAttributeNames(names(expression + " " + condition))
                            .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        } catch (SdkException e) {
            throw AwsFailure.rethrown(e);
        }
    }

    /** Every attribute is written as a placeholder of its own name, because many names are reserved words. */
    private static Map<String, String> names(String expressions) {
        return PLACEHOLDER
                .matcher(expressions)
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.toMap(placeholder -> placeholder, placeholder -> placeholder.substring(1)));
    }

    private static Map<String, AttributeValue> key(String accountId, String item) {
        return Map.of("accountId", text(accountId), "item", text(item));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    /** Comes, in DynamoDB's order of text, before what was written within that second or later. */
    private static AttributeValue second(Instant instant) {
        return text(instant.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""));
    }

    private static AttributeValue seconds(Instant instant) {
        return AttributeValue.fromN(Long.toString(instant.getEpochSecond()));
    }
}
