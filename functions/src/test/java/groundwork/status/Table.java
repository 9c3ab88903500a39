package groundwork.status;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Change;
import groundwork.checklist.Checklist;
import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.state.AccountRecord;
import groundwork.state.RecentRepairs;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The table of a stack in account 111122223333, as it may be read. What is not overridden cannot be called. */
final class Table implements DynamoDbClient {
    static final String ACCOUNT = "111122223333";
    static final Instant MONDAY = Instant.parse("2026-11-16T08:00:00Z");
    static final Instant LOOKED = Instant.parse("2026-11-20T10:00:00Z");

    private final List<Map<String, AttributeValue>> items = new ArrayList<>();
    RuntimeException failure;

    void put(String accountId, String item, Map<String, String> attributes) {
        Map<String, AttributeValue> stored = new HashMap<>();
        stored.put("accountId", AttributeValue.fromS(accountId));
        stored.put("item", AttributeValue.fromS(item));
        attributes.forEach((name, value) -> stored.put(name, AttributeValue.fromS(value)));
        items.removeIf(each -> each.get("accountId").s().equals(accountId)
                && each.get("item").s().equals(item));
        items.add(stored);
    }

    /** One line of each kind, and everything that may belong to it. */
    static Table filled() {
        Table table = new Table();
        table.put(ACCOUNT, "ACCOUNT", Map.of("record", record(checklist("The root user has access keys."))));
        table.put(ACCOUNT, "PROVEN_SIGN_IN#u-1", Map.of("provenAt", "2026-11-17T09:30:00Z"));
        table.put(ACCOUNT, "SELF_TEST#us-east-1", Map.of("seenAt", "2026-11-18T12:00:00Z"));
        table.put(
                ACCOUNT,
                "REPAIR#x#ADMIN_ACCESS#membership",
                Map.of(
                        "prerequisite", "ADMIN_ACCESS",
                        "what", "The membership in group Administrators was missing and has been put back.",
                        "notedAt", "2026-11-19T07:15:00Z"));
        table.put(
                ACCOUNT,
                "MESSAGE#SIGN_IN#u-1",
                Map.of("state", "SENT", "kind", "SIGN_IN", "to", "ada@example.com", "sentAt", "2026-11-16T09:00:00Z"));
        table.put(
                ACCOUNT,
                "MESSAGE#ROOT_ACCESS_KEYS#3#NOTICE",
                Map.of(
                        "state", "SENT",
                        "kind", "NEEDS_YOU_AGAIN",
                        "to", "boss@example.com",
                        "sentAt", "2026-11-20T10:00:20Z"));
        table.put(ACCOUNT, "MESSAGE#CLAIMED", Map.of("state", "CLAIMED", "kind", "REMINDER", "to", "ada@example.com"));
        return table;
    }

    static Checklist checklist(String what) {
        Change change = new Change(
                "CreateAccessKey",
                "arn:aws:iam::111122223333:root",
                Instant.parse("2026-11-20T09:58:00Z"),
                "us-east-1",
                "3a2d7b0e-5f1c-4a7e-9c55-0a2b6d1f4e10");
        return new Checklist(
                Checklist.Status.WAITING,
                LOOKED,
                Arrays.stream(Prerequisite.values())
                        .map(each -> switch (each) {
                            case ROOT_ACCESS_KEYS ->
                                new ChecklistItem(
                                        each,
                                        new Outcome.Waiting(
                                                what,
                                                "Delete the access keys.",
                                                URI.create(
                                                        "https://console.aws.amazon.com/iam/home#/security_credentials")),
                                        true,
                                        3,
                                        LOOKED,
                                        true,
                                        change);
                            case CHANGE_EVENTS ->
                                new ChecklistItem(
                                        each,
                                        Outcome.Blocked.because(
                                                BlockedReason.ACCESS_DENIED,
                                                "cloudtrail:DescribeTrails",
                                                URI.create("https://example.com/")),
                                        true,
                                        2,
                                        LOOKED,
                                        true);
                            case IDENTITY_CENTER ->
                                new ChecklistItem(
                                        each, new Outcome.Unknown("AWS did not answer."), false, 2, MONDAY, true);
                            case EMAIL_CHANNEL ->
                                new ChecklistItem(
                                        each, new Outcome.NotApplicable("Not needed here."), false, 1, MONDAY, false);
                            case ROOT_MFA, ADMIN_USER, ADMIN_ACCESS, SIGN_IN_EMAIL, FIRST_SIGN_IN ->
                                new ChecklistItem(each, new Outcome.Done("It is done."), false, 2, MONDAY, true);
                        })
                        .toList());
    }

    static String record(Checklist checklist) {
        return new AccountRecord(
                        checklist,
                        new AccountRecord.Known("u-1", "g-1", "arn:aws:sso:::permissionSet/ssoins-1/ps-1"),
                        null,
                        "ada@example.com",
                        RecentRepairs.NONE,
                        MONDAY,
                        List.of("ada@example.com"))
                .stored();
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        fail();
        String accountId = request.expressionAttributeValues().get(":accountId").s();
        return QueryResponse.builder()
                .items(items.stream()
                        .filter(item -> item.get("accountId").s().equals(accountId))
                        .toList())
                .build();
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        fail();
        return GetItemResponse.builder().item(found(request.key())).build();
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        fail();
        Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
        request.requestItems()
                .forEach((table, keys) -> found.put(
                        table,
                        keys.keys().stream()
                                .map(this::found)
                                .filter(item -> !item.isEmpty())
                                .toList()));
        return BatchGetItemResponse.builder()
                .responses(found)
                .unprocessedKeys(Map.of())
                .build();
    }

    private Map<String, AttributeValue> found(Map<String, AttributeValue> key) {
        return items.stream()
                .filter(item -> item.entrySet().containsAll(key.entrySet()))
                .findFirst()
                .orElse(Map.of());
    }

    private void fail() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
