package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.HOME;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.organization.people.AccountConsole;
import groundwork.rehearsal.organization.people.IamConsole;
import groundwork.rehearsal.organization.people.RootUser;
import groundwork.rehearsal.organization.store.EmbeddedPermissionSet;
import groundwork.rehearsal.organization.trail.Trail;
import groundwork.rehearsal.stack.EventCatalogue;
import groundwork.rehearsal.stack.LocalTables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.AttributeOperation;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/**
 * For every row of docs/events.md: the change it tells of alters the line of its prerequisite at the next look, as the row
 * says, or the row says in words why it does not.
 */
@Tag("slow")
class EventConsequencesTest {
    private static final String SET = "AdministratorAccess";
    private static final String ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";
    private static final String DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";

    private static final String DENYING = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}""";
    private static final String ALLOWING = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}""";

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    /**
     * A change, as somebody makes it.
     *
     * @param samples what the catalogue has of it, by name in events/; a change that several services can make has several
     * @param setting how things are before
     * @param act makes the change
     */
    private record Deed(List<String> samples, Setting setting, Consumer<World> act) {
        @Override
        public String toString() {
            return samples.getFirst();
        }
    }

    /**
     * How things are before a change.
     *
     * @param scenario where and with which parameters
     * @param prepare what has happened
     */
    private record Setting(Scenario scenario, Consumer<World> prepare) {
        Setting then(Consumer<World> more) {
            return new Setting(scenario, prepare.andThen(more).andThen(World::settles));
        }
    }

    /** Everything is done, in one Region. */
    private static final Setting READY = ready(HOME, Map.of());

    /** Everything is done, and the global Region is another one. */
    private static final Setting IN_TWO_REGIONS = ready(Region.EU_CENTRAL_1, Map.of());

    private static Setting ready(Region region, Map<String, String> parameters) {
        return new Setting(
                new Scenario(
                                "ready",
                                "",
                                MANAGEMENT,
                                organization -> {
                                    Scenarios.company(organization);
                                    organization.identityCenter(region);
                                },
                                parameters,
                                unused -> {})
                        .in(region),
                Scenarios::ready);
    }

    private static Setting begun(String accountId, Consumer<World> prepare) {
        return new Setting(
                new Scenario(
                        "begun",
                        "",
                        accountId,
                        organization -> {
                            Scenarios.company(organization);
                            organization.memberAccount(MEMBER, "Workload", "workload@example.com");
                        },
                        Map.of(),
                        unused -> {}),
                prepare.andThen(World::stackIsCreated).andThen(World::settles));
    }

    private static final Setting STANDALONE = new Setting(
            new Scenario(
                    "standalone",
                    "",
                    organization -> organization.standaloneAccount(MANAGEMENT, "Example", "root@example.com"),
                    unused -> {}),
            world -> {
                world.stackIsCreated();
                world.settles();
            });

    /** Everything was done by hand, also the group, before Groundwork came. */
    private static final Setting ADOPTED = new Setting(READY.scenario(), world -> {
        world.organization().rootUser(MANAGEMENT).enablesPasskey();
        String group = world.console().createsGroup("Administrators");
        world.console().addsMember(group, world.console().createsUser("ada", "Ada", "Lovelace", ADA));
        Scenarios.permissionSet(world, group);
        world.addressIsConfirmed();
        world.settles();
        world.stackIsCreated();
        world.settles();
    });

    private static final Setting WITH_SES =
            new Setting(ready(HOME, Map.of("SenderEmail", "aws@example.com")).scenario(), world -> {
                world.organization()
                        .emailSending(MANAGEMENT, HOME)
                        .identity("aws@example.com", true)
                        .productionAccess(true);
                world.stackIsCreated();
                world.settles();
            });

    static Stream<Deed> deeds() {
        return Stream.of(rootUser(), emailChannel(), identityCenter(), administrator(), access(), role(), watch())
                .flatMap(List::stream);
    }

    private static List<Deed> rootUser() {
        Setting noMfa = begun(MANAGEMENT, world -> {});
        Setting member = begun(MEMBER, world -> {});
        return List.of(
                new Deed(
                        List.of("root-user/enable-mfa-device"),
                        noMfa,
                        world -> root(world).enablesVirtualMfa()),
                new Deed(
                        List.of("root-user/enable-passkey"),
                        noMfa,
                        world -> root(world).enablesPasskey()),
                new Deed(
                        List.of("root-user/deactivate-mfa-device"),
                        READY,
                        world -> root(world).deactivatesMfa()),
                new Deed(
                        List.of("root-user/create-login-profile"),
                        member,
                        world -> rootOfMember(world).getsPassword()),
                new Deed(
                        List.of("root-user/delete-login-profile"),
                        begun(MEMBER, world -> rootOfMember(world).getsPassword()),
                        world -> rootOfMember(world).losesPassword()),
                new Deed(
                        List.of("root-user/create-access-key"),
                        READY,
                        world -> root(world).createsAccessKey()),
                new Deed(
                        List.of("root-user/delete-access-key", "root-user/delete-access-key-assume-root"),
                        begun(MANAGEMENT, world -> root(world).createsAccessKey()),
                        world -> root(world).deletesAccessKeys()),
                new Deed(
                        List.of("root-user/upload-signing-certificate"),
                        READY,
                        world -> root(world).uploadsSigningCertificate()),
                new Deed(
                        List.of("root-user/delete-signing-certificate"),
                        begun(MANAGEMENT, world -> root(world).uploadsSigningCertificate()),
                        world -> root(world).deletesSigningCertificates()));
    }

    private static List<Deed> emailChannel() {
        return List.of(
                new Deed(
                        List.of("email-channel/confirm-subscription"),
                        begun(MANAGEMENT, world -> {}),
                        World::addressIsConfirmed),
                new Deed(
                        List.of("email-channel/unsubscribe"),
                        READY,
                        world -> account(world).deletesSubscription(topic(world), ADA)),
                new Deed(
                        List.of("email-channel/set-subscription-attributes"),
                        READY,
                        world -> account(world).filtersSubscription(topic(world), ADA)),
                new Deed(
                        List.of("email-channel/delete-topic"),
                        READY,
                        world -> world.organization().deleteTopic(topic(world))),
                new Deed(
                        List.of(
                                "email-channel/delete-email-identity",
                                "email-channel/delete-identity",
                                "email-channel/delete-verified-email-address"),
                        WITH_SES,
                        world -> world.organization()
                                .emailSending(MANAGEMENT, HOME)
                                .identity("aws@example.com", false)),
                new Deed(
                        List.of(
                                "email-channel/put-account-sending-attributes",
                                "email-channel/update-account-sending-enabled"),
                        WITH_SES,
                        world -> world.organization()
                                .emailSending(MANAGEMENT, HOME)
                                .enabled(false)));
    }

    private static List<Deed> identityCenter() {
        return List.of(
                new Deed(
                        List.of("identity-center/start-sso"),
                        begun(MANAGEMENT, world -> {}),
                        world -> world.owner().enables(HOME)),
                new Deed(
                        List.of("identity-center/delete-instance"),
                        READY,
                        world -> world.console().instance().deletesInstance()),
                new Deed(
                        List.of("organization/create-organization"),
                        STANDALONE,
                        world -> account(world).createsOrganization()),
                new Deed(
                        List.of("organization/delete-organization"),
                        READY,
                        world -> account(world).deletesOrganization()),
                new Deed(
                        List.of("organization/accept-handshake"),
                        STANDALONE,
                        world -> account(world).joinsOrganizationOf("999988887777")),
                new Deed(
                        List.of("organization/leave-organization"),
                        begun(MEMBER, world -> {}),
                        world -> account(world).leavesOrganization()));
    }

    private static List<Deed> administrator() {
        return List.of(
                new Deed(
                        List.of(
                                "administrator/delete-user",
                                "administrator/delete-user-console",
                                "administrator/delete-user-scim",
                                "administrator/user-deleted-native"),
                        READY,
                        world -> world.console().deletesUser(ada(world))),
                new Deed(
                        List.of(
                                "administrator/update-user",
                                "administrator/update-user-console",
                                "administrator/update-user-name-console",
                                "administrator/put-user-scim",
                                "administrator/user-updated-native"),
                        READY,
                        EventConsequencesTest::adaIsRenamed),
                new Deed(
                        List.of("administrator/disable-user-console", "administrator/patch-user-scim"),
                        READY,
                        world -> world.console().disablesUser(ada(world))),
                new Deed(
                        List.of("administrator/enable-user-console"),
                        READY.then(world -> world.console().disablesUser(ada(world))),
                        world -> world.console().enablesUser(ada(world))),
                new Deed(
                        List.of(
                                "administrator/delete-group",
                                "administrator/delete-group-console",
                                "administrator/delete-group-scim",
                                "administrator/group-deleted-native"),
                        READY,
                        world -> world.console().deletesGroup(administrators(world))),
                new Deed(
                        List.of(
                                "administrator/update-group",
                                "administrator/update-group-console",
                                "administrator/update-group-display-name-console",
                                "administrator/group-updated-native"),
                        ADOPTED,
                        world -> world.console().renamesGroup(administrators(world), "Admins")),
                new Deed(
                        List.of(
                                "administrator/delete-group-membership",
                                "administrator/remove-member-from-group-console",
                                "administrator/patch-group-scim",
                                "administrator/membership-deleted-native"),
                        READY,
                        world -> world.console().removesMember(administrators(world), ada(world))),
                new Deed(
                        List.of(
                                "sign-in/user-authentication",
                                "sign-in/user-authentication-email-otp",
                                "sign-in/user-authentication-mfa-registered",
                                "sign-in/user-authentication-external-idp",
                                "sign-in/user-authentication-console-sign-in",
                                "sign-in/user-authentication-console-signin",
                                "sign-in/user-authentication-api-call",
                                "sign-in/user-authentication-before-2025"),
                        invited(),
                        world -> world.organization().accessPortalUser("ada").signsIn()),
                new Deed(
                        List.of(
                                "sign-in/complete-virtual-mfa-device-registration",
                                "sign-in/complete-web-authn-device-registration"),
                        READY,
                        world -> world.organization().accessPortalUser("ada").registersMfa()));
    }

    /** Ada has her sign-in email and a password, and has not signed in. */
    private static Setting invited() {
        return new Setting(READY.scenario(), world -> {
            root(world).enablesPasskey();
            world.addressIsConfirmed();
            world.stackIsCreated();
            world.settles();
            world.console().resetsPassword(ada(world));
        });
    }

    private static List<Deed> access() {
        return List.of(
                new Deed(
                        List.of("access/delete-account-assignment", "access/disassociate-profile"),
                        READY,
                        world -> world.console()
                                .deletesAssignment(
                                        world.identityCenter().assignments().getFirst())),
                new Deed(List.of("access/delete-permission-set"), READY, world -> {
                    world.console()
                            .deletesAssignment(
                                    world.identityCenter().assignments().getFirst());
                    world.passes(world.organization().behavior().provisioning().plusSeconds(1));
                    sso(world)
                            .deletePermissionSet(request ->
                                    request.instanceArn(instance(world)).permissionSetArn(set(world)));
                }),
                new Deed(
                        List.of("access/attach-managed-policy-to-permission-set"),
                        READY,
                        world -> sso(world)
                                .attachManagedPolicyToPermissionSet(request -> request.instanceArn(instance(world))
                                        .permissionSetArn(set(world))
                                        .managedPolicyArn(DENY_ALL))),
                new Deed(
                        List.of("access/detach-managed-policy-from-permission-set"),
                        READY,
                        world -> sso(world)
                                .detachManagedPolicyFromPermissionSet(request -> request.instanceArn(instance(world))
                                        .permissionSetArn(set(world))
                                        .managedPolicyArn(ADMINISTRATOR_ACCESS))),
                new Deed(
                        List.of("access/attach-customer-managed-policy-reference-to-permission-set"),
                        READY,
                        EventConsequencesTest::aDenyingPolicyOfTheAccountIsAttached),
                new Deed(
                        List.of("access/detach-customer-managed-policy-reference-from-permission-set"),
                        READY.then(EventConsequencesTest::aDenyingPolicyOfTheAccountIsAttached),
                        world -> sso(world)
                                .detachCustomerManagedPolicyReferenceFromPermissionSet(request -> request.instanceArn(
                                                instance(world))
                                        .permissionSetArn(set(world))
                                        .customerManagedPolicyReference(reference -> reference.name("Lockdown")))),
                new Deed(
                        List.of("access/put-inline-policy-to-permission-set", "access/put-permissions-policy"),
                        READY,
                        EventConsequencesTest::anInlinePolicyDenies),
                new Deed(
                        List.of("access/delete-inline-policy-from-permission-set", "access/delete-permissions-policy"),
                        READY.then(EventConsequencesTest::anInlinePolicyDenies),
                        world -> sso(world)
                                .deleteInlinePolicyFromPermissionSet(request ->
                                        request.instanceArn(instance(world)).permissionSetArn(set(world)))),
                new Deed(
                        List.of("access/put-permissions-boundary-to-permission-set"),
                        READY,
                        EventConsequencesTest::aBoundaryAllowsLess),
                new Deed(
                        List.of("access/delete-permissions-boundary-from-permission-set"),
                        READY.then(EventConsequencesTest::aBoundaryAllowsLess),
                        world -> sso(world)
                                .deletePermissionsBoundaryFromPermissionSet(request ->
                                        request.instanceArn(instance(world)).permissionSetArn(set(world)))));
    }

    private static List<Deed> role() {
        return List.of(
                new Deed(
                        List.of("reserved-roles/delete-saml-provider"),
                        READY,
                        world -> root(world).iamConsole().deletesSamlProvider()),
                new Deed(
                        List.of("reserved-roles/delete-role"),
                        READY,
                        world -> iam(world).deletesReservedRole(SET)),
                new Deed(
                        List.of("reserved-roles/attach-role-policy"),
                        READY,
                        world -> iam(world).attachesToReservedRole(SET, DENY_ALL)),
                new Deed(
                        List.of("reserved-roles/detach-role-policy"),
                        READY,
                        world -> iam(world).detachesFromReservedRole(SET, ADMINISTRATOR_ACCESS)),
                new Deed(
                        List.of("reserved-roles/put-role-policy"),
                        READY,
                        world -> iam(world).putsInlinePolicyOfReservedRole(SET, "Lockdown", DENYING)),
                new Deed(
                        List.of("reserved-roles/delete-role-policy"),
                        new Setting(READY.scenario(), EventConsequencesTest::readyByInlinePolicy),
                        world -> iam(world).deletesInlinePolicyOfReservedRole(SET, "AwsSSOInlinePolicy")),
                new Deed(
                        List.of("reserved-roles/put-role-permissions-boundary"),
                        READY,
                        world -> iam(world)
                                .boundsReservedRole(SET, "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess")),
                new Deed(
                        List.of("reserved-roles/update-assume-role-policy"),
                        READY,
                        world -> iam(world)
                                .changesTrustOfReservedRole(SET, DENYING.replace("\"Resource\"", "\"Principal\""))));
    }

    private static List<Deed> watch() {
        return List.of(
                new Deed(
                        List.of("trail/stop-logging", "trail/stop-logging-global-region"),
                        READY,
                        world -> account(world).stopsTrail(trail(world))),
                new Deed(
                        List.of("trail/start-logging"),
                        READY.then(world -> account(world).stopsTrail(trail(world))),
                        world -> account(world).startsTrail(trail(world))),
                new Deed(
                        List.of("trail/delete-trail"),
                        READY,
                        world -> account(world).deletesTrail(trail(world))),
                new Deed(
                        List.of("trail/update-trail"),
                        IN_TWO_REGIONS,
                        world -> world.organization()
                                .createTrail(Trail.multiRegion("groundwork-Trail", MANAGEMENT, Region.EU_CENTRAL_1)
                                        .inOneRegion())),
                new Deed(
                        List.of("trail/put-event-selectors"),
                        READY,
                        world -> world.organization()
                                .createTrail(Trail.multiRegion("groundwork-Trail", MANAGEMENT, HOME)
                                        .withSelectors(EventSelector.builder()
                                                .includeManagementEvents(true)
                                                .readWriteType("ReadOnly")
                                                .build()))),
                new Deed(
                        List.of("trail/create-trail"),
                        READY.then(world -> account(world).deletesTrail(trail(world))),
                        world -> world.organization().createTrail(Trail.multiRegion("another", MANAGEMENT, HOME))),
                new Deed(
                        List.of("groundwork/disable-rule"),
                        READY,
                        world -> account(world).disablesRule(HOME, own(world, "TrailChanged"))),
                new Deed(
                        List.of("groundwork/enable-rule"),
                        READY.then(world -> account(world).disablesRule(HOME, own(world, "TrailChanged"))),
                        world -> account(world).enablesRule(HOME, own(world, "TrailChanged"))),
                new Deed(
                        List.of("groundwork/delete-rule"),
                        READY,
                        world -> account(world).deletesRule(HOME, own(world, "TrailChanged"))),
                new Deed(
                        List.of("groundwork/remove-targets"),
                        READY,
                        world -> account(world).removesTargets(HOME, own(world, "TrailChanged"))),
                new Deed(
                        List.of("groundwork/disable-forwarding-rule"),
                        IN_TWO_REGIONS,
                        world -> account(world).disablesRule(Region.US_EAST_1, own(world, "ForwardOwnEvents"))),
                new Deed(
                        List.of("groundwork/remove-forwarding-targets"),
                        IN_TWO_REGIONS,
                        world -> account(world).removesTargets(Region.US_EAST_1, own(world, "ForwardOwnEvents"))),
                new Deed(List.of("stack/created"), new Setting(READY.scenario(), world -> {}), World::stackIsCreated));
    }

    /** Names of rules begin with the first part of the GUID in the stack's id. */
    private static String own(World world, String rule) {
        String stackId = world.stack().template().deployment().stackId();
        int guid = stackId.lastIndexOf('/') + 1;
        return "groundwork-%s-%s".formatted(stackId.substring(guid, stackId.indexOf('-', guid)), rule);
    }

    @ParameterizedTest
    @MethodSource("deeds")
    void theNextLookSaysWhatTheRowsSay(Deed deed) {
        try (World world = new World(deed.setting().scenario(), TEMPLATE, TABLES)) {
            deed.setting().prepare().accept(world);
            Line before = Line.of(world, row(deed.samples().getFirst()));
            int repairs = world.seen().mails("undone and put back").size();

            deed.act().accept(world);
            deed.samples().forEach(sample -> world.starts(event(sample, world)));
            world.settles();
            world.passes(Duration.ofMinutes(30));

            for (String sample : deed.samples()) {
                EventCatalogue.Row row = row(sample);
                Line after = Line.of(world, row);
                if (row.atTheNextLook().equals("`REPAIRED`")) {
                    assertThat(after.status()).isEqualTo("DONE");
                    assertThat(world.seen().mails("undone and put back")).hasSize(repairs + 1);
                } else {
                    assertThat("`%s`".formatted(after.reason().isEmpty() ? after.status() : after.reason()))
                            .as("%s: %s", sample, after)
                            .isEqualTo(row.atTheNextLook());
                    assertThat(after).as(sample).isNotEqualTo(before);
                }
            }
        }
    }

    @Test
    void aRowHasADeedOrSaysInWordsWhyNoLineChanges() {
        List<String> shown = deeds().flatMap(deed -> deed.samples().stream())
                .map(sample -> "events/" + sample + ".json")
                .sorted()
                .toList();

        assertThat(EventCatalogue.rows().stream()
                        .filter(row -> row.atTheNextLook().startsWith("`"))
                        .map(EventCatalogue.Row::sample)
                        .sorted())
                .isEqualTo(shown);
        assertThat(EventCatalogue.rows())
                .allSatisfy(row -> assertThat(row.atTheNextLook()).matches("`[A-Z_]+`|[A-Z].+\\."));
    }

    /** The line of a prerequisite, as people read it. */
    private record Line(String status, String reason, String what) {
        static Line of(World world, EventCatalogue.Row row) {
            Prerequisite prerequisite = Prerequisite.valueOf(row.prerequisite());
            return new Line(
                    world.seen().status(prerequisite),
                    world.seen().reason(prerequisite),
                    world.seen().what(prerequisite));
        }
    }

    private static EventCatalogue.Row row(String sample) {
        return EventCatalogue.rows().stream()
                .filter(row -> row.sample().equals("events/" + sample + ".json"))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode event(String sample, World world) {
        ObjectNode event = (ObjectNode) EventCatalogue.read("events/" + sample + ".json");
        return event.put("account", world.person().accountId());
    }

    private static RootUser root(World world) {
        return world.organization().rootUser(MANAGEMENT);
    }

    private static RootUser rootOfMember(World world) {
        return world.organization().rootUser(MEMBER);
    }

    private static AccountConsole account(World world) {
        return world.organization().accountConsole(world.person());
    }

    private static IamConsole iam(World world) {
        return world.organization().iamConsole(world.person());
    }

    private static SsoAdminClient sso(World world) {
        return world.organization().client(SsoAdminClient.class, world.person(), HOME);
    }

    private static String instance(World world) {
        return world.identityCenter().instanceArn();
    }

    private static String set(World world) {
        return world.identityCenter()
                .permissionSet(SET)
                .map(EmbeddedPermissionSet::arn)
                .orElseThrow();
    }

    private static String ada(World world) {
        return world.identityCenter().user("ada").orElseThrow().userId();
    }

    private static String administrators(World world) {
        return world.identityCenter().group("Administrators").orElseThrow().groupId();
    }

    private static String topic(World world) {
        return world.stack().subscriptions().keySet().iterator().next();
    }

    private static String trail(World world) {
        return world.stack().template().resource("Trail").arn();
    }

    private static void adaIsRenamed(World world) {
        world.organization()
                .client(IdentitystoreClient.class, world.person(), HOME)
                .updateUser(request -> request.identityStoreId(
                                world.identityCenter().identityStoreId())
                        .userId(ada(world))
                        .operations(attribute("userName", "ada.king")));
    }

    private static AttributeOperation attribute(String path, String value) {
        return AttributeOperation.builder()
                .attributePath(path)
                .attributeValue(Document.fromString(value))
                .build();
    }

    private static void aDenyingPolicyOfTheAccountIsAttached(World world) {
        iam(world).createsPolicy("Lockdown", DENYING);
        sso(world)
                .attachCustomerManagedPolicyReferenceToPermissionSet(request -> request.instanceArn(instance(world))
                        .permissionSetArn(set(world))
                        .customerManagedPolicyReference(reference -> reference.name("Lockdown")));
    }

    private static void anInlinePolicyDenies(World world) {
        sso(world)
                .putInlinePolicyToPermissionSet(request -> request.instanceArn(instance(world))
                        .permissionSetArn(set(world))
                        .inlinePolicy(DENYING));
    }

    private static void aBoundaryAllowsLess(World world) {
        sso(world)
                .putPermissionsBoundaryToPermissionSet(request -> request.instanceArn(instance(world))
                        .permissionSetArn(set(world))
                        .permissionsBoundary(
                                boundary -> boundary.managedPolicyArn("arn:aws:iam::aws:policy/PowerUserAccess")));
    }

    private static void readyByInlinePolicy(World world) {
        sso(world)
                .createPermissionSet(
                        request -> request.instanceArn(instance(world)).name(SET));
        sso(world)
                .putInlinePolicyToPermissionSet(request -> request.instanceArn(instance(world))
                        .permissionSetArn(set(world))
                        .inlinePolicy(ALLOWING));
        Scenarios.ready(world);
    }
}
