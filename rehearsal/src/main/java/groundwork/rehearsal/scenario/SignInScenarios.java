package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.FIRST_SIGN_IN;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.stack.EventDelivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Stories about the first sign-in, of which an event is no proof. */
public final class SignInScenarios {

    private SignInScenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(lost(), madeUp());
    }

    private static Scenario lost() {
        return new Scenario(
                "sign-in-event-lost",
                "EventBridge never delivers the event of Ada's first sign-in: the next look finds it in CloudTrail's event"
                        + " history.",
                Scenarios::companyWithIdentityCenter,
                world -> {
                    everythingButTheSignIn(world);
                    world.after(Duration.ofMinutes(5), "Ada signs in, and the event is lost", () -> {
                        world.stack().deliverEvents(List::of);
                        signsIn(world);
                        world.stack().deliverEvents(EventDelivery.prompt());
                    });
                    world.passes(Duration.ofMinutes(90));
                    world.expect("FIRST_SIGN_IN", world.seen().status(FIRST_SIGN_IN), "DONE");
                    world.expect("the account", world.seen().checklistStatus(), "READY");
                    world.passes(Duration.ofDays(2));
                    world.expect(
                            "reminders of the sign-in",
                            world.seen().mails("you have not signed in").size(),
                            0);
                });
    }

    private static Scenario madeUp() {
        return new Scenario(
                "sign-in-made-up",
                "Somebody who may start the state machine writes the event of Ada's sign-in by hand: it counts for nothing.",
                MANAGEMENT,
                Scenarios::companyWithIdentityCenter,
                Map.of("PatienceHours", "4"),
                world -> {
                    everythingButTheSignIn(world);
                    world.after(
                            Duration.ofMinutes(5),
                            "Mallory starts the state machine with an event that never was",
                            () -> world.starts(event(world, userId(world))));
                    world.settles();
                    world.expectAtUsualPace(
                            "FIRST_SIGN_IN at first", world.seen().status(FIRST_SIGN_IN), "UNKNOWN");
                    world.passes(Duration.ofHours(3));
                    world.expect("FIRST_SIGN_IN", world.seen().status(FIRST_SIGN_IN), "WAITING");
                    world.expect(
                            "what is said of it: " + world.seen().what(FIRST_SIGN_IN),
                            world.seen().what(FIRST_SIGN_IN).startsWith("According to an event, ada signed in on")
                                    && world.seen()
                                            .what(FIRST_SIGN_IN)
                                            .endsWith("event history shows no such sign-in."));
                    world.expect(
                            "emails that say ready",
                            world.seen().mails("your account is ready").size(),
                            0);
                    world.passes(Duration.ofDays(2));
                    world.expect(
                            "reminders of the sign-in",
                            world.seen().mails("you have not signed in").size(),
                            1);
                    world.after(Duration.ofHours(1), "Ada signs in", () -> signsIn(world));
                    world.passes(Duration.ofHours(2));
                    world.expect("the account, in the end", world.seen().checklistStatus(), "READY");
                });
    }

    private static void everythingButTheSignIn(World world) {
        world.organization().rootUser(MANAGEMENT).enablesPasskey();
        world.addressIsConfirmed();
        world.stackIsCreated();
        world.passes(Duration.ofHours(1));
    }

    static void signsIn(World world) {
        world.console().resetsPassword(userId(world));
        world.organization().accessPortalUser("ada").signsIn();
    }

    public static String userId(World world) {
        return world.identityCenter().user("ada").orElseThrow().userId();
    }

    /** What EventBridge would hand over, had the user signed in now. */
    public static JsonNode event(World world, String userId) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("version", "0")
                .put("id", "0a0d5168-3a38-5072-8160-006991e37d04")
                .put("detail-type", "AWS Service Event via CloudTrail")
                .put("source", "aws.signin")
                .put("account", MANAGEMENT)
                .put("time", world.now().toString())
                .put("region", world.region().id());
        ObjectNode detail = event.putObject("detail")
                .put("eventSource", "signin.amazonaws.com")
                .put("eventName", "UserAuthentication")
                .put("eventTime", world.now().toString())
                .put("awsRegion", world.region().id())
                .put("eventID", "bdb6a6f3-07a3-5eb8-b88f-7f9b5f2f310f");
        detail.putObject("serviceEventDetails").put("UserAuthentication", "Success");
        detail.putObject("userIdentity")
                .put("type", "IdentityCenterUser")
                .putObject("onBehalfOf")
                .put("userId", userId)
                .put("identityStoreArn", world.identityCenter().identityStoreArn());
        return event;
    }
}
