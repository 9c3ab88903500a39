package groundwork.conclusion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.access.Others;
import groundwork.administrator.Administrator;
import groundwork.checklist.AccountId;
import groundwork.checklist.Checklist;
import groundwork.checklist.Console;
import groundwork.checklist.Finding;
import groundwork.checklist.Prerequisite;
import groundwork.email.Stack;
import groundwork.email.channel.Channel;
import groundwork.email.channel.SesChannel;
import groundwork.email.channel.SnsChannel;
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
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Answers for {@link Prerequisite#EMAIL_CHANNEL}, {@link Prerequisite#SIGN_IN_EMAIL} and
 * {@link Prerequisite#FIRST_SIGN_IN}, completes the checklist and sends the emails that are due. Emails go through Amazon
 * SNS, or through Amazon SES if a sender is given.
 */
public final class SendEmailHandler implements RequestHandler<SendEmailHandler.Request, SendEmailHandler.Report> {
    private final Correspondence correspondence;

    public SendEmailHandler() {
        this(
                System.getenv(),
                InstantSource.system(),
                AwsClients.here(DynamoDbClient.builder()),
                AwsClients.here(SnsClient.builder()),
                AwsClients.here(SesV2Client.builder()),
                AwsClients.here(CloudTrailClient.builder()));
    }

    SendEmailHandler(
            Map<String, String> environment,
            InstantSource clock,
            DynamoDbClient dynamoDb,
            SnsClient sns,
            SesV2Client ses,
            CloudTrailClient cloudTrail) {
        Settings settings = new Settings(environment);
        Stack stack = Stack.of(settings);
        Console console = stack.console();
        String sender = settings.optional("SENDER_EMAIL");
        String escalationTopic = settings.optional("ESCALATION_TOPIC_ARN");
        String second = stack.escalationEmail();
        Channel channel;
        Optional<Channel> escalation;
        Optional<Channel> alarms;
        List<Channel> others;
        Channel topic = new SnsChannel(sns, settings.required("TOPIC_ARN"), stack.administratorEmail(), console);
        Optional<Channel> secondTopic = second.isEmpty() || escalationTopic.isEmpty()
                ? Optional.empty()
                : Optional.of(new SnsChannel(sns, escalationTopic, second, console));
        if (sender.isEmpty()) {
            channel = topic;
            alarms = Optional.empty();
            escalation = secondTopic;
            others = secondTopic.stream().toList();
        } else {
            alarms = Optional.of(topic);
            channel = new SesChannel(ses, sender, stack.administratorEmail(), console);
            escalation =
                    second.isEmpty() ? Optional.empty() : Optional.of(new SesChannel(ses, sender, second, console));
            others = Stream.concat(Stream.of(topic), secondTopic.stream()).toList();
        }
        this.correspondence = new Correspondence(
                stack,
                new Outbox(dynamoDb, settings.required("TABLE_NAME"), clock),
                clock,
                new SignInHistory(cloudTrail, clock),
                channel,
                escalation,
                alarms,
                others);
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
            List<Findings> reports,
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
    }

    /**
     * What one function found.
     *
     * @param findings may be null, which is nothing
     * @param origin when and by whom the administrator was made, in a sentence; null if Groundwork made the user
     * @param untold whether the administrator gets access once people have been told of that
     * @param others who else has the access; null if nobody
     */
    public record Findings(List<Finding> findings, String origin, boolean untold, Others others) {
        public Findings {
            findings = findings == null ? List.of() : List.copyOf(findings);
        }

        Findings(List<Finding> findings) {
            this(findings, null, false, null);
        }
    }

    /**
     * @param checklist the checklist after this look
     * @param record the {@link AccountRecord} to store, as it is stored; null in a plan
     * @param waitFor the line that people are waited for, the first on the checklist unless it is the email channel; null
     *     if nobody is waited for, and in a plan
     * @param sent what was sent, to whom
     * @param plan what a run would do, one line per prerequisite; null unless a plan was asked for
     * @param again whether something waited for an email that has been sent now, so that another look is worth it at once
     */
    public record Report(
            Checklist checklist,
            String record,
            Prerequisite waitFor,
            List<String> sent,
            List<PlanLine> plan,
            boolean again) {}

    @Override
    public Report handleRequest(Request request, Context context) {
        UnreadableInputException.require(request.observedAt(), "observedAt");
        return correspondence.look(request);
    }
}
