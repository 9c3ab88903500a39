package groundwork.status;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.checklist.AccountId;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import groundwork.state.PointsInTime;
import groundwork.sweep.SweepTable;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * Shows how things are: the checklist of the account of the stack, of a member account, or where the member accounts stand. Reads, and
 * changes nothing. Answers a widget of a CloudWatch dashboard as well as {@code ./status}.
 */
public final class ShowChecklistHandler implements RequestHandler<ShowChecklistHandler.Request, Object> {
    /** Their checklists together stay far below the 6 MB of an answer. */
    private static final int ACCOUNTS = 50;

    /** So many executions are named; that there are more is of no use to anybody. */
    private static final int EXECUTIONS = 10;

    private final Settings settings;
    private final InstantSource clock;
    private final DynamoDbClient dynamoDb;
    private final SfnClient stepFunctions;
    private final CloudWatchClient cloudWatch;

    public ShowChecklistHandler() {
        this(
                System.getenv(),
                InstantSource.system(),
                AwsClients.here(DynamoDbClient.builder()),
                AwsClients.here(SfnClient.builder()),
                AwsClients.here(CloudWatchClient.builder()));
    }

    ShowChecklistHandler(
            Map<String, String> environment,
            InstantSource clock,
            DynamoDbClient dynamoDb,
            SfnClient stepFunctions,
            CloudWatchClient cloudWatch) {
        this.settings = new Settings(environment);
        this.clock = clock;
        this.dynamoDb = dynamoDb;
        this.stepFunctions = stepFunctions;
        this.cloudWatch = cloudWatch;
    }

    /**
     * @param accountId the account; null for that of the stack
     * @param accounts asks for the member accounts instead; null for one account
     * @param format {@code text}, {@code html} or {@code json}; null for text, and for a widget HTML
     * @param describe whether CloudWatch asks what this function is; null for no
     * @param widgetContext what CloudWatch says of the widget; null if it is none
     */
    public record Request(
            String accountId, Accounts accounts, String format, Boolean describe, WidgetContext widgetContext) {
        public Request {
            if (accountId != null && !AccountId.is(accountId)) {
                throw new IllegalArgumentException("accountId is \"%s\", but has 12 digits.".formatted(accountId));
            }
            if (format != null && !List.of("text", "html", "json").contains(format)) {
                throw new IllegalArgumentException(
                        "format is \"%s\", but may be text, html or json.".formatted(format));
            }
        }
    }

    /**
     * @param state a {@link Status.MemberState}; null for all
     * @param nextToken as the page before gave it; null for the first
     */
    public record Accounts(String state, String nextToken) {
        public Accounts {
            if (state != null
                    && Arrays.stream(Status.MemberState.values())
                            .noneMatch(each -> each.name().equals(state))) {
                throw new IllegalArgumentException("state is \"%s\", but may be one of %s."
                        .formatted(state, Arrays.toString(Status.MemberState.values())));
            }
            if (nextToken != null && !AccountId.is(nextToken)) {
                throw new IllegalArgumentException(
                        "nextToken is \"%s\", but is what the page before gave.".formatted(nextToken));
            }
        }
    }

    /** @param theme {@code light} or {@code dark} */
    public record WidgetContext(String theme) {}

    @Override
    public Object handleRequest(Request request, Context context) {
        if (Boolean.TRUE.equals(request.describe())) {
            return Widget.SHOW_CHECKLIST;
        }
        Status status = request.accounts() == null
                ? account(Objects.requireNonNullElse(request.accountId(), settings.accountId()))
                : members(request.accounts());
        if (request.widgetContext() != null && request.format() == null) {
            return new Widget(
                            "dark".equals(request.widgetContext().theme()),
                            settings.lookAgainArn(),
                            Optional.ofNullable(context).map(Context::getInvokedFunctionArn))
                    .of(status);
        }
        return switch (Objects.requireNonNullElse(request.format(), "text")) {
            case "html" -> StatusPage.page(status);
            case "json" -> StatusJson.of(status);
            default -> StatusText.of(status);
        };
    }

    private Status.OfAccount account(String accountId) {
        PointsInTime times = new PointsInTime(clock.instant());
        return new Status.OfAccount(
                accountId,
                stack(),
                times.now(),
                Reading.of(() -> new AccountItems(dynamoDb, settings).of(accountId, times)),
                Reading.of(this::running),
                Reading.of(this::alarms),
                accountId.equals(settings.accountId()) ? settings.schedule() : settings.memberSchedule());
    }

    private Status.Stack stack() {
        return new Status.Stack(
                settings.stackName(), settings.accountId(), settings.region().id());
    }

    private List<Status.Running> running() {
        return stepFunctions
                .listExecutions(list -> list.stateMachineArn(settings.stateMachineArn())
                        .statusFilter(ExecutionStatus.RUNNING)
                        .maxResults(EXECUTIONS))
                .executions()
                .stream()
                .map(execution -> new Status.Running(execution.executionArn(), execution.startDate()))
                .toList();
    }

    /** The alarm about silence also tells by having no data. */
    private List<Status.Alarm> alarms() {
        return cloudWatch
                .describeAlarms(
                        describe -> describe.alarmNames(settings.alarms()).alarmTypes(AlarmType.METRIC_ALARM))
                .metricAlarms()
                .stream()
                .filter(ShowChecklistHandler::isOn)
                .map(alarm ->
                        new Status.Alarm(alarm.alarmName(), alarm.stateValueAsString(), alarm.stateUpdatedTimestamp()))
                .toList();
    }

    private static boolean isOn(MetricAlarm alarm) {
        return alarm.stateValue() == StateValue.ALARM
                || (alarm.stateValue() == StateValue.INSUFFICIENT_DATA
                        && !alarm.insufficientDataActions().isEmpty());
    }

    private Status.OfMembers members(Accounts asked) {
        SweepTable table = new SweepTable(dynamoDb, settings.tableName(), clock);
        return MemberStatus.of(
                stack(),
                clock.instant(),
                table,
                asked.state() == null ? null : Status.MemberState.valueOf(asked.state()),
                asked.nextToken(),
                ACCOUNTS);
    }
}
