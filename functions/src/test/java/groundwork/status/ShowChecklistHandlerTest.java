package groundwork.status;

import static groundwork.status.Table.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import groundwork.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** What people see of account 111122223333, on 20 November 2026. The expected files show it whole. */
class ShowChecklistHandlerTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");
    private static final Path EXPECTED = Path.of("src/test/resources/status");
    private static final Path ACTUAL = Path.of("target/status");
    private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'&</p><script>alert(2)</script>";

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "ACCOUNT_ID", ACCOUNT,
            "AWS_REGION", "eu-central-1",
            "TABLE_NAME", "groundwork-Table",
            "STACK_NAME", "groundwork",
            "ADMINISTRATOR_EMAIL", "ada@example.com",
            "OWNER_EMAIL", "boss@example.com",
            "STATE_MACHINE_ARN", "arn:aws:states:eu-central-1:111122223333:stateMachine:AccountSetup",
            "LOOK_AGAIN_ARN", "arn:aws:lambda:eu-central-1:111122223333:function:groundwork-LookAgain",
            "SCHEDULE", "rate(1 day)",
            "ALARMS", "Groundwork failed (stack groundwork),Groundwork has gone silent (stack groundwork)"));
    private final SfnClient stepFunctions = mock();
    private final CloudWatchClient cloudWatch = mock();
    private Table table = Table.filled();

    @BeforeEach
    @SuppressWarnings(
            "unchecked") // The clients' methods that take a consumer call the others, which a mock does not do.
    void somethingRuns_andSomethingSounds() {
        environment.put("MEMBER_SCHEDULE", "cron(0 6 * * ? *)");
        when(stepFunctions.listExecutions(any(Consumer.class))).thenAnswer(call -> {
            ListExecutionsRequest.Builder request = ListExecutionsRequest.builder();
            call.<Consumer<ListExecutionsRequest.Builder>>getArgument(0).accept(request);
            assertThat(request.build().stateMachineArn()).endsWith(":stateMachine:AccountSetup");
            assertThat(request.build().statusFilterAsString()).isEqualTo("RUNNING");
            return ListExecutionsResponse.builder()
                    .executions(ExecutionListItem.builder()
                            .executionArn(
                                    "arn:aws:states:eu-central-1:111122223333:execution:AccountSetup:9b7c1f0e-2a53-4f1d")
                            .startDate(Instant.parse("2026-11-20T09:59:00Z"))
                            .build())
                    .build();
        });
        alarms(StateValue.ALARM, StateValue.OK);
    }

    @SuppressWarnings("unchecked")
    private void alarms(StateValue failed, StateValue silent) {
        when(cloudWatch.describeAlarms(any(Consumer.class))).thenAnswer(call -> {
            DescribeAlarmsRequest.Builder request = DescribeAlarmsRequest.builder();
            call.<Consumer<DescribeAlarmsRequest.Builder>>getArgument(0).accept(request);
            assertThat(request.build().alarmNames()).hasSize(2);
            return DescribeAlarmsResponse.builder()
                    .metricAlarms(
                            alarm("Groundwork failed (stack groundwork)", failed)
                                    .build(),
                            alarm("Groundwork has gone silent (stack groundwork)", silent)
                                    .insufficientDataActions("arn:aws:sns:eu-central-1:111122223333:groundwork-Topic")
                                    .build())
                    .build();
        });
    }

    private static MetricAlarm.Builder alarm(String name, StateValue state) {
        return MetricAlarm.builder()
                .alarmName(name)
                .stateValue(state)
                .stateUpdatedTimestamp(Instant.parse("2026-11-20T09:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "account.txt       | {}",
                "account.html      | {\"format\": \"html\"}",
                "member.txt        | {\"accountId\": \"444455556666\"}",
                "widget-light.html | {\"widgetContext\": {\"theme\": \"light\", \"width\": 588}}",
                "widget-dark.html  | {\"widgetContext\": {\"theme\": \"dark\"}}",
                "members.txt       | {\"accounts\": {}}",
                "members.html      | {\"accounts\": {\"state\": \"WAITING\"}, \"format\": \"html\"}"
            })
    void isAsTheFileShows(String file, String request) throws IOException {
        organization();
        String shown = (String) ask(request);
        Files.createDirectories(ACTUAL);
        Files.writeString(ACTUAL.resolve(file), shown);

        assertThat(EXPECTED.resolve(file)).hasContent(shown);
    }

    @Test
    void json_hasTheChecklistAndEverythingThatBelongsToIt() {
        JsonNode json = json("{\"format\": \"json\"}");

        assertThat(json.path("accountId").asText()).isEqualTo(ACCOUNT);
        assertThat(json.at("/checklist/version").asInt()).isEqualTo(1);
        assertThat(json.at("/checklist/items")).hasSize(9);
        assertThat(json.at("/lines/1/who").asText()).isEqualTo("the owner (boss@example.com)");
        assertThat(json.at("/lines/1/evidence/0/id").asText()).startsWith("3a2d7b0e");
        assertThat(json.at("/running/0/executionArn").asText()).endsWith("9b7c1f0e-2a53-4f1d");
        assertThat(json.at("/alarms/0/state").asText()).isEqualTo("ALARM");
        assertThat(json.at("/sent/0/to").asText()).isEqualTo("boss@example.com");
        assertThat(json.path("nextLookAtTheLatest").asText()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(json.has("unreadable")).isFalse();
        assertThat(json.has("failure")).isFalse();
    }

    /** The first that is listed here may be the last that works. */
    @Test
    void whatCannotBeRead_isSaidInItsPlace_andTheRestIsShown() {
        refuseExecutions();

        assertThat(text("{}"))
                .contains("Running     could not be read. AWS denied states:ListExecutions.")
                .contains("Alarms      Groundwork failed")
                .contains("ROOT_ACCESS_KEYS");
        assertThat(json("{\"format\": \"json\"}").at("/unreadable/running").asText())
                .isEqualTo("AWS denied states:ListExecutions.");

        table.failure = DynamoDbException.builder()
                .message("Requested resource not found")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ResourceNotFoundException")
                        .errorMessage("Requested resource not found")
                        .build())
                .build();
        assertThat(text("{}"))
                .startsWith("AWS account 111122223333: could not be read\n")
                .contains("Checklist   could not be read. AWS says: Requested resource not found")
                .contains("Alarms      Groundwork failed");
    }

    @Test
    void aRecordThatNobodyCanRead_isSaidToBeOne() {
        table.put(ACCOUNT, "ACCOUNT", Map.of("record", "{\"checklist\": 7}"));

        assertThat(text("{}")).contains("Checklist   could not be read. ").contains("Alarms      Groundwork failed");
    }

    @SuppressWarnings("unchecked")
    private void refuseExecutions() {
        when(stepFunctions.listExecutions(any(Consumer.class)))
                .thenThrow(SfnException.builder()
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("AccessDeniedException")
                                .errorMessage(
                                        "User: x is not authorized to perform: states:ListExecutions on resource: y")
                                .build())
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"format\": \"html\"}", "{\"widgetContext\": {\"theme\": \"light\"}}"})
    void whateverIsInTheTable_isTextAndNeverMarkup(String request) {
        table.put(
                ACCOUNT,
                "ACCOUNT",
                Map.of(
                        "record",
                        Table.record(Table.checklist(HOSTILE))
                                .replace(
                                        "arn:aws:iam::111122223333:root",
                                        Json.write(HOSTILE).replaceAll("^\"|\"$", ""))
                                .replace("\"g-1\"", Json.write(HOSTILE)),
                        "failure",
                        HOSTILE));
        table.put(
                ACCOUNT,
                "MESSAGE#x",
                Map.of("state", "SENT", "kind", HOSTILE, "to", HOSTILE, "sentAt", "2026-11-20T10:00:20Z"));

        String html = (String) ask(request);

        assertThat(html)
                .contains("&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain("<img", "<script", "alert(1)>", "onerror=alert(1)>");
        assertThat(html.split("&lt;img", -1)).hasSizeGreaterThan(5);
    }

    @Test
    void aLinkThatGroundworkDoesNotMake_isNotShown() {
        assertThat(text("{}")).contains("https://console.aws.amazon.com/iam/home#/security_credentials");
        assertThat(text("{\"format\": \"html\"}")).doesNotContain("example.com/");
    }

    @Test
    void withoutAnOwner_everythingIsTheAdministrators() {
        environment.put("OWNER_EMAIL", "");

        assertThat(text("{}"))
                .contains("> the administrator (ada@example.com): Delete the access keys.")
                .doesNotContain("the owner");
    }

    @Test
    void theAlarmAboutSilence_isOnWithoutData_andNoOtherIs() {
        alarms(StateValue.OK, StateValue.INSUFFICIENT_DATA);
        assertThat(text("{}"))
                .contains("Alarms      Groundwork has gone silent (stack groundwork): INSUFFICIENT_DATA since");

        alarms(StateValue.INSUFFICIENT_DATA, StateValue.OK);
        assertThat(text("{}")).contains("Alarms      none is on");
    }

    @Test
    void aFailureThatNoLookHasMadeUpFor_isShown() {
        table.put(
                ACCOUNT,
                "ACCOUNT",
                Map.of(
                        "record", Table.record(Table.checklist("x")),
                        "failure", "Grant access: Lambda.Unknown",
                        "failedAt", "2026-11-20T10:05:00Z"));

        assertThat(text("{}")).contains("Failure     Grant access: Lambda.Unknown on 20 November 2026, 10:05 UTC");
    }

    @Test
    void aLookThatIsOverdue_promisesNothing() {
        environment.put("SCHEDULE", "rate(5 minutes)");

        assertThat(text("{}")).contains("Next look   whenever something changes, and by the schedule rate(5 minutes)");
    }

    @Test
    void beforeTheFirstLook_itSaysSo() {
        table = new Table();

        assertThat(text("{}"))
                .startsWith("AWS account 111122223333: not looked at yet\n")
                .contains("Last look   none so far");
    }

    @Test
    void theMemberAccounts_comeInPages_ofAState() {
        Map<String, List<String>> groups = new HashMap<>();
        groups.put("READY", ids(0, 120));
        groups.put("WAITING ROOT_MFA", ids(120, 3));
        groups.put("BLOCKED ACCESS_DENIED", ids(123, 1));
        table.put("ORGANIZATION", "SUMMARY", Map.of("summary", Json.write(Map.of("groups", groups))));

        JsonNode first = json("{\"accounts\": {\"state\": \"READY\"}, \"format\": \"json\"}");
        assertThat(first.at("/counts/READY").asInt()).isEqualTo(120);
        assertThat(first.at("/counts/BLOCKED").asInt()).isEqualTo(1);
        assertThat(first.path("accounts")).hasSize(50);
        JsonNode second = json("{\"accounts\": {\"state\": \"READY\", \"nextToken\": %s}, \"format\": \"json\"}"
                .formatted(first.path("nextToken")));
        assertThat(second.at("/accounts/0/accountId").asText()).isEqualTo("200000000050");
        JsonNode third = json("{\"accounts\": {\"state\": \"READY\", \"nextToken\": %s}, \"format\": \"json\"}"
                .formatted(second.path("nextToken")));
        assertThat(third.path("accounts")).hasSize(20);
        assertThat(third.has("nextToken")).isFalse();
        assertThat(json("{\"accounts\": {\"state\": \"WAITING\"}, \"format\": \"json\"}")
                        .path("accounts"))
                .hasSize(3)
                .allSatisfy(
                        account -> assertThat(account.path("state").asText()).isEqualTo("WAITING ROOT_MFA"));

        Context context = mock();
        when(context.getInvokedFunctionArn()).thenReturn("arn:aws:lambda:eu-central-1:111122223333:function:Show");
        String widget = (String) handler()
                .handleRequest(
                        request("{\"accounts\": {\"state\": \"READY\"}, \"widgetContext\": {\"theme\": \"dark\"}}"),
                        context);
        assertThat(widget)
                .contains("endpoint=\"arn:aws:lambda:eu-central-1:111122223333:function:Show\">"
                        + "{\"accounts\": {\"state\": \"READY\", \"nextToken\": \"200000000049\"}}</cwdb-action>");
        assertThat((String) ask("{\"accounts\": {}}")).contains("More accounts come after 200000000049.");
    }

    private static List<String> ids(int from, int count) {
        return java.util.stream.IntStream.range(from, from + count)
                .mapToObj(number -> "2%011d".formatted(number))
                .toList();
    }

    @Test
    void whatAWidgetIs_isSaidInMarkdown() {
        assertThat((String) ask("{\"describe\": true}"))
                .startsWith("## Groundwork")
                .contains("accountId");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"accountId\": \"1\"}               | accountId is \"1\", but has 12 digits.",
                "{\"format\": \"pdf\"}                | format is \"pdf\", but may be text, html or json.",
                "{\"accounts\": {\"state\": \"ill\"}} | state is \"ill\", but may be one of [READY, WAITING, BLOCKED, UNKNOWN, FAILED, NOT_ACTIVE].",
                "{\"accounts\": {\"nextToken\": \"x\"}} | nextToken is \"x\", but is what the page before gave."
            })
    void whatCannotBeAsked_isOneSentence(String request, String sentence) {
        assertThatThrownBy(() -> ask(request)).rootCause().hasMessage(sentence);
    }

    private void organization() {
        table.put(
                "ORGANIZATION",
                "SUMMARY",
                Map.of(
                        "summary",
                        Json.write(Map.of(
                                "groups",
                                Map.of(
                                        "READY",
                                        List.of("777788889999"),
                                        "WAITING ROOT_ACCESS_KEYS",
                                        List.of("444455556666"),
                                        "FAILED",
                                        List.of("888899990000"))))));
        table.put(
                "444455556666",
                "ACCOUNT",
                Map.of("record", Table.record(Table.checklist("The root user has access keys."))));
        table.put("444455556666", "EVENTS", Map.of("seenAt", "2026-11-19T20:00:00Z"));
    }

    private String text(String request) {
        return (String) ask(request);
    }

    private JsonNode json(String request) {
        try {
            return new ObjectMapper().readTree(Json.write(ask(request)));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Object ask(String request) {
        return handler().handleRequest(request(request), null);
    }

    private static ShowChecklistHandler.Request request(String request) {
        return Json.read(request, ShowChecklistHandler.Request.class);
    }

    private ShowChecklistHandler handler() {
        return new ShowChecklistHandler(environment, () -> NOW, table, stepFunctions, cloudWatch);
    }
}
