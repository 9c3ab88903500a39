package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.ADMIN_ACCESS;
import static groundwork.checklist.Prerequisite.ADMIN_USER;
import static groundwork.checklist.Prerequisite.EMAIL_CHANNEL;
import static groundwork.checklist.Prerequisite.FIRST_SIGN_IN;
import static groundwork.checklist.Prerequisite.ROOT_MFA;
import static groundwork.checklist.Prerequisite.SIGN_IN_EMAIL;
import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.GRACE;
import static groundwork.rehearsal.scenario.Scenario.HOME;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;

import groundwork.rehearsal.organization.store.Mail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stories about steps that only a person can do. */
final class PeopleScenarios {

    private PeopleScenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(
                threeDays(),
                nobodyActs(),
                sentThroughSes(),
                senderNotVerified(),
                unsubscribed(),
                forwardedEmail(),
                externalIdentitySource());
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
                    world.expectAtUsualPace("state transitions", world.seen().stateTransitions(), 2300L);
                });
    }

    private static Scenario nobodyActs() {
        return new Scenario(
                "nobody-acts",
                "Grace, the owner, turns on no root MFA, and Ada does not sign in: reminders thin out and stop, and each is told of the other.",
                MANAGEMENT,
                organization -> {
                    Scenarios.company(organization);
                    organization.identityCenter(HOME);
                },
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

    private static Scenario sentThroughSes() {
        return new Scenario(
                "sent-through-ses",
                "A verified sender is given, so emails go out through Amazon SES, with HTML and text.",
                MANAGEMENT,
                organization -> {
                    Scenarios.company(organization);
                    organization.identityCenter(HOME);
                },
                Map.of("SenderEmail", "aws@example.com"),
                world -> {
                    world.organization()
                            .emailSending(MANAGEMENT, HOME)
                            .identity("example.com", true)
                            .configurationSet("default")
                            .productionAccess(true);
                    world.stackIsCreated();
                    world.passes(Duration.ofMinutes(10));
                    world.expect("EMAIL_CHANNEL", world.seen().status(EMAIL_CHANNEL), "DONE");
                    world.expect("SIGN_IN_EMAIL", world.seen().status(SIGN_IN_EMAIL), "DONE");
                    world.expect(
                            "emails with HTML",
                            world.seen().mails().stream()
                                    .filter(mail -> mail.html().isPresent())
                                    .count(),
                            (long) world.seen().mails().size());
                    world.expect(
                            "sign-in emails",
                            world.seen().mails("your sign-in URL").size(),
                            1);
                });
    }

    private static Scenario senderNotVerified() {
        return new Scenario(
                "sender-not-verified",
                "The sender is not verified and SES is in its sandbox: nothing is lost, it is sent once the way is clear.",
                MANAGEMENT,
                organization -> {
                    Scenarios.company(organization);
                    organization.identityCenter(HOME);
                },
                Map.of("SenderEmail", "aws@example.com"),
                world -> {
                    world.organization().emailSending(MANAGEMENT, HOME).identity("aws@example.com", false);
                    world.stackIsCreated();
                    world.passes(Duration.ofMinutes(30));
                    world.expect("EMAIL_CHANNEL", world.seen().status(EMAIL_CHANNEL), "WAITING");
                    world.expect("SIGN_IN_EMAIL", world.seen().reason(SIGN_IN_EMAIL), "EMAIL_UNCONFIRMED");
                    world.expect("emails", world.seen().mails().size(), 0);
                    world.after(
                            Duration.ofHours(1),
                            "The sender's and Ada's addresses are verified",
                            () -> world.organization()
                                    .emailSending(MANAGEMENT, HOME)
                                    .identity("aws@example.com", true)
                                    .identity(ADA, true));
                    world.passes(Duration.ofHours(2));
                    world.expect("EMAIL_CHANNEL", world.seen().status(EMAIL_CHANNEL), "DONE");
                    world.expect(
                            "sign-in emails",
                            world.seen().mails("your sign-in URL").size(),
                            1);
                });
    }

    private static Scenario unsubscribed() {
        return new Scenario(
                "unsubscribed",
                "A link scanner unsubscribes Ada: AWS asks her again, and what was not sent is sent when she is back.",
                organization -> {
                    Scenarios.company(organization);
                    organization.identityCenter(HOME);
                },
                world -> {
                    Scenarios.ready(world);
                    world.after(
                            Duration.ofDays(1),
                            "A link scanner follows the unsubscribe link",
                            () -> world.stack()
                                    .subscriptions()
                                    .forEach((topic, address) -> world.organization()
                                            .emailRecipient(ADA)
                                            .unsubscribes(topic)));
                    world.after(
                            Duration.ofHours(1),
                            "The root user's MFA is taken off",
                            () -> world.organization().rootUser(MANAGEMENT).deactivatesMfa());
                    int before = world.seen().mails().size();
                    world.passes(Duration.ofHours(2));
                    world.expect("EMAIL_CHANNEL", world.seen().status(EMAIL_CHANNEL), "WAITING");
                    world.expect(
                            "emails while nothing arrives", world.seen().mails().size() - before, 0);
                    world.after(
                            Duration.ofHours(1),
                            "Ada clicks the link in AWS's request, which Groundwork caused",
                            world::addressIsConfirmed);
                    world.passes(Duration.ofHours(2));
                    world.expect(
                            "emails about root MFA",
                            world.seen().mails("needs you again").size(),
                            1);
                });
    }

    private static Scenario forwardedEmail() {
        return new Scenario(
                "forwarded-email",
                "Somebody to whom an email was forwarded unsubscribes Ada and then undoes the setup: Grace learns that Ada hears"
                        + " nothing, and AWS asks Ada to confirm again.",
                MANAGEMENT,
                organization -> {
                    Scenarios.company(organization);
                    organization.identityCenter(HOME);
                },
                Map.of("OwnerEmail", GRACE),
                world -> {
                    Scenarios.ready(world);
                    String topic = world.stack().template().resource("Topic").arn();
                    Instant unsubscribed = world.now();
                    world.after(
                            Duration.ofHours(1),
                            "Mallory follows the unsubscribe link in a forwarded email",
                            () -> world.organization().emailRecipient(ADA).unsubscribes(topic));
                    world.after(
                            Duration.ofMinutes(1),
                            "Mallory takes MFA off the root user",
                            () -> world.organization().rootUser(MANAGEMENT).deactivatesMfa());
                    world.settles();
                    List<Mail> toGrace = world.seen().mails("emails no longer arrive");
                    world.expect("emails about the channel", toGrace.size(), 1);
                    world.expect(
                            "the owner hears it",
                            toGrace.stream().allMatch(mail -> mail.to().equals(GRACE)));
                    world.expect("requests to subscribe again", requestsAfter(world, unsubscribed), 1L);
                    world.passes(Duration.ofDays(3));
                    world.expect(
                            "emails about the channel, three days later",
                            world.seen().mails("emails no longer arrive").size(),
                            1);
                    world.expect("requests, three days later", requestsAfter(world, unsubscribed), 1L);
                    world.expect(
                            "Ada gets nothing",
                            world.seen().mails().stream()
                                    .noneMatch(mail ->
                                            mail.to().equals(ADA) && mail.time().isAfter(unsubscribed)));
                });
    }

    private static long requestsAfter(World world, Instant when) {
        return world.seen().allMails().stream()
                .filter(mail -> mail.to().equals(ADA)
                        && mail.subject().equals("AWS Notification - Subscription Confirmation")
                        && mail.time().isAfter(when))
                .count();
    }

    private static Scenario externalIdentitySource() {
        return new Scenario(
                "external-identity-source",
                "Users come from an identity provider: none is created here; once Ada is there, she gets access and signs in there.",
                MANAGEMENT,
                organization -> {
                    Scenarios.company(organization);
                    organization.identityCenter(HOME);
                },
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
