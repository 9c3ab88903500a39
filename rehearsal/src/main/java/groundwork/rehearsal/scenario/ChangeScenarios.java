package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.ADMIN_ACCESS;
import static groundwork.checklist.Prerequisite.ADMIN_USER;
import static groundwork.checklist.Prerequisite.CHANGE_EVENTS;
import static groundwork.checklist.Prerequisite.EMAIL_CHANNEL;
import static groundwork.checklist.Prerequisite.IDENTITY_CENTER;
import static groundwork.checklist.Prerequisite.ROOT_ACCESS_KEYS;
import static groundwork.checklist.Prerequisite.ROOT_MFA;
import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.account.AccountConsole;
import groundwork.rehearsal.account.EmbeddedAssignment;
import groundwork.rehearsal.account.EmbeddedPermissionSet;
import groundwork.rehearsal.account.IdentityCenter;
import groundwork.rehearsal.account.Mail;
import groundwork.rehearsal.account.RootUser;
import groundwork.rehearsal.account.Trail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** Somebody undoes something in an account that is ready: one story for each family of docs/events.md. */
final class ChangeScenarios {
    private static final Region HOME = Region.US_EAST_1;
    private static final String GRACE = "assumed-role/Operations/grace";
    private static final String ROOT = "arn:aws:iam::" + MANAGEMENT + ":root";

    private ChangeScenarios() {}

    static List<Scenario> all() {
        return List.of(
                rootMfaRemoved(),
                rootAccessKeyCreated(),
                rootSignsIn(),
                userDisabled(),
                userDeleted(),
                groupDeleted(),
                membershipRemovedByApi(),
                assignmentDeleted(),
                assignmentDeletedSlowly(),
                policyDetached(),
                permissionSetDeleted(),
                identityCenterDeleted(),
                accountJoins(),
                trailStopped(),
                noTrail(),
                organizationTrail(),
                ruleDisabled(),
                subscriptionRemoved(),
                stackDeleted(),
                twoRegions(),
                selfTest());
    }

    /** An account that has been ready for two days. */
    private static Scenario ready(String name, String story, Consumer<World> then) {
        return readyIn(HOME, name, story, then);
    }

    private static Scenario readyIn(Region region, String name, String story, Consumer<World> then) {
        return new Scenario(
                        name,
                        story,
                        organization -> {
                            Scenarios.company(organization);
                            organization.identityCenter(region);
                        },
                        world -> {
                            Scenarios.ready(world);
                            world.passes(Duration.ofDays(2));
                            then.accept(world);
                        })
                .in(region);
    }

    /** Somebody undoes something that Groundwork can put back: it does, and says so once. */
    private static Scenario repaired(
            String name,
            String story,
            String deed,
            Consumer<World> act,
            Prerequisite prerequisite,
            List<String> events,
            Consumer<World> then) {
        return ready(name, story, world -> {
            int mails = world.mails().size();
            world.after(Duration.ofMinutes(1), deed, () -> act.accept(world));
            world.settles();
            String event = world.cause(prerequisite).path("event").asText();
            world.expect("the change on the line is %s, not %s".formatted(events, event), events.contains(event));
            expectCause(world, prerequisite, event, GRACE);
            world.expect(prerequisite.name(), world.status(prerequisite), "DONE");
            List<Mail> repairs = world.mails("undone and is repaired");
            world.expect("emails that tell of a repair", repairs.size(), 1);
            if (!repairs.isEmpty()) {
                expectNames(world, repairs.getLast(), event, GRACE);
            }
            world.expect("failed executions", world.executionStatuses().contains("FAILED"), false);
            then.accept(world);
            if (world.checklistStatus().equals("READY")) {
                world.expect("emails", world.mails().size() - mails, 1);
            }
        });
    }

    /** Somebody undoes something that only a person can put right: one is asked, and Groundwork notices when it is done. */
    private static Scenario asked(
            String name,
            String story,
            String deed,
            Consumer<World> act,
            Prerequisite prerequisite,
            String event,
            String who,
            String remedy,
            Consumer<World> put) {
        return ready(name, story, world -> {
            world.after(Duration.ofMinutes(1), deed, () -> act.accept(world));
            world.settles();
            world.expect(prerequisite.name(), world.status(prerequisite), "WAITING");
            expectCause(world, prerequisite, event, who);
            List<Mail> asking = world.mails("needs you again");
            world.expect("emails that ask", asking.size(), 1);
            if (!asking.isEmpty()) {
                expectNames(world, asking.getLast(), event, who);
            }
            world.after(Duration.ofHours(1), remedy, () -> put.accept(world));
            world.passes(Duration.ofHours(2));
            world.expect("the account, in the end", world.checklistStatus(), "READY");
            world.expect(
                    "emails that say ready again", world.mails("ready again").size(), 1);
        });
    }

