package groundwork.access;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.administrator.Administrator;
import groundwork.administrator.AdministratorIdentity;
import groundwork.administrator.OwnRole;
import groundwork.administrator.Setback;
import groundwork.checklist.AccountId;
import groundwork.checklist.AwsPartition;
import groundwork.checklist.Console;
import groundwork.checklist.Prerequisite;
import groundwork.identitycenter.Instance;
import groundwork.organization.MemberAccounts;
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
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** Answers for {@link Prerequisite#ADMIN_ACCESS}: group, membership, permission set and assignment. */
public final class GrantAccessHandler implements RequestHandler<GrantAccessHandler.Request, Access> {
    private final AccessGrant ofOwnAccount;
    private final AccessGrant ofMember;
    private final Supplier<MemberAccounts> memberAccounts;
    private final String ownAccountId;
    private final Outbox outbox;
    private final InstantSource clock;

    public GrantAccessHandler() {
        this(
                System.getenv(),
                InstantSource.system(),
                AwsClients.here(IdentitystoreClient.builder()),
                AwsClients.here(SsoAdminClient.builder()),
                AwsClients.here(IamClient.builder()),
                () -> AwsClients.here(OrganizationsClient.builder()),
                AwsClients.onFirstUse(() -> AwsClients.here(DynamoDbClient.builder())));
    }

    GrantAccessHandler(
            Map<String, String> environment,
            InstantSource clock,
            IdentitystoreClient identityStore,
            SsoAdminClient ssoAdmin,
            IamClient iam,
            Supplier<OrganizationsClient> organizations,
            Supplier<DynamoDbClient> dynamoDb) {
        Settings settings = new Settings(environment);
        Region region = settings.region();
        String partition = AwsPartition.of(region).id();
        String administratorAccess = "arn:%s:iam::aws:policy/AdministratorAccess".formatted(partition);
        AccessExamination.Home home = new AccessExamination.Home(partition, settings.accountId());
        ManagedPolicies managedPolicies = new ManagedPolicies(iam);
        Console console = new Console(region);
        this.outbox = new Outbox(dynamoDb, settings.tableName(), clock);
        AdministratorsGroup group =
                new AdministratorsGroup(identityStore, settings.groupName(), OwnRole.of(settings.groupMaker()));
        AdministratorPermissionSet.Owner owner =
                new AdministratorPermissionSet.Owner(settings.stackId(), settings.stackName());
        AdministratorPermissionSet ownSet = new AdministratorPermissionSet(
                ssoAdmin,
                new AdministratorPermissionSet.Wish(
                        settings.permissionSetName(), settings.sessionDuration(), administratorAccess, owner));
        AdministratorPermissionSet memberSet = new AdministratorPermissionSet(
                ssoAdmin,
                new AdministratorPermissionSet.Wish(
                        settings.memberPermissionSetName(), settings.sessionDuration(), administratorAccess, owner));
        Function<AdministratorPermissionSet, AccessGrant> grant = permissionSet -> new AccessGrant(
                clock,
                ssoAdmin,
                new Admission(identityStore, AdministratorIdentity.of(settings), outbox, settings.accountId(), console),
                group,
                permissionSet,
                new AccessExamination(
                        home,
                        administratorAccess,
                        managedPolicies,
                        new ReservedRoleExamination(home, administratorAccess, iam, managedPolicies, console),
                        console),
                new HubAccess(ssoAdmin, settings.accountId(), ownSet),
                console);
        this.ofOwnAccount = grant.apply(ownSet);
        this.ofMember = grant.apply(memberSet);
        this.memberAccounts = AwsClients.onFirstUse(() -> new MemberAccounts(settings, organizations.get()));
        this.ownAccountId = settings.accountId();
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
     * @param hubRecord what the table holds of the stack's own account; null when there is nothing
     * @param memberPermissionSetArn what the table holds as the permission set of the member accounts; null when there is nothing
     */
    public record Request(
            String accountId,
            boolean plan,
            Instance instance,
            Administrator administrator,
            String record,
            Pending pending,
            int waited,
            Setback setback,
            String hubRecord,
            String memberPermissionSetArn) {
        public Request {
            AccountId.required(accountId);
        }

        private AccessTask task(Optional<AccessTask.Hub> hub) {
            return new AccessTask(
                    accountId,
                    plan,
                    instance,
                    Optional.ofNullable(administrator).map(Administrator::userId),
                    Optional.ofNullable(pending),
                    waited,
                    Optional.ofNullable(setback),
                    hub);
        }
    }

    @Override
    public Access handleRequest(Request request, Context context) {
        UnreadableInputException.require(request.instance(), "instance");
        PointsInTime times = new PointsInTime(clock.instant());
        AccountRecord record = AccountRecord.parse(request.record(), times);
        boolean own = request.accountId().equals(ownAccountId);
        AccessTask task = request.task(
                own
                        ? Optional.empty()
                        : Optional.of(new AccessTask.Hub(
                                AccountRecord.parse(request.hubRecord(), times).known(),
                                request.memberPermissionSetArn())));
        AccessGrant grant = own ? ofOwnAccount : ofMember;
        if (task.isOrdered()) {
            return grant.goOn(task);
        }
        if (!own) {
            memberAccounts.get().require(task.accountId());
        }
        return grant.ensure(task, record, effects(task, record));
    }

    private Effects effects(AccessTask task, AccountRecord record) {
        RepairNotes notes = new RepairNotes(
                outbox,
                task.accountId(),
                Prerequisite.ADMIN_ACCESS,
                () -> record.doneBefore(Prerequisite.ADMIN_ACCESS) && hadAccess(task, record),
                record,
                clock.instant());
        return new Effects(
                task.plan(),
                task.pending().map(Pending::effects).orElse(List.of()),
                notes,
                // The sign-in email is about the account of the stack.
                task.hub().isPresent()
                        ? () -> {}
                        : () -> outbox.noteGrant(task.accountId(), task.userId().orElseThrow()));
    }

    /** Somebody whom the parameters name now and did not before is given access, and not given it back. */
    private boolean hadAccess(AccessTask task, AccountRecord record) {
        return task.userId()
                .filter(userId -> task.hub().isPresent()
                        ? userId.equals(record.known().userId())
                        : userId.equals(record.adminBefore())
                                || outbox.isSent(task.accountId(), Occasion.signInEmail(userId)))
                .isPresent();
    }
}
