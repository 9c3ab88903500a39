package groundwork.rehearsal.moto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.changeevents.CloudTrailClients;
import groundwork.changeevents.EventBridgeClients;
import groundwork.identitycenter.SsoAdminClients;
import groundwork.rehearsal.stack.LambdaFunction;
import groundwork.root.MemberClients;
import groundwork.runtime.AwsClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.sts.StsClient;

/** An account in a running moto_server, the SDK's clients for it, and the functions with these clients. */
final class Moto {
    static final String ACCOUNT = "123456789012";
    static final Region REGION = Region.US_EAST_1;
    static final String ADA = "ada@example.com";
    private static final String NOTICE = "arn:aws:states:us-east-1:123456789012:stateMachine:Notice";
    static final String STACK_ID =
            "arn:aws:cloudformation:us-east-1:123456789012:stack/groundwork/5f8e2d10-3a1b-4c2d-9e8f-0a1b2c3d4e5f";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI endpoint;
    private boolean overlooksUsers;
    private final List<String> operations = new ArrayList<>();
    private final Map<String, String> environment;
    private final Map<Class<?>, Object> clients = new HashMap<>();

    /** Starts from an empty account with an organization, a table, a confirmed topic and a logging trail. */
    Moto(String endpoint) {
        this.endpoint = URI.create(endpoint);
        post("/moto-api/reset");
        clients.put(AccountClient.class, client(AccountClient.builder()));
        clients.put(CloudTrailClient.class, client(CloudTrailClient.builder()));
        clients.put(DynamoDbClient.class, client(DynamoDbClient.builder()));
        clients.put(EventBridgeClient.class, client(EventBridgeClient.builder()));
        clients.put(IamClient.class, client(IamClient.builder()));
        clients.put(IdentitystoreClient.class, client(IdentitystoreClient.builder()));
        clients.put(OrganizationsClient.class, client(OrganizationsClient.builder()));
        clients.put(SesV2Client.class, client(SesV2Client.builder()));
        clients.put(SnsClient.class, client(SnsClient.builder()));
        clients.put(SsoAdminClient.class, client(SsoAdminClient.builder()));
        clients.put(StsClient.class, client(StsClient.builder()));
        aws(OrganizationsClient.class).createOrganization(request -> request.featureSet("ALL"));
        createTable();
        createTrail();
        createRule("groundwork-5f8e2d10-Schedule", "arn:aws:states:us-east-1:123456789012:stateMachine:AccountSetup");
        createRule("groundwork-5f8e2d10-StackDeleted", NOTICE);
        String topicArn = aws(SnsClient.class)
                .createTopic(request -> request.name("groundwork"))
                .topicArn();
        aws(SnsClient.class)
                .subscribe(
                        request -> request.topicArn(topicArn).protocol("email").endpoint(ADA));
        this.environment = Map.ofEntries(
                Map.entry("ACCOUNT_ID", ACCOUNT),
                Map.entry("AWS_REGION", REGION.id()),
                Map.entry("GLOBAL_REGION", "us-east-1"),
                Map.entry("RULE_PREFIX", "groundwork-5f8e2d10-"),
                Map.entry("RULES", "Schedule"),
                Map.entry("NOTICE_RULES", "StackDeleted"),
                Map.entry("NOTICE_ARN", NOTICE),
                Map.entry("STACK_ID", STACK_ID),
                Map.entry("STACK_NAME", "groundwork"),
                Map.entry("TABLE_NAME", "groundwork"),
                Map.entry("TOPIC_ARN", topicArn),
                Map.entry("USER_NAME", "ada"),
                Map.entry("GIVEN_NAME", "Ada"),
                Map.entry("FAMILY_NAME", "Lovelace"),
                Map.entry("ADMINISTRATOR_EMAIL", ADA),
                Map.entry("IDENTITY_SOURCE", "IdentityCenter"),
                Map.entry("GROUP_NAME", "Administrators"),
                Map.entry("PERMISSION_SET_NAME", "AdministratorAccess"),
                Map.entry("MEMBER_PERMISSION_SET_NAME", "MemberAdministratorAccess"),
                Map.entry("SESSION_DURATION", "PT4H"),
                Map.entry(
                        "USER_MAKER", "arn:aws:iam::111122223333:role/groundwork/ProvisionAdministrator AROAPROVISION"),
                Map.entry("GROUP_MAKER", "arn:aws:iam::111122223333:role/groundwork/GrantAccess AROAGRANT"));
        operations.clear();
    }

    /** A plain client, with nothing worked around. */
    <C> C aws(Class<C> type) {
        return type.cast(clients.get(type));
    }

    /** The operations called since the account was set up. */
    List<String> operations() {
        return List.copyOf(operations);
    }

    /** From now on users are not found by their name or email address, as when they are created a moment later. */
    void overlooksUsers() {
        overlooksUsers = true;
    }

    void forgetOperations() {
        operations.clear();
    }

