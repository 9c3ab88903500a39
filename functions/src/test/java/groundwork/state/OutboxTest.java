package groundwork.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import groundwork.checklist.Prerequisite;
import groundwork.runtime.TryAgainException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

class OutboxTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final String ACCOUNT = "111122223333";
    private static final Outbox.Claim NOTICE =
            new Outbox.Claim("ROOT_MFA#1#NOTICE", Instant.EPOCH, "WAITING", "ada@example.com", false);

    private final DynamoDbClient dynamoDb = mock(DynamoDbClient.class, CALLS_REAL_METHODS);
    private final Outbox outbox = new Outbox(() -> dynamoDb, "groundwork", () -> NOW);
    private final PointsInTime times = new PointsInTime(NOW);

    @Test
    void claim_writesAnItemWithALeaseThatExpires() {
        answers();

        assertThat(outbox.claim(ACCOUNT, NOTICE, "execution-1")).isTrue();

        UpdateItemRequest claim = updates(1).getFirst();
        assertThat(claim.key()).isEqualTo(key("MESSAGE#ROOT_MFA#1#NOTICE"));
        assertThat(set(claim))
                .isEqualTo(Map.of(
                        "state", text("CLAIMED"),
                        "claimedBy", text("execution-1"),
                        "leaseUntil", seconds("2026-11-22T08:05:00Z"),
                        "kind", text("WAITING"),
                        "to", text("ada@example.com"),
                        "expiresAt", seconds("2027-12-27T08:00:00Z")));
        assertThat(claim.updateExpression()).endsWith(" REMOVE #sentAt");
    }

    @Test
    void claim_whenKeptForEver_doesNotExpire() {
        answers();

        outbox.claim(
                ACCOUNT,
                new Outbox.Claim("SIGN_IN#user-1", Instant.EPOCH, "SIGN_IN", "ada@example.com", true),
                "execution-1");

        UpdateItemRequest claim = updates(1).getFirst();
        assertThat(set(claim)).doesNotContainKey("expiresAt");
        assertThat(claim.updateExpression()).endsWith(" REMOVE #sentAt, #expiresAt");
    }

    @Test
    void claim_whenAnotherExecutionHoldsIt_isNotGranted() {
        doThrow(ConditionalCheckFailedException.class).when(dynamoDb).updateItem(any(UpdateItemRequest.class));

        assertThat(outbox.claim(ACCOUNT, NOTICE, "execution-2")).isFalse();
    }

    @Test
    void claim_whenDynamoDbIsTooBusy_triesAgain() {
        doThrow(ProvisionedThroughputExceededException.builder().statusCode(503).build())
                .when(dynamoDb)
                .updateItem(any(UpdateItemRequest.class));

        assertThatThrownBy(() -> outbox.claim(ACCOUNT, NOTICE, "execution-1")).isInstanceOf(TryAgainException.class);
    }

    @Test
    void sent_marksAllAtOnce_whoeverHoldsThem() {
        doReturn(TransactWriteItemsResponse.builder().build())
                .when(dynamoDb)
                .transactWriteItems(any(TransactWriteItemsRequest.class));

        outbox.sent(ACCOUNT, List.of("ROOT_MFA#1#NOTICE", "IDENTITY_CENTER#1#NOTICE"));

        List<Update> marks = marks().getFirst();
        assertThat(marks)
                .extracting(Update::key)
                .containsExactly(
                        Map.of("accountId", text(ACCOUNT), "item", text("MESSAGE#ROOT_MFA#1#NOTICE")),
                        Map.of("accountId", text(ACCOUNT), "item", text("MESSAGE#IDENTITY_CENTER#1#NOTICE")));
        assertThat(marks).allSatisfy(mark -> {
            assertThat(mark.conditionExpression()).isNull();
            assertThat(mark.expressionAttributeValues())
                    .containsEntry(":sent", text("SENT"))
                    .containsEntry(":now", text("2026-11-22T08:00:00Z"));
        });
    }

    @Test
    void sent_ofMoreThanATransactionTakes_isMarkedInSeveral() {
        doReturn(TransactWriteItemsResponse.builder().build())
                .when(dynamoDb)
                .transactWriteItems(any(TransactWriteItemsRequest.class));
        List<String> occasions =
                IntStream.range(0, 230).mapToObj(i -> "REPAIRED#" + i).toList();

        outbox.sent(ACCOUNT, occasions);

        assertThat(marks()).extracting(List::size).containsExactly(100, 100, 30);
        assertThat(marks().stream().flatMap(List::stream))
                .extracting(mark -> mark.key().get("item").s())
                .isEqualTo(occasions.stream().map("MESSAGE#"::concat).toList());
    }

    @Test
    void sent_whenAnotherTransactionIsInTheWay_triesAgain() {
        doThrow(cancelled("TransactionConflict"))
                .when(dynamoDb)
                .transactWriteItems(any(TransactWriteItemsRequest.class));

        assertThatThrownBy(() -> outbox.sent(ACCOUNT, List.of("ROOT_MFA#1#NOTICE")))
                .isInstanceOf(TryAgainException.class);
    }

    @Test
    void sent_whenTheConnectionBreaks_triesAgain() {
        doThrow(SdkClientException.create("Connection reset"))
                .when(dynamoDb)
                .transactWriteItems(any(TransactWriteItemsRequest.class));

        assertThatThrownBy(() -> outbox.sent(ACCOUNT, List.of("ROOT_MFA#1#NOTICE")))
                .isInstanceOf(TryAgainException.class);
    }

    private static TransactionCanceledException cancelled(String... codes) {
        return TransactionCanceledException.builder()
                .cancellationReasons(Arrays.stream(codes)
                        .map(code -> CancellationReason.builder().code(code).build())
                        .toList())
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("TransactionCanceledException")
                        .build())
                .build();
    }

    private List<List<Update>> marks() {
        ArgumentCaptor<TransactWriteItemsRequest> writes = ArgumentCaptor.forClass(TransactWriteItemsRequest.class);
        verify(dynamoDb, atLeastOnce()).transactWriteItems(writes.capture());
        return writes.getAllValues().stream()
                .map(write -> write.transactItems().stream()
                        .map(TransactWriteItem::update)
                        .toList())
                .toList();
    }

    /** An item that is deleted takes every attribute along. */
    @Test
    void release_emptiesTheItemAndLetsItExpire() {
        answers();

        outbox.release(ACCOUNT, "ROOT_MFA#1#NOTICE", "execution-1");

        UpdateItemRequest release = updates(1).getFirst();
        assertThat(release.key()).isEqualTo(key("MESSAGE#ROOT_MFA#1#NOTICE"));
        assertThat(set(release)).isEqualTo(Map.of("expiresAt", seconds("2026-11-22T08:00:00Z")));
        assertThat(release.updateExpression()).endsWith(" REMOVE #state, #claimedBy, #leaseUntil, #kind, #to");
        assertThat(release.conditionExpression()).isEqualTo("#state = :claimed AND #claimedBy = :me");
    }

    @Test
    void noteRepair_twiceInOneLook_isOneRepair() {
        doReturn(UpdateItemResponse.builder().build())
                .doThrow(ConditionalCheckFailedException.class)
                .when(dynamoDb)
                .updateItem(any(UpdateItemRequest.class));

        outbox.noteRepair(ACCOUNT, Prerequisite.ADMIN_ACCESS, "membership", NOW);
        outbox.noteRepair(ACCOUNT, Prerequisite.ADMIN_ACCESS, "membership", NOW);

        List<UpdateItemRequest> notes = updates(2);
        assertThat(notes.get(1)).isEqualTo(notes.get(0));
    }

    @Test
    void noteRepair_ofTwoThingsForOnePrerequisite_isTwoRepairs() {
        answers();

        outbox.noteRepair(ACCOUNT, Prerequisite.ADMIN_ACCESS, "membership", NOW);
        outbox.noteRepair(ACCOUNT, Prerequisite.ADMIN_ACCESS, "policy", NOW);

        assertThat(updates(2))
                .extracting(note -> note.key().get("item").s())
                .doesNotHaveDuplicates()
                .allSatisfy(item -> assertThat(item).startsWith("REPAIR#" + NOW + "#ADMIN_ACCESS#"));
    }

    @Test
    void repairedSince_countsWhatWasNotedAgainstThatRecordAndNoOther() {
        Instant before = NOW.minusSeconds(86_400);
        answers();
        outbox.noteRepair(ACCOUNT, Prerequisite.ADMIN_USER, "user", before);
        outbox.noteRepair(ACCOUNT, Prerequisite.ADMIN_ACCESS, "membership", NOW);
        OutboxContents contents = OutboxContents.of(
                updates(2).stream()
                        .map(note -> {
                            Map<String, AttributeValue> item = set(note);
                            item.putAll(note.key());
                            return item;
                        })
                        .toList(),
                times);

        assertThat(contents.repairedSince(NOW)).containsExactly(Prerequisite.ADMIN_ACCESS);
        assertThat(contents.repairedSince(before)).containsExactly(Prerequisite.ADMIN_USER);
        assertThat(contents.repairedSince(NOW.plusSeconds(1))).isEmpty();
    }

    @Test
    void contents_areReadConsistentlyOverAllPages() {
        doReturn(page(
                        Map.of("accountId", text(ACCOUNT), "item", text("x")),
                        List.of(message("SIGN_IN#user-1", "SENT", NOW))))
                .doReturn(page(Map.of(), List.of(message("ROOT_MFA#1#NOTICE", "SENT", NOW))))
                .when(dynamoDb)
                .query(any(QueryRequest.class));

        assertThat(outbox.contents(ACCOUNT, times).sent())
                .isEqualTo(Map.of("SIGN_IN#user-1", NOW, "ROOT_MFA#1#NOTICE", NOW));
        ArgumentCaptor<QueryRequest> query = ArgumentCaptor.forClass(QueryRequest.class);
        verify(dynamoDb, times(2)).query(query.capture());
        assertThat(query.getAllValues())
                .allSatisfy(page -> assertThat(page.consistentRead()).isTrue());
    }

    @Test
    void contents_whatIsOnlyClaimed_isNotSent() {
        contain(List.of(message("ROOT_MFA#1#NOTICE", "CLAIMED", NOW)));

        assertThat(outbox.contents(ACCOUNT, times).sent()).isEmpty();
    }

    @Test
    void contents_whatHasExpired_isForgottenBeforeDynamoDbDeletesIt() {
        Map<String, AttributeValue> expired = new HashMap<>(message("ROOT_MFA#1#NOTICE", "SENT", NOW));
        expired.put("expiresAt", seconds("2026-11-22T08:00:00Z"));
        contain(List.of(expired));

        assertThat(outbox.contents(ACCOUNT, times).sent()).isEmpty();
    }

    @Test
    void contents_listRepairsFromTheOldest() {
        contain(List.of(
                repair("look-2#ROOT_MFA#1", "ADMIN_USER", NOW),
                repair("look-3#X#1", "ADMIN_ACCESS", NOW.minusSeconds(9))));

        assertThat(outbox.contents(ACCOUNT, times).repairs())
                .containsExactly(
                        new OutboxContents.Repair(
                                "look-3#X#1", Prerequisite.ADMIN_ACCESS, "Put back.", NOW.minusSeconds(9)),
                        new OutboxContents.Repair("look-2#ROOT_MFA#1", Prerequisite.ADMIN_USER, "Put back.", NOW));
    }

    @Test
    void contents_whoRegisteredAnMfaDeviceAndWasNotSeenToSignIn_hasNotSignedIn() {
        AttributeValue at = text(NOW.toString());
        contain(List.of(
                Map.of("item", text("SIGN_IN#user-1"), "mfaRegisteredAt", at),
                Map.of("item", text("SIGN_IN#user-2"), "signedInAt", at),
                Map.of("item", text("SIGN_IN#user-3"), "signedInAt", at, "mfaRegisteredAt", at)));

        assertThat(outbox.contents(ACCOUNT, times).signIns())
                .isEqualTo(Map.of(
                        "user-2", new OutboxContents.FirstSignIn(NOW, false),
                        "user-3", new OutboxContents.FirstSignIn(NOW, true)));
    }

    /** Nothing of it silences anybody, and each is reported. */
    @Test
    void contents_whatIsAheadOfTheClock_countsAsAbsent() {
        Instant ahead = NOW.plusSeconds(61);
        contain(List.of(
                message("ROOT_MFA#1#NOTICE", "SENT", ahead),
                repair("look-2#ADMIN_USER#1", "ADMIN_USER", ahead),
                Map.of("item", text("SIGN_IN#user-1"), "signedInAt", text(ahead.toString())),
                Map.of(
                        "item",
                        text("SIGN_IN#user-2"),
                        "signedInAt",
                        text(NOW.toString()),
                        "mfaRegisteredAt",
                        text(ahead.toString()))));

        assertThat(outbox.contents(ACCOUNT, times))
                .isEqualTo(new OutboxContents(
                        Map.of(),
                        List.of(),
                        java.util.Set.of(),
                        Map.of("user-2", new OutboxContents.FirstSignIn(NOW, false)),
                        Map.of()));
        assertThat(times.ahead())
                .containsExactly(
                        "mfaRegisteredAt of SIGN_IN#user-2",
                        "notedAt of REPAIR#look-2#ADMIN_USER#1",
                        "sentAt of MESSAGE#ROOT_MFA#1#NOTICE",
                        "signedInAt of SIGN_IN#user-1");
    }

    /** Clocks differ by a little. */
    @Test
    void contents_whatIsAheadByAMinute_counts() {
        contain(List.of(message("ROOT_MFA#1#NOTICE", "SENT", NOW.plusSeconds(60))));

        assertThat(outbox.contents(ACCOUNT, times).sent()).containsKey("ROOT_MFA#1#NOTICE");
        assertThat(times.ahead()).isEmpty();
    }

    @Test
    void contents_whatAnotherVersionWrote_doesNoHarm() {
        contain(List.of(
                repair("look-2#NEW#1", "A_LATER_PREREQUISITE", NOW),
                Map.of("item", text("MESSAGE#OLD"), "state", text("SENT"), "sentAt", text("yesterday")),
                Map.of("item", text("MESSAGE#ODD"), "state", text("SENT"), "sentAt", AttributeValue.fromN("1")),
                Map.of("item", text("MESSAGE#LASTING"), "state", text("SENT"), "expiresAt", text("never")),
                Map.of("item", text("ACCOUNT"), "record", text("{}")),
                Map.of("item", text("GRANT#user-1"))));

        assertThat(outbox.contents(ACCOUNT, times))
                .isEqualTo(new OutboxContents(
                        Map.of("OLD", Instant.EPOCH, "ODD", Instant.EPOCH, "LASTING", Instant.EPOCH),
                        List.of(),
                        java.util.Set.of("user-1"),
                        Map.of(),
                        Map.of()));
    }

    @Test
    void aProvenSignIn_isNotedForEver_andNoEventWritesTheSameAttribute() {
        answers();

        outbox.noteProvenSignIn(ACCOUNT, "user-1", NOW);

        UpdateItemRequest update = updates(1).getFirst();
        assertThat(update.key()).isEqualTo(key("PROVEN_SIGN_IN#user-1"));
        assertThat(set(update)).isEqualTo(Map.of("provenAt", text(NOW.toString())));
        contain(List.of(
                Map.of("item", text("PROVEN_SIGN_IN#user-1"), "provenAt", text(NOW.toString())),
                Map.of("item", text("SIGN_IN#user-2"), "signedInAt", text(NOW.toString()))));
        assertThat(outbox.contents(ACCOUNT, times).provenSignIns()).isEqualTo(Map.of("user-1", NOW));
    }

    private void answers() {
        doReturn(UpdateItemResponse.builder().build()).when(dynamoDb).updateItem(any(UpdateItemRequest.class));
    }

    private List<UpdateItemRequest> updates(int times) {
        ArgumentCaptor<UpdateItemRequest> update = ArgumentCaptor.forClass(UpdateItemRequest.class);
        verify(dynamoDb, times(times)).updateItem(update.capture());
        return update.getAllValues();
    }

    /** The attributes that an update sets. */
    private static Map<String, AttributeValue> set(UpdateItemRequest update) {
        Map<String, AttributeValue> set = new HashMap<>();
        Pattern.compile("#(\\w+) = (:\\w+)")
                .matcher(update.updateExpression())
                .results()
                .forEach(each -> set.put(
                        each.group(1), update.expressionAttributeValues().get(each.group(2))));
        return set;
    }

    private static Map<String, AttributeValue> key(String item) {
        return Map.of("accountId", text(ACCOUNT), "item", text(item));
    }

    private void contain(List<Map<String, AttributeValue>> items) {
        doReturn(page(Map.of(), items)).when(dynamoDb).query(any(QueryRequest.class));
    }

    private static QueryResponse page(Map<String, AttributeValue> lastKey, List<Map<String, AttributeValue>> items) {
        return QueryResponse.builder().items(items).lastEvaluatedKey(lastKey).build();
    }

    private static Map<String, AttributeValue> message(String occasion, String state, Instant sentAt) {
        return Map.of("item", text("MESSAGE#" + occasion), "state", text(state), "sentAt", text(sentAt.toString()));
    }

    private static Map<String, AttributeValue> repair(String id, String prerequisite, Instant notedAt) {
        return Map.of(
                "item", text("REPAIR#" + id),
                "prerequisite", text(prerequisite),
                "what", text("Put back."),
                "notedAt", text(notedAt.toString()));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue seconds(String instant) {
        return AttributeValue.fromN(Long.toString(Instant.parse(instant).getEpochSecond()));
    }
}
