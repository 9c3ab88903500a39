package groundwork.state;

import groundwork.checklist.Prerequisite;
import groundwork.runtime.AwsFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The items of the table that keep messages from being lost or sent twice: one per message, and one per thing that a
 * message has to speak of later.
 *
 * <p>A message is claimed, sent, and marked as sent. Only one execution holds a claim, so two executions never send the
 * same message. A claim that a crash left behind is taken over after its lease. The line this draws: a crash between
 * the sending and the mark, which is one for all that an email speaks of, may repeat that email; no crash loses one.
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

    private final DynamoDbClient dynamoDb;
    private final String tableName;
    private final InstantSource clock;

    public Outbox(DynamoDbClient dynamoDb, String tableName, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.tableName = tableName;
        this.clock = clock;
    }

    /**
     * A message that is to be sent for an occasion.
     *
     * @param occasion what the message is about, once and for all; the same for every execution
     * @param kind the kind of message
     * @param to the address
     * @param keptForEver whether the table must never forget that it was sent
     */
    public record Claim(String occasion, String kind, String to, boolean keptForEver) {}

    /**
     * Claims a message for an execution. An execution may claim again what it holds, as a retry does.
     *
     * @return whether the execution may send it now; false if it was sent or another execution holds it
     */
    public boolean claim(String accountId, Claim claim, String executionArn) {
        Instant now = clock.instant();
        Map<String, AttributeValue> item = new HashMap<>(key(accountId, OutboxContents.MESSAGE + claim.occasion()));
        item.put("state", text("CLAIMED"));
        item.put("claimedBy", text(executionArn));
        item.put("leaseUntil", seconds(now.plus(LEASE)));
        item.put("kind", text(claim.kind()));
        item.put("to", text(claim.to()));
        if (!claim.keptForEver()) {
            item.put("expiresAt", seconds(now.plus(MEMORY)));
        }
        return succeeds(() -> dynamoDb.putItem(put -> put.tableName(tableName)
                .item(item)
                .conditionExpression("attribute_not_exists(#item) OR"
                        + " (#state = :claimed AND (#leaseUntil <= :now OR #claimedBy = :me))")
                .expressionAttributeNames(Map.of(
                        "#item", "item", "#state", "state", "#leaseUntil", "leaseUntil", "#claimedBy", "claimedBy"))
                .expressionAttributeValues(
                        Map.of(":claimed", text("CLAIMED"), ":now", seconds(now), ":me", text(executionArn)))));
    }

    /**
     * Marks the messages of one email as sent, but for those whose claim another execution has taken over. All at once:
     * one that is stopped halfway must not make the rest of the email look unsent.
     *
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">TransactWriteItems</a>
     */
    public void sent(String accountId, List<String> occasions, String executionArn) {
        Deque<List<String>> left = new ArrayDeque<>();
        for (int from = 0; from < occasions.size(); from += TRANSACTION) {
            left.add(occasions.subList(from, Math.min(from + TRANSACTION, occasions.size())));
        }
        while (!left.isEmpty()) {
            List<String> together = left.remove();
            List<TransactWriteItem> marks = together.stream()
                    .map(occasion -> mark(accountId, occasion, executionArn))
                    .toList();
            try {
                dynamoDb.transactWriteItems(write -> write.transactItems(marks));
            } catch (TransactionCanceledException e) {
                List<String> held = held(together, e.cancellationReasons());
                if (held.size() == together.size()) {
                    throw AwsFailure.rethrown(e);
                }
                if (!held.isEmpty()) {
                    left.add(held);
                }
            } catch (SdkException e) {
                throw AwsFailure.rethrown(e);
            }
        }
    }

    private TransactWriteItem mark(String accountId, String occasion, String executionArn) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(tableName)
                        .key(key(accountId, OutboxContents.MESSAGE + occasion))
                        .updateExpression("SET #state = :sent, #sentAt = :now REMOVE #leaseUntil")
                        .conditionExpression("#state = :claimed AND #claimedBy = :me")
                        .expressionAttributeNames(Map.of(
                                "#state",
                                "state",
                                "#sentAt",
                                "sentAt",
                                "#leaseUntil",
                                "leaseUntil",
                                "#claimedBy",
                                "claimedBy"))
                        .expressionAttributeValues(Map.of(
                                ":sent", text("SENT"),
                                ":now", text(clock.instant().toString()),
                                ":claimed", text("CLAIMED"),
                                ":me", text(executionArn))))
                .build();
    }

    /** A transaction says of each of its items, in order, why it was not written. */
    private static List<String> held(List<String> occasions, List<CancellationReason> reasons) {
        return IntStream.range(0, occasions.size())
                .filter(i -> i >= reasons.size()
                        || !"ConditionalCheckFailed".equals(reasons.get(i).code()))
                .mapToObj(occasions::get)
                .toList();
    }

    /** Gives a claim back that was not used, unless another execution has taken it over. */
    public void release(String accountId, String occasion, String executionArn) {
        succeeds(() -> dynamoDb.deleteItem(delete -> delete.tableName(tableName)
                .key(key(accountId, OutboxContents.MESSAGE + occasion))
                .conditionExpression("#state = :claimed AND #claimedBy = :me")
                .expressionAttributeNames(Map.of("#state", "state", "#claimedBy", "claimedBy"))
                .expressionAttributeValues(Map.of(":claimed", text("CLAIMED"), ":me", text(executionArn)))));
    }

    /**
     * Notes a repair, to be reported once the prerequisite is done. Called before the write that repairs, so that a
     * crash after the write cannot lose the report. Noting the same again changes nothing, and what is noted again is the
     * same for every execution that finds the same damage: they all know the account as it was last recorded.
     *
     * @param prerequisite what was undone
     * @param resource what was missing and is put back, such as {@code membership in group Administrators}
     * @param lastRecorded when the account was looked at for the last time that is on record, which is before it was undone
     */
    public void noteRepair(String accountId, Prerequisite prerequisite, String resource, Instant lastRecorded) {
        note(
                accountId,
                "%s%s#%s#%s".formatted(OutboxContents.REPAIR, lastRecorded, prerequisite, resource),
                Map.of(
                        "prerequisite",
                        text(prerequisite.name()),
                        "what",
                        text("The %s was missing and has been put back.".formatted(resource))));
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
     * Notes for ever that AWS's own record of a sign-in has been seen: CloudTrail forgets it after 90 days. Noting another
     * sign-in of the same user changes nothing.
     */
    public void noteProvenSignIn(String accountId, String userId, Instant signedInAt) {
        Map<String, AttributeValue> item = new HashMap<>(key(accountId, OutboxContents.PROVEN_SIGN_IN + userId));
        item.put("signedInAt", text(signedInAt.toString()));
        putOnce(item);
    }

    /** Everything noted and sent for an account. */
    public OutboxContents contents(String accountId) {
        try {
            return OutboxContents.of(
                    dynamoDb.queryPaginator(query -> query.tableName(tableName)
                                    .consistentRead(true)
                                    .keyConditionExpression("#accountId = :accountId")
                                    .expressionAttributeNames(Map.of("#accountId", "accountId"))
                                    .expressionAttributeValues(Map.of(":accountId", text(accountId))))
                            .items(),
                    clock.instant());
        } catch (SdkException e) {
            throw AwsFailure.rethrown(e);
        }
    }

    private void note(String accountId, String itemId, Map<String, AttributeValue> attributes) {
        Instant now = clock.instant();
        Map<String, AttributeValue> item = new HashMap<>(key(accountId, itemId));
        item.putAll(attributes);
        item.put("notedAt", text(now.toString()));
        item.put("expiresAt", seconds(now.plus(MEMORY)));
        putOnce(item);
    }

    private void putOnce(Map<String, AttributeValue> item) {
        succeeds(() -> dynamoDb.putItem(put -> put.tableName(tableName)
                .item(item)
                .conditionExpression("attribute_not_exists(#item)")
                .expressionAttributeNames(Map.of("#item", "item"))));
    }

    private static boolean succeeds(Runnable conditionalWrite) {
        try {
            conditionalWrite.run();
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        } catch (SdkException e) {
            throw AwsFailure.rethrown(e);
        }
    }

    private static Map<String, AttributeValue> key(String accountId, String item) {
        return Map.of("accountId", text(accountId), "item", text(item));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue seconds(Instant instant) {
        return AttributeValue.fromN(Long.toString(instant.getEpochSecond()));
    }
}
