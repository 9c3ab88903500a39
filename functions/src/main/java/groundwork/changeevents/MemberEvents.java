package groundwork.changeevents;

import groundwork.checklist.Dates;
import groundwork.checklist.Outcome;
import groundwork.runtime.AwsFailure;
import groundwork.state.PointsInTime;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Says whether events of a member account arrive. Trails and rules there are out of sight, and that an organization trail feeds each
 * member's event bus AWS says nowhere; only an event that was seen proves it.
 */
final class MemberEvents {
    private final DynamoDbClient dynamoDb;
    private final String tableName;
    private final InstantSource clock;

    MemberEvents(DynamoDbClient dynamoDb, String tableName, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.tableName = tableName;
        this.clock = clock;
    }

    /** @throws groundwork.runtime.TryAgainException if the table cannot be read now */
    Outcome check(String accountId) {
        return new PointsInTime(clock.instant())
                .read(item(accountId), "seenAt")
                .<Outcome>map(at -> new Outcome.Done("Changes in account %s are noticed. An event was last seen on %s."
                        .formatted(accountId, Dates.moment(at))))
                .orElseGet(() -> new Outcome.Unknown(
                        "No event of account %s has been seen yet. What it takes, and how to try it, is in docs/organization.md."
                                .formatted(accountId)));
    }

    private Map<String, AttributeValue> item(String accountId) {
        return AwsFailure.answered(() -> dynamoDb.getItem(get -> get.tableName(tableName)
                        .key(Map.of(
                                "accountId", AttributeValue.fromS(accountId), "item", AttributeValue.fromS("EVENTS")))))
                .item();
    }
}
