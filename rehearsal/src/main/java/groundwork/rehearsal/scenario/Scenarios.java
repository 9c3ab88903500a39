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
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;

import groundwork.rehearsal.account.OrganizationBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/** The scenarios by name. */
public final class Scenarios {
    private static final Region HOME = Region.US_EAST_1;

    private Scenarios() {}

    public static List<Scenario> all() {
        return List.of(newAccount(), rootWithoutMfa(), identityCenterNotEnabled(), ordinaryMemberAccount());
    }

    /** A scenario by its name. */
    public static Optional<Scenario> named(String name) {
        return all().stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }

    private static void company(OrganizationBuilder organization) {
        organization.managementAccount(MANAGEMENT, "Example", "root@example.com");
    }

    private static Scenario newAccount() {
        return new Scenario(
                "new-account",
                "A management account in which IAM Identity Center is enabled, and nothing else has been done.",
                organization -> {
                    company(organization);
                    organization.identityCenter(HOME);
                },
                world -> {
                    world.stackIsCreated();
                    world.after(Duration.ofMinutes(4), "Ada confirms her email address", world::addressIsConfirmed);
                    world.after(
                            Duration.ofMinutes(20),
                            "The owner assigns a passkey to the root user",
                            () -> world.organization().rootUser(MANAGEMENT).enablesPasskey());
                    world.after(Duration.ofMinutes(30), "Ada signs in", () -> {
                        world.console()
                                .resetsPassword(world.identityCenter()
                                        .user("ada")
                                        .orElseThrow()
                                        .userId());
                        world.organization().accessPortalUser("ada").signsIn();
                    });
                    world.passes(Duration.ofHours(1));
                    world.expect(
                            "the account",
                            world.checklist().orElseThrow().path("status").asText(),
                            "READY");
                    world.expect(
                            "sign-in emails",
                            world.mails().stream()
                                    .filter(mail -> mail.subject().contains("sign-in URL"))
                                    .count(),
                            1L);
                    world.expect("users", world.identityCenter().users().size(), 1);
                    world.expect(
                            "assignments", world.identityCenter().assignments().size(), 1);
                });
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
                    world.expect("ROOT_MFA", world.status(ROOT_MFA), "WAITING");
                    world.expect("ROOT_ACCESS_KEYS", world.status(ROOT_ACCESS_KEYS), "DONE");
                    world.expect("ADMIN_USER", world.status(ADMIN_USER), "DONE");
                    world.expect("ADMIN_ACCESS", world.status(ADMIN_ACCESS), "DONE");
                    world.expect(
                            "emails that ask for MFA",
                            world.mails().stream()
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
                    world.expect("IDENTITY_CENTER", world.status(IDENTITY_CENTER), "WAITING");
                    world.expect("ADMIN_USER", world.reason(ADMIN_USER), "IDENTITY_CENTER_NOT_ENABLED");
                    world.after(
                            Duration.ofHours(3),
                            "The owner presses Enable",
                            () -> world.console().enables(HOME));
                    world.passes(Duration.ofHours(2));
                    world.expect("IDENTITY_CENTER", world.status(IDENTITY_CENTER), "DONE");
                    world.expect("ADMIN_ACCESS", world.status(ADMIN_ACCESS), "DONE");
                    world.expect("SIGN_IN_EMAIL", world.status(SIGN_IN_EMAIL), "DONE");
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
                    world.expect("ROOT_MFA", world.status(ROOT_MFA), "DONE");
                    world.expect("EMAIL_CHANNEL", world.status(EMAIL_CHANNEL), "DONE");
                    world.expect("IDENTITY_CENTER", world.reason(IDENTITY_CENTER), "NOT_MANAGEMENT_ACCOUNT");
                    world.expect("FIRST_SIGN_IN", world.reason(FIRST_SIGN_IN), "NOT_MANAGEMENT_ACCOUNT");
                    world.expect("emails to " + ADA, world.mails().size(), 1);
                });
    }
}
