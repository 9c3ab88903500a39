package groundwork.rehearsal.trust;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** What keeps executions that meet in the table from harm: the conditions of its writes, and the reads that are consistent. */
enum Guard {
    /** The newest execution owns the account. */
    CLAIM_OF_THE_ACCOUNT("NOT claimedAt BETWEEN"),
    /** Whoever does not own the account any more stops before the next look. */
    TURN("#owner = :me OR"),
    /** What an older look saw does not replace what a newer one saw. */
    RECORD("NOT observedAt BETWEEN"),
    /** A failure that was told is not told again. */
    FAILURE("failedBy = :me"),
    /** Of sign-ins that events tell of, the first is kept. */
    SIGN_IN("< :ahead"),
    /** What another execution is about to send, or has sent, is not sent. */
    CLAIM_OF_A_MESSAGE("attribute_not_exists(#state)"),
    /** What an execution that died was about to send is sent by another. */
    LEASE("attribute_not_exists(#state)") {
        @Override
        UpdateItemRequest without(UpdateItemRequest update) {
            Map<String, AttributeValue> values = new HashMap<>(update.expressionAttributeValues());
            values.put(":lasts", AttributeValue.fromN("0"));
            return update.toBuilder().expressionAttributeValues(values).build();
        }
    },
    /** A claim that another execution has taken over is not given back. */
    RELEASE("#state = :claimed AND #claimedBy = :me"),
    /** What two executions put back is one repair, from the first of them on. */
    NOTE("#notedAt"),
    /** One sweep goes on at a time, and gives up only when nothing more is asked for. */
    CLAIM_OF_THE_SWEEP("attribute_not_exists(#owner)"),
    /** What a sweep has just listed is seen by the function that compares it. */
    READ_OF_A_BATCH("read BATCH"),
    /** That people were told of a user is seen by the look that gives the user access. */
    READ_OF_A_MESSAGE("read MESSAGE"),
    /** What was noted and sent is seen by the look that tells of it. */
    READ_OF_EVERYTHING("query");

    private final String words;

    Guard(String words) {
        this.words = words;
    }

    /** What the request asks DynamoDB to guard, in words. */
    static Optional<String> words(Object request) {
        return Optional.ofNullable(
                switch (request) {
                    case UpdateItemRequest update -> update.conditionExpression();
                    case GetItemRequest get ->
                        Boolean.TRUE.equals(get.consistentRead())
                                ? "read " + get.key().get("item").s().split("#", 2)[0]
                                : null;
                    case QueryRequest query -> Boolean.TRUE.equals(query.consistentRead()) ? "query" : null;
                    default -> null;
                });
    }

    static Stream<Guard> of(Object request) {
        return Stream.of(values()).filter(guard -> guard.guards(request));
    }

    boolean guards(Object request) {
        return words(request).filter(said -> said.contains(words)).isPresent();
    }

    /** The write without the condition. DynamoDB refuses names and values that no expression uses. */
    UpdateItemRequest without(UpdateItemRequest update) {
        return update.toBuilder()
                .conditionExpression("(%s) OR attribute_exists(accountId) OR attribute_not_exists(accountId)"
                        .formatted(update.conditionExpression()))
                .build();
    }
}