    private static void expectCause(World world, Prerequisite prerequisite, String event, String who) {
        world.expect(
                "the change on the line " + prerequisite,
                world.cause(prerequisite).path("event").asText(),
                event);
        world.expect(
                "who made it", world.cause(prerequisite).path("who").asText().endsWith(who), true);
        world.expect(
                "where it was recorded",
                world.cause(prerequisite).path("region").asText(),
                "us-east-1");
        world.expect(
                "the link to it",
                world.cause(prerequisite)
                        .path("link")
                        .asText()
                        .startsWith("https://us-east-1.console.aws.amazon.com/cloudtrailv2/"),
                true);
    }

    private static void expectNames(World world, Mail mail, String event, String who) {
        for (String named : List.of(event, who, "us-east-1", "/cloudtrailv2/home?region=us-east-1#/events/")) {
            world.expect("the email names " + named, mail.text().contains(named));
        }
        world.expect("the email shows no JSON", !mail.text().contains("{\""));
    }

    private static RootUser root(World world) {
        return world.organization().rootUser(MANAGEMENT);
    }

    private static AccountConsole account(World world) {
        return world.organization().accountConsole(world.person());
    }

    private static String ada(World world) {
        return world.identityCenter().user("ada").orElseThrow().userId();
    }

    private static String administrators(World world) {
        return world.identityCenter().group("Administrators").orElseThrow().groupId();
    }

    private static SsoAdminClient sso(World world) {
        return world.organization().client(SsoAdminClient.class, world.person(), HOME);
    }

    private static Scenario rootMfaRemoved() {
        return asked(
                "root-mfa-removed",
                "Somebody removes the root user's MFA device: the owner is asked, and thanked when it is back.",
                "The owner removes the root user's passkey",
                world -> root(world).deactivatesMfa(),
                ROOT_MFA,
                "DeactivateMFADevice",
                ROOT,
                "The owner registers an authenticator app",
                world -> root(world).enablesVirtualMfa());
    }

    private static Scenario rootAccessKeyCreated() {
        return asked(
                "root-access-key-created",
                "The root user makes itself an access key: the owner is asked to delete it.",
                "The owner creates an access key for the root user",
                world -> root(world).createsAccessKey(),
                ROOT_ACCESS_KEYS,
                "CreateAccessKey",
                ROOT,
                "The owner deletes the access key",
                world -> root(world).deletesAccessKeys());
    }

    private static Scenario rootSignsIn() {
        return ready(
                "root-signs-in",
                "The root user signs in: Groundwork looks, finds everything in place and says nothing.",
                world -> {
                    int mails = world.mails().size();
                    int looks = world.looks().size();
                    world.after(
                            Duration.ofMinutes(1),
                            "The owner signs in as the root user",
                            () -> root(world).signsIn());
                    world.settles();
                    world.expect("looks", world.looks().size() - looks, 1);
                    world.expect("emails", world.mails().size() - mails, 0);
                    world.expect("the account", world.checklistStatus(), "READY");
                });
    }

    private static Scenario userDisabled() {
        return asked(
                "user-disabled",
                "Somebody disables Ada's user, which no API can undo: a person is asked to enable it.",
                "Grace disables the user ada",
                world -> world.console().disablesUser(ada(world)),
                ADMIN_USER,
                "DisableUser",
                GRACE,
                "Grace enables the user again",
                world -> world.console().enablesUser(ada(world)));
    }

    private static Scenario userDeleted() {
        return repaired(
                "user-deleted",
                "Somebody deletes Ada's user: a new one is made, with access, and gets a sign-in email of its own.",
                "Grace deletes the user ada",
                world -> world.console().deletesUser(ada(world)),
                ADMIN_USER,
                List.of("DeleteUser"),
                world -> {
                    world.expect("ADMIN_ACCESS", world.status(ADMIN_ACCESS), "DONE");
                    world.expect("users", world.identityCenter().users().size(), 1);
                    world.expect(
                            "memberships", world.identityCenter().memberships().size(), 1);
                    world.expect("sign-in emails", world.mails("sign-in URL").size(), 2);
                });
    }

