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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

class OutboxTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final String ACCOUNT = "111122223333";
    private static final Outbox.Claim NOTICE =
            new Outbox.Claim("ROOT_MFA#1#NOTICE", "WAITING", "ada@example.com", false);

    private final DynamoDbClient dynamoDb = mock(DynamoDbClient.class, CALLS_REAL_METHODS);
    private final Outbox outbox = new Outbox(dynamoDb, "groundwork", () -> NOW);

    @Test
    void claim_writesAnItemWithALeaseThatExpires() {
        doReturn(PutItemResponse.builder().build()).when(dynamoDb).putItem(any(PutItemRequest.class));

        assertThat(outbox.claim(ACCOUNT, NOTICE, "execution-1")).isTrue();

        assertThat(put().item())
                .isEqualTo(Map.of(
                        "accountId", text(ACCOUNT),
                        "item", text("MESSAGE#ROOT_MFA#1#NOTICE"),
                        "state", text("CLAIMED"),
                        "claimedBy", text("execution-1"),
                        "leaseUntil", seconds("2026-11-22T08:05:00Z"),
                        "kind", text("WAITING"),
                        "to", text("ada@example.com"),
                        "expiresAt", seconds("2027-12-27T08:00:00Z")));
    }

    @Test
    void claim_isGrantedOnlyWhereNobodySentOrHoldsIt() {
        doReturn(PutItemResponse.builder().build()).when(dynamoDb).putItem(any(PutItemRequest.class));

        outbox.claim(ACCOUNT, NOTICE, "execution-1");

        assertThat(put().conditionExpression())
                .isEqualTo("attribute_not_exists(#item) OR"
                        + " (#state = :claimed AND (#leaseUntil <= :now OR #claimedBy = :me))");
        assertThat(put().expressionAttributeValues())
                .isEqualTo(Map.of(
                        ":claimed",
                        text("CLAIMED"),
                        ":now",
                        seconds("2026-11-22T08:00:00Z"),
                        ":me",
                        text("execution-1")));
    }

    @Test
    void claim_whenKeptForEver_doesNotExpire() {
        doReturn(PutItemResponse.builder().build()).when(dynamoDb).putItem(any(PutItemRequest.class));

        outbox.claim(ACCOUNT, new Outbox.Claim("SIGN_IN#user-1", "SIGN_IN", "ada@example.com", true), "execution-1");

        assertThat(put().item()).doesNotContainKey("expiresAt");
    }

    @Test
    void claim_whenAnotherExecutionHoldsIt_isNotGranted() {
        doThrow(ConditionalCheckFailedException.class).when(dynamoDb).putItem(any(PutItemRequest.class));

        assertThat(outbox.claim(ACCOUNT, NOTICE, "execution-2")).isFalse();
    }

    @Test
    void claim_whenDynamoDbIsTooBusy_triesAgain() {
        doThrow(ProvisionedThroughputExceededException.builder().statusCode(503).build())
                .when(dynamoDb)
                .putItem(any(PutItemRequest.class));

        assertThatThrownBy(() -> outbox.claim(ACCOUNT, NOTICE, "execution-1")).isInstanceOf(TryAgainException.class);
    }

    @Test
    void sent_marksOnlyTheOwnClaims_allAtOnce() {
        doReturn(TransactWriteItemsResponse.builder().build())
                .when(dynamoDb)
                .transactWriteItems(any(TransactWriteItemsRequest.class));

        outbox.sent(ACCOUNT, List.of("ROOT_MFA#1#NOTICE", "IDENTITY_CENTER#1#NOTICE"), "execution-1");

        List<Update> marks = marks().getFirst();
        assertThat(marks)
                .extracting(Update::key)
                .containsExactly(
                        Map.of("accountId", text(ACCOUNT), "item", text("MESSAGE#ROOT_MFA#1#NOTICE")),
                        Map.of("accountId", text(ACCOUNT), "item", text("MESSAGE#IDENTITY_CENTER#1#NOTICE")));
        assertThat(marks).allSatisfy(mark -> {
            assertThat(mark.conditionExpression()).isEqualTo("#state = :claimed AND #claimedBy = :me");
            assertThat(mark.expressionAttributeValues())
                    .containsEntry(":sent", text("SENT"))
                    .containsEntry(":now", text("2026-11-22T08:00:00Z"))
                    .containsEntry(":me", text("execution-1"));
        });
    }

    @Test
    void sent_whenAClaimWasTakenOver_leavesItAloneAndMarksTheOthers() {
        doThrow(cancelled("None", "ConditionalCheckFailed"))
                .doReturn(TransactWriteItemsResponse.builder().build())
                .when(dynamoDb)
                .transactWriteItems(any(TransactWriteItemsRequest.class));

        outbox.sent(ACCOUNT, List.of("ROOT_MFA#1#NOTICE", "IDENTITY_CENTER#1#NOTICE"), "execution-1");

        assertThat(marks().getLast())
                .extracting(mark -> mark.key().get("item"))
                .containsExactly(text("MESSAGE#ROOT_MFA#1#NOTICE"));
    }

    @Test
    void sent_ofMoreThanATransactionTakes_isMarkedInSeveral() {
        doReturn(TransactWriteItemsResponse.builder().build())
                .when(dynamoDb)
                .transactWriteItems(any(TransactWriteItemsRequest.class));
        List<String> occasions =
                IntStream.range(0, 230).mapToObj(i -> "REPAIRED#" + i).toList();

        outbox.sent(ACCOUNT, occasions, "execution-1");

        assertThat(marks()).extracting(List::size).containsExactly(100, 100, 30);
        assertThat(marks().stream().flatMap(List::stream))
                .extracting(mark -> mark.key().get("item").s())
                .isEqualTo(occasions.stream().map("MESSAGE#"::concat).toList());
    }

    @Test
    void sent_whenEveryClaimWasTakenOver_hasNothingLeftToMark() {
        doThrow(cancelled("ConditionalCheckFailed"))
                .when(dynamoDb)
                .transactWriteItems(any(TransactWriteItemsRequest.class));

        outbox.sent(ACCOUNT, List.of("ROOT_MFA#1#NOTICE"), "execution-1");

        assertThat(marks()).hasSize(1);
    }

    @Test
    void sent_whenAnotherTransactionIsInTheWay_triesAgain() {
        doThrow(cancelled("TransactionConflict"))
                .when(dynamoDb)
                .transactWriteItems(any(TransactWriteItemsRequest.class));

        assertThatThrownBy(() -> outbox.sent(ACCOUNT, List.of("ROOT_MFA#1#NOTICE"), "execution-1"))
                .isInstanceOf(TryAgainException.class);
    }

    @Test
    void sent_whenDynamoDbDoesNotSayWhy_triesAgain() {
        doThrow(cancelled()).when(dynamoDb).transactWriteItems(any(TransactWriteItemsRequest.class));

        assertThatThrownBy(() -> outbox.sent(ACCOUNT, List.of("ROOT_MFA#1#NOTICE"), "execution-1"))
                .isInstanceOf(TryAgainException.class);
    }

    @Test
    void sent_whenTheConnectionBreaks_triesAgain() {
        doThrow(SdkClientException.create("Connection reset"))
                .when(dynamoDb)
                .transactWriteItems(any(TransactWriteItemsRequest.class));

        assertThatThrownBy(() -> outbox.sent(ACCOUNT, List.of("ROOT_MFA#1#NOTICE"), "execution-1"))
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

    @Test
    void release_givesBackOnlyTheOwnClaim() {
        doReturn(DeleteItemResponse.builder().build()).when(dynamoDb).deleteItem(any(DeleteItemRequest.class));

        outbox.release(ACCOUNT, "ROOT_MFA#1#NOTICE", "execution-1");

        ArgumentCaptor<DeleteItemRequest> delete = ArgumentCaptor.forClass(DeleteItemRequest.class);
        verify(dynamoDb).deleteItem(delete.capture());
        assertThat(delete.getValue().conditionExpression()).isEqualTo("#state = :claimed AND #claimedBy = :me");
        assertThat(delete.getValue().expressionAttributeValues())
                .isEqualTo(Map.of(":claimed", text("CLAIMED"), ":me", text("execution-1")));
    }

    @Test
    void noteRepair_twiceInOneLook_isOneRepair() {
        doReturn(PutItemResponse.builder().build())
                .doThrow(ConditionalCheckFailedException.class)
                .when(dynamoDb)
                .putItem(any(PutItemRequest.class));

        outbox.noteRepair(ACCOUNT, Prerequisite.ADMIN_ACCESS, "membership", NOW);
        outbox.noteRepair(ACCOUNT, Prerequisite.ADMIN_ACCESS, "membership", NOW);

        List<PutItemRequest> puts = puts(2);
        assertThat(puts.get(1).item()).isEqualTo(puts.get(0).item());
        assertThat(puts.get(1).conditionExpression()).isEqualTo("attribute_not_exists(#item)");
    }

    @Test
    void noteRepair_ofTwoThingsForOnePrerequisite_isTwoRepairs() {
        doReturn(PutItemResponse.builder().build()).when(dynamoDb).putItem(any(PutItemRequest.class));

        outbox.noteRepair(ACCOUNT, Prerequisite.ADMIN_ACCESS, "membership", NOW);
        outbox.noteRepair(ACCOUNT, Prerequisite.ADMIN_ACCESS, "policy", NOW);

        assertThat(puts(2))
                .extracting(put -> put.item().get("item").s())
                .doesNotHaveDuplicates()
                .allSatisfy(item -> assertThat(item).startsWith("REPAIR#" + NOW + "#ADMIN_ACCESS#"));
    }

    @Test
    void repairedSince_countsWhatWasNotedAgainstThatRecordAndNoOther() {
        Instant before = NOW.minusSeconds(86_400);
        doReturn(PutItemResponse.builder().build()).when(dynamoDb).putItem(any(PutItemRequest.class));
        outbox.noteRepair(ACCOUNT, Prerequisite.ADMIN_USER, "user", before);
        outbox.noteRepair(ACCOUNT, Prerequisite.ADMIN_ACCESS, "membership", NOW);
        OutboxContents contents =
                OutboxContents.of(puts(2).stream().map(PutItemRequest::item).toList(), NOW);

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

        assertThat(outbox.contents(ACCOUNT).sent()).isEqualTo(Map.of("SIGN_IN#user-1", NOW, "ROOT_MFA#1#NOTICE", NOW));
        ArgumentCaptor<QueryRequest> query = ArgumentCaptor.forClass(QueryRequest.class);
        verify(dynamoDb, times(2)).query(query.capture());
        assertThat(query.getAllValues())
                .allSatisfy(page -> assertThat(page.consistentRead()).isTrue());
    }

    @Test
    void contents_whatIsOnlyClaimed_isNotSent() {
        contain(List.of(message("ROOT_MFA#1#NOTICE", "CLAIMED", NOW)));

        assertThat(outbox.contents(ACCOUNT).sent()).isEmpty();
    }

    @Test
    void contents_whatHasExpired_isForgottenBeforeDynamoDbDeletesIt() {
        Map<String, AttributeValue> expired = new HashMap<>(message("ROOT_MFA#1#NOTICE", "SENT", NOW));
        expired.put("expiresAt", seconds("2026-11-22T08:00:00Z"));
        contain(List.of(expired));

        assertThat(outbox.contents(ACCOUNT).sent()).isEmpty();
    }

    @Test
    void contents_listRepairsFromTheOldest() {
        contain(List.of(
                repair("look-2#ROOT_MFA#1", "ADMIN_USER", NOW),
                repair("look-3#X#1", "ADMIN_ACCESS", NOW.minusSeconds(9))));

        assertThat(outbox.contents(ACCOUNT).repairs())
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

        assertThat(outbox.contents(ACCOUNT).signIns())
                .isEqualTo(Map.of(
                        "user-2", new OutboxContents.FirstSignIn(NOW, false),
                        "user-3", new OutboxContents.FirstSignIn(NOW, true)));
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

        assertThat(outbox.contents(ACCOUNT))
                .isEqualTo(new OutboxContents(
                        Map.of("OLD", Instant.EPOCH, "ODD", Instant.EPOCH, "LASTING", Instant.EPOCH),
                        List.of(),
                        java.util.Set.of("user-1"),
                        Map.of(),
                        Map.of()));
    }

    @Test
    void aProvenSignIn_isNotedForEver_andNoEventWritesTheSameItem() {
        doReturn(PutItemResponse.builder().build()).when(dynamoDb).putItem(any(PutItemRequest.class));
        outbox.noteProvenSignIn(ACCOUNT, "user-1", NOW);

        assertThat(put().item())
                .isEqualTo(Map.of(
                        "accountId", text(ACCOUNT),
                        "item", text("PROVEN_SIGN_IN#user-1"),
                        "signedInAt", text(NOW.toString())));
        assertThat(put().conditionExpression()).isEqualTo("attribute_not_exists(#item)");
        contain(List.of(put().item(), Map.of("item", text("SIGN_IN#user-2"), "signedInAt", text(NOW.toString()))));
        assertThat(outbox.contents(ACCOUNT).provenSignIns()).isEqualTo(Map.of("user-1", NOW));
    }

    private PutItemRequest put() {
        return puts(1).getFirst();
    }

    private List<PutItemRequest> puts(int times) {
        ArgumentCaptor<PutItemRequest> put = ArgumentCaptor.forClass(PutItemRequest.class);
        verify(dynamoDb, times(times)).putItem(put.capture());
        return put.getAllValues();
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
