package groundwork.access;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.administrator.Administrator;
import groundwork.administrator.AdministratorIdentity;
import groundwork.administrator.OwnRole;
import groundwork.administrator.Setback;
import groundwork.checklist.AccountId;
import groundwork.checklist.Console;
import groundwork.checklist.Prerequisite;
import groundwork.identitycenter.Instance;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import groundwork.runtime.UnreadableInputException;
import groundwork.state.AccountRecord;
import groundwork.state.Effects;
import groundwork.state.Occasion;
import groundwork.state.Outbox;
import groundwork.state.PointsInTime;
import groundwork.state.RepairNotes;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** Answers for {@link Prerequisite#ADMIN_ACCESS}: group, membership, permission set and assignment. */
public final class GrantAccessHandler implements RequestHandler<GrantAccessHandler.Request, Access> {
    private final AccessGrant grant;
    private final Outbox outbox;
    private final InstantSource clock;

    public GrantAccessHandler() {
        this(
                System.getenv(),
                InstantSource.system(),
                AwsClients.here(IdentitystoreClient.builder()),
                AwsClients.here(SsoAdminClient.builder()),
                AwsClients.here(IamClient.builder()),
                AwsClients.here(DynamoDbClient.builder()));
    }

    GrantAccessHandler(
            Map<String, String> environment,
            InstantSource clock,
            IdentitystoreClient identityStore,
            SsoAdminClient ssoAdmin,
            IamClient iam,
            DynamoDbClient dynamoDb) {
        Settings settings = new Settings(environment);
        Region region = settings.region();
        String partition = PartitionMetadata.of(region).id();
        String administratorAccess = "arn:%s:iam::aws:policy/AdministratorAccess".formatted(partition);
        AccessExamination.Home home = new AccessExamination.Home(partition, settings.accountId());
        ManagedPolicies managedPolicies = new ManagedPolicies(iam);
        Console console = new Console(region);
        this.outbox = new Outbox(dynamoDb, settings.tableName(), clock);
        AdministratorsGroup group =
                new AdministratorsGroup(identityStore, settings.groupName(), OwnRole.of(settings.groupMaker()));
        this.grant = new AccessGrant(
                clock,
                ssoAdmin,
                new Admission(identityStore, AdministratorIdentity.of(settings), group, outbox, console),
                group,
                new AdministratorPermissionSet(
                        ssoAdmin,
                        new AdministratorPermissionSet.Wish(
                                settings.permissionSetName(),
                                settings.sessionDuration(),
                                administratorAccess,
                                new AdministratorPermissionSet.Owner(settings.stackId(), settings.stackName()))),
                new AccessExamination(
                        home,
                        administratorAccess,
                        managedPolicies,
                        new ReservedRoleExamination(home, administratorAccess, iam, managedPolicies, console),
                        console),
                console);
        this.clock = clock;
    }

    /**
     * @param accountId the account to give access to
     * @param plan whether to change nothing and only say what would be done
     * @param instance the instance of IAM Identity Center
     * @param administrator null only in a plan, when the user does not exist yet
     * @param record what the table holds of the account; null when there is nothing
     * @param pending what the last call left under way; null at the first call
     * @param waited how many seconds the execution has waited for people and for AWS
     * @param setback what an earlier call of the execution came up against; null if nothing
     */
    public record Request(
            String accountId,
            boolean plan,
            Instance instance,
            Administrator administrator,
            String record,
            Pending pending,
            int waited,
            Setback setback) {
        public Request {
            AccountId.required(accountId);
        }

        private AccessTask task() {
            return new AccessTask(
                    accountId,
                    plan,
                    instance,
                    Optional.ofNullable(administrator).map(Administrator::userId),
                    Optional.ofNullable(pending),
                    waited,
                    Optional.ofNullable(setback));
        }
    }

    @Override
    public Access handleRequest(Request request, Context context) {
        UnreadableInputException.require(request.instance(), "instance");
        AccountRecord record = AccountRecord.parse(request.record(), new PointsInTime(clock.instant()));
        AccessTask task = request.task();
        return task.isOrdered() ? grant.goOn(task) : grant.ensure(task, record, effects(task, record));
    }

    private Effects effects(AccessTask task, AccountRecord record) {
        boolean repair = record.doneBefore(Prerequisite.ADMIN_ACCESS) && hadAccess(task, record);
        RepairNotes notes =
                new RepairNotes(outbox, task.accountId(), Prerequisite.ADMIN_ACCESS, repair, record, clock.instant());
        return new Effects(
                task.plan(),
                task.pending().map(Pending::effects).orElse(List.of()),
                notes,
                () -> outbox.noteGrant(task.accountId(), task.userId().orElseThrow()));
    }

    /** Somebody whom the parameters name now and did not before is given access, and not given it back. */
    private boolean hadAccess(AccessTask task, AccountRecord record) {
        return task.userId()
                .filter(userId -> userId.equals(record.adminBefore())
                        || outbox.isSent(task.accountId(), Occasion.signInEmail(userId)))
                .isPresent();
    }
}
