package groundwork.changeevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Console;
import groundwork.checklist.Outcome;
import groundwork.runtime.AwsErrors;
import groundwork.runtime.TryAgainException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Changes come from eu-central-1 and us-east-1. */
class EventProbeTest {
    private static final String NEVER = "No test event has been sent yet; the input {\"selfTest\": true} sends one.";

    private final DynamoDbClient table = mock(DynamoDbClient.class, CALLS_REAL_METHODS);
    private final EventBridgeClient frankfurt = mock(EventBridgeClient.class, CALLS_REAL_METHODS);
    private final EventBridgeClient virginia = mock(EventBridgeClient.class, CALLS_REAL_METHODS);
    private final Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    private final List<String> written = new ArrayList<>();
    private final EventProbe selfTest = new EventProbe(
            Map.of(Region.EU_CENTRAL_1, frankfurt, Region.US_EAST_1, virginia)::get,
            table,
            "groundwork-Table",
            InstantSource.fixed(Instant.parse("2026-11-20T10:15:30Z")),
            new Console(Region.EU_CENTRAL_1),
            List.of(Region.EU_CENTRAL_1, Region.US_EAST_1));

    @BeforeEach
    void everythingWorks() {
        willAnswer(call -> QueryResponse.builder()
                        .items(items.entrySet().stream()
                                .map(item -> {
                                    Map<String, AttributeValue> whole = new HashMap<>(item.getValue());
                                    whole.put("item", AttributeValue.fromS(item.getKey()));
                                    return whole;
                                })
                                .toList())
                        .build())
                .given(table)
                .query(any(QueryRequest.class));
        willAnswer(call -> {
                    UpdateItemRequest update = call.getArgument(0);
                    String item = update.key().get("item").s() + " of "
                            + update.key().get("accountId").s();
                    AttributeValue value = update.expressionAttributeValues().get(":value");
                    if (update.updateExpression().equals("SET obstacle = :value REMOVE awaitedSince")) {
                        written.add("not sent: " + item);
                        items.computeIfAbsent(update.key().get("item").s(), key -> new HashMap<>())
                                .put("obstacle", value);
                    } else {
                        assertThat(update.updateExpression())
                                .isEqualTo("SET awaitedSince = %s REMOVE obstacle"
                                        .formatted(overwrites ? ":value" : "if_not_exists(awaitedSince, :value)"));
                        written.add("awaited: " + item + " since " + value.s());
                    }
                    return UpdateItemResponse.builder().build();
                })
                .given(table)
                .updateItem(any(UpdateItemRequest.class));
        answers(frankfurt, "eu-central-1", PutEventsResponse.builder());
        answers(virginia, "us-east-1", PutEventsResponse.builder().failedEntryCount(0));
    }

    /** Whether an event that is awaited already is awaited from now on. */
    private boolean overwrites;

    @Test
    void anEventGoesToEachRegion_andIsAwaitedBeforeItCanArrive() {
        selfTest.send("111122223333");

        assertThat(written)
                .containsExactly(
                        "awaited: SELF_TEST#eu-central-1 of 111122223333 since 2026-11-20T10:15:30Z",
                        "sent to eu-central-1: groundwork.self-test, Groundwork Self-Test,"
                                + " {\"sentAt\":\"2026-11-20T10:15:30Z\"}",
                        "awaited: SELF_TEST#us-east-1 of 111122223333 since 2026-11-20T10:15:30Z",
                        "sent to us-east-1: groundwork.self-test, Groundwork Self-Test,"
                                + " {\"sentAt\":\"2026-11-20T10:15:30Z\"}");
    }

    @Test
    void anEventThatEventBridgeDoesNotTake_isSentAgain() {
        answers(
                virginia,
                "us-east-1",
                PutEventsResponse.builder()
                        .failedEntryCount(1)
                        .entries(PutEventsResultEntry.builder()
                                .errorCode("InternalFailure")
                                .build()));

        assertThatThrownBy(() -> selfTest.send("111122223333"))
                .isInstanceOf(TryAgainException.class)
                .hasMessage("EventBridge in us-east-1 did not take a test event: InternalFailure");
    }

