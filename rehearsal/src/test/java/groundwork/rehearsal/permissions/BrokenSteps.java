package groundwork.rehearsal.permissions;

import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.Scenarios;
import groundwork.rehearsal.scenario.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Each step of the state machine fails in a way that no retry mends, so that each tells of its failure. */
final class BrokenSteps {
    private BrokenSteps() {}

    static List<Scenario> all() {
        return List.of(
                broken("Read the request", call -> false, world -> {
                    world.stack().breakFunction("ReadRequestFunction");
                    world.stackIsCreated();
                }),
                broken("Read the account's record", call -> is(call, "GetItem", "S=ACCOUNT"), BrokenSteps::signsIn),
                broken("Note the sign-in", call -> is(call, "UpdateItem", "SIGN_IN#"), BrokenSteps::signsIn),
                broken("Claim the account", call -> is(call, "UpdateItem", "claimedAt"), World::stackIsCreated),
                broken("Check the root user", call -> is(call, "GetAccountSummary"), World::stackIsCreated),
                broken("Check the change events", call -> is(call, "DescribeTrails"), World::stackIsCreated),
                broken("Find Identity Center", call -> is(call, "ListInstances"), World::stackIsCreated),
                broken("Provision the administrator", call -> is(call, "GetUserId"), World::stackIsCreated),
                broken("Grant access", call -> is(call, "GetGroupId"), World::stackIsCreated),
                broken("Send what is due", call -> is(call, "Query"), World::stackIsCreated),
                broken(
                        "Can anybody hear of the failure?",
                        call -> is(call, "GetItem") || is(call, "ListSubscriptionsByTopic"),
                        World::stackIsCreated),
                broken(
                        "Record the failure",
                        call -> is(call, "GetItem") || is(call, "UpdateItem"),
                        World::stackIsCreated),
                broken("Report the failure", call -> is(call, "GetItem") || is(call, "Publish"), World::stackIsCreated),
                broken(
                        "Note that events arrive",
                        call -> is(call, "UpdateItem", "SET seenAt"),
                        BrokenSteps::testsItself),
                broken("Send a test event", call -> is(call, "PutEvents"), BrokenSteps::testsItself),
                broken(
                        "Is it this execution's turn?",
                        call -> is(call, "UpdateItem", "pendingSince BETWEEN :overdue"),
                        World::stackIsCreated),
                broken("Record the checklist", call -> is(call, "UpdateItem", "REMOVE failure"), World::stackIsCreated),
                brokenOfMember(
                        "Read the hub's record",
                        call -> is(call, "GetItem", "S=" + MANAGEMENT) && is(call, "GetItem", "S=ACCOUNT")),
                brokenOfMember("Complete the checklist", call -> is(call, "Query", "S=" + MEMBER)),
                brokenOfMember(
                        "Remember the members' permission set",
                        call -> is(call, "UpdateItem", "memberPermissionSetArn = :arn")));
    }

    /** The account of the stack is set up; the member's execution meets the failure. */
    private static Scenario brokenOfMember(String state, Predicate<Call> breaks) {
        return broken(state, breaks, Scenarios.lookingAfter(MEMBER), World::stackIsCreated);
    }

    private static Scenario broken(String state, Predicate<Call> breaks, Consumer<World> start) {
        return broken(state, breaks, Map.of(), start);
    }

    private static Scenario broken(
            String state, Predicate<Call> breaks, Map<String, String> parameters, Consumer<World> start) {
        return new Scenario(
                "broken: " + state,
                "The step fails.",
                MANAGEMENT,
                organization -> organization
                        .managementAccount(MANAGEMENT, "Example", "root@example.com")
                        .memberAccount(MEMBER, "Workload", "workload@example.com")
                        .identityCenter(Region.US_EAST_1),
                parameters,
                world -> {
                    world.organization().observe(new CallObserver() {
                        @Override
                        public void before(Call call) {
                            if (breaks.test(call)) {
                                throw DynamoDbException.builder()
                                        .statusCode(400)
                                        .awsErrorDetails(AwsErrorDetails.builder()
                                                .errorCode("ValidationException")
                                                .errorMessage("Simulated")
                                                .serviceName("Simulated")
                                                .build())
                                        .build();
                            }
                        }
                    });
                    world.addressIsConfirmed();
                    start.accept(world);
                    // Longer than the patience with which it is waited until a failure can be told.
                    world.passes(Duration.ofHours(25));
                    world.expect(
                            "executions that failed",
                            world.seen().executionStatuses().contains("FAILED"));
                });
    }

    private static void signsIn(World world) {
        world.stackIsCreated();
        world.passes(Duration.ofMinutes(5));
        world.console()
                .resetsPassword(world.identityCenter().user("ada").orElseThrow().userId());
        world.organization().accessPortalUser("ada").signsIn();
    }

    private static void testsItself(World world) {
        world.stackIsCreated();
        world.starts(JsonNodeFactory.instance.objectNode().put("selfTest", true));
    }

    private static boolean is(Call call, String operation) {
        return call.operation().equals(operation);
    }

    private static boolean is(Call call, String operation, String part) {
        return is(call, operation) && call.request().toString().contains(part);
    }
}
