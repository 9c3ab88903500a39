package groundwork.rehearsal.organization.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class ItemConditionKeysTest {
    private static final Map<String, AttributeValue> KEY =
            Map.of("accountId", AttributeValue.fromS("111122223333"), "item", AttributeValue.fromS("ACCOUNT"));

    private static final UpdateItemRequest UPDATE = UpdateItemRequest.builder()
            .key(KEY)
            .updateExpression(
                    "SET #owner = :me, pendingSince = if_not_exists(pendingSince, :at) REMOVE #map.inner[0], gone")
            .conditionExpression(
                    "attribute_not_exists(claimedAt) OR NOT claimedAt BETWEEN :at AND :later AND #owner <= :me")
            .expressionAttributeNames(Map.of("#owner", "owner", "#map", "nested"))
            .build();

    @Test
    void anUpdate_showsEveryTopLevelAttributeItNames() {
        assertThat(ItemConditionKeys.of(UPDATE))
                .isEqualTo(Map.of(
                        "dynamodb:Attributes",
                        List.of("accountId", "claimedAt", "gone", "item", "nested", "owner", "pendingSince"),
                        "dynamodb:LeadingKeys",
                        List.of("111122223333")));
    }

    @Test
    void aTransaction_showsThoseOfAllItsUpdates() {
        TransactWriteItemsRequest write = TransactWriteItemsRequest.builder()
                .transactItems(update("SET state = :sent"), update("SET sentAt = :now"))
                .build();

        assertThat(ItemConditionKeys.of(write).get("dynamodb:Attributes"))
                .containsExactly("accountId", "item", "sentAt", "state");
    }

    @Test
    void aPut_showsTheItem() {
        assertThat(ItemConditionKeys.of(PutItemRequest.builder().item(KEY).build())
                        .get("dynamodb:Attributes"))
                .containsExactly("accountId", "item");
    }

    @Test
    void aRead_showsItsPartitionAndTheAttributesOfItsProjection() {
        GetItemRequest.Builder get = GetItemRequest.builder().key(KEY);

        assertThat(ItemConditionKeys.of(get.build()))
                .isEqualTo(Map.of("dynamodb:LeadingKeys", List.of("111122223333")));
        assertThat(ItemConditionKeys.of(get.projectionExpression("#owner, record.inner")
                                .expressionAttributeNames(Map.of("#owner", "owner"))
                                .build())
                        .get("dynamodb:Attributes"))
                .containsExactly("accountId", "item", "owner", "record");
    }

    @Test
    void aQuery_showsThePartitionThatItsConditionNames() {
        QueryRequest query = QueryRequest.builder()
                .keyConditionExpression("begins_with(#item, :prefix) AND #account = :account")
                .expressionAttributeNames(Map.of("#item", "item", "#account", "accountId"))
                .expressionAttributeValues(Map.of(
                        ":prefix", AttributeValue.fromS("MARK#"), ":account", AttributeValue.fromS("ORGANIZATION")))
                .build();

        assertThat(ItemConditionKeys.of(query)).isEqualTo(Map.of("dynamodb:LeadingKeys", List.of("ORGANIZATION")));
    }

    @Test
    void aBatch_showsEveryPartition() {
        Map<String, AttributeValue> other =
                Map.of("accountId", AttributeValue.fromS("ORGANIZATION"), "item", AttributeValue.fromS("MARK#1"));
        BatchWriteItemRequest write = BatchWriteItemRequest.builder()
                .requestItems(Map.of(
                        "table",
                        List.of(
                                WriteRequest.builder()
                                        .putRequest(put -> put.item(KEY))
                                        .build(),
                                WriteRequest.builder()
                                        .deleteRequest(delete -> delete.key(other))
                                        .build())))
                .build();
        BatchGetItemRequest get = BatchGetItemRequest.builder()
                .requestItems(Map.of(
                        "table",
                        KeysAndAttributes.builder().keys(List.of(KEY, other)).build()))
                .build();

        assertThat(ItemConditionKeys.of(write).get("dynamodb:LeadingKeys"))
                .containsExactly("111122223333", "ORGANIZATION");
        assertThat(ItemConditionKeys.of(get))
                .isEqualTo(Map.of("dynamodb:LeadingKeys", List.of("111122223333", "ORGANIZATION")));
    }

    private static TransactWriteItem update(String expression) {
        return TransactWriteItem.builder()
                .update(update -> update.key(KEY).updateExpression(expression))
                .build();
    }
}
