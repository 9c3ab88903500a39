package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.ADMIN_ACCESS;
import static groundwork.rehearsal.scenario.IdentityScenarios.group;
import static groundwork.rehearsal.scenario.IdentityScenarios.mallory;

import groundwork.rehearsal.organization.store.Mail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Others have the administrator's access, too, because they are in the group. */
final class MemberScenarios {
    private MemberScenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(anotherAdministrator(), memberAdded(), crowd());
    }

    private static Scenario anotherAdministrator() {
        return ChangeStory.ready(
                "another-administrator",
                "The parameters name Bob in Ada's place: he gets access, and is told that Ada still has it and how to end it.",
                world -> {
                    world.after(
                            Duration.ofMinutes(30),
                            "The owner names Bob",
                            () -> world.stackIsUpdated(Map.of(
                                    "AdministratorEmail", "bob@example.com",
                                    "UserName", "bob",
                                    "GivenName", "Bob",
                                    "FamilyName", "Byte")));
                    world.after(Duration.ofMinutes(10), "Bob confirms his email address", world::addressIsConfirmed);
                    world.passes(Duration.ofHours(1));
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                    world.expect(
                            "the line names Ada",
                            world.seen().what(ADMIN_ACCESS).contains("1 other (ada)"));
                    world.expect("users", world.identityCenter().users().size(), 2);
                    List<Mail> told = world.seen().mails("somebody else has access");
                    world.expect("emails that tell of Ada", told.size(), 1);
                    world.expect(
                            "what the email says, and to whom",
                            told.stream()
                                    .allMatch(mail -> mail.to().equals("bob@example.com")
                                            && mail.text().contains("the administrator of an earlier time")
                                            && mail.text().contains("remove the user from it")));
                    world.expect(
                            "emails that speak of an undoing",
                            world.seen().mails("undone").size(),
                            0);
                    world.expect(
                            "sign-in emails to Bob",
                            world.seen().mails("your sign-in URL").stream()
                                    .filter(mail -> mail.to().equals("bob@example.com"))
                                    .count(),
                            1L);
                });
    }

    private static Scenario memberAdded() {
        return ChangeStory.ready(
                "member-added",
                "Somebody adds Mallory to the administrators' group: that is on the checklist, and told once.",
                world -> {
                    int mails = world.seen().mails().size();
                    world.after(
                            Duration.ofMinutes(30),
                            "Grace adds Mallory",
                            () -> world.console().addsMember(group(world, "Administrators"), mallory(world)));
                    world.passes(Duration.ofDays(3));
                    world.expect("the account", world.seen().checklistStatus(), "READY");
                    world.expect(
                            "the line names Mallory",
                            world.seen().what(ADMIN_ACCESS).contains("1 other (mallory)"));
                    List<Mail> told = world.seen().mails("somebody else has access");
                    world.expect("emails", world.seen().mails().size() - mails, 1);
                    world.expect(
                            "the email names Mallory and who added her",
                            told.size() == 1
                                    && told.getFirst().text().contains("mallory")
                                    && told.getFirst().text().contains("assumed-role/Operations/grace"));
                });
    }

    private static Scenario crowd() {
        return ChangeStory.ready(
                "many-members",
                "Somebody adds a hundred and fifty people: ten are told by name, and a look reads a hundred of them at most.",
                world -> {
                    world.after(
                            Duration.ofMinutes(30),
                            "Grace adds everybody",
                            () -> IntStream.range(0, 150)
                                    .forEach(number -> world.console()
                                            .addsMember(
                                                    group(world, "Administrators"),
                                                    world.console()
                                                            .createsUser(
                                                                    "member" + number,
                                                                    "Member",
                                                                    "No. " + number,
                                                                    "member" + number + "@example.com"))));
                    world.passes(Duration.ofDays(3));
                    world.expect(
                            "the line names ten",
                            world.seen()
                                    .what(ADMIN_ACCESS)
                                    .matches(
                                            ".* lets in more than \\d+ others \\((member\\d+, ){9}member\\d+ and more\\) as well\\."));
                    world.expect(
                            "names in the email",
                            world.seen().mails("others have access").stream()
                                    .mapToLong(mail -> mail.text()
                                            .lines()
                                            .filter(line -> line.startsWith("member"))
                                            .count())
                                    .sum(),
                            10L);
                });
    }
}
