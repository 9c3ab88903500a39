package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.CHANGE_EVENTS;
import static groundwork.checklist.Prerequisite.EMAIL_CHANNEL;
import static groundwork.checklist.Prerequisite.ROOT_MFA;
import static groundwork.rehearsal.scenario.ChangeStory.GRACE;
import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.HOME;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.rehearsal.organization.people.AccountConsole;
import groundwork.rehearsal.organization.trail.Trail;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;

/**
 * Groundwork learns of changes through trails and rules, in two Regions at times, and tells of them through a subscription:
 * somebody changes one of these, deletes the stack, or tests the way that events take.
 */
final class WatchChanges {
    private WatchChanges() {}

    static Stream<Scenario> all() {
        return Stream.of(
                trailStopped(),
                noTrail(),
                organizationTrail(),
                ruleDisabled(),
                subscriptionRemoved(),
                twoRegions(),
                selfTest());
    }

    private static AccountConsole account(World world) {
        return world.organization().accountConsole(world.person());
    }

    private static Scenario trailStopped() {
        return ChangeStory.asked(
                "trail-stopped",
                "Somebody stops the trail. That it is stopped is the last thing it lets through; a person is asked to start it.",
                "Grace stops the trail",
                world -> account(world).stopsTrail(ownTrail(world)),
                CHANGE_EVENTS,
                "StopLogging",
                GRACE,
                "Grace starts the trail",
                world -> account(world).startsTrail(ownTrail(world)));
    }

    private static String ownTrail(World world) {
        return world.stack().template().resource("Trail").arn();
    }

    private static Scenario noTrail() {
        return new Scenario(
                        "no-trail",
                        "The stack makes no trail and there is none: the checklist names the Regions and asks for one.",
                        MANAGEMENT,
                        organization -> {
                            Scenarios.company(organization);
                            organization.identityCenter(Region.EU_WEST_1);
                        },
                        Map.of("CreateTrail", "false"),
                        world -> {
                            world.stackIsCreated();
                            world.after(
                                    Duration.ofMinutes(1), "Ada confirms her email address", world::addressIsConfirmed);
                            world.passes(Duration.ofMinutes(30));
                            world.expect("CHANGE_EVENTS", world.seen().status(CHANGE_EVENTS), "WAITING");
                            world.expect(
                                    "what is missing",
                                    world.seen().what(CHANGE_EVENTS),
                                    "No trail logs changes in eu-west-1 and us-east-1.");
                            world.after(
                                    Duration.ofHours(1),
                                    "Grace makes a trail that covers one Region only",
                                    () -> world.organization()
                                            .createTrail(Trail.multiRegion("local", MANAGEMENT, Region.EU_WEST_1)
                                                    .inOneRegion()));
                            world.passes(Duration.ofHours(2));
                            world.expect(
                                    "what is missing then",
                                    world.seen().what(CHANGE_EVENTS),
                                    "No trail logs changes in us-east-1.");
                            world.after(
                                    Duration.ofHours(1),
                                    "Grace makes one that covers every Region",
                                    () -> world.organization()
                                            .createTrail(Trail.multiRegion("all", MANAGEMENT, Region.EU_WEST_1)));
                            world.passes(Duration.ofHours(2));
                            world.expect(
                                    "CHANGE_EVENTS, in the end", world.seen().status(CHANGE_EVENTS), "DONE");
                        })
                .in(Region.EU_WEST_1);
    }

    private static Scenario organizationTrail() {
        return new Scenario(
                "organization-trail",
                "In a member account, without a trail of its own: the organization's trail feeds EventBridge.",
                MEMBER,
                organization -> {
                    Scenarios.company(organization);
                    organization
                            .memberAccount(MEMBER, "Workload", "workload@example.com")
                            .identityCenter(HOME);
                },
                Map.of("CreateTrail", "false"),
                world -> {
                    world.organization()
                            .createTrail(Trail.multiRegion("organization", MANAGEMENT, Region.EU_WEST_1)
                                    .ofOrganization());
                    world.stackIsCreated();
                    world.passes(Duration.ofMinutes(30));
                    world.expect("CHANGE_EVENTS", world.seen().status(CHANGE_EVENTS), "DONE");
                });
    }

    private static Scenario ruleDisabled() {
        return ChangeStory.asked(
                "rule-disabled",
                "Somebody disables one of Groundwork's rules: another rule reports it, and a person is asked to enable it.",
                "Grace disables the rule RootUserChanged",
                world -> account(world).disablesRule(HOME, world.ruleName("RootUserChanged")),
                CHANGE_EVENTS,
                "DisableRule",
                GRACE,
                "Grace enables the rule",
                world -> account(world).enablesRule(HOME, world.ruleName("RootUserChanged")));
    }

