package groundwork.changeevents;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.checklist.Console;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** Answers for {@link Prerequisite#CHANGE_EVENTS}, and sends the test events of a self-test. */
public final class CheckChangeEventsHandler
        implements RequestHandler<CheckChangeEventsHandler.Request, CheckChangeEventsHandler.Report> {
    private final ManagementEventTrail trail;
    private final OwnRules rules;
    private final EventProbe probe;
    private final MemberEvents memberEvents;
    private final String ownAccountId;
    private final Settings settings;

    public CheckChangeEventsHandler() {
        this(
                System.getenv(),
                InstantSource.system(),
                region -> AwsClients.in(region, CloudTrailClient.builder()),
                AwsClients.here(DynamoDbClient.builder()),
                region -> AwsClients.in(region, EventBridgeClient.builder()));
    }

    CheckChangeEventsHandler(
            Map<String, String> environment,
            InstantSource clock,
            CloudTrailClients cloudTrail,
            DynamoDbClient dynamoDb,
            EventBridgeClients eventBridge) {
        this.settings = new Settings(environment);
        Region here = settings.region();
        Optional<Region> elsewhere = settings.forwardingRegion();
        List<Region> regions =
                Stream.concat(Stream.of(here), elsewhere.stream()).toList();
        Console console = new Console(here);
        this.ownAccountId = settings.accountId();
        this.trail = new ManagementEventTrail(cloudTrail, console, regions);
        // A client is costly to build and made for many calls.
        EventBridgeClients clients = regions.stream().collect(Collectors.toMap(region -> region, eventBridge::in))::get;
        this.rules = new OwnRules(clients, console, settings.stackName(), settings.rulePrefix());
        this.probe = new EventProbe(clients, dynamoDb, settings.tableName(), clock, console, regions);
        this.memberEvents = new MemberEvents(dynamoDb, settings.tableName(), clock);
    }

    /**
     * @param accountId the account to look at
     * @param selfTest whether to send test events instead of looking
     * @param stateMachineArn which most rules start; null from an execution that began before an update of the stack, which goes
     *     on with the definition it began with
     */
    public record Request(String accountId, boolean selfTest, String stateMachineArn) {}

    /**
     * @param findings CHANGE_EVENTS; empty after a self-test, whose events have yet to arrive
     */
    public record Report(Findings findings) {}

    @Override
    public Report handleRequest(Request request, Context context) {
        if (request.selfTest()) {
            probe.send(request.accountId());
            return new Report(Findings.NONE);
        }
        return new Report(Findings.of(new Finding(Prerequisite.CHANGE_EVENTS, outcome(request))));
    }

    private Outcome outcome(Request request) {
        String accountId = request.accountId();
        if (!accountId.equals(ownAccountId)) {
            return memberEvents.check(accountId);
        }
        Outcome trails = trail.check();
        if (!(trails instanceof Outcome.Done)) {
            return trails;
        }
        EventProbe.Result test = probe.result(accountId);
        return rules.problem(ownRules(request.stateMachineArn()))
                .or(() -> Optional.ofNullable(test.problem()))
                .orElseGet(() -> new Outcome.Done(trails.what() + " " + test.lastSeen()));
    }

    private List<OwnRules.Rule> ownRules(String stateMachineArn) {
        Region here = settings.region();
        Stream<OwnRules.Rule> forwarding = settings.forwardingRegion().stream()
                .flatMap(region -> leadingTo(settings.busArn(), region, settings.forwardingRules()));
        // The template cannot say what these lead to: it is made after this function.
        Stream<OwnRules.Rule> ofMembers = Stream.concat(
                named(new OwnRules.Target(here, null, null), settings.markRules()),
                named(new OwnRules.Target(here, settings.memberBus(), null), settings.memberRules()));
        return Stream.of(
                        leadingTo(stateMachineArn, here, settings.rules()),
                        leadingTo(settings.noticeArn(), here, settings.noticeRules()),
                        ofMembers,
                        forwarding)
                .flatMap(rules -> rules)
                .toList();
    }

    private static Stream<OwnRules.Rule> leadingTo(String targetArn, Region region, List<String> names) {
        return named(new OwnRules.Target(region, null, targetArn), names);
    }

    private static Stream<OwnRules.Rule> named(OwnRules.Target target, List<String> names) {
        return names.stream().map(name -> new OwnRules.Rule(target, name));
    }
}
