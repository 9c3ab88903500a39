package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.ADMIN_ACCESS;
import static groundwork.checklist.Prerequisite.ADMIN_USER;
import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.HOME;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;

import groundwork.rehearsal.organization.store.DirectoryMembership;
import groundwork.rehearsal.organization.store.EmbeddedAssignment;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.organization.store.Mail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Somebody makes users and groups look like those that Groundwork means, or tells its table so. Mallory is who wants in.
 */
final class IdentityScenarios {
    private IdentityScenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(
                squattedUser(),
                userFromBefore(),
                squattedGroup(),
                emptyGroup(),
                foreignUserInTheTable(),
                foreignGroupInTheTable(),
                ownGroupRenamed(),
                adoptedGroupRenamed());
    }

    private static Scenario enabled(String name, String story, Consumer<World> play) {
        return new Scenario(name, story, Scenarios::companyWithIdentityCenter, play);
    }

    static String mallory(World world) {
        return world.console().createsUser("mallory", "Mallory", "Example", "mallory@example.com");
    }

    static String group(World world, String name) {
        return world.identityCenter().group(name).orElseThrow().groupId();
    }

    private static Scenario squattedUser() {
        return enabled(
                "user-squatted",
                "Somebody has made a user with Ada's address: it gets nothing before people are told who made it and when.",
                world -> {
                    world.organization().rootUser(MANAGEMENT).enablesPasskey();
                    world.console().createsUser("mallory", "Mallory", "Example", ADA);
                    world.stackIsCreated();
                    world.passes(Duration.ofHours(1));
                    world.expect(
                            "memberships", world.identityCenter().memberships().size(), 0);
                    world.expect(
                            "assignments", world.identityCenter().assignments().size(), 0);
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "UNKNOWN");
                    world.expect(
                            "the line names who made the user",
                            names(world.seen().what(ADMIN_USER)));
                    world.after(Duration.ofMinutes(1), "Ada confirms her email address", world::addressIsConfirmed);
                    world.passes(Duration.ofHours(2));
                    expectTold(world);
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                    world.expect(
                            "sign-in emails", world.seen().mails("sign-in URL").size(), 1);
                    world.expect(
                            "emails that speak of an undoing",
                            world.seen().mails("undone").size(),
                            0);
                });
    }

    private static boolean names(String text) {
        return text.contains("2 March 2026") && text.contains("assumed-role/Operations/grace");
    }

    private static void expectTold(World world) {
        List<Mail> told = world.seen().mails("a user gets access soon");
        world.expect("emails that tell of the user", told.size(), 1);
        if (told.isEmpty()) {
            return;
        }
        world.expect(
                "the email names who made the user and when",
                names(told.getFirst().text().replaceAll("\\s+", " ")));
        world.expect(
                "people are told before the user gets anything",
                world.identityCenter().memberships().stream()
                        .noneMatch(membership ->
                                membership.createdAt().isBefore(told.getFirst().time())));
    }

    private static Scenario userFromBefore() {
        return enabled(
                "user-from-before",
                "Ada's user was made by hand and everybody knows: people are told all the same, and minutes later she is in.",
                world -> {
                    world.organization().rootUser(MANAGEMENT).enablesPasskey();
                    world.console().createsUser("ada", "Ada", "Lovelace", ADA);
                    world.addressIsConfirmed();
                    world.stackIsCreated();
                    world.settles();
                    expectTold(world);
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                    world.expect(
                            "sign-in emails", world.seen().mails("sign-in URL").size(), 1);
                });
    }

    private static Scenario squattedGroup() {
        return enabled(
                "group-squatted",
                "A group of the right name has somebody in it and no access: it gets none, and a person is asked.",
                world -> {
                    world.organization().rootUser(MANAGEMENT).enablesPasskey();
                    String administrators = world.console().createsGroup("Administrators");
                    String mallory = mallory(world);
                    world.console().addsMember(administrators, mallory);
                    world.addressIsConfirmed();
                    world.stackIsCreated();
                    world.settles();
                    world.expect("ADMIN_ACCESS", world.seen().reason(ADMIN_ACCESS), "GROUP_TAKEN");
                    world.expect(
                            "the line names who would get access",
                            world.seen().what(ADMIN_ACCESS).contains("mallory"));
                    world.expect(
                            "assignments", world.identityCenter().assignments().size(), 0);
                    world.expect(
                            "permission sets",
                            world.identityCenter().permissionSets().size(),
                            0);
                    world.expect(
                            "memberships", world.identityCenter().memberships().size(), 1);
                    world.expect(
                            "the email names who would get access",
                            world.seen().mails("waits for you").stream()
                                    .anyMatch(mail -> mail.text().contains("mallory")));
                    world.after(
                            Duration.ofHours(1),
                            "Grace takes Mallory out of the group",
                            () -> world.console().removesMember(administrators, mallory));
                    world.settles();
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                    world.expect("groups", world.identityCenter().groups().size(), 1);
                });
    }

    private static Scenario emptyGroup() {
        return enabled(
                "group-empty", "A group of the right name is there with nobody in it: Groundwork uses it.", world -> {
                    world.organization().rootUser(MANAGEMENT).enablesPasskey();
                    world.console().createsGroup("Administrators");
                    world.addressIsConfirmed();
                    world.stackIsCreated();
                    world.settles();
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                    world.expect("groups", world.identityCenter().groups().size(), 1);
                });
    }

    /** Writes another id into what Groundwork remembers of the account. */
    private static void remembers(World world, String field, String id) {
        DynamoDbClient table = world.organization().client(DynamoDbClient.class, world.person(), HOME);
        String name = world.stack()
                .template()
                .resourcesOfType("AWS::DynamoDB::Table")
                .getFirst()
                .ref()
                .orElseThrow();
        Map<String, AttributeValue> key =
                Map.of("accountId", AttributeValue.fromS(MANAGEMENT), "item", AttributeValue.fromS("ACCOUNT"));
        String record = table.getItem(get -> get.tableName(name).key(key))
                .item()
                .get("record")
                .s();
        table.updateItem(update -> update.tableName(name)
                .key(key)
                .updateExpression("SET #record = :record")
                .expressionAttributeNames(Map.of("#record", "record"))
                .expressionAttributeValues(Map.of(
                        ":record",
                        AttributeValue.fromS(record.replaceAll(
                                "\"%s\":\"[^\"]*\"".formatted(field), "\"%s\":\"%s\"".formatted(field, id))))));
    }

    private static Scenario foreignUserInTheTable() {
        return ChangeStory.ready(
                "table-names-another-user",
                "Somebody deletes Ada's user and writes Mallory's id into the table: Mallory gets nothing, Ada is made anew.",
                world -> {
                    String mallory = mallory(world);
                    world.after(Duration.ofMinutes(30), "Grace edits the table and deletes the user ada", () -> {
                        remembers(world, "userId", mallory);
                        world.console()
                                .deletesUser(world.identityCenter()
                                        .user("ada")
                                        .orElseThrow()
                                        .userId());
                    });
                    world.settles();
                    expectOnlyAda(world);
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                });
    }

    private static Scenario foreignGroupInTheTable() {
        return ChangeStory.ready(
                "table-names-another-group",
                "Somebody writes the id of Mallory's group into the table and deletes the assignment: the group stays outside.",
                world -> {
                    String friends = world.console().createsGroup("Friends");
                    world.console().addsMember(friends, mallory(world));
                    world.after(Duration.ofMinutes(30), "Grace edits the table and deletes the assignment", () -> {
                        remembers(world, "groupId", friends);
                        world.console()
                                .deletesAssignment(
                                        world.identityCenter().assignments().getFirst());
                    });
                    world.settles();
                    expectAssigned(world, List.of(group(world, "Administrators")));
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                });
    }

    private static void expectOnlyAda(World world) {
        IdentityCenter center = world.identityCenter();
        world.expect(
                "who is in a group",
                center.memberships().stream().map(DirectoryMembership::userId).toList(),
                List.of(center.user("ada").orElseThrow().userId()));
    }

    private static void expectAssigned(World world, List<String> groupIds) {
        world.expect(
                "groups with access",
                world.identityCenter().assignments().stream()
                        .map(EmbeddedAssignment::principalId)
                        .toList(),
                groupIds);
    }

    private static Scenario ownGroupRenamed() {
        return ChangeStory.ready(
                "own-group-renamed",
                "Groundwork's group is renamed, and Mallory's gets its name: the group stays the group, Mallory's is not it.",
                world -> {
                    String own = group(world, "Administrators");
                    int mails = world.seen().mails().size();
                    world.after(Duration.ofMinutes(30), "Grace renames the group and makes another of its name", () -> {
                        world.console().renamesGroup(own, "Owners");
                        world.console().addsMember(world.console().createsGroup("Administrators"), mallory(world));
                    });
                    world.settles();
                    expectAssigned(world, List.of(own));
                    world.expect("the account", world.seen().checklistStatus(), "READY");
                    world.expect("emails", world.seen().mails().size() - mails, 0);
                    world.after(
                            Duration.ofMinutes(30),
                            "Grace takes Ada out of it",
                            () -> world.console()
                                    .removesMember(
                                            own,
                                            world.identityCenter()
                                                    .user("ada")
                                                    .orElseThrow()
                                                    .userId()));
                    world.settles();
                    world.expect(
                            "the repair names the group as it is called now",
                            world.seen().mails("undone and put back").stream()
                                    .anyMatch(mail -> mail.text().contains("membership in group Owners")));
                });
    }

    private static Scenario adoptedGroupRenamed() {
        return enabled(
                "adopted-group-renamed",
                "A group that Groundwork found with access is renamed, and another gets its name: a person is asked.",
                world -> {
                    world.organization().rootUser(MANAGEMENT).enablesPasskey();
                    String ada = world.console().createsUser("ada", "Ada", "Lovelace", ADA);
                    String found = world.console().createsGroup("Administrators");
                    world.console().addsMember(found, ada);
                    Scenarios.permissionSet(world, found);
                    world.addressIsConfirmed();
                    world.passes(Duration.ofMinutes(30));
                    world.stackIsCreated();
                    world.settles();
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                    world.after(Duration.ofDays(1), "Grace renames the group and makes another of its name", () -> {
                        world.console().renamesGroup(found, "Owners");
                        world.console().createsGroup("Administrators");
                    });
                    world.settles();
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "WAITING");
                    world.expect(
                            "the line has the new name",
                            world.seen().what(ADMIN_ACCESS).contains("Owners"));
                    expectAssigned(world, List.of(found));
                    expectOnlyAda(world);
                    world.after(
                            Duration.ofHours(1),
                            "The owner gives the stack the new name",
                            () -> world.stackIsUpdated(Map.of("GroupName", "Owners")));
                    world.settles();
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                    expectAssigned(world, List.of(found));
                });
    }
}
