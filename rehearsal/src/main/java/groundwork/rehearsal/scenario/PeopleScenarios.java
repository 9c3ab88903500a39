package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.ADMIN_ACCESS;
import static groundwork.checklist.Prerequisite.ADMIN_USER;
import static groundwork.checklist.Prerequisite.FIRST_SIGN_IN;
import static groundwork.checklist.Prerequisite.ROOT_MFA;
import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.GRACE;
import static groundwork.rehearsal.scenario.Scenario.HOME;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;

import groundwork.rehearsal.organization.store.Mail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stories about steps that only a person can do. */
final class PeopleScenarios {

    private PeopleScenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(threeDays(), ownerAndAdministrator(), nobodyActs(), externalIdentitySource());
    }

    private static Scenario threeDays() {
        return new Scenario(
                "three-days",
                "People take their time: address after 10 minutes, Identity Center after 3 hours, root MFA after 2 days,"
                        + " first sign-in after 3.",
                Scenarios::company,
                world -> {
                    world.stackIsCreated();
                    world.after(Duration.ofMinutes(10), "Ada confirms her email address", world::addressIsConfirmed);
                    world.after(
                            Duration.ofMinutes(170),
                            "The owner presses Enable",
                            () -> world.owner().enables(HOME));
                    world.after(
                            Duration.ofHours(45),
                            "The owner assigns a passkey to the root user",
                            () -> world.organization().rootUser(MANAGEMENT).enablesPasskey());
                    world.after(Duration.ofHours(24), "Ada signs in and registers an authenticator app", () -> {
                        world.console()
                                .resetsPassword(world.identityCenter()
                                        .user("ada")
                                        .orElseThrow()
                                        .userId());
                        world.organization().accessPortalUser("ada").registersMfa();
                        world.organization().accessPortalUser("ada").signsIn();
                    });
                    world.passes(Duration.ofHours(2));
                    world.expect("the account", world.seen().checklistStatus(), "READY");
                    world.expect(
                            "emails",
                            world.seen().mails().stream()
                                    .map(Mail::subject)
                                    .map(subject ->
                                            subject.replaceFirst("AWS " + MANAGEMENT + "( \\(Example\\))?: ", ""))
                                    .toList(),
                            List.of(
                                    "2 steps wait for you",
                                    "your sign-in URL",
                                    "1 step still waits",
                                    "you have not signed in",
                                    "your account is ready"));
                    world.expectAtUsualPace(
                            "executions", world.stack().executions().size(), 9);
                    world.expectAtUsualPace("state transitions", world.seen().stateTransitions(), 2210L);
                });
    }

    private static Scenario ownerAndAdministrator() {
        return new Scenario(
                "owner-and-administrator",
                "Grace owns the new account and Ada is to be its administrator: each gets what is theirs, and Grace helps Ada in.",
                MANAGEMENT,
                organization -> organization.standaloneAccount(MANAGEMENT, "Example", "root@example.com"),
                Map.of("OwnerEmail", GRACE),
                world -> {
                    world.stackIsCreated();
                    world.after(Duration.ofMinutes(4), "Both confirm their address", world::addressIsConfirmed);
                    world.after(
                            Duration.ofMinutes(10),
                            "Grace assigns a passkey to the root user, and presses Enable in IAM Identity Center",
                            () -> {
                                world.organization().rootUser(MANAGEMENT).enablesPasskey();
                                world.owner().enables(HOME);
                            });
                    world.after(
                            Duration.ofMinutes(20),
                            "Ada opens the sign-in URL, and is asked for a password that she does not have",
                            () -> world.expect(
                                    "Ada is not signed in",
                                    !world.organization()
                                            .accessPortalUser("ada")
                                            .signsIn()));
                    world.after(
                            Duration.ofMinutes(10),
                            "Grace presses \"Reset password\" as her email says, and Ada signs in",
                            () -> SignInScenarios.signsIn(world));
                    world.passes(Duration.ofHours(1));
                    world.expect("the account", world.seen().checklistStatus(), "READY");
                    world.expect(
                            "what Grace was told",
                            subjects(world, GRACE),
                            List.of("2 steps wait for you", "a password may be needed", "your account is ready"));
                    world.expect("what Ada was told", subjects(world, ADA), List.of("your sign-in URL"));
                });
    }

    private static List<String> subjects(World world, String reader) {
        return world.seen().mails().stream()
                .filter(mail -> mail.to().equals(reader))
                .map(mail -> mail.subject().replaceFirst("AWS " + MANAGEMENT + "( \\(Example\\))?: ", ""))
                .toList();
    }

    private static Scenario nobodyActs() {
        return new Scenario(
                "nobody-acts",
                "Grace, the owner, turns on no root MFA, and Ada does not sign in: reminders thin out and stop, and each is told of the other.",
                MANAGEMENT,
                Scenarios::companyWithIdentityCenter,
                Map.of("OwnerEmail", "grace@example.com", "PatienceHours", "1"),
                world -> {
                    world.stackIsCreated();
                    world.after(Duration.ofMinutes(1), "Everybody confirms their address", world::addressIsConfirmed);
                    world.passes(Duration.ofDays(30));
                    world.expect(
                            "sign-in emails",
                            world.seen().mails("your sign-in URL").size(),
                            1);
                    world.expect(
                            "reminders of the sign-in",
                            world.seen().mails("you have not signed in").size(),
                            4);
                    world.expect(
                            "reminders of root MFA",
                            world.seen().mails("still wait").size(),
                            4);
                    world.expect(
                            "emails about root MFA, and whom they are for",
                            addressees(world.seen().mails("still wait")),
                            Set.of("grace@example.com"));
                    world.expect(
                            "reminders of the sign-in are for",
                            addressees(world.seen().mails("you have not signed in")),
                            Set.of(ADA));
                    List<Mail> unheeded = world.seen().mails("was not done");
                    world.expect(
                            "what Grace did not do is told to Ada, and the other way round",
                            unheeded.stream()
                                    .collect(Collectors.toMap(
                                            Mail::to,
                                            mail -> mail.text().contains("[ ] " + ROOT_MFA.task())
                                                    ? ROOT_MFA
                                                    : FIRST_SIGN_IN)),
                            Map.of(ADA, ROOT_MFA, "grace@example.com", FIRST_SIGN_IN));
                    world.expect("FIRST_SIGN_IN", world.seen().status(FIRST_SIGN_IN), "WAITING");
                    Mail last = world.seen().mails().getLast();
                    world.expect(
                            "the last email comes within three weeks",
                            last.time().isBefore(World.START.plus(Duration.ofDays(21))),
                            true);
                });
    }

    private static Set<String> addressees(List<Mail> mails) {
        return mails.stream().map(Mail::to).collect(Collectors.toSet());
    }

    private static Scenario externalIdentitySource() {
        return new Scenario(
                "external-identity-source",
                "Users come from an identity provider: none is created here; once Ada is there, she gets access and signs in there.",
                MANAGEMENT,
                Scenarios::companyWithIdentityCenter,
                Map.of("IdentitySource", "External"),
                world -> {
                    world.organization().rootUser(MANAGEMENT).enablesPasskey();
                    world.stackIsCreated();
                    world.after(Duration.ofMinutes(1), "Ada confirms her email address", world::addressIsConfirmed);
                    world.passes(Duration.ofMinutes(10));
                    world.expect("ADMIN_USER", world.seen().reason(ADMIN_USER), "EXTERNAL_IDENTITY_SOURCE");
                    world.expect("users", world.identityCenter().users().size(), 0);
                    world.after(
                            Duration.ofHours(2),
                            "The identity provider brings Ada by SCIM",
                            () -> world.console().provisionsUserByScim("ada", "Ada", "Lovelace", ADA));
                    world.passes(Duration.ofHours(2));
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                    world.expect(
                            "sign-in emails",
                            world.seen().mails("your sign-in URL").size(),
                            1);
                    world.after(
                            Duration.ofMinutes(10),
                            "Ada signs in at the identity provider",
                            () -> world.organization().accessPortalUser("ada").signsIn());
                    world.passes(Duration.ofHours(1));
                    world.expect("the account", world.seen().checklistStatus(), "READY");
                });
    }
}
