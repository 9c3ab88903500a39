package groundwork.rehearsal.permissions;

import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;
import static groundwork.rehearsal.scenario.Scenario.MEMBER;
import static groundwork.rehearsal.scenario.Scenario.STACK_OF_A_STACK_SET;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groundwork.checklist.Prerequisite;
import groundwork.rehearsal.organization.OrganizationBuilder;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.store.Behavior;
import groundwork.rehearsal.scenario.Scenario;
import groundwork.rehearsal.scenario.Scenarios;
import groundwork.rehearsal.scenario.World;
import groundwork.rehearsal.stack.EventCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** What may happen and no scenario tells. */
final class Situations {
    private static final String SENDER = "aws@example.com";
    private static final String SECOND = "boss@example.com";

    private Situations() {}

    static List<Scenario> all() {
        return List.of(
                policyDetached(),
                setEditedAndNotProvisioned(),
                sessionDurationChanged(),
                userDeleted(),
                sesPausesInBetween(),
                anotherAccount(),
                anotherRegion(),
                delegatedAdministrator(),
                unreadableRecord(),
                wrongInput(),
                mfaRegistered(),
                accessKeys(),
                notEnabled(),
                userDisabled(),
                planned(),
                selfTestWithForwarding(),
                lookedAt(),
                overtaken(),
                bothAreTold(),
                theOwnerIsAskedAgainAndToldOfAFailure());
    }

    private static Scenario situation(String name, String story, Consumer<World> play) {
        return situation(name, story, Map.of(), play);
    }

    private static Scenario situation(String name, String story, Map<String, String> parameters, Consumer<World> play) {
        return new Scenario(
                name,
                story,
                MANAGEMENT,
                organization -> company(organization).identityCenter(Region.US_EAST_1),
                parameters,
                play);
    }

    private static OrganizationBuilder company(OrganizationBuilder organization) {
        return organization
                .managementAccount(MANAGEMENT, "Example", "root@example.com")
                .memberAccount(MEMBER, "Workload", "workload@example.com");
    }

    private static void provisioned(World world) {
        world.organization().rootUser(MANAGEMENT).enablesVirtualMfa();
        world.addressIsConfirmed();
        world.stackIsCreated();
        world.passes(Duration.ofMinutes(10));
    }

    private static Scenario overtaken() {
        return situation("overtaken", "A look is so slow that a later one is recorded before it.", world -> {
            provisioned(world);
            AtomicBoolean first = new AtomicBoolean(true);
            world.organization().observe(new CallObserver() {
                @Override
                public void before(Call call) {
                    if (call.request() instanceof UpdateItemRequest update
                            && update.updateExpression().contains("observedAt = :observedAt")
                            && first.getAndSet(false)) {
                        world.starts(JsonNodeFactory.instance.objectNode());
                        // Longer than a look takes, and shorter than the timeout of a state.
                        world.simulation().sleep(Duration.ofSeconds(25));
                    }
                }
            });
            world.starts(JsonNodeFactory.instance.objectNode());
            world.passes(Duration.ofMinutes(10));
        });
    }

    private static Scenario policyDetached() {
        return situation("policy-detached", "Somebody detaches the policy from the permission set.", world -> {
            provisioned(world);
            world.console().detachesPolicy("AdministratorAccess", "arn:aws:iam::aws:policy/AdministratorAccess");
            world.passes(Duration.ofMinutes(10));
        });
    }

