package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.ADMIN_ACCESS;
import static groundwork.checklist.Prerequisite.CHANGE_EVENTS;
import static groundwork.checklist.Prerequisite.EMAIL_CHANNEL;
import static groundwork.checklist.Prerequisite.FIRST_SIGN_IN;
import static groundwork.checklist.Prerequisite.ROOT_MFA;
import static groundwork.checklist.Prerequisite.SIGN_IN_EMAIL;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.organization.store.EmbeddedAssignment;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The management account is ready, and member accounts follow. */
final class MemberAccountScenarios {
    private static final String WORKLOAD = "Workload";

    private MemberAccountScenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(inScope());
    }

    /** An input that cannot be used fails. */
    static Stream<Scenario> refused() {
        return Stream.of(outOfScope());
    }

    private static Scenario inScope() {
        return story(
                "member-account",
                "A member account in scope gets access in a single pass, and nobody an email about it alone.",
                "all",
                world -> {
                    world.memberStacksAreRolledOut(List.of(MEMBER));
                    world.passes(Duration.ofMinutes(5));
                    world.starts(JsonNodeFactory.instance.objectNode().put("accountId", MEMBER));
                    world.passes(Duration.ofMinutes(5));
                    world.expect("the checklist of the member", world.seen().status(ADMIN_ACCESS), "DONE");
                    world.expect("its root user", world.seen().status(ROOT_MFA), "DONE");
                    world.expect(
                            "its root user, in words",
                            world.seen().what(ROOT_MFA).contains("no credentials at all"));
                    for (Prerequisite prerequisite : List.of(EMAIL_CHANNEL, SIGN_IN_EMAIL, FIRST_SIGN_IN)) {
                        world.expect(prerequisite.name(), world.seen().status(prerequisite), "NOT_APPLICABLE");
                    }
                    world.expect("its events", world.seen().status(CHANGE_EVENTS), "UNKNOWN");
                    world.expect(
                            "accounts with a permission set of the members",
                            accounts(world, "MemberAdministratorAccess"),
                            List.of(MEMBER));
                    world.expect(
                            "accounts with the management account's permission set",
                            accounts(world, "AdministratorAccess"),
                            List.of(MANAGEMENT));
                    world.expect(
                            "emails about that account",
                            world.seen().mails().stream()
                                    .filter(mail -> mail.subject().contains(MEMBER))
                                    .count(),
                            0L);
                });
    }

    private static Scenario outOfScope() {
        return story(
                "member-account-out-of-scope",
                "A member account that the parameters do not include is refused, and the refusal names the parameter.",
                "777788889999",
                world -> {
                    int mails = world.seen().mails().size();
                    world.starts(JsonNodeFactory.instance.objectNode().put("accountId", MEMBER));
                    world.passes(Duration.ofMinutes(5));
                    world.expect(
                            "the execution", world.seen().executionStatuses().getLast(), "FAILED");
                    world.expect(
                            "why",
                            world.stack()
                                    .executions()
                                    .getLast()
                                    .result()
                                    .toString()
                                    .contains("MemberAccounts"));
                    world.expect(
                            "permission sets of the members", accounts(world, "MemberAdministratorAccess"), List.of());
                    world.expect("emails", world.seen().mails().size() - mails, 0);
                });
    }

    private static Scenario story(String name, String story, String members, Consumer<World> then) {
        return new Scenario(
                name,
                story,
                MANAGEMENT,
                organization -> {
                    Scenarios.companyWithIdentityCenter(organization);
                    organization.memberAccount(MEMBER, WORKLOAD, "workload@example.com");
                },
                Scenarios.lookingAfter(members),
                world -> {
                    Scenarios.ready(world);
                    then.accept(world);
                });
    }

    private static List<String> accounts(World world, String permissionSet) {
        return world.identityCenter().permissionSet(permissionSet).stream()
                .flatMap(set -> world.identityCenter().assignments().stream()
                        .filter(assignment -> assignment.permissionSetArn().equals(set.arn())))
                .map(EmbeddedAssignment::accountId)
                .sorted()
                .toList();
    }
}
