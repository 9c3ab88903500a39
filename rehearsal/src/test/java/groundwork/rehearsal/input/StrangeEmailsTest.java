package groundwork.rehearsal.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.administrator.Administrator;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Checklist;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.json.Json;
import groundwork.rehearsal.stack.LambdaFunction;
import groundwork.request.Cause;
import groundwork.state.AccountRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsRequest;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.GetAccountRequest;
import software.amazon.awssdk.services.sesv2.model.GetAccountResponse;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityRequest;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailResponse;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Emails stay what they are, whatever names, principals and words of AWS they speak of. */
@Isolated("It listens to standard output.")
@Tag("slow")
class StrangeEmailsTest {
    private static final int LOOKS = 400;
    private static final String USER_ID = "94e80458-1091-70ac-9a1b-000000000001";
    private static final String EXECUTION =
            "arn:aws:states:eu-central-1:111122223333:execution:AccountSetup-AbCdEf:6d1f0f6e";

    private final List<PublishRequest> published = new ArrayList<>();
    private final List<SendEmailRequest> sent = new ArrayList<>();
    private final List<Map<String, AttributeValue>> items = new ArrayList<>();

    @Test
    void throughSns_plainTextAndAnAsciiSubject() {
        Map<String, Integer> kinds = look(LOOKS, new Strange(41), "");

        assertThat(published).hasSizeGreaterThan(LOOKS / 2);
        for (PublishRequest email : published) {
            Emails.assertAsciiSubject(email.subject());
            Emails.assertText(email.message());
        }
        assertThat(kinds).as("kinds of emails").hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void throughSes_htmlInWhichNothingIsUnescaped() {
        Map<String, Integer> kinds = look(LOOKS, new Strange(42), "aws@example.com");

        assertThat(sent).hasSizeGreaterThan(LOOKS / 2);
        for (SendEmailRequest email : sent) {
            Emails.assertSubject(email.content().simple().subject().data());
            Emails.assertText(email.content().simple().body().text().data());
            Emails.assertHtml(email.content().simple().body().html().data());
            assertThat(email.destination().toAddresses()).hasSize(1);
        }
        assertThat(kinds).as("kinds of emails").hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void nothingIsLogged() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream capture = new PrintStream(log, true, StandardCharsets.UTF_8);
        System.setOut(capture);
        System.setErr(capture);
        try {
            look(100, new Strange(43), "");
        } finally {
            System.setOut(out);
            System.setErr(err);
        }

        assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** Looks at strange accounts, and returns how many emails of each kind went out. */
    private Map<String, Integer> look(int times, Strange strange, String sender) {
        Map<String, Integer> kinds = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            items.clear();
            for (int j = strange.number(4); j > 0; j--) {
                items.add(item(strange));
            }
            JsonNode report = function(strange, sender).invoke(request(strange));
            report.path("sent").forEach(line -> kinds.merge(line.asText().replaceFirst(" to .*", ""), 1, Integer::sum));
        }
        return kinds;
    }

    private LambdaFunction function(Strange strange, String sender) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "ACCOUNT_ID",
                Functions.ACCOUNT,
                "AWS_REGION",
                strange.one(List.of("eu-central-1", "us-gov-west-1", "cn-north-1")),
                "STACK_NAME",
                "groundwork",
                "TABLE_NAME",
                "table",
                "TOPIC_ARN",
                "arn:aws:sns:eu-central-1:111122223333:topic",
                "ADMINISTRATOR_EMAIL",
                strange.one(List.of("ada@example.com", "o'brien+{x}&y|z~@example.com")),
                "OWNER_TOPIC_ARN",
                "arn:aws:sns:eu-central-1:111122223333:second",
                "OWNER_EMAIL",
                "boss@example.com",
                "SENDER_EMAIL",
                sender,
                "PORTAL_URL",
                strange.one(List.of("", "https://portal.example.com/start"))));
        environment.put("GIVEN_NAME", strange.one(List.of("Ada", "<b>Ada</b>", "\u00c4da & \"Co\"")));
        return new LambdaFunction(
                "groundwork.conclusion.SendEmailHandler::handleRequest",
                Duration.ofMinutes(1),
                Map.of(
                        Map.class, environment,
                        InstantSource.class, InstantSource.fixed(Functions.NOW),
                        DynamoDbClient.class, table(),
                        SnsClient.class, sns(environment),
                        SesV2Client.class, ses(),
                        CloudTrailClient.class, eventHistory()));
    }

    private static JsonNode request(Strange strange) {
        ObjectNode request = Functions.JSON.createObjectNode();
        request.put("accountId", Functions.ACCOUNT);
        request.put("accountName", strange.text());
        request.put("plan", false);
        request.put("observedAt", Functions.NOW.toString());
        request.put("executionArn", EXECUTION);
        request.set("cause", cause(strange));
        request.putObject("instance")
                .put("instanceArn", "arn:aws:sso:::instance/ssoins-1234567890abcdef")
                .put("identityStoreId", "d-9067012345");
        request.set("administrator", json(new Administrator(USER_ID, strange.text())));
        ArrayNode reports = request.putArray("reports");
        boolean done = strange.chance(3);
        for (Finding finding : findings(strange, done)) {
            reports.addObject().putArray("findings").add(json(finding));
        }
        if (!strange.chance(4)) {
            request.put("record", record(strange, done));
        }
        return request;
    }

    private static JsonNode cause(Strange strange) {
        Cause cause = strange.one(List.of(
                new Cause.ByHand(),
                new Cause.Stack(),
                new Cause.Schedule(),
                new Cause.SelfTest(),
                new Cause.Change(
                        strange.text(),
                        strange.text(),
                        strange.one(List.of(Instant.EPOCH, Functions.NOW, Instant.parse("9999-12-31T23:59:59Z"))),
                        strange.chance(2) ? "us-east-1" : strange.text(),
                        strange.chance(2) ? "8a7b6c5d-1111-2222-3333-444455556666" : strange.text())));
        return json(cause);
    }

    private static JsonNode json(Object value) {
        try {
            return Functions.JSON.readTree(Json.write(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<Finding> findings(Strange strange, boolean done) {
        List<Finding> findings = new ArrayList<>();
        for (Prerequisite prerequisite : Prerequisite.values()) {
            findings.add(new Finding(prerequisite, done ? new Outcome.Done(strange.text()) : outcome(strange)));
        }
        return findings;
    }

    private static Outcome outcome(Strange strange) {
        return switch (strange.number(6)) {
            case 0, 1 -> new Outcome.Done(strange.text());
            case 2 ->
                new Outcome.Waiting(
                        strange.text(), strange.text(), URI.create("https://console.aws.amazon.com/iam/home#/x"));
            case 3 -> Outcome.Blocked.because(strange.one(List.of(BlockedReason.values())), strange.text());
            case 4 -> new Outcome.NotApplicable(strange.text());
            default -> new Outcome.Unknown(strange.text());
        };
    }

    /** What was recorded some days ago. */
    private static String record(Strange strange, boolean openBefore) {
        Instant then = Functions.NOW.minus(Duration.ofDays(strange.one(List.of(0, 2, 4, 8, 14, 20))));
        Checklist earlier = Checklist.after(
                Optional.empty(),
                new Findings(findings(strange, !openBefore && strange.chance(2))),
                Set.of(),
                Optional.empty(),
                then);
        return new AccountRecord(earlier, AccountRecord.NONE.known()).stored();
    }

    private static Map<String, AttributeValue> item(Strange strange) {
        Instant then = Functions.NOW.minus(Duration.ofDays(1 + strange.number(20)));
        String prerequisite = strange.one(List.of(Prerequisite.values())).name();
        return switch (strange.number(4)) {
            case 0 ->
                Map.of(
                        "item", AttributeValue.fromS("REPAIR#" + then + "#" + prerequisite + "#" + strange.text()),
                        "prerequisite", AttributeValue.fromS(prerequisite),
                        "what", AttributeValue.fromS(strange.text()),
                        "notedAt", AttributeValue.fromS(then.toString()));
            case 1 -> message("SIGN_IN#" + USER_ID, then);
            case 2 -> message(prerequisite + "#1#NOTICE", then);
            default -> Map.of("item", AttributeValue.fromS("GRANT#" + USER_ID));
        };
    }

    private static Map<String, AttributeValue> message(String occasion, Instant at) {
        return Map.of(
                "item", AttributeValue.fromS("MESSAGE#" + occasion),
                "state", AttributeValue.fromS("SENT"),
                "sentAt", AttributeValue.fromS(at.toString()));
    }

    private DynamoDbClient table() {
        return new DynamoDbClient() {
            @Override
            public QueryResponse query(QueryRequest request) {
                return QueryResponse.builder().items(List.copyOf(items)).build();
            }

            @Override
            public UpdateItemResponse updateItem(UpdateItemRequest request) {
                return UpdateItemResponse.builder().build();
            }

            @Override
            public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
                return TransactWriteItemsResponse.builder().build();
            }

            @Override
            public String serviceName() {
                return "dynamodb";
            }

            @Override
            public void close() {}
        };
    }

    private static CloudTrailClient eventHistory() {
        return new CloudTrailClient() {
            @Override
            public LookupEventsResponse lookupEvents(LookupEventsRequest request) {
                return LookupEventsResponse.builder().build();
            }

            @Override
            public String serviceName() {
                return "cloudtrail";
            }

            @Override
            public void close() {}
        };
    }

    private SnsClient sns(Map<String, String> environment) {
        return new SnsClient() {
            @Override
            public ListSubscriptionsByTopicResponse listSubscriptionsByTopic(ListSubscriptionsByTopicRequest request) {
                String address = request.topicArn().endsWith("second")
                        ? environment.get("OWNER_EMAIL")
                        : environment.get("ADMINISTRATOR_EMAIL");
                return ListSubscriptionsByTopicResponse.builder()
                        .subscriptions(Subscription.builder()
                                .protocol("email")
                                .endpoint(address)
                                .subscriptionArn(request.topicArn() + ":1")
                                .build())
                        .build();
            }

            @Override
            public GetSubscriptionAttributesResponse getSubscriptionAttributes(
                    GetSubscriptionAttributesRequest request) {
                return GetSubscriptionAttributesResponse.builder()
                        .attributes(Map.of("ConfirmationWasAuthenticated", "false"))
                        .build();
            }

            @Override
            public GetTopicAttributesResponse getTopicAttributes(GetTopicAttributesRequest request) {
                return GetTopicAttributesResponse.builder()
                        .attributes(Map.of("Policy", "cloudwatch.amazonaws.com"))
                        .build();
            }

            @Override
            public PublishResponse publish(PublishRequest request) {
                published.add(request);
                return PublishResponse.builder().build();
            }

            @Override
            public String serviceName() {
                return "sns";
            }

            @Override
            public void close() {}
        };
    }

    private SesV2Client ses() {
        return new SesV2Client() {
            @Override
            public GetAccountResponse getAccount(GetAccountRequest request) {
                return GetAccountResponse.builder()
                        .sendingEnabled(true)
                        .productionAccessEnabled(true)
                        .build();
            }

            @Override
            public GetEmailIdentityResponse getEmailIdentity(GetEmailIdentityRequest request) {
                return GetEmailIdentityResponse.builder()
                        .verifiedForSendingStatus(true)
                        .build();
            }

            @Override
            public SendEmailResponse sendEmail(SendEmailRequest request) {
                sent.add(request);
                return SendEmailResponse.builder().build();
            }

            @Override
            public String serviceName() {
                return "ses";
            }

            @Override
            public void close() {}
        };
    }
}
