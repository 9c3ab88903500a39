package groundwork.rehearsal.stack;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * DynamoDB Local, in this process and in memory. Starting it takes a second, so that it is shared by many stacks, and starts beside
 * what needs no table.
 */
public final class LocalTables implements AutoCloseable {
    /** DynamoDB Local sets its level, which is forgotten with a logger that nobody holds, and then it prints what it opens. */
    private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

    private final CompletableFuture<AmazonDynamoDBLocal> local;
    private final CompletableFuture<DynamoDbClient> client;

    /** Without telemetry: nothing leaves the machine, and no file with an installation id is written. */
    public LocalTables() {
        SQLITE.setLevel(Level.WARNING);
        this.local = CompletableFuture.supplyAsync(() -> DynamoDBEmbedded.create(true));
        this.client = local.thenApply(AmazonDynamoDBLocal::dynamoDbClient);
    }

    private LocalTables(CompletableFuture<AmazonDynamoDBLocal> local, CompletableFuture<DynamoDbClient> client) {
        this.local = local;
        this.client = client;
    }

    /** The same tables, reached through another client. */
    public LocalTables through(UnaryOperator<DynamoDbClient> other) {
        return new LocalTables(local, client.thenApply(other));
    }

    /** Answers for the tables of every account and Region. */
    public DynamoDbClient client() {
        return client.join();
    }

    /** Creates an empty table, in place of one that an earlier stack of the same name left. */
    void create(String name, JsonNode properties) {
        try {
            client().deleteTable(request -> request.tableName(name));
        } catch (ResourceNotFoundException e) {
            // The usual case: there was none.
        }
        ObjectNode arguments = ((ObjectNode) properties).deepCopy().put("TableName", name);
        // Set by other calls of the API, and without effect in memory.
        arguments.remove(List.of("TimeToLiveSpecification", "PointInTimeRecoverySpecification"));
        client().createTable(SdkJson.request(arguments, CreateTableRequest.builder()));
    }

    @Override
    public void close() {
        local.join().shutdown();
    }
}