    private static Scenario groupDeleted() {
        return repaired(
                "group-deleted",
                "Somebody deletes the administrators' group: group, membership and assignment are put back.",
                "Grace deletes the group Administrators",
                world -> world.console().deletesGroup(administrators(world)),
                ADMIN_ACCESS,
                List.of("DeleteGroup"),
                world -> {
                    world.expect("the account", world.checklistStatus(), "READY");
                    world.expect("groups", world.identityCenter().groups().size(), 1);
                    world.expect(
                            "memberships", world.identityCenter().memberships().size(), 1);
                    // The assignment of the group that is gone stays, as in AWS; Groundwork deletes nothing.
                    world.expect(
                            "assignments of the new group",
                            world.identityCenter()
                                    .group("Administrators")
                                    .map(group -> world.identityCenter().assignments().stream()
                                            .filter(assignment ->
                                                    assignment.principalId().equals(group.groupId()))
                                            .count())
                                    .orElse(0L),
                            1L);
                });
    }

    private static Scenario membershipRemovedByApi() {
        return repaired(
                "membership-removed-by-api",
                "Somebody takes Ada out of the group by API, which has an event source of its own.",
                "Grace calls DeleteGroupMembership",
                world -> world.organization()
                        .client(IdentitystoreClient.class, world.person(), HOME)
                        .deleteGroupMembership(request -> request.identityStoreId(
                                        world.identityCenter().identityStoreId())
                                .membershipId(world.identityCenter()
                                        .memberships()
                                        .getFirst()
                                        .membershipId())),
                ADMIN_ACCESS,
                List.of("DeleteGroupMembership"),
                ChangeScenarios::expectAccess);
    }

    private static Scenario assignmentDeleted() {
        return repaired(
                "assignment-deleted",
                "Somebody takes the group's access to the account away: it is assigned again.",
                "Grace deletes the assignment",
                world -> world.console().deletesAssignment(assignment(world)),
                ADMIN_ACCESS,
                List.of("DeleteAccountAssignment"),
                ChangeScenarios::expectAccess);
    }

    private static Scenario assignmentDeletedSlowly() {
        return ready(
                "assignment-deleted-slowly",
                "The same while AWS takes 20 minutes for every step: Groundwork waits for each, and tells of it once.",
                world -> {
                    int mails = world.mails().size();
                    world.after(Duration.ofMinutes(1), "Grace deletes the assignment", () -> {
                        world.organization()
                                .behave(world.organization().behavior().withProvisioning(Duration.ofMinutes(20)));
                        world.console().deletesAssignment(assignment(world));
                    });
                    world.passes(Duration.ofMinutes(10));
                    world.expectAtUsualPace("the account meanwhile", world.checklistStatus(), "UNKNOWN");
                    world.passes(Duration.ofHours(2));
                    expectAccess(world);
                    world.expect("emails about it", world.mails().size() - mails, 1);
                });
    }

    private static Scenario policyDetached() {
        return repaired(
                "policy-detached",
                "Somebody detaches AdministratorAccess from Groundwork's permission set: it is attached and provisioned again.",
                "Grace detaches the policy",
                world -> world.console()
                        .detachesPolicy("AdministratorAccess", "arn:aws:iam::aws:policy/AdministratorAccess"),
                ADMIN_ACCESS,
                List.of("DetachManagedPolicyFromPermissionSet"),
                ChangeScenarios::expectAccess);
    }

    private static Scenario permissionSetDeleted() {
        return repaired(
                "permission-set-deleted",
                "Somebody deletes the permission set, and before it the assignment: both are put back.",
                "Grace deletes the assignment and the permission set",
                world -> {
                    EmbeddedAssignment assignment = assignment(world);
                    world.console().deletesAssignment(assignment);
                    world.passes(world.organization().behavior().provisioning().plusSeconds(1));
                    sso(world)
                            .deletePermissionSet(request -> request.instanceArn(
                                            world.identityCenter().instanceArn())
                                    .permissionSetArn(assignment.permissionSetArn()));
                },
                ADMIN_ACCESS,
                // Events come in any order, and the last of them counts.
                List.of("DeletePermissionSet", "DeleteAccountAssignment"),
                ChangeScenarios::expectAccess);
    }

