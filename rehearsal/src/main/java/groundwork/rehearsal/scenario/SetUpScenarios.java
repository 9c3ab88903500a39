package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.ADMIN_ACCESS;
import static groundwork.checklist.Prerequisite.ADMIN_USER;
import static groundwork.checklist.Prerequisite.EMAIL_CHANNEL;
import static groundwork.checklist.Prerequisite.FIRST_SIGN_IN;
import static groundwork.checklist.Prerequisite.IDENTITY_CENTER;
import static groundwork.checklist.Prerequisite.ROOT_ACCESS_KEYS;
import static groundwork.checklist.Prerequisite.ROOT_MFA;
import static groundwork.checklist.Prerequisite.SIGN_IN_EMAIL;
import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.HOME;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;

/** Stories about the way from nothing to an administrator. */
final class SetUpScenarios {
    private SetUpScenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(
                newAccount(HOME),
                managementAccount(),
                alreadySetUp(),
                existingUserAndPermissionSet(),
                rootWithoutMfa(),
                identityCenterNotEnabled(),
                ordinaryMemberAccount());
    }

    /** An account as it is an hour after somebody signed up for it: no organization, and nobody but the root user. */
    static Scenario newAccount(Region home) {
        return new Scenario(
                        "new-account",
                        "A new account, with nothing in it: no organization, no IAM Identity Center, a root user without MFA.",
                        organization -> organization.standaloneAccount(MANAGEMENT, "Example", "root@example.com"),
                        world -> {
                            world.stackIsCreated();
                            world.after(
                                    Duration.ofMinutes(4), "Ada confirms her email address", world::addressIsConfirmed);
                            if (world.organization().partition().rootUserSignsIn()) {
                                world.after(
                                        Duration.ofMinutes(10),
                                        "The owner signs in as the root user and assigns a passkey",
                                        () -> {
                                            world.organization()
                                                    .rootUser(MANAGEMENT)
                                                    .signsIn();
                                            world.organization()
                                                    .rootUser(MANAGEMENT)
                                                    .enablesPasskey();
                                        });
                            } else {
                                world.passes(Duration.ofMinutes(10));
                            }
                            world.after(
                                    Duration.ofMinutes(3),
                                    "The owner presses Enable in IAM Identity Center and turns on \"Send email OTP\"",
                                    () -> {
                                        world.owner().enables(home);
                                        world.owner().sendsEmailOtp(true);
                                    });
                            world.after(
                                    Duration.ofMinutes(20),
                                    "Ada opens the sign-in URL, enters the code that AWS emails her, and sets a password",
                                    () -> world.expect(
                                            "Ada is signed in",
                                            world.organization()
                                                    .accessPortalUser("ada")
                                                    .signsIn()));
                            world.passes(Duration.ofHours(1));
                            world.expect("the account", world.seen().checklistStatus(), "READY");
                            expectOneAdministrator(world);
                        })
                .in(home);
    }

    private static Scenario managementAccount() {
        return new Scenario(
                "management-account",
                "A management account in which IAM Identity Center is enabled, and nothing else has been done.",
                Scenarios::companyWithIdentityCenter,
                world -> {
                    world.stackIsCreated();
                    world.after(Duration.ofMinutes(4), "Ada confirms her email address", world::addressIsConfirmed);
                    world.after(
                            Duration.ofMinutes(20),
                            "The owner assigns a passkey to the root user",
                            () -> world.organization().rootUser(MANAGEMENT).enablesPasskey());
                    world.after(
                            Duration.ofMinutes(20),
                            "Ada is asked for a password, has none, and asks the owner for help",
                            () -> world.expect(
                                    "Ada is not signed in",
                                    !world.organization()
                                            .accessPortalUser("ada")
                                            .signsIn()));
                    world.after(
                            Duration.ofMinutes(10),
                            "The owner presses \"Reset password\" on the page of the user ada, and Ada signs in",
                            () -> SignInScenarios.signsIn(world));
                    world.passes(Duration.ofHours(1));
                    world.expect("the account", world.seen().checklistStatus(), "READY");
                    expectOneAdministrator(world);
                });
    }

    private static void expectOneAdministrator(World world) {
        world.expect("sign-in emails", world.seen().mails("sign-in URL").size(), 1);
        world.expect("users", world.identityCenter().users().size(), 1);
        world.expect("assignments", world.identityCenter().assignments().size(), 1);
    }

    private static Scenario alreadySetUp() {
        return new Scenario(
                "already-set-up",
                "Everything is in place, made by hand long ago: nothing is written and no email is sent.",
                Scenarios::companyWithIdentityCenter,
                world -> {
                    world.organization().rootUser(MANAGEMENT).enablesVirtualMfa();
                    String userId = world.console().createsUser("ada", "Ada", "Lovelace", ADA);
                    String groupId = world.console().createsGroup("Administrators");
                    world.console().addsMember(groupId, userId);
                    Scenarios.permissionSet(world, groupId);
                    world.addressIsConfirmed();
                    world.passes(Duration.ofMinutes(5));
                    long mails = world.seen().allMails().size();
                    world.stackIsCreated();
                    world.passes(Duration.ofHours(1));
                    world.expect("the account", world.seen().checklistStatus(), "READY");
                    world.expect("calls that write to AWS", world.seen().writes(), List.of());
                    world.expect("emails", (long) world.seen().allMails().size(), mails);
                });
    }

    private static Scenario existingUserAndPermissionSet() {
        return new Scenario(
                "existing-user-adopted",
                "Ada and a permission set with administrator access exist: both are adopted, only the access is added.",
                Scenarios::companyWithIdentityCenter,
                world -> {
                    String userId = world.console().createsUser("ada", "Ada", "Lovelace", ADA);
                    Scenarios.permissionSet(world, world.console().createsGroup("Others"));
                    world.passes(Duration.ofMinutes(5));
                    world.stackIsCreated();
                    world.after(Duration.ofMinutes(1), "Ada confirms her email address", world::addressIsConfirmed);
                    world.passes(Duration.ofHours(1));
                    world.expect("users", world.identityCenter().users().size(), 1);
                    world.expect(
                            "the user",
                            world.identityCenter().user("ada").orElseThrow().userId(),
                            userId);
                    world.expect(
                            "permission sets",
                            world.identityCenter().permissionSets().size(),
                            1);
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                    world.expect(
                            "sign-in emails", world.seen().mails("sign-in URL").size(), 1);
                });
    }

    private static Scenario rootWithoutMfa() {
        return new Scenario(
                "root-without-mfa",
                "The root user has no MFA: the administrator is provisioned all the same, and the owner is told once.",
                Scenarios::companyWithIdentityCenter,
                world -> {
                    world.stackIsCreated();
                    world.after(Duration.ofMinutes(1), "Ada confirms her email address", world::addressIsConfirmed);
                    world.passes(Duration.ofHours(6));
                    world.expect("ROOT_MFA", world.seen().status(ROOT_MFA), "WAITING");
                    world.expect("ROOT_ACCESS_KEYS", world.seen().status(ROOT_ACCESS_KEYS), "DONE");
                    world.expect("ADMIN_USER", world.seen().status(ADMIN_USER), "DONE");
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                    world.expect(
                            "emails that ask for MFA",
                            world.seen().mails().stream()
                                    .filter(mail -> mail.text().contains("MFA device:"))
                                    .count(),
                            1L);
                });
    }

    private static Scenario identityCenterNotEnabled() {
        return new Scenario(
                "identity-center-not-enabled",
                "Nobody has pressed Enable in IAM Identity Center yet: Groundwork asks for it, waits, and goes on by itself.",
                Scenarios::company,
                world -> {
                    world.stackIsCreated();
                    world.after(Duration.ofMinutes(2), "Ada confirms her email address", world::addressIsConfirmed);
                    world.passes(Duration.ofMinutes(30));
                    world.expect("IDENTITY_CENTER", world.seen().status(IDENTITY_CENTER), "WAITING");
                    world.expect("ADMIN_USER", world.seen().reason(ADMIN_USER), "IDENTITY_CENTER_NOT_ENABLED");
                    world.after(
                            Duration.ofHours(3),
                            "The owner presses Enable",
                            () -> world.owner().enables(HOME));
                    world.passes(Duration.ofHours(2));
                    world.expect("IDENTITY_CENTER", world.seen().status(IDENTITY_CENTER), "DONE");
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                    world.expect("SIGN_IN_EMAIL", world.seen().status(SIGN_IN_EMAIL), "DONE");
                });
    }

    private static Scenario ordinaryMemberAccount() {
        return new Scenario(
                "ordinary-member-account",
                "The stack is deployed in a member account: the root user is checked, the rest is blocked with the reason.",
                MEMBER,
                organization -> {
                    Scenarios.company(organization);
                    organization
                            .memberAccount(MEMBER, "Workload", "workload@example.com")
                            .identityCenter(HOME);
                },
                Map.of(),
                world -> {
                    world.stackIsCreated();
                    world.after(Duration.ofMinutes(2), "Ada confirms her email address", world::addressIsConfirmed);
                    world.passes(Duration.ofHours(2));
                    world.expect("ROOT_MFA", world.seen().status(ROOT_MFA), "DONE");
                    world.expect("EMAIL_CHANNEL", world.seen().status(EMAIL_CHANNEL), "DONE");
                    world.expect("IDENTITY_CENTER", world.seen().reason(IDENTITY_CENTER), "NOT_MANAGEMENT_ACCOUNT");
                    world.expect("FIRST_SIGN_IN", world.seen().reason(FIRST_SIGN_IN), "NOT_MANAGEMENT_ACCOUNT");
                    world.expect("emails to " + ADA, world.seen().mails().size(), 1);
                });
    }
}