    private static Scenario subscriptionRemoved() {
        return ChangeStory.ready(
                "subscription-removed",
                "Somebody deletes the subscription: no email can say so, the checklist does, until Ada has confirmed a new one.",
                world -> {
                    String topic =
                            world.stack().subscriptions().keySet().iterator().next();
                    int mails = world.seen().mails().size();
                    world.after(
                            Duration.ofMinutes(1),
                            "Grace deletes the subscription",
                            () -> account(world).deletesSubscription(topic, ADA));
                    world.settles();
                    world.expect("EMAIL_CHANNEL", world.seen().status(EMAIL_CHANNEL), "WAITING");
                    ChangeStory.expectCause(world, EMAIL_CHANNEL, "Unsubscribe", GRACE);
                    world.expect("emails", world.seen().mails().size() - mails, 0);
                    world.after(Duration.ofHours(1), "Grace subscribes Ada again, who confirms", () -> {
                        world.organization().subscribeEmail(topic, ADA);
                        world.addressIsConfirmed();
                    });
                    world.passes(Duration.ofHours(1));
                    world.expect("the account, in the end", world.seen().checklistStatus(), "READY");
                });
    }

    private static Scenario twoRegions() {
        return new Scenario(
                        "two-regions",
                        "Identity Center lives in eu-west-1, the root user's events appear in us-east-1 and are forwarded. The stack's name is"
                                + " as long as a name may be.",
                        organization -> {
                            Scenarios.company(organization);
                            organization.identityCenter(Region.EU_WEST_1);
                        },
                        world -> {
                            world.stackIsCreated();
                            world.after(
                                    Duration.ofMinutes(2), "Ada confirms her email address", world::addressIsConfirmed);
                            world.passes(Duration.ofHours(5));
                            world.expect("ROOT_MFA", world.seen().status(ROOT_MFA), "WAITING");
                            int looks = world.seen().looks().size();
                            world.after(
                                    Duration.ofMinutes(1),
                                    "The owner assigns a passkey to the root user",
                                    () -> world.organization()
                                            .rootUser(MANAGEMENT)
                                            .enablesPasskey());
                            world.passes(Duration.ofMinutes(1));
                            world.expectAtUsualPace(
                                    "looks within a minute",
                                    world.seen().looks().size() - looks,
                                    1);
                            world.expectAtUsualPace(
                                    "ROOT_MFA, then", world.seen().status(ROOT_MFA), "DONE");
                            world.settles();
                            world.expect("ROOT_MFA, in the end", world.seen().status(ROOT_MFA), "DONE");
                            world.expect("CHANGE_EVENTS", world.seen().status(CHANGE_EVENTS), "DONE");
                        })
                .in(Region.EU_WEST_1)
                .called(Scenario.LONGEST_STACK_NAME);
    }

    private static Scenario selfTest() {
        return ChangeStory.readyIn(
                        Region.EU_WEST_1,
                        "self-test",
                        "Test events take the way of changes in both Regions; when a forwarding rule is gone, one does not arrive. A StackSet"
                                + " made the stack.",
                        world -> {
                            world.after(Duration.ofMinutes(1), "Ada starts a self-test", () -> startSelfTest(world));
                            world.settles();
                            world.passes(Duration.ofDays(1));
                            String seen =
                                    ".* A test event was last seen to arrive from eu-west-1 at %1$s and from us-east-1 at %1$s\\."
                                            .formatted("2026-03-04T[0-9:]{8}Z");
                            world.expect(
                                    "what was seen (%s)".formatted(world.seen().what(CHANGE_EVENTS)),
                                    world.seen().what(CHANGE_EVENTS).matches(seen));
                            world.expect("the account", world.seen().checklistStatus(), "READY");
                            world.after(
                                    Duration.ofMinutes(1),
                                    "Grace deletes the rule that forwards test events",
                                    () -> account(world).deletesRule(HOME, world.ruleName("ForwardOwnEvents")));
                            world.after(Duration.ofMinutes(1), "Ada starts a self-test", () -> startSelfTest(world));
                            world.passes(Duration.ofDays(1));
                            world.expect("CHANGE_EVENTS", world.seen().status(CHANGE_EVENTS), "WAITING");
                            world.expect(
                                    "what is missing (%s)"
                                            .formatted(world.seen().what(CHANGE_EVENTS)),
                                    world.seen()
                                            .what(CHANGE_EVENTS)
                                            .contains("The rule %s in us-east-1 is gone."
                                                    .formatted(world.ruleName("ForwardOwnEvents"))));
                            world.expect(
                                    "emails that ask",
                                    world.seen().mails("needs you again").size(),
                                    1);
                        })
                .called(Scenario.STACK_OF_A_STACK_SET);
    }

    private static void startSelfTest(World world) {
        world.starts(JsonNodeFactory.instance.objectNode().put("selfTest", true));
    }
}