    private static EmbeddedAssignment assignment(World world) {
        return world.identityCenter().assignments().getFirst();
    }

    private static void expectAccess(World world) {
        IdentityCenter center = world.identityCenter();
        world.expect("the account", world.checklistStatus(), "READY");
        world.expect("groups", center.groups().size(), 1);
        world.expect("memberships", center.memberships().size(), 1);
        world.expect("assignments", center.assignments().size(), 1);
        world.expect("permission sets", center.permissionSets().size(), 1);
        world.expect(
                "its policies",
                center.permissionSets().stream()
                        .map(EmbeddedPermissionSet::managedPolicies)
                        .toList(),
                List.of(List.of("arn:aws:iam::aws:policy/AdministratorAccess")));
    }

    private static Scenario identityCenterDeleted() {
        return ready(
                "identity-center-deleted",
                "Somebody deletes Identity Center with everything in it: a person is asked to enable it, then all is made anew.",
                world -> {
                    world.after(
                            Duration.ofMinutes(1),
                            "Grace deletes the instance",
                            () -> world.console().deletesInstance());
                    world.settles();
                    world.expect("IDENTITY_CENTER", world.status(IDENTITY_CENTER), "WAITING");
                    expectCause(world, IDENTITY_CENTER, "DeleteInstance", GRACE);
                    world.expect(
                            "emails that ask", world.mails("needs you again").size(), 1);
                    world.after(
                            Duration.ofHours(1),
                            "The owner presses Enable",
                            () -> world.console().enables(HOME));
                    world.settles();
                    world.expect("IDENTITY_CENTER", world.status(IDENTITY_CENTER), "DONE");
                    world.expect("ADMIN_ACCESS", world.status(ADMIN_ACCESS), "DONE");
                    world.expect("sign-in emails", world.mails("sign-in URL").size(), 2);
                });
    }

    private static Scenario accountJoins() {
        return ready(
                "account-joins",
                "An account is created in the organization: Groundwork looks, and nothing breaks.",
                world -> {
                    int mails = world.mails().size();
                    int looks = world.looks().size();
                    world.after(
                            Duration.ofMinutes(1),
                            "Grace creates an account",
                            () -> account(world).createsMemberAccount(MEMBER, "Workload", "workload@example.com"));
                    world.settles();
                    world.expect("looks", world.looks().size() - looks, 1);
                    world.expect("emails", world.mails().size() - mails, 0);
                    world.expect("the account", world.checklistStatus(), "READY");
                });
    }

