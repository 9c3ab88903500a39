package groundwork.changeevents;

import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.json.Json;
import groundwork.json.UnreadableJsonException;
import groundwork.runtime.AwsFailure;
import groundwork.runtime.TryAgainException;
import groundwork.state.PointsInTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/**
 * Marked events that take the way of a change, bus, rule and target, in every Region that changes come from. The state
 * machine notes their arrival in the table; what was sent and has not arrived is missing.
 */
final class EventProbe {
    /** The template's rules match these two. */
    static final String SOURCE = "groundwork.self-test";

    static final String DETAIL_TYPE = "Groundwork Self-Test";

    /** The table's key of a Region, after this; the state machine writes there as well. */
    private static final String ITEM = "SELF_TEST#";

    /** EventBridge usually takes seconds. Groundwork's own rules try for an hour, but by then something is wrong. */
    private static final Duration LATE = Duration.ofMinutes(15);

    private final EventBridgeClients eventBridge;
    private final DynamoDbClient dynamoDb;
    private final String tableName;
    private final InstantSource clock;
    private final Console console;
    private final List<Region> regions;

    EventProbe(
            EventBridgeClients eventBridge,
            DynamoDbClient dynamoDb,
            String tableName,
            InstantSource clock,
            Console console,
            List<Region> regions) {
        this.eventBridge = eventBridge;
        this.dynamoDb = dynamoDb;
        this.tableName = tableName;
        this.clock = clock;
        this.console = console;
        this.regions = List.copyOf(regions);
    }

    /**
     * Sends an event to the default bus of each Region. What keeps it from being sent is noted for the looks to come.
     *
     * @throws TryAgainException if EventBridge or DynamoDB could not do it now
     */
    void send(String accountId) {
        Map<Region, Map<String, AttributeValue>> items = items(accountId);
        for (Region region : regions) {
            // Before sending: the arrival may be noted at once. An earlier event that never came stays the one awaited,
            // unless the table says that it was sent in the time to come.
            PointsInTime times = new PointsInTime(clock.instant());
            awaitedSince(items.get(region), times);
            note(
                    accountId,
                    region,
                    "SET awaitedSince = %s REMOVE obstacle"
                            .formatted(times.ahead().isEmpty() ? "if_not_exists(awaitedSince, :value)" : ":value"),
                    clock.instant().toString());
            try {
                putEvent(region);
            } catch (SdkException e) {
                note(
                        accountId,
                        region,
                        "SET obstacle = :value REMOVE awaitedSince",
                        Json.write(AwsFailure.obstacle(e)));
            }
        }
    }

    /**
     * What the table holds of each Region; what is not there is empty. Not consistent: what such a read misses was written a moment
     * ago, and then this look says what one a moment earlier would have said.
     */
    private Map<Region, Map<String, AttributeValue>> items(String accountId) {
        Map<String, Map<String, AttributeValue>> found = AwsFailure.answered(() ->
                        dynamoDb.query(query -> query.tableName(tableName)
                                .keyConditionExpression("accountId = :accountId AND begins_with(#item, :item)")
                                .expressionAttributeNames(Map.of("#item", "item"))
                                .expressionAttributeValues(Map.of(
                                        ":accountId", AttributeValue.fromS(accountId),
                                        ":item", AttributeValue.fromS(ITEM)))))
                .items()
                .stream()
                .collect(Collectors.toMap(item -> item.get("item").s(), item -> item));
        return regions.stream()
                .collect(
                        Collectors.toMap(region -> region, region -> found.getOrDefault(ITEM + region.id(), Map.of())));
    }

    private void note(String accountId, Region region, String expression, String value) {
        AwsFailure.answered(() -> dynamoDb.updateItem(update -> update.tableName(tableName)
                .key(key(accountId, region))
                .updateExpression(expression)
                .expressionAttributeValues(Map.of(":value", AttributeValue.fromS(value)))));
    }