    /** What the state machine does at one look, with the record of the last one; returns what SendEmail reports. */
    JsonNode look(String record) {
        Instant now = Instant.now();
        ObjectNode request = JSON.createObjectNode();
        request.put("accountId", ACCOUNT).put("plan", false).put("observedAt", now.toString());
        request.put("executionArn", "arn:aws:states:us-east-1:123456789012:execution:AccountSetup:" + now);
        if (record != null) {
            request.put("record", record);
        }
        List<JsonNode> reports = new ArrayList<>();
        reports.add(invoke("root.CheckRootUser", request));
        reports.add(invoke("changeevents.CheckChangeEvents", request));
        JsonNode found = invoke("identitycenter.FindIdentityCenter", request);
        reports.add(found);
        request.set("instance", found.get("instance"));
        JsonNode provisioned = invoke("administrator.ProvisionAdministrator", request);
        reports.add(provisioned);
        if (provisioned.has("administrator")) {
            request.set("administrator", provisioned.get("administrator"));
            JsonNode granted = invoke("access.GrantAccess", request);
            for (int polls = 0; granted.has("pending") && polls < 10; polls++) {
                request.set("pending", granted.get("pending"));
                granted = invoke("access.GrantAccess", request);
            }
            reports.add(granted);
            ObjectNode known = request.putObject("known")
                    .put("userId", provisioned.at("/administrator/userId").asText());
            for (String id : List.of("groupId", "permissionSetArn")) {
                if (granted.has(id)) {
                    known.set(id, granted.get(id));
                }
            }
        }
        request.putArray("reports").addAll(reports);
        return invoke("conclusion.SendEmail", request);
    }

    /** The line of a prerequisite in a report of SendEmail. */
    static JsonNode outcome(JsonNode report, String prerequisite) {
        for (JsonNode item : report.at("/checklist/items")) {
            if (item.path("prerequisite").asText().equals(prerequisite)) {
                return item.path("outcome");
            }
        }
        throw new AssertionError("no line " + prerequisite);
    }

    static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode invoke(String function, ObjectNode request) {
        Map<Class<?>, Object> parts = new HashMap<>(clients);
        Workarounds workarounds = new Workarounds(this);
        parts.put(SsoAdminClient.class, workarounds.ssoAdmin());
        parts.put(IdentitystoreClient.class, workarounds.identityStore(overlooksUsers));
        parts.put(CloudTrailClients.class, (CloudTrailClients) region -> aws(CloudTrailClient.class));
        parts.put(EventBridgeClients.class, (EventBridgeClients) region -> aws(EventBridgeClient.class));
        parts.put(SsoAdminClients.class, (SsoAdminClients) region -> workarounds.ssoAdmin());
        // Looks are at the account of the stack.
        parts.put(MemberClients.class, (MemberClients) credentials -> aws(IamClient.class));
        parts.put(Map.class, environment);
        parts.put(InstantSource.class, InstantSource.system());
        return new LambdaFunction("groundwork." + function + "Handler::handleRequest", Duration.ofMinutes(1), parts)
                .invoke(request);
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return AwsClients.in(
                REGION,
                builder.endpointOverride(endpoint)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAEXAMPLE", "x")))
                        .overrideConfiguration(override -> override.addExecutionInterceptor(new Recorder())));
    }

    private void createTable() {
        aws(DynamoDbClient.class)
                .createTable(request -> request.tableName("groundwork")
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(text("accountId"), text("item"))
                        .keySchema(key("accountId", KeyType.HASH), key("item", KeyType.RANGE)));
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private void createTrail() {
        put("/groundwork-trail");
        CloudTrailClient cloudTrail = aws(CloudTrailClient.class);
        cloudTrail.createTrail(request ->
                request.name("groundwork").s3BucketName("groundwork-trail").isMultiRegionTrail(true));
        cloudTrail.putEventSelectors(request -> request.trailName("groundwork")
                .eventSelectors(EventSelector.builder()
                        .includeManagementEvents(true)
                        .readWriteType("WriteOnly")
                        .build()));
        cloudTrail.startLogging(request -> request.name("groundwork"));
    }

    private void createRule(String name, String targetArn) {
        EventBridgeClient eventBridge = aws(EventBridgeClient.class);
        eventBridge.putRule(request -> request.name(name).scheduleExpression("rate(1 day)"));
        eventBridge.putTargets(request -> request.rule(name)
                .targets(Target.builder().id("StateMachine").arn(targetArn).build()));
    }

    private void post(String path) {
        send(HttpRequest.newBuilder(endpoint.resolve(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Creates a bucket; no function needs a client of Amazon S3. */
    private void put(String path) {
        send(HttpRequest.newBuilder(endpoint.resolve(path))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261122/us-east-1/s3/aws4_request,"
                                + " SignedHeaders=host, Signature=x")
                .PUT(HttpRequest.BodyPublishers.noBody()));
    }

    private static void send(HttpRequest.Builder request) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(response.statusCode() + " " + response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private final class Recorder implements ExecutionInterceptor {
        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            operations.add(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
        }
    }
}
