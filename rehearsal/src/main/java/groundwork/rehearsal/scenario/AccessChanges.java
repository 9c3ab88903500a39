package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.ADMIN_ACCESS;
import static groundwork.checklist.Prerequisite.ADMIN_USER;
import static groundwork.checklist.Prerequisite.IDENTITY_CENTER;
import static groundwork.rehearsal.scenario.ChangeStory.GRACE;
import static groundwork.rehearsal.scenario.Scenario.HOME;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;

import groundwork.rehearsal.organization.store.EmbeddedAssignment;
import groundwork.rehearsal.organization.store.EmbeddedPermissionSet;
import groundwork.rehearsal.organization.store.IdentityCenter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.AttributeOperation;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/**
 * Somebody changes what lets Ada in: a user, a group, a membership, an assignment, a permission set, the instance; or the
 * organization gets another account to let her into.
 */
final class AccessChanges {
    private AccessChanges() {}

    static Stream<Scenario> all() {
        return Stream.of(
                administratorRemoved(),
                userDisabled(),
                userRenamed(),
                userDeleted(),
                groupDeleted(),
                membershipRemovedByApi(),
                assignmentDeleted(),
                assignmentDeletedSlowly(),
                policyDetached(),
                permissionSetDeleted(),
                identityCenterDeleted(),
                accountJoins());
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

    private static Scenario administratorRemoved() {
        return new Scenario(
                "administrator-removed-from-group",
                "Somebody removes Ada from the administrators' group: the event leads to the repair and to one email.",
                Scenarios::companyWithIdentityCenter,
                world -> {
                    Scenarios.ready(world);
                    int mails = world.seen().mails().size();
                    world.after(Duration.ofDays(2), "Grace removes Ada from the group", world::adaIsRemoved);
                    world.settles();
                    world.expect(
                            "memberships", world.identityCenter().memberships().size(), 1);
                    world.expect("the account", world.seen().checklistStatus(), "READY");
                    world.expect("emails about it", world.seen().mails().size() - mails, 1);
                    world.expect(
                            "the email names who did it",
                            world.seen().mails().getLast().text().contains("assumed-role/Operations/grace"),
                            true);
                });
    }

    private static Scenario userDisabled() {
        return ChangeStory.asked(
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

    private static Scenario userRenamed() {
        return ChangeStory.noticed(
                "user-renamed",
                "Ada gets another user name and email address: she stays the administrator, and no second one is made.",
                "Grace renames the user ada",
                world -> world.organization()
                        .client(IdentitystoreClient.class, world.person(), HOME)
                        .updateUser(request -> request.identityStoreId(
                                        world.identityCenter().identityStoreId())
                                .userId(ada(world))
                                .operations(
                                        AttributeOperation.builder()
                                                .attributePath("userName")
                                                .attributeValue(Document.fromString("ada.king"))
                                                .build(),
                                        AttributeOperation.builder()
                                                .attributePath("emails")
                                                .attributeValue(Document.listBuilder()
                                                        .addDocument(Document.mapBuilder()
                                                                .putString("value", "ada.king@example.com")
                                                                .putBoolean("primary", true)
                                                                .build())
                                                        .build())
                                                .build())));
    }

    private static Scenario userDeleted() {
        return ChangeStory.repaired(
                "user-deleted",
                "Somebody deletes Ada's user: a new one is made, with access, and gets a sign-in email of its own.",
                "Grace deletes the user ada",
                world -> world.console().deletesUser(ada(world)),
                ADMIN_USER,
                List.of("DeleteUser"),
                world -> {
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                    world.expect("users", world.identityCenter().users().size(), 1);
                    world.expect(
                            "memberships", world.identityCenter().memberships().size(), 1);
                    world.expect(
                            "sign-in emails", world.seen().mails("sign-in URL").size(), 2);
                });
    }

    private static Scenario groupDeleted() {
        return ChangeStory.repaired(
                "group-deleted",
                "Somebody deletes the administrators' group: group, membership and assignment are put back.",
                "Grace deletes the group Administrators",
                world -> world.console().deletesGroup(administrators(world)),
                ADMIN_ACCESS,
                List.of("DeleteGroup"),
                world -> {
                    world.expect("the account", world.seen().checklistStatus(), "READY");
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
        return ChangeStory.repaired(
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
                AccessChanges::expectAccess);
    }

    private static Scenario assignmentDeleted() {
        return ChangeStory.repaired(
                "assignment-deleted",
                "Somebody takes the group's access to the account away: it is assigned again.",
                "Grace deletes the assignment",
                world -> world.console().deletesAssignment(assignment(world)),
                ADMIN_ACCESS,
                List.of("DeleteAccountAssignment"),
                AccessChanges::expectAccess);
    }

    private static Scenario assignmentDeletedSlowly() {
        return ChangeStory.ready(
                "assignment-deleted-slowly",
                "The same while AWS takes 20 minutes for every step: Groundwork waits for each, and tells of it once.",
                world -> {
                    int mails = world.seen().mails().size();
                    world.after(Duration.ofMinutes(1), "Grace deletes the assignment", () -> {
                        world.organization()
                                .behave(world.organization().behavior().withProvisioning(Duration.ofMinutes(20)));
                        world.console().deletesAssignment(assignment(world));
                    });
                    world.passes(Duration.ofMinutes(10));
                    world.expectAtUsualPace(
                            "the account meanwhile", world.seen().checklistStatus(), "UNKNOWN");
                    world.passes(Duration.ofHours(2));
                    expectAccess(world);
                    world.expect("emails about it", world.seen().mails().size() - mails, 1);
                });
    }

    private static Scenario policyDetached() {
        return ChangeStory.repaired(
                "policy-detached",
                "Somebody detaches AdministratorAccess from Groundwork's permission set: it is attached and provisioned again.",
                "Grace detaches the policy",
                world -> world.console()
                        .detachesPolicy("AdministratorAccess", "arn:aws:iam::aws:policy/AdministratorAccess"),
                ADMIN_ACCESS,
                List.of("DetachManagedPolicyFromPermissionSet"),
                AccessChanges::expectAccess);
    }

    private static Scenario permissionSetDeleted() {
        return ChangeStory.repaired(
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
                AccessChanges::expectAccess);
    }

    private static EmbeddedAssignment assignment(World world) {
        return world.identityCenter().assignments().getFirst();
    }

    private static void expectAccess(World world) {
        IdentityCenter center = world.identityCenter();
        world.expect("the account", world.seen().checklistStatus(), "READY");
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
        return ChangeStory.ready(
                "identity-center-deleted",
                "Somebody deletes Identity Center with everything in it: a person is asked to enable it, then all is made anew.",
                world -> {
                    world.after(
                            Duration.ofMinutes(1),
                            "Grace deletes the instance",
                            () -> world.console().instance().deletesInstance());
                    world.settles();
                    world.expect("IDENTITY_CENTER", world.seen().status(IDENTITY_CENTER), "WAITING");
                    ChangeStory.expectCause(world, IDENTITY_CENTER, "DeleteInstance", GRACE);
                    world.expect(
                            "emails that ask",
                            world.seen().mails("needs you again").size(),
                            1);
                    world.after(
                            Duration.ofHours(1),
                            "The owner presses Enable",
                            () -> world.owner().enables(HOME));
                    world.settles();
                    world.expect("IDENTITY_CENTER", world.seen().status(IDENTITY_CENTER), "DONE");
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                    world.expect(
                            "sign-in emails", world.seen().mails("sign-in URL").size(), 2);
                });
    }

    private static Scenario accountJoins() {
        return ChangeStory.noticed(
                "account-joins",
                "An account is created in the organization: Groundwork looks, and nothing breaks.",
                "Grace creates an account",
                world -> world.organization()
                        .organizationsConsole(world.person())
                        .createsMemberAccount(MEMBER, "Workload", "workload@example.com"));
    }
}
