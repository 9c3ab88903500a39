package groundwork.conclusion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.access.Others;
import groundwork.administrator.Administrator;
import groundwork.checklist.AccountId;
import groundwork.checklist.Findings;
import groundwork.checklist.Prerequisite;
import groundwork.email.Look;
import groundwork.email.OwnStack;
import groundwork.email.channel.Channels;
import groundwork.identitycenter.Instance;
import groundwork.request.Cause;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import groundwork.runtime.UnreadableInputException;
import groundwork.state.AccountRecord;
import groundwork.state.Outbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Answers for {@link Prerequisite#EMAIL_CHANNEL}, {@link Prerequisite#SIGN_IN_EMAIL} and
 * {@link Prerequisite#FIRST_SIGN_IN}, completes the checklist and sends the emails that are due. Emails go through Amazon
 * SNS, or through Amazon SES if a sender is given.
 */
public final class SendEmailHandler implements RequestHandler<SendEmailHandler.Request, Conclusion> {
    private final OwnStack stack;
    private final Correspondence correspondence;

    public SendEmailHandler() {
        this(
                System.getenv(),
                InstantSource.system(),
                AwsClients.here(DynamoDbClient.builder()),
                AwsClients.here(SnsClient.builder()),
                AwsClients.onFirstUse(() -> AwsClients.here(SesV2Client.builder())),
                AwsClients.here(CloudTrailClient.builder()));
    }

    SendEmailHandler(
            Map<String, String> environment,
            InstantSource clock,
            DynamoDbClient dynamoDb,
            SnsClient sns,
            Supplier<SesV2Client> ses,
            CloudTrailClient cloudTrail) {
        Settings settings = new Settings(environment);
        this.stack = OwnStack.of(settings);
        this.correspondence = new Correspondence(
                stack,
                new Outbox(() -> dynamoDb, settings.tableName(), clock),
                clock,
                new SignInHistory(cloudTrail, clock),
                Channels.of(settings, stack, sns, ses));
    }

    /**
     * @param accountId the account that was looked at
     * @param accountName its name; null if it could not be read
     * @param plan whether to change nothing and send nothing
     * @param observedAt when this look began
     * @param executionArn the execution that looks
     * @param cause why it looks; may be null
     * @param instance the instance of IAM Identity Center; null if there is none to use
     * @param administrator the administrator; null if there is none yet
     * @param known the ids found in this look
     * @param reports what the other functions found; entries may be null
     * @param record the {@link AccountRecord} as stored before; null if there is none
     * @param ahead the attributes of the account's item that were ahead of the clock; may be null, which is none
     */
    public record Request(
            String accountId,
            String accountName,
            boolean plan,
            Instant observedAt,
            String executionArn,
            Cause cause,
            Instance instance,
            Administrator administrator,
            AccountRecord.Known known,
            List<Report> reports,
            String record,
            List<String> ahead) {
        public Request {
            AccountId.required(accountId);
            ahead = ahead == null
                    ? List.of()
                    : ahead.stream().filter(Objects::nonNull).toList();
            known = known == null ? AccountRecord.NONE.known() : known;
            reports = reports == null
                    ? List.of()
                    : reports.stream().filter(Objects::nonNull).toList();
        }

        private Look look(OwnStack stack) {
            return Look.of(
                    stack,
                    accountId,
                    accountName,
                    executionArn,
                    Optional.ofNullable(cause),
                    Optional.ofNullable(instance),
                    Optional.ofNullable(administrator),
                    reports.stream().map(Report::findings).reduce(Findings.NONE, Findings::and),
                    first(Report::origin),
                    reports.stream().anyMatch(Report::untold),
                    first(Report::others));
        }

        private <T> Optional<T> first(Function<Report, T> part) {
            return reports.stream().map(part).filter(Objects::nonNull).findFirst();
        }
    }

    /**
     * What one of the other functions reports.
     *
     * @param findings may be null, which is nothing
     * @param origin when and by whom the administrator was made, in a sentence; null if Groundwork made the user
     * @param untold whether the administrator gets access once people have been told of that
     * @param others who else has the access; null if nobody
     */
    public record Report(Findings findings, String origin, boolean untold, Others others) {
        public Report {
            findings = findings == null ? Findings.NONE : findings;
        }

        Report(Findings findings) {
            this(findings, null, false, null);
        }
    }

    @Override
    public Conclusion handleRequest(Request request, Context context) {
        UnreadableInputException.require(request.observedAt(), "observedAt");
        Observation observation =
                new Observation(request.look(stack), request.observedAt(), request.known(), request.ahead());
        return request.plan()
                ? correspondence.plan(observation, request.record())
                : correspondence.conclude(observation, request.record());
    }
}
