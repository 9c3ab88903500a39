package groundwork.sweep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.root.MemberClients;
import groundwork.root.MemberRoots;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import groundwork.runtime.UnreadableInputException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Compares a batch of member accounts with what is on record of them. Grants nothing and changes no account. */
public final class CompareMemberAccountsHandler
        implements RequestHandler<CompareMemberAccountsHandler.Request, CompareMemberAccountsHandler.Report> {
    private final Settings settings;
    private final InstantSource clock;
    private final SweepTable table;
    private final IamClient iam;
    private final StsClient sts;
    private final MemberClients members;

    public CompareMemberAccountsHandler() {
        this(
                System.getenv(),
                InstantSource.system(),
                AwsClients.here(DynamoDbClient.builder()),
                AwsClients.here(IamClient.builder()),
                AwsClients.here(StsClient.builder()),
                credentials -> AwsClients.here(MemberClients.builder(credentials)));
    }

    CompareMemberAccountsHandler(
            Map<String, String> environment,
            InstantSource clock,
            DynamoDbClient dynamoDb,
            IamClient iam,
            StsClient sts,
            MemberClients members) {
        this.settings = new Settings(environment);
        this.clock = clock;
        this.table = new SweepTable(dynamoDb, settings.tableName(), clock);
        this.iam = iam;
        this.sts = sts;
        this.members = members;
    }

    /**
     * @param batch the key of the batch
     */
    public record Request(String batch) {}

    /**
     * @param differing the ids of the accounts that differ from what is on record
     */
    public record Report(List<String> differing) {
        public Report {
            differing = List.copyOf(differing);
        }
    }

    @Override
    public Report handleRequest(Request request, Context context) {
        UnreadableInputException.require(request.batch(), "batch");
        Batch batch = table.batch(request.batch());
        Map<String, SweepTable.Recorded> recorded =
                table.recorded(batch.members().stream().map(Member::id).toList());
        if (batch.isCompared()) {
            return new Report(batch.differing().stream()
                    .filter(id -> !lookedAtSince(batch, recorded.getOrDefault(id, SweepTable.Recorded.NOTHING)))
                    .toList());
        }
        batch.members().forEach(this::workOff);
        Comparison comparison = new Comparison(new MemberRoots(settings, sts, members, iam)::check);
        List<String> differing = batch.members().stream()
                .filter(member -> comparison.differs(
                        batch.known(), member, recorded.getOrDefault(member.id(), SweepTable.Recorded.NOTHING)))
                .map(Member::id)
                .toList();
        table.keep(request.batch(), batch.compared(differing, clock.instant()));
        return new Report(differing);
    }

    /** Before the account is looked at: what happens after this marks it again. */
    private void workOff(Member member) {
        if (member.mark() != null) {
            table.unmark(member.id(), member.mark());
            if (member.mark().seenAt() != null) {
                table.seen(member.id(), member.mark().seenAt());
            }
        }
    }

    /** The sweep that compared the batch died, and another goes on where it was. */
    private static boolean lookedAtSince(Batch batch, SweepTable.Recorded recorded) {
        return recorded.record()
                .lastChecklist()
                .filter(checklist -> checklist.observedAt().isAfter(batch.comparedAt()))
                .isPresent();
    }
}
