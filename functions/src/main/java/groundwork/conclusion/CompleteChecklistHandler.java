package groundwork.conclusion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.checklist.AccountId;
import groundwork.checklist.Findings;
import groundwork.checklist.Prerequisite;
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
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Completes the checklist of a member account. There {@link Prerequisite#EMAIL_CHANNEL}, {@link Prerequisite#SIGN_IN_EMAIL} and
 * {@link Prerequisite#FIRST_SIGN_IN} are not applicable. Sends and writes nothing. That it is another function than the one that
 * sends has a reason: who counts looks at the account of the stack must not count these.
 */
public final class CompleteChecklistHandler implements RequestHandler<CompleteChecklistHandler.Request, Conclusion> {
    private final MemberChecklist checklist;

    public CompleteChecklistHandler() {
        this(System.getenv(), InstantSource.system(), AwsClients.here(DynamoDbClient.builder()));
    }

    CompleteChecklistHandler(Map<String, String> environment, InstantSource clock, DynamoDbClient dynamoDb) {
        Settings settings = new Settings(environment);
        this.checklist = new MemberChecklist(
                settings.accountId(), new Outbox(() -> dynamoDb, settings.tableName(), clock), clock);
    }

    /**
     * @param accountId the account that was looked at
     * @param plan whether only to say what a run would do
     * @param observedAt when this look began
     * @param known the ids found in this look
     * @param reports what the other functions found; entries may be null
     * @param record the {@link AccountRecord} as stored before; null if there is none
     * @param ahead the attributes of the account's item that were ahead of the clock; may be null, which is none
     */
    public record Request(
            String accountId,
            boolean plan,
            Instant observedAt,
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

        private Findings findings() {
            return reports.stream().map(Report::findings).reduce(Findings.NONE, Findings::and);
        }
    }

    /**
     * What one of the other functions reports.
     *
     * @param findings may be null, which is nothing
     */
    public record Report(Findings findings) {
        public Report {
            findings = findings == null ? Findings.NONE : findings;
        }
    }

    @Override
    public Conclusion handleRequest(Request request, Context context) {
        UnreadableInputException.require(request.observedAt(), "observedAt");
        return request.plan()
                ? checklist.plan(
                        request.accountId(),
                        request.observedAt(),
                        request.findings(),
                        request.record(),
                        request.ahead())
                : checklist.conclude(
                        request.accountId(),
                        request.observedAt(),
                        request.known(),
                        request.findings(),
                        request.record(),
                        request.ahead());
    }
}