    private static Scenario trailStopped() {
        return asked(
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
                            world.expect("CHANGE_EVENTS", world.status(CHANGE_EVENTS), "WAITING");
                            world.expect(
                                    "what is missing",
                                    world.what(CHANGE_EVENTS),
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
                                    world.what(CHANGE_EVENTS),
                                    "No trail logs changes in us-east-1.");
                            world.after(
                                    Duration.ofHours(1),
                                    "Grace makes one that covers every Region",
                                    () -> world.organization()
                                            .createTrail(Trail.multiRegion("all", MANAGEMENT, Region.EU_WEST_1)));
                            world.passes(Duration.ofHours(2));
                            world.expect("CHANGE_EVENTS, in the end", world.status(CHANGE_EVENTS), "DONE");
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
                    world.expect("CHANGE_EVENTS", world.status(CHANGE_EVENTS), "DONE");
                });
    }

    private static Scenario ruleDisabled() {
        return asked(
                "rule-disabled",
                "Somebody disables one of Groundwork's rules: another rule reports it, and a person is asked to enable it.",
                "Grace disables the rule groundwork-RootUserChanged",
                world -> account(world).disablesRule(HOME, "groundwork-RootUserChanged"),
                CHANGE_EVENTS,
                "DisableRule",
                GRACE,
                "Grace enables the rule",
                world -> account(world).enablesRule(HOME, "groundwork-RootUserChanged"));
    }

    private static Scenario subscriptionRemoved() {
        return ready(
                "subscription-removed",
                "Somebody deletes the subscription: no email can say so, the checklist does, until Ada has confirmed a new one.",
                world -> {
                    String topic =
                            world.stack().subscriptions().keySet().iterator().next();
                    int mails = world.mails().size();
                    world.after(
                            Duration.ofMinutes(1),
                            "Grace deletes the subscription",
                            () -> account(world).deletesSubscription(topic, ADA));
                    world.settles();
                    world.expect("EMAIL_CHANNEL", world.status(EMAIL_CHANNEL), "WAITING");
                    expectCause(world, EMAIL_CHANNEL, "Unsubscribe", GRACE);
                    world.expect("emails", world.mails().size() - mails, 0);
                    world.after(Duration.ofHours(1), "Grace subscribes Ada again, who confirms", () -> {
                        world.organization().subscribeEmail(topic, ADA);
                        world.addressIsConfirmed();
                    });
                    world.passes(Duration.ofHours(1));
                    world.expect("the account, in the end", world.checklistStatus(), "READY");
                });
    }

    private static Scenario stackDeleted() {
        return ready(
                "stack-deleted",
                "Somebody deletes the stack: Ada learns that nobody looks after the account any more.",
                world -> {
                    int mails = world.mails().size();
                    world.after(Duration.ofMinutes(1), "Grace deletes the stack", world::stackIsBeingDeleted);
                    world.passes(Duration.ofMinutes(1));
                    world.expect("emails", world.mails().size() - mails, 1);
                    world.expect(
                            "the email names the account",
                            world.mails()
                                    .getLast()
                                    .text()
                                    .contains("stack of AWS account " + MANAGEMENT + " is being deleted in us-east-1"));
                });
    }

    private static Scenario twoRegions() {
        return new Scenario(
                        "two-regions",
                        "Identity Center lives in eu-west-1, the root user's events appear in us-east-1 and are forwarded.",
                        organization -> {
                            Scenarios.company(organization);
                            organization.identityCenter(Region.EU_WEST_1);
                        },
                        world -> {
                            world.stackIsCreated();
                            world.after(
                                    Duration.ofMinutes(2), "Ada confirms her email address", world::addressIsConfirmed);
                            world.passes(Duration.ofHours(5));
                            world.expect("ROOT_MFA", world.status(ROOT_MFA), "WAITING");
                            int looks = world.looks().size();
                            world.after(
                                    Duration.ofMinutes(1),
                                    "The owner assigns a passkey to the root user",
                                    () -> root(world).enablesPasskey());
                            world.passes(Duration.ofMinutes(1));
                            world.expectAtUsualPace(
                                    "looks within a minute", world.looks().size() - looks, 1);
                            world.expectAtUsualPace("ROOT_MFA, then", world.status(ROOT_MFA), "DONE");
                            world.settles();
                            world.expect("ROOT_MFA, in the end", world.status(ROOT_MFA), "DONE");
                            world.expect("CHANGE_EVENTS", world.status(CHANGE_EVENTS), "DONE");
                        })
                .in(Region.EU_WEST_1);
    }

    private static Scenario selfTest() {
        return readyIn(
                Region.EU_WEST_1,
                "self-test",
                "Test events take the way of changes in both Regions; when a forwarding rule is gone, one does not arrive.",
                world -> {
                    world.after(Duration.ofMinutes(1), "Ada starts a self-test", () -> startSelfTest(world));
                    world.settles();
                    world.passes(Duration.ofDays(1));
                    String seen =
                            ".* A test event was last seen to arrive from eu-west-1 at %1$s and from us-east-1 at %1$s\\."
                                    .formatted("2026-03-04T[0-9:]{8}Z");
                    world.expect(
                            "what was seen (%s)".formatted(world.what(CHANGE_EVENTS)),
                            world.what(CHANGE_EVENTS).matches(seen));
                    world.expect("the account", world.checklistStatus(), "READY");
                    world.after(
                            Duration.ofMinutes(1),
                            "Grace deletes the rule that forwards test events",
                            () -> account(world).deletesRule(Region.US_EAST_1, "groundwork-ForwardOwnEvents"));
                    world.after(Duration.ofMinutes(1), "Ada starts a self-test", () -> startSelfTest(world));
                    world.passes(Duration.ofHours(3));
                    world.expect("CHANGE_EVENTS", world.status(CHANGE_EVENTS), "WAITING");
                    world.expect(
                            "what is missing (%s)".formatted(world.what(CHANGE_EVENTS)),
                            world.what(CHANGE_EVENTS)
                                    .contains("The rule groundwork-ForwardOwnEvents in us-east-1 is gone."));
                    world.expect(
                            "emails that ask", world.mails("needs you again").size(), 1);
                });
    }

    private static void startSelfTest(World world) {
        world.starts(JsonNodeFactory.instance.objectNode().put("selfTest", true));
    }
}
