package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.HOME;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;

import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.OrganizationBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** The scenarios by name. */
public final class Scenarios {

    private Scenarios() {}

    /**
     * Scenarios that tell of the same thing.
     *
     * @param title what that is
     */
    public record Group(String title, List<Scenario> scenarios) {}

    /** All scenarios, in the order in which they are listed and played. */
    public static List<Group> groups() {
        return Stream.concat(
                        groupsWithoutFailures(),
                        Stream.of(
                                group("What Groundwork needs is taken away or spoiled", FailureScenarios.all()),
                                group("What is asked for is refused", MemberAccountScenarios.refused())))
                .toList();
    }

    private static Stream<Group> groupsWithoutFailures() {
        return Stream.of(
                group("From nothing to an administrator", SetUpScenarios.all()),
                group("People take their time", PeopleScenarios.all()),
                group("Emails arrive, or do not", EmailScenarios.all()),
                group("The first sign-in", SignInScenarios.all()),
                group("Somebody changes the root user", RootChanges.all()),
                group("Somebody changes who has access", AccessChanges.all()),
                group("Something limits the administrator's access", LimitChanges.all()),
                group("Users and groups that look like the right ones", IdentityScenarios.all()),
                group("Others in the administrators' group", MemberScenarios.all()),
                group("Member accounts of the organization", MemberAccountScenarios.all()),
                group("Somebody changes how Groundwork learns of changes", WatchChanges.all()));
    }

    private static Group group(String title, Stream<Scenario> scenarios) {
        return new Group(title, scenarios.toList());
    }

    public static List<Scenario> all() {
        return scenarios(groups().stream());
    }

    /** The scenarios in which no execution fails, unless somebody sees to it that calls fail. */
    public static List<Scenario> withoutFailures() {
        return scenarios(groupsWithoutFailures());
    }

    private static List<Scenario> scenarios(Stream<Group> groups) {
        return groups.flatMap(group -> group.scenarios().stream()).toList();
    }

    /** A scenario by its name. */
    public static Optional<Scenario> named(String name) {
        return all().stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }

    /**
     * Parameters of a stack in the company that looks after member accounts, too.
     *
     * @param which what {@code MemberAccounts} says
     */
    public static Map<String, String> lookingAfter(String which) {
        OrganizationBuilder organization = EmbeddedOrganization.builder(InstantSource.fixed(World.START));
        company(organization);
        // AWS gives the id when the organization is made.
        return Map.of("OrganizationId", organization.organizationId(), "MemberAccounts", which);
    }

    static void company(OrganizationBuilder organization) {
        organization.managementAccount(MANAGEMENT, "Example", "root@example.com");
    }

    /** The company after somebody has pressed Enable in the console of IAM Identity Center. */
    static void companyWithIdentityCenter(OrganizationBuilder organization) {
        company(organization);
        organization.identityCenter(HOME);
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

    /** Everybody does their part at once. */
    static void ready(World world) {
        if (world.organization().partition().rootUserSignsIn()) {
            world.organization().rootUser(MANAGEMENT).enablesPasskey();
        }
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
}