    private void putEvent(Region region) {
        PutEventsRequestEntry event = PutEventsRequestEntry.builder()
                .source(SOURCE)
                .detailType(DETAIL_TYPE)
                .detail(Json.write(Map.of("sentAt", clock.instant().toString())))
                .build();
        PutEventsResponse response = eventBridge.in(region).putEvents(put -> put.entries(event));
        if (response.failedEntryCount() != null && response.failedEntryCount() > 0) {
            throw new TryAgainException("EventBridge in %s did not take a test event: %s"
                    .formatted(region, response.entries().getFirst().errorCode()));
        }
    }

    /**
     * What is known of the way of events.
     *
     * @param problem an event that could not be sent or did not arrive; null if none is missing
     * @param lastSeen in a sentence, when events were last seen to arrive
     */
    record Result(Outcome problem, String lastSeen) {}

    Result result(String accountId) {
        PointsInTime times = new PointsInTime(clock.instant());
        Map<Region, Map<String, AttributeValue>> items = items(accountId);
        return new Result(obstacle(items).or(() -> missing(items, times)).orElse(null), lastSeen(items, times));
    }

    private Optional<Outcome> obstacle(Map<Region, Map<String, AttributeValue>> items) {
        return regions.stream()
                .flatMap(region -> Stream.ofNullable(items.get(region).get("obstacle")))
                .flatMap(noted -> outcome(noted.s()).stream())
                .findFirst();
    }

    private static Optional<Outcome> outcome(String stored) {
        try {
            return Optional.ofNullable(Json.read(stored, Outcome.class));
        } catch (UnreadableJsonException e) {
            // Another version or a person wrote it: the next self-test writes it anew.
            return Optional.empty();
        }
    }

    private Optional<Outcome> missing(Map<Region, Map<String, AttributeValue>> items, PointsInTime times) {
        Instant late = clock.instant().minus(LATE);
        return regions.stream()
                .filter(region -> awaitedSince(items.get(region), times)
                        .filter(since -> since.isBefore(late))
                        .isPresent())
                .findFirst()
                .map(region -> new Outcome.Waiting(
                        "A test event that was sent to %s at %s has not arrived here."
                                .formatted(
                                        region,
                                        shown(awaitedSince(items.get(region), times)
                                                .orElseThrow())),
                        "Look at the rules of the stack in the Amazon EventBridge console of that Region and at their"
                                + " dead-letter queue. Then start the state machine with {\"selfTest\": true}. Until an event"
                                + " arrives, only the schedule notices changes.",
                        console.rules(region)));
    }

    private String lastSeen(Map<Region, Map<String, AttributeValue>> items, PointsInTime times) {
        List<String> seen = regions.stream()
                .flatMap(region -> times.read(items.get(region), "seenAt").stream()
                        .map(at -> "from %s at %s".formatted(region, shown(at))))
                .toList();
        boolean sent = items.values().stream()
                .anyMatch(item -> awaitedSince(item, times).isPresent());
        String known;
        if (!seen.isEmpty()) {
            known = "A test event was last seen to arrive %s.".formatted(String.join(" and ", seen));
        } else if (sent) {
            known = "A test event is on its way; the next look says whether it has arrived.";
        } else {
            known = "No test event has been sent yet; the input {\"selfTest\": true} sends one.";
        }
        return times.ahead().isEmpty()
                ? known
                : known
                        + " In Groundwork's table, these are ahead of the clock and count as absent: %s."
                                .formatted(String.join(", ", times.ahead()));
    }

    private static Optional<Instant> awaitedSince(Map<String, AttributeValue> item, PointsInTime times) {
        return times.read(item, "awaitedSince");
    }

    private static String shown(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Map<String, AttributeValue> key(String accountId, Region region) {
        return Map.of("accountId", AttributeValue.fromS(accountId), "item", AttributeValue.fromS(ITEM + region.id()));
    }
}
