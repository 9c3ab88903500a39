package groundwork.changeevents;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.checklist.Console;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;

/** Answers for {@link Prerequisite#CHANGE_EVENTS}. Writes nothing. */
public final class CheckChangeEventsHandler
        implements RequestHandler<CheckChangeEventsHandler.Request, CheckChangeEventsHandler.Report> {
    private final ManagementEventTrail trail;
    private final String ownAccountId;

    public CheckChangeEventsHandler() {
        this(System.getenv(), AwsClients.here(CloudTrailClient.builder()));
    }

    CheckChangeEventsHandler(Map<String, String> environment, CloudTrailClient cloudTrail) {
        Settings settings = new Settings(environment);
        String region = settings.required("AWS_REGION");
        this.ownAccountId = settings.required("ACCOUNT_ID");
        this.trail = new ManagementEventTrail(
                cloudTrail,
                new Console(Region.of(region)),
                new TreeSet<>(List.of(region, settings.required("GLOBAL_REGION"))));
    }

    /**
     * @param accountId the account to look at
     */
    public record Request(String accountId) {}

    /**
     * @param findings CHANGE_EVENTS
     */
    public record Report(List<Finding> findings) {}

    @Override
    public Report handleRequest(Request request, Context context) {
        Outcome outcome = request.accountId().equals(ownAccountId)
                ? trail.check()
                : new Outcome.Unknown("The trails of account %s cannot be read from account %s."
                        .formatted(request.accountId(), ownAccountId));
        return new Report(List.of(new Finding(Prerequisite.CHANGE_EVENTS, outcome)));
    }
}
