package groundwork.rehearsal.stack;

import static groundwork.rehearsal.organization.Given.FUNCTION;
import static groundwork.rehearsal.organization.Given.HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.Given;
import groundwork.rehearsal.organization.VirtualClock;
import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.policy.AccessRequest;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.policy.PolicyDocument;
import groundwork.rehearsal.policy.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A role that may touch one partition of the table gets no other, whatever operation it tries. */
class TablePoliciesTest {
    private static final LocalTables TABLES = new LocalTables();

    private static final String SCHEMA = """
            {"BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "accountId", "AttributeType": "S"}, {"AttributeName": "item", "AttributeType": "S"}],
             "KeySchema": [{"AttributeName": "accountId", "KeyType": "HASH"}, {"AttributeName": "item", "KeyType": "RANGE"}]}
            """;

    private static final PolicyDocument MARKS = PolicyDocument.ofIdentity("Marks", json("""
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*",
              "Condition": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": "ORGANIZATION"}}}]}
            """));

    private final EmbeddedOrganization aws =
            Given.organization(new VirtualClock()).tables(TABLES::client).build();
    private final DynamoDbClient client = aws.client(DynamoDbClient.class, FUNCTION, HOME);

    @AfterAll
    static void close() {
        TABLES.close();
    }

    @BeforeEach
    void create() {
        TABLES.create("marks", json(SCHEMA));
        aws.checkAccess((caller, checks) ->
                checks.stream().filter(check -> !allows(check)).findFirst().map(AccessChecks.Refusal::notAllowed));
    }

    @Test
    void whatIsWrittenInABatch_isReadInABatchAndByPrefix() {
        write("ORGANIZATION", "MARK#1", "MARK#2", "SWEEP");

        assertThat(client.query(query -> query.tableName("marks")
                                .keyConditionExpression("accountId = :account AND begins_with(#item, :prefix)")
                                .expressionAttributeNames(Map.of("#item", "item"))
                                .expressionAttributeValues(Map.of(
                                        ":account", AttributeValue.fromS("ORGANIZATION"),
                                        ":prefix", AttributeValue.fromS("MARK#"))))
                        .items())
                .extracting(item -> item.get("item").s())
                .containsExactly("MARK#1", "MARK#2");
        assertThat(read("ORGANIZATION", "MARK#1", "SWEEP")).isEqualTo(2);
        client.deleteItem(delete -> delete.tableName("marks").key(key("ORGANIZATION", "MARK#1")));
        assertThat(read("ORGANIZATION", "MARK#1", "SWEEP")).isEqualTo(1);
    }

    @Test
    void anotherPartition_isRefusedInEveryOperation() {
        List<Runnable> attempts = List.of(
                () -> write("111122223333", "ACCOUNT"),
                () -> read("111122223333", "ACCOUNT"),
                () -> client.getItem(get -> get.tableName("marks").key(key("111122223333", "ACCOUNT"))),
                () -> client.putItem(put -> put.tableName("marks").item(key("111122223333", "ACCOUNT"))),
                () -> client.deleteItem(delete -> delete.tableName("marks").key(key("111122223333", "ACCOUNT"))),
                () -> client.query(query -> query.tableName("marks")
                        .keyConditionExpression("accountId = :account")
                        .expressionAttributeValues(Map.of(":account", AttributeValue.fromS("111122223333")))));

        assertThat(attempts)
                .allSatisfy(attempt -> assertThatExceptionOfType(DynamoDbException.class)
                        .isThrownBy(attempt::run)
                        .withMessageContaining("is not authorized to perform: dynamodb:"));
    }

    @Test
    void whatIsReturned_isShownToPolicies() {
        List<AccessCheck> checks = Given.accessChecks(aws);

        client.updateItem(update -> update.tableName("marks")
                .key(key("ORGANIZATION", "MARK#1"))
                .updateExpression("ADD events :one")
                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))
                .returnValues("ALL_OLD"));

        assertThat(checks.getFirst().context()).containsEntry("dynamodb:ReturnValues", "ALL_OLD");
    }

    private void write(String account, String... items) {
        client.batchWriteItem(write -> write.requestItems(Map.of(
                "marks",
                List.of(items).stream()
                        .map(item -> WriteRequest.builder()
                                .putRequest(put -> put.item(key(account, item)))
                                .build())
                        .toList())));
    }

    private int read(String account, String... items) {
        return client.batchGetItem(get -> get.requestItems(Map.of(
                        "marks",
                        KeysAndAttributes.builder()
                                .keys(List.of(items).stream()
                                        .map(item -> key(account, item))
                                        .toList())
                                .build())))
                .responses()
                .get("marks")
                .size();
    }

    private static Map<String, AttributeValue> key(String account, String item) {
        return Map.of("accountId", AttributeValue.fromS(account), "item", AttributeValue.fromS(item));
    }

    private static boolean allows(AccessCheck check) {
        Map<String, List<String>> context = new HashMap<>(check.multivalued());
        check.context().forEach((key, value) -> context.put(key, List.of(value)));
        return PolicyDocument.decide(
                        List.of(MARKS),
                        new AccessRequest(
                                new Principal.Identity(FUNCTION.roleArn()), check.action(), check.resource(), context))
                instanceof Decision.Allowed;
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
