package groundwork.rehearsal.organization.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

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
    void aRead_showsNothing() {
        assertThat(ItemConditionKeys.of(QueryRequest.builder().build())).isEmpty();
    }

    private static TransactWriteItem update(String expression) {
        return TransactWriteItem.builder()
                .update(update -> update.key(KEY).updateExpression(expression))
                .build();
    }
}
