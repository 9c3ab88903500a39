package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Cloud;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Amazon DynamoDB: DynamoDB Local answers, and what is asked passes the same way as every other call. */
final class DynamoDbService extends Service {
    /** @param local first asked for by the first call, so that it may still start */
    DynamoDbService(Cloud cloud, Supplier<DynamoDbClient> local) {
        super(cloud, AwsService.DYNAMODB);
        read(
                "GetItem",
                GetItemRequest.class,
                (call, r) -> table(call, r.tableName()),
                (call, r) -> local.get().getItem(r));
        read(
                "Query",
                QueryRequest.class,
                (call, r) -> table(call, r.tableName()),
                (call, r) -> local.get().query(r));
        read(
                "BatchGetItem",
                BatchGetItemRequest.class,
                (call, r) -> tables(call, r.requestItems()),
                (call, r) -> local.get().batchGetItem(r));
        send(
                "BatchWriteItem",
                BatchWriteItemRequest.class,
                (call, r) -> tables(call, r.requestItems()),
                (call, r) -> local.get().batchWriteItem(r));
        send(
                "PutItem",
                PutItemRequest.class,
                (call, r) -> table(call, r.tableName()),
                (call, r) -> local.get().putItem(r));
        send(
                "UpdateItem",
                UpdateItemRequest.class,
                (call, r) -> table(call, r.tableName()),
                (call, r) -> local.get().updateItem(r));
        send(
                "DeleteItem",
                DeleteItemRequest.class,
                (call, r) -> table(call, r.tableName()),
                (call, r) -> local.get().deleteItem(r));
        send(
                "TransactWriteItems",
                TransactWriteItemsRequest.class,
                this::tables,
                (call, r) -> local.get().transactWriteItems(r));
        write(
                "DeleteTable",
                DeleteTableRequest.class,
                (call, r) -> table(call, r.tableName()),
                (call, r) -> local.get().deleteTable(r));
    }

    private List<String> tables(Invocation call, TransactWriteItemsRequest request) {
        return request.transactItems().stream()
                .flatMap(item -> table(call, updated(item)).stream())
                .distinct()
                .toList();
    }

    private List<String> tables(Invocation call, Map<String, ?> byTable) {
        return byTable.keySet().stream()
                .flatMap(name -> table(call, name).stream())
                .toList();
    }

    private static String updated(TransactWriteItem item) {
        if (item.update() == null) {
            throw new UnsupportedOperationException("Only updates in a transaction: " + item);
        }
        return item.update().tableName();
    }

    /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html */
    @Override
    Map<String, String> context(Invocation call, AwsRequest request) {
        Map<String, String> context = new HashMap<>(super.context(call, request));
        request.getValueForField("ReturnValues", String.class)
                .ifPresent(values -> context.put("dynamodb:ReturnValues", values));
        return context;
    }

    @Override
    Map<String, List<String>> multivalued(AwsRequest request) {
        return ItemConditionKeys.of(request);
    }

    /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
    @Override
    String action(Operation<?> operation) {
        return operation.name().equals("TransactWriteItems") ? "UpdateItem" : operation.name();
    }

    private List<String> table(Invocation call, String name) {
        return List.of(cloud.arn("dynamodb", call.region().id(), call.accountId(), "table/" + name));
    }

    @Override
    Optional<ErrorShape> errorShape(ServiceFault fault) {
        return switch (fault) {
            case ACCESS_DENIED -> Optional.of(new ErrorShape(DynamoDbException::builder, "AccessDeniedException", 400));
            case THROTTLED -> Optional.of(new ErrorShape(ThrottlingException::builder, "ThrottlingException", 400));
            case INTERNAL_ERROR ->
                Optional.of(new ErrorShape(InternalServerErrorException::builder, "InternalServerError", 500));
            case CONFLICT ->
                Optional.of(new ErrorShape(TransactionConflictException::builder, "TransactionConflictException", 400));
            case VALIDATION -> Optional.of(new ErrorShape(DynamoDbException::builder, "ValidationException", 400));
            case NOT_FOUND ->
                Optional.of(new ErrorShape(ResourceNotFoundException::builder, "ResourceNotFoundException", 400));
            case QUOTA_EXCEEDED -> Optional.empty();
        };
    }
}