    private static Scenario setEditedAndNotProvisioned() {
        return situation("set-edited", "Somebody edits the permission set by API and does not provision it.", world -> {
            provisioned(world);
            SsoAdminClient sso = world.organization().client(SsoAdminClient.class, world.person(), Region.US_EAST_1);
            String instance = world.identityCenter().instanceArn();
            String set = world.identityCenter()
                    .permissionSet("AdministratorAccess")
                    .orElseThrow()
                    .arn();
            sso.attachManagedPolicyToPermissionSet(request -> request.instanceArn(instance)
                    .permissionSetArn(set)
                    .managedPolicyArn("arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"));
            sso.putInlinePolicyToPermissionSet(
                    request -> request.instanceArn(instance)
                            .permissionSetArn(set)
                            .inlinePolicy(
                                    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"));
            world.passes(Duration.ofMinutes(10));
            world.expect("ADMIN_ACCESS", world.seen().status(Prerequisite.ADMIN_ACCESS), "DONE");
            sso.detachManagedPolicyFromPermissionSet(request -> request.instanceArn(instance)
                    .permissionSetArn(set)
                    .managedPolicyArn("arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"));
            sso.deleteInlinePolicyFromPermissionSet(
                    request -> request.instanceArn(instance).permissionSetArn(set));
            world.passes(Duration.ofMinutes(10));
            world.expect("ADMIN_ACCESS", world.seen().status(Prerequisite.ADMIN_ACCESS), "DONE");
        });
    }

    private static Scenario userDeleted() {
        return situation("user-deleted", "Somebody deletes the administrator.", world -> {
            provisioned(world);
            world.console()
                    .deletesUser(
                            world.identityCenter().user("ada").orElseThrow().userId());
            world.passes(Duration.ofMinutes(10));
        });
    }

    private static Scenario sessionDurationChanged() {
        return situation("session-duration", "Somebody changes the session duration of the permission set.", world -> {
            provisioned(world);
            world.organization()
                    .client(SsoAdminClient.class, world.person(), Region.US_EAST_1)
                    .updatePermissionSet(request -> request.instanceArn(
                                    world.identityCenter().instanceArn())
                            .permissionSetArn(world.identityCenter()
                                    .permissionSet("AdministratorAccess")
                                    .orElseThrow()
                                    .arn())
                            .sessionDuration("PT12H"));
            world.passes(Duration.ofMinutes(10));
        });
    }

    private static Scenario sesPausesInBetween() {
        return situation(
                "ses",
                "Emails go through Amazon SES, which is paused between the check and the sending.",
                Map.of("SenderEmail", SENDER, "OwnerEmail", SECOND),
                world -> {
                    var sending = world.organization()
                            .emailSending(MANAGEMENT, Region.US_EAST_1)
                            .identity(SENDER, true)
                            .identity(SECOND, true)
                            .identity("example.com", true);
                    world.organization().observe(new CallObserver() {
                        @Override
                        public void before(Call call) {
                            if (call.operation().equals("SendEmail")) {
                                sending.enabled(false);
                            }
                        }
                    });
                    world.stackIsCreated();
                    world.passes(Duration.ofHours(1));
                });
    }

    private static Scenario lookedAt() {
        return situation(
                "looked-at",
                "People look at the hub and its members, and start a look.",
                Scenarios.lookingAfter("all"),
                world -> {
                    provisioned(world);
                    world.passes(Duration.ofHours(1));
                    JsonNode account = show(world, "{\"format\": \"json\"}");
                    JsonNode members = show(world, "{\"accounts\": {}, \"format\": \"json\"}");
                    int executions = world.stack().executions().size();
                    world.stack().invoke("LookAgainFunction", EventCatalogue.json("{}"));
                    world.passes(Duration.ofMinutes(1));
                    world.expect("what cannot be read", account.has("unreadable"), false);
                    world.expect("lines", account.at("/checklist/items").size(), Prerequisite.values().length);
                    world.expect("members", members.path("accounts").size(), 1);
                    world.expect("executions", world.stack().executions().size(), executions + 1);
                });
    }

    private static JsonNode show(World world, String request) {
        return world.stack().invoke("ShowChecklistFunction", EventCatalogue.json(request));
    }

    private static Scenario anotherAccount() {
        Map<String, String> parameters = new HashMap<>(Scenarios.lookingAfter("ou-ab12-workload"));
        parameters.put("CentralRootAccess", "true");
        return new Scenario(
                        "another-account",
                        "An execution is started for a member account in a unit, without a member stack.",
                        MANAGEMENT,
                        organization -> organization
                                .managementAccount(MANAGEMENT, "Example", "root@example.com")
                                .organizationalUnit("ou-ab12-workload", "Workloads")
                                .memberAccount(MEMBER, "Workload", "workload@example.com", "ou-ab12-workload")
                                .identityCenter(Region.EU_WEST_1)
                                .centralRootAccess(),
                        parameters,
                        world -> {
                            provisioned(world);
                            world.starts(JsonNodeFactory.instance.objectNode().put("accountId", MEMBER));
                            world.passes(Duration.ofHours(1));
                            sweeps(world, "one");
                            sweeps(world, "two");
                            world.passes(Duration.ofMinutes(10));
                            // What needs the account's own state machine fails from now on.
                            world.stack().breakFunction("CompleteChecklistFunction");
                            world.identityCenter().assignments().stream()
                                    .filter(assignment -> assignment.accountId().equals(MEMBER))
                                    .forEach(world.console()::deletesAssignment);
                            world.passes(Duration.ofMinutes(10));
                            sweeps(world, "three");
                            world.passes(Duration.ofHours(1));
                        })
                .in(Region.EU_WEST_1)
                .called(STACK_OF_A_STACK_SET);
    }

    private static void sweeps(World world, String name) {
        world.stack().start("OrganizationSweep", name, JsonNodeFactory.instance.objectNode());
    }

    private static Scenario anotherRegion() {
        return new Scenario(
                "another-region",
                "IAM Identity Center is enabled in another Region.",
                organization -> company(organization).identityCenter(Region.EU_CENTRAL_1),
                world -> {
                    world.stackIsCreated();
                    world.passes(Duration.ofHours(1));
                });
    }

    private static Scenario delegatedAdministrator() {
        return new Scenario(
                "delegated-administrator",
                "The stack is deployed in a member account that sees the organization's instance.",
                MEMBER,
                organization -> company(organization)
                        .delegatedAdministrator("sso.amazonaws.com", MEMBER)
                        .identityCenter(Region.US_EAST_1)
                        .behavior(Behavior.USUAL.withMembersSeeingOrganizationInstance()),
                Map.of(),
                world -> {
                    world.stackIsCreated();
                    world.passes(Duration.ofHours(1));
                });
    }

    private static Scenario unreadableRecord() {
        return situation("unreadable-record", "The account's item in the table is not what it was.", world -> {
            world.addressIsConfirmed();
            DynamoDbClient table = world.organization().client(DynamoDbClient.class, world.person(), Region.US_EAST_1);
            table.putItem(put -> put.tableName(Played.table(world))
                    .item(Map.of(
                            "accountId", AttributeValue.fromS(MANAGEMENT),
                            "item", AttributeValue.fromS("ACCOUNT"),
                            "record", AttributeValue.fromS("{\"checklist\": 7}"))));
            world.stackIsCreated();
            world.passes(Duration.ofMinutes(30));
        });
    }

    private static Scenario wrongInput() {
        return situation("wrong-input", "Somebody starts the state machine with a slip of the pen.", world -> {
            world.starts(JsonNodeFactory.instance.objectNode().put("acountId", MEMBER));
            world.passes(Duration.ofMinutes(1));
        });
    }

    private static Scenario mfaRegistered() {
        return situation("mfa-registered", "Ada registers an MFA device at her first sign-in; so does Bob.", world -> {
            provisioned(world);
            world.console()
                    .resetsPassword(
                            world.identityCenter().user("ada").orElseThrow().userId());
            world.organization().accessPortalUser("ada").signsIn();
            world.organization().accessPortalUser("ada").registersMfa();
            world.console().createsUser("bob", "Bob", "Byte", "bob@example.com");
            world.organization().accessPortalUser("bob").registersMfa();
            world.passes(Duration.ofHours(1));
        });
    }

    private static Scenario accessKeys() {
        return situation("access-keys", "The root user has access keys, and MFA.", world -> {
            world.organization().rootUser(MANAGEMENT).createsAccessKey();
            provisioned(world);
            world.passes(Duration.ofHours(2));
        });
    }

    private static Scenario notEnabled() {
        return new Scenario(
                "not-enabled",
                "All that is missing is that somebody enables IAM Identity Center.",
                Situations::company,
                world -> {
                    provisioned(world);
                    world.passes(Duration.ofHours(1));
                });
    }

    private static Scenario userDisabled() {
        return situation("user-disabled", "Somebody disables the administrator.", world -> {
            provisioned(world);
            world.console()
                    .disablesUser(
                            world.identityCenter().user("ada").orElseThrow().userId());
            world.passes(Duration.ofHours(1));
        });
    }

    private static Scenario planned() {
        return situation("planned", "Somebody wants to know what would be done.", world -> {
            world.starts(JsonNodeFactory.instance.objectNode().put("plan", true));
            world.passes(Duration.ofMinutes(1));
        });
    }

    private static Scenario selfTestWithForwarding() {
        return new Scenario(
                        "self-test",
                        "The stack is not in the global Region, and somebody tests the way of the events.",
                        organization -> company(organization).identityCenter(Region.EU_CENTRAL_1),
                        world -> {
                            world.addressIsConfirmed();
                            world.stackIsCreated();
                            world.starts(JsonNodeFactory.instance.objectNode().put("selfTest", true));
                            world.passes(Duration.ofHours(1));
                        })
                .in(Region.EU_CENTRAL_1);
    }

    private static Scenario bothAreTold() {
        return new Scenario(
                        "both-are-told",
                        "A change is not forwarded, an alarm and a policy change, and then somebody deletes the stack: both addresses hear of it.",
                        MANAGEMENT,
                        organization -> company(organization).identityCenter(Region.EU_CENTRAL_1),
                        Map.of("OwnerEmail", SECOND),
                        world -> {
                            provisioned(world);
                            world.organization()
                                    .eventBus()
                                    .put(
                                            MANAGEMENT,
                                            Region.US_EAST_1,
                                            EventCatalogue.json(
                                                    EventCatalogue.text("events/groundwork/undelivered-elsewhere.json")
                                                            .replace(
                                                                    "groundwork-5f8e2d10-UndeliveredEvents",
                                                                    world.ruleName("UndeliveredEvents"))));
                            world.passes(Duration.ofMinutes(10));
                            List.of("groundwork/delete-alarms", "access/put-resource-permission-statement")
                                    .forEach(sample -> world.organization()
                                            .eventBus()
                                            .put(
                                                    MANAGEMENT,
                                                    Region.EU_CENTRAL_1,
                                                    EventCatalogue.read("events/" + sample + ".json")));
                            world.passes(Duration.ofMinutes(10));
                            world.stack().delete();
                            world.passes(Duration.ofHours(1));
                        })
                .in(Region.EU_CENTRAL_1);
    }

    private static Scenario theOwnerIsAskedAgainAndToldOfAFailure() {
        return situation(
                "owner",
                "The owner unsubscribes, confirms again, and then the table is deleted.",
                Map.of("OwnerEmail", SECOND),
                world -> {
                    provisioned(world);
                    String topic = world.stack()
                            .template()
                            .resource("EscalationTopic")
                            .ref()
                            .orElseThrow();
                    world.organization().emailRecipient(SECOND).unsubscribes(topic);
                    world.organization().rootUser(MANAGEMENT).signsIn();
                    world.passes(Duration.ofHours(1));
                    world.organization().emailRecipient(SECOND).confirmsSubscription(topic);
                    world.organization()
                            .client(DynamoDbClient.class, world.person(), Region.US_EAST_1)
                            .deleteTable(table -> table.tableName(world.tableName()));
                    world.passes(Duration.ofDays(2));
                    world.expect(
                            "failures told",
                            world.seen().mails("Groundwork failed").stream()
                                    .allMatch(mail -> mail.to().equals(SECOND)));
                });
    }
}