    @Test
    void whenAwsDeniesAnEvent_theActionIsNamedAndTheOtherRegionTriedAllTheSame() {
        willThrow(AwsErrors.denied(EventBridgeException.builder(), "events:PutEvents"))
                .given(frankfurt)
                .putEvents(any(PutEventsRequest.class));

        selfTest.send("111122223333");

        assertThat(written)
                .contains("not sent: SELF_TEST#eu-central-1 of 111122223333")
                .last()
                .asString()
                .startsWith("sent to us-east-1");
        assertThat(result().problem())
                .isEqualTo(Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, "events:PutEvents"));
    }

    @Test
    void aNoteOfAnotherVersion_isNoObstacle() {
        note("eu-central-1", "obstacle", "{\"status\": \"STRANGE\"}");
        note("us-east-1", "obstacle", "{\"status\": \"DONE\"}");

        assertThat(result()).isEqualTo(new EventProbe.Result(null, NEVER));
    }

    @Test
    void whileEventBridgeThrottles_theTestIsTriedAgain() {
        willThrow(AwsErrors.throttled(EventBridgeException.builder()))
                .given(frankfurt)
                .putEvents(any(PutEventsRequest.class));

        assertThatThrownBy(() -> selfTest.send("111122223333")).isInstanceOf(TryAgainException.class);
    }

    @Test
    void beforeTheFirstTest_nothingIsMissingAndTheWayToTestIsSaid() {
        assertThat(result()).isEqualTo(new EventProbe.Result(null, NEVER));
    }

    @Test
    void whenTheEventOfOneRegionHasArrived_onlyThatOneIsSaid() {
        note("us-east-1", "seenAt", "2026-11-16T04:00:09.5Z");

        assertThat(result().lastSeen())
                .isEqualTo("A test event was last seen to arrive from us-east-1 at 2026-11-16T04:00:09Z.");
    }

    @Test
    void anEventThatHasNotArrivedAfterAQuarterOfAnHour_isMissing() {
        note("eu-central-1", "seenAt", "2026-11-16T04:00:07Z");
        note("us-east-1", "awaitedSince", "2026-11-20T10:00:29.999Z");

        assertThat(result())
                .isEqualTo(new EventProbe.Result(
                        new Outcome.Waiting(
                                "A test event that was sent to us-east-1 at 2026-11-20T10:00:29Z has not arrived here.",
                                "Look at the rules of the stack in the Amazon EventBridge console of that Region and at"
                                        + " their dead-letter queue. Then start the state machine with {\"selfTest\": true}."
                                        + " Until an event arrives, only the schedule notices changes.",
                                URI.create(
                                        "https://us-east-1.console.aws.amazon.com/events/home?region=us-east-1#/rules")),
                        "A test event was last seen to arrive from eu-central-1 at 2026-11-16T04:00:07Z."));
    }

    @Test
    void anEventThatWasSentAQuarterOfAnHourAgo_isStillUnderWay() {
        note("us-east-1", "awaitedSince", "2026-11-20T10:00:30Z");

        assertThat(result())
                .isEqualTo(new EventProbe.Result(
                        null, "A test event is on its way; the next look says whether it has arrived."));
    }

    /** Otherwise an event that never comes would be missed only when that time has come. */
    @Test
    void aTimeAheadOfTheClock_isNoEventAndIsReported() {
        note("eu-central-1", "seenAt", "2026-11-20T10:16:31Z");
        note("us-east-1", "awaitedSince", "2099-01-01T00:00:00Z");

        assertThat(result())
                .isEqualTo(new EventProbe.Result(
                        null,
                        NEVER
                                + " In Groundwork's table, these are ahead of the clock and count as absent: awaitedSince of"
                                + " SELF_TEST#us-east-1, seenAt of SELF_TEST#eu-central-1."));
    }

    @Test
    void anEventAwaitedSinceATimeAheadOfTheClock_isAwaitedFromNowOn() {
        note("eu-central-1", "awaitedSince", "2099-01-01T00:00:00Z");
        note("us-east-1", "awaitedSince", "2099-01-01T00:00:00Z");
        overwrites = true;

        selfTest.send("111122223333");

        assertThat(written).contains("awaited: SELF_TEST#us-east-1 of 111122223333 since 2026-11-20T10:15:30Z");
    }

    @Test
    void aTimeThatCannotBeRead_isNoEvent() {
        note("eu-central-1", "seenAt", "yesterday");
        note("us-east-1", "awaitedSince", "the day before");

        assertThat(result()).isEqualTo(new EventProbe.Result(null, NEVER));
    }

    @Test
    void whileTheTableThrottles_theLookIsTriedAgain() {
        willThrow(AwsErrors.throttled(DynamoDbException.builder())).given(table).query(any(QueryRequest.class));

        assertThatThrownBy(() -> result()).isInstanceOf(TryAgainException.class);
    }

    private EventProbe.Result result() {
        return selfTest.result("111122223333");
    }

    private void answers(EventBridgeClient client, String region, PutEventsResponse.Builder answer) {
        willAnswer(call -> {
                    call.<PutEventsRequest>getArgument(0)
                            .entries()
                            .forEach(event -> written.add("sent to %s: %s, %s, %s"
                                    .formatted(region, event.source(), event.detailType(), event.detail())));
                    return answer.build();
                })
                .given(client)
                .putEvents(any(PutEventsRequest.class));
    }

    private void note(String region, String attribute, String time) {
        items.computeIfAbsent("SELF_TEST#" + region, key -> new HashMap<>(Map.of("item", AttributeValue.fromS(key))))
                .put(attribute, AttributeValue.fromS(time));
    }
}
