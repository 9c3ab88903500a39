package groundwork.administrator;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.checklist.AccountId;
import groundwork.checklist.Console;
import groundwork.checklist.Prerequisite;
import groundwork.identitycenter.Instance;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import groundwork.runtime.UnreadableInputException;
import groundwork.state.AccountRecord;
import groundwork.state.Effects;
import groundwork.state.Outbox;
import groundwork.state.PointsInTime;
import groundwork.state.RepairNotes;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;

/** Answers for {@link Prerequisite#ADMIN_USER}: adopts or creates the administrator. */
public final class ProvisionAdministratorHandler
        implements RequestHandler<ProvisionAdministratorHandler.Request, Provisioning> {
    private final AdministratorProvisioning provisioning;
    private final Outbox outbox;
    private final InstantSource clock;
    private final String administratorEmail;

    public ProvisionAdministratorHandler() {
        this(
                System.getenv(),
                InstantSource.system(),
                AwsClients.here(IdentitystoreClient.builder()),
                AwsClients.onFirstUse(() -> AwsClients.here(DynamoDbClient.builder())));
    }

    ProvisionAdministratorHandler(
            Map<String, String> environment,
            InstantSource clock,
            IdentitystoreClient identityStore,
            Supplier<DynamoDbClient> dynamoDb) {
        Settings settings = new Settings(environment);
        this.administratorEmail = settings.administratorEmail();
        this.provisioning = new AdministratorProvisioning(
                identityStore,
                new AdministratorProvisioning.Person(
                        settings.userName(),
                        settings.givenName(),
                        settings.familyName(),
                        administratorEmail,
                        settings.hasExternalIdentitySource()),
                AdministratorIdentity.of(settings),
                new Console(settings.region()));
        this.clock = clock;
        this.outbox = new Outbox(dynamoDb, settings.tableName(), clock);
    }

    /**
     * @param accountId the account that is being set up
     * @param plan whether to change nothing and only say what would be done
     * @param instance the instance of IAM Identity Center
     * @param record what the table holds of the account; null when there is nothing
     * @param waited how many seconds the execution has waited for people and for AWS
     * @param setback what an earlier look of the execution came up against; null if nothing
     */
    public record Request(
            String accountId, boolean plan, Instance instance, String record, int waited, Setback setback) {
        public Request {
            AccountId.required(accountId);
        }
    }

    @Override
    public Provisioning handleRequest(Request request, Context context) {
        UnreadableInputException.require(request.instance(), "instance");
        AccountRecord record = AccountRecord.parse(request.record(), new PointsInTime(clock.instant()));
        // Somebody whom the parameters name now and did not before was not missing.
        RepairNotes notes = new RepairNotes(
                outbox,
                request.accountId(),
                Prerequisite.ADMIN_USER,
                () -> record.doneBefore(Prerequisite.ADMIN_USER) && record.isAbout(administratorEmail),
                record,
                clock.instant());
        Effects effects = new Effects(request.plan(), List.of(), notes, () -> {});
        return provisioning.provision(
                request.instance(), record, effects, Optional.ofNullable(request.setback()), request.waited());
    }
}
