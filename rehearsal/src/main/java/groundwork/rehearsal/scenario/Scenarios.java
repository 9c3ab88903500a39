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

import groundwork.rehearsal.organization.OrganizationBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** The scenarios by name. */
public final class Scenarios {

    private Scenarios() {}

    public static List<Scenario> all() {
        return Stream.concat(withoutFailures().stream(), FailureScenarios.all()).toList();
    }

    /** The scenarios in which no execution fails, unless somebody sees to it that calls fail. */
    public static List<Scenario> withoutFailures() {
        return Stream.of(
                        setUp().stream(),
                        PeopleScenarios.all(),
                        SignInScenarios.all(),
                        RootChanges.all(),
                        AccessChanges.all(),
                        LimitChanges.all(),
                        IdentityScenarios.all(),
                        MemberScenarios.all(),
                        WatchChanges.all())
                .flatMap(Function.identity())
                .toList();
    }

    /** The scenarios about the way from nothing to an administrator. */
    private static List<Scenario> setUp() {
        return List.of(
                newAccount(HOME),
                alreadySetUp(),
                existingUserAndPermissionSet(),
                rootWithoutMfa(),
                administratorRemoved(),
                identityCenterNotEnabled(),
                ordinaryMemberAccount());
    }

    /** A scenario by its name. */
    public static Optional<Scenario> named(String name) {
        return all().stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }

    static void company(OrganizationBuilder organization) {
        organization.managementAccount(MANAGEMENT, "Example", "root@example.com");
    }

    static Scenario newAccount(Region home) {
        return new Scenario(
                        "new-account",
                        "A management account in which IAM Identity Center is enabled, and nothing else has been done.",
                        organization -> {
                            company(organization);
                            organization.identityCenter(home);
                        },
                        world -> {
                            world.stackIsCreated();
                            world.after(
                                    Duration.ofMinutes(4), "Ada confirms her email address", world::addressIsConfirmed);
                            world.after(
                                    Duration.ofMinutes(20),
                                    "The owner assigns a passkey to the root user",
                                    () -> world.organization()
                                            .rootUser(MANAGEMENT)
                                            .enablesPasskey());
                            world.after(Duration.ofMinutes(30), "Ada signs in", () -> {
                                world.console()
                                        .resetsPassword(world.identityCenter()
                                                .user("ada")
                                                .orElseThrow()
                                                .userId());
                                world.organization().accessPortalUser("ada").signsIn();
                            });
                            world.passes(Duration.ofHours(1));
                            world.expect("the account", world.seen().checklistStatus(), "READY");
                            world.expect(
                                    "sign-in emails",
                                    world.seen().mails("sign-in URL").size(),
                                    1);
                            world.expect("users", world.identityCenter().users().size(), 1);
                            world.expect(
                                    "assignments",
                                    world.identityCenter().assignments().size(),
                                    1);
                        })
                .in(home);
    }

    private static Scenario alreadySetUp() {
        return new Scenario(
                "already-set-up",
                "Everything is in place, made by hand long ago: nothing is written and no email is sent.",
                organization -> {
                    company(organization);
                    organization.identityCenter(HOME);
                },
                world -> {
                    world.organization().rootUser(MANAGEMENT).enablesVirtualMfa();
                    String userId = world.console().createsUser("ada", "Ada", "Lovelace", ADA);
                    String groupId = world.console().createsGroup("Administrators");
                    world.console().addsMember(groupId, userId);
                    permissionSet(world, groupId);
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
                organization -> {
                    company(organization);
                    organization.identityCenter(HOME);
                },
                world -> {
                    String userId = world.console().createsUser("ada", "Ada", "Lovelace", ADA);
                    permissionSet(world, world.console().createsGroup("Others"));
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

    /** A permission set that somebody made by hand and assigned to a group. */
    static void permissionSet(World world, String groupId) {
        permissionSet(world, "AdministratorAccess", groupId);
    }

    /** Somebody makes a permission set with administrator access and assigns it to a group. */
    static void permissionSet(World world, String name, String groupId) {
        SsoAdminClient sso = world.organization().client(SsoAdminClient.class, world.person(), HOME);
        String instance = world.identityCenter().instanceArn();
        String set = sso.createPermissionSet(
                        request -> request.instanceArn(instance).name(name))
                .permissionSet()
                .permissionSetArn();
        sso.attachManagedPolicyToPermissionSet(request -> request.instanceArn(instance)
                .permissionSetArn(set)
                .managedPolicyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
        sso.createAccountAssignment(request -> request.instanceArn(instance)
                .permissionSetArn(set)
                .principalType("GROUP")
                .principalId(groupId)
                .targetType("AWS_ACCOUNT")
                .targetId(MANAGEMENT));
    }

    private static Scenario rootWithoutMfa() {
        return new Scenario(
                "root-without-mfa",
                "The root user has no MFA: the administrator is provisioned all the same, and the owner is told once.",
                organization -> {
                    company(organization);
                    organization.identityCenter(HOME);
                },
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

    private static Scenario administratorRemoved() {
        return new Scenario(
                "administrator-removed-from-group",
                "Somebody removes Ada from the administrators' group: the event leads to the repair and to one email.",
                organization -> {
                    company(organization);
                    organization.identityCenter(HOME);
                },
                world -> {
                    ready(world);
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

    /** Everybody does their part at once. */
    static void ready(World world) {
        world.organization().rootUser(MANAGEMENT).enablesPasskey();
        world.addressIsConfirmed();
        world.stackIsCreated();
        world.after(Duration.ofMinutes(5), "Ada signs in", () -> {
            world.console()
                    .resetsPassword(
                            world.identityCenter().user("ada").orElseThrow().userId());
            world.organization().accessPortalUser("ada").signsIn();
        });
        // Until CloudTrail's event history shows it.
        world.passes(Duration.ofMinutes(20));
        world.settles();
        world.expect("the account, once everybody did their part", world.seen().checklistStatus(), "READY");
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
                            () -> world.console().enables(HOME));
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
                    company(organization);
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
