package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.EMAIL_CHANNEL;
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
import java.util.stream.Stream;

/** Stories about emails that arrive, and that do not. */
final class EmailScenarios {
    private EmailScenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(
                confirmedWithSignature(), sentThroughSes(), senderNotVerified(), unsubscribed(), forwardedEmail());
    }

    private static Scenario confirmedWithSignature() {
        return new Scenario(
                "confirmed-with-signature",
                "Ada confirms with her signature instead of a click, so that a link scanner cannot unsubscribe her.",
                Scenarios::companyWithIdentityCenter,
                world -> {
                    world.organization().rootUser(MANAGEMENT).enablesPasskey();
                    world.stackIsCreated();
                    String topic = world.stack().template().resource("Topic").arn();
                    world.after(
                            Duration.ofMinutes(4),
                            "Ada runs the command in the stack's outputs with the token of the link",
                            () -> world.organization().emailRecipient(ADA).confirmsWithSignature(topic));
                    world.after(
                            Duration.ofHours(1),
                            "A link scanner follows the unsubscribe link",
                            () -> world.organization().emailRecipient(ADA).unsubscribes(topic));
                    world.passes(Duration.ofDays(1));
                    world.expect("EMAIL_CHANNEL", world.seen().status(EMAIL_CHANNEL), "DONE");
                    world.expect(
                            "the checklist says which kind it is",
                            world.seen().what(EMAIL_CHANNEL).contains("with a signature: no link in an email ends it"));
                });
    }

    private static Scenario sentThroughSes() {
        return new Scenario(
                "sent-through-ses",
                "A verified sender is given, so emails go out through Amazon SES, with HTML and text.",
                MANAGEMENT,
                Scenarios::companyWithIdentityCenter,
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
                Scenarios::companyWithIdentityCenter,
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
                Scenarios::companyWithIdentityCenter,
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
                Scenarios::companyWithIdentityCenter,
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
}
