package groundwork.access;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.administrator.Administrator;
import groundwork.administrator.AdministratorIdentity;
import groundwork.administrator.OwnRole;
import groundwork.administrator.Setback;
import groundwork.checklist.AccountId;
import groundwork.checklist.Change;
import groundwork.checklist.Console;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.identitycenter.Instance;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import groundwork.runtime.UnreadableInputException;
import groundwork.state.AccountRecord;
import groundwork.state.ChangeNotes;
import groundwork.state.Changes;
import groundwork.state.Occasion;
import groundwork.state.Outbox;
import groundwork.state.PointsInTime;
import java.time.Instant;
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
public final class GrantAccessHandler implements RequestHandler<GrantAccessHandler.Request, GrantAccessHandler.Report> {
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
        Region region = Region.of(settings.required("AWS_REGION"));
        String partition = PartitionMetadata.of(region).id();
        String administratorAccess = "arn:%s:iam::aws:policy/AdministratorAccess".formatted(partition);
        AccessExamination.Home home = new AccessExamination.Home(partition, settings.required("ACCOUNT_ID"));
        ManagedPolicies managedPolicies = new ManagedPolicies(iam);
        Console console = new Console(region);
        this.outbox = new Outbox(dynamoDb, settings.required("TABLE_NAME"), clock);
        AdministratorsGroup group = new AdministratorsGroup(
                identityStore, settings.required("GROUP_NAME"), OwnRole.of(settings, "GROUP_MAKER"));
        this.grant = new AccessGrant(
                clock,
                ssoAdmin,
                new Admission(identityStore, AdministratorIdentity.of(settings), group, outbox, console),
                group,
                new AdministratorPermissionSet(
                        ssoAdmin,
                        new AdministratorPermissionSet.Wish(
                                settings.required("PERMISSION_SET_NAME"),
                                settings.required("SESSION_DURATION"),
                                administratorAccess,
                                new AdministratorPermissionSet.Owner(
                                        settings.required("STACK_ID"), settings.required("STACK_NAME")))),
                new AccessExamination(
                        home,
                        administratorAccess,
                        managedPolicies,
                        new ReservedRole(home, administratorAccess, iam, managedPolicies, console),
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

        Optional<Setback> earlierSetback() {
            return Optional.ofNullable(setback);
        }

        Optional<String> userId() {
            return Optional.ofNullable(administrator).map(Administrator::userId);
        }

        Request with(Pending ordered) {
            return new Request(accountId, plan, instance, administrator, record, ordered, waited, setback);
        }
    }

    /**
     * What AWS was asked to do.
     *
     * @param requestId by which AWS tells how far it is
     */
    public record Order(Kind kind, String requestId) {
        /** The two kinds of work that AWS does in the background here. */
        public enum Kind {
            ASSIGNMENT,
            PROVISIONING
        }
    }

    /**
     * Work that AWS has taken on, with all that is needed to go on from there.
     *
     * @param order what AWS was asked to do; null when AWS has yet to finish something before it can be asked
     * @param groupId the group; null when that is not known
     * @param permissionSetArn the permission set; null when that is not known
     * @param changes what was done so far
     * @param doubtedSince since when IAM has shown a role that may be as it was before a change; null when it is in no
     *     doubt
     * @param limit what the order is to put right, and what is true until it does; null when it is for something else
     */
    public record Pending(
            Order order,
            String groupId,
            String permissionSetArn,
            List<Change> changes,
            Instant doubtedSince,
            Outcome limit) {
        Pending(Order order, String groupId, String permissionSetArn, List<Change> changes) {
            this(order, groupId, permissionSetArn, changes, null, null);
        }

        private Outcome outcome(String unfinished) {
            return limit == null ? new Outcome.Unknown(unfinished) : limit;
        }

        /** The outcome while AWS works on the order. */
        Outcome inProgress() {
            return outcome("AWS is still working on the assignment.");
        }

        /** The outcome while something has to be finished, or to become visible, before it can be told or ordered. */
        Outcome notYet() {
            return outcome("AWS has not finished an earlier change of access yet.");
        }
    }

    /**
     * @param findings ADMIN_ACCESS
     * @param pending what AWS still works on; null when there is nothing to wait for
     * @param groupId the group; null when there is none
     * @param permissionSetArn the permission set; null when there is none
     * @param setback what AWS refused or does not take yet, for the next call; null if nothing
     * @param untold whether the administrator gets access once people have been told that the user was there before
     * @param others who else has or gets the access; null if nobody, or while there is none
     */
    public record Report(
            List<Finding> findings,
            Pending pending,
            String groupId,
            String permissionSetArn,
            Setback setback,
            boolean untold,
            Others others) {
        Report(List<Finding> findings, Pending pending, String groupId, String permissionSetArn, Setback setback) {
            this(findings, pending, groupId, permissionSetArn, setback, false, null);
        }

        Report after(Setback happened) {
            return new Report(findings, pending, groupId, permissionSetArn, happened, untold, others);
        }

        Report asUntold() {
            return new Report(findings, pending, groupId, permissionSetArn, setback, true, others);
        }

        /** The same with who else has or gets the access, and the outcome saying so. */
        Report with(Others found, Outcome outcome) {
            return new Report(
                    List.of(findings.getFirst().with(outcome)),
                    pending,
                    groupId,
                    permissionSetArn,
                    setback,
                    untold,
                    found.isEmpty() ? null : found);
        }
    }

    @Override
    public Report handleRequest(Request request, Context context) {
        UnreadableInputException.require(request.instance(), "instance");
        AccountRecord record = AccountRecord.parse(request.record(), new PointsInTime(clock.instant()));
        boolean repair = record.doneBefore(Prerequisite.ADMIN_ACCESS) && hadAccess(request, record);
        List<Change> earlier =
                request.pending() == null ? List.of() : request.pending().changes();
        ChangeNotes notes = new ChangeNotes(
                outbox, request.accountId(), Prerequisite.ADMIN_ACCESS, repair, record, clock.instant());
        Changes changes = new Changes(
                request.plan(),
                earlier,
                notes,
                () -> outbox.noteGrant(
                        request.accountId(), request.administrator().userId()));
        return request.pending() == null || request.pending().order() == null
                ? grant.ensure(request, record, changes)
                : grant.goOn(request);
    }

    /** Somebody whom the parameters name now and did not before is given access, and not given it back. */
    private boolean hadAccess(Request request, AccountRecord record) {
        return request.userId()
                .filter(userId -> userId.equals(record.adminBefore())
                        || outbox.isSent(request.accountId(), Occasion.signIn(userId)))
                .isPresent();
    }
}
