package groundwork.rehearsal.scenario;

import static groundwork.checklist.Prerequisite.ADMIN_ACCESS;
import static groundwork.rehearsal.scenario.ChangeStory.GRACE;
import static groundwork.rehearsal.scenario.Scenario.ADA;
import static groundwork.rehearsal.scenario.Scenario.HOME;
import static groundwork.rehearsal.scenario.Scenario.MANAGEMENT;

import groundwork.rehearsal.organization.people.IamConsole;
import groundwork.rehearsal.organization.store.EmbeddedPermissionSet;
import groundwork.rehearsal.organization.store.Mail;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** Ada has AdministratorAccess, and something else takes it away again, or narrows it. */
final class LimitChanges {
    private static final String SET = "AdministratorAccess";
    private static final String ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";
    private static final String ROOT = "arn:aws:iam::" + MANAGEMENT + ":root";

    private static final String ALLOW_EVERYTHING = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}""";

    private static final String DENY_IAM = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "iam:*", "Resource": "*"}]}""";

    /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html */
    private static final String EUROPE_ONLY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "NotAction": ["iam:*", "organizations:*", "sts:*"],
             "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-central-1"]}}}]}""";

    private LimitChanges() {}

    static Stream<Scenario> all() {
        return Stream.of(
                boundaryPut(),
                inlinePolicyDenies(),
                customerManagedPolicyDenies(),
                regionGuardrail(),
                rolePolicyDetached(),
                roleTrustChanged(),
                samlProviderDeleted(),
                setWithInlinePolicyAdopted(),
                limitedSetNotAdopted());
    }

    private static SsoAdminClient sso(World world) {
        return world.organization().client(SsoAdminClient.class, world.person(), HOME);
    }

    private static IamConsole iam(World world) {
        return world.organization().iamConsole(world.person());
    }

    private static EmbeddedPermissionSet set(World world) {
        return world.identityCenter().permissionSet(SET).orElseThrow();
    }

    private static void provisionsEverywhere(World world) {
        sso(world)
                .provisionPermissionSet(
                        request -> request.instanceArn(world.identityCenter().instanceArn())
                                .permissionSetArn(set(world).arn())
                                .targetType("ALL_PROVISIONED_ACCOUNTS"));
    }

    private static void putsInlinePolicy(World world, String document) {
        sso(world)
                .putInlinePolicyToPermissionSet(
                        request -> request.instanceArn(world.identityCenter().instanceArn())
                                .permissionSetArn(set(world).arn())
                                .inlinePolicy(document));
    }

    private static Scenario boundaryPut() {
        return limited(
                "boundary-put",
                "Somebody puts a permissions boundary on the permission set: a person decides, and Groundwork deletes nothing.",
                "Grace bounds the permission set with PowerUserAccess",
                world -> {
                    sso(world)
                            .putPermissionsBoundaryToPermissionSet(request -> request.instanceArn(
                                            world.identityCenter().instanceArn())
                                    .permissionSetArn(set(world).arn())
                                    .permissionsBoundary(boundary ->
                                            boundary.managedPolicyArn("arn:aws:iam::aws:policy/PowerUserAccess")));
                    provisionsEverywhere(world);
                },
                "PutPermissionsBoundaryToPermissionSet",
                "The permissions boundary PowerUserAccess of the permission set AdministratorAccess does not allow"
                        + " iam:CreateRole and 4 more actions that an administrator needs.",
                "Grace removes the boundary",
                world -> {
                    world.expect(
                            "the boundary meanwhile",
                            set(world).permissionsBoundary().isPresent(),
                            true);
                    sso(world)
                            .deletePermissionsBoundaryFromPermissionSet(request -> request.instanceArn(
                                            world.identityCenter().instanceArn())
                                    .permissionSetArn(set(world).arn()));
                });
    }

    private static Scenario inlinePolicyDenies() {
        return limited(
                "inline-policy-denies",
                "Somebody writes an inline policy that denies IAM, and does not provision it: nor does Groundwork.",
                "Grace writes an inline policy",
                world -> putsInlinePolicy(world, DENY_IAM),
                "PutInlinePolicyToPermissionSet",
                "The inline policy of the permission set AdministratorAccess denies iam:CreateRole and 4 more actions that"
                        + " an administrator needs.",
                "Grace removes the inline policy",
                world -> {
                    world.expect(
                            "inline policies in the account meanwhile",
                            world.identityCenter().provisionedIn(MANAGEMENT).stream()
                                    .flatMap(provisioned -> provisioned.inlinePolicy().stream())
                                    .toList(),
                            List.of());
                    sso(world)
                            .deleteInlinePolicyFromPermissionSet(request -> request.instanceArn(
                                            world.identityCenter().instanceArn())
                                    .permissionSetArn(set(world).arn()));
                });
    }

    private static Scenario customerManagedPolicyDenies() {
        return limited(
                "customer-policy-denies",
                "Somebody adds a policy of the account that denies IAM to the permission set.",
                "Grace attaches the policy NoIam of the account",
                world -> {
                    iam(world).createsPolicy("NoIam", DENY_IAM);
                    sso(world)
                            .attachCustomerManagedPolicyReferenceToPermissionSet(request -> request.instanceArn(
                                            world.identityCenter().instanceArn())
                                    .permissionSetArn(set(world).arn())
                                    .customerManagedPolicyReference(reference -> reference.name("NoIam")));
                    provisionsEverywhere(world);
                },
                "AttachCustomerManagedPolicyReferenceToPermissionSet",
                "The customer managed policy NoIam of the permission set AdministratorAccess denies iam:CreateRole and 4"
                        + " more actions that an administrator needs.",
                "Grace detaches the policy",
                world -> sso(world)
                        .detachCustomerManagedPolicyReferenceFromPermissionSet(request -> request.instanceArn(
                                        world.identityCenter().instanceArn())
                                .permissionSetArn(set(world).arn())
                                .customerManagedPolicyReference(reference -> reference.name("NoIam"))));
    }

    /** Somebody limits the access in Identity Center: Groundwork says so once, changes nothing, and notices the end of it. */
    private static Scenario limited(
            String name,
            String story,
            String deed,
            Consumer<World> act,
            String event,
            String limit,
            String remedy,
            Consumer<World> put) {
        return ChangeStory.ready(name, story, world -> {
            int writes = world.seen().writes().size();
            world.after(Duration.ofMinutes(1), deed, () -> act.accept(world));
            world.settles();
            expectLimited(world, limit, event, GRACE, "/permission-sets/details/ps-");
            world.passes(Duration.ofDays(2));
            world.expect("what Groundwork wrote", provisionings(world, writes), 0);
            world.after(Duration.ofHours(1), remedy, () -> put.accept(world));
            world.settles();
            world.expect("the account, in the end", world.seen().checklistStatus(), "READY");
            world.expect(
                    "emails that say ready again",
                    world.seen().mails("ready again").size(),
                    1);
        });
    }

    private static void expectLimited(World world, String limit, String event, String who, String link) {
        world.expect("ADMIN_ACCESS", world.seen().reason(ADMIN_ACCESS), "ACCESS_LIMITED");
        world.expect(
                "what limits it (%s)".formatted(world.seen().what(ADMIN_ACCESS)),
                world.seen().what(ADMIN_ACCESS).contains(limit));
        ChangeStory.expectCause(world, ADMIN_ACCESS, event, who);
        List<Mail> asking = world.seen().mails("needs you again");
        world.expect("emails that ask", asking.size(), 1);
        asking.forEach(mail -> world.expect("the email has a link", mail.text().contains(link)));
        world.expect("failed executions", world.seen().executionStatuses().contains("FAILED"), false);
    }

    private static int provisionings(World world, int from) {
        return Collections.frequency(
                world.seen().writes().subList(from, world.seen().writes().size()), "sso:ProvisionPermissionSet");
    }

    private static Scenario regionGuardrail() {
        return ChangeStory.ready(
                "region-guardrail",
                "Somebody keeps administrators to European Regions: that is meant, and a remark on the line.",
                world -> {
                    int mails = world.seen().mails().size();
                    world.after(Duration.ofMinutes(1), "Grace writes a guardrail as inline policy", () -> {
                        putsInlinePolicy(world, EUROPE_ONLY);
                        provisionsEverywhere(world);
                    });
                    world.settles();
                    world.expect("the account", world.seen().checklistStatus(), "READY");
                    world.expect(
                            "the remark (%s)".formatted(world.seen().what(ADMIN_ACCESS)),
                            world.seen()
                                    .what(ADMIN_ACCESS)
                                    .endsWith(
                                            "The inline policy of the permission set AdministratorAccess denies some things, or denies under conditions."));
                    world.expect("emails", world.seen().mails().size() - mails, 0);
                });
    }

    private static Scenario rolePolicyDetached() {
        return ChangeStory.repaired(
                "role-policy-detached",
                "The role that the permission set became loses its policy: Groundwork has it provisioned again.",
                "Grace detaches the policy from the role",
                world -> iam(world).detachesFromReservedRole(SET, ADMINISTRATOR_ACCESS),
                ADMIN_ACCESS,
                List.of("DetachRolePolicy"),
                world -> world.expect("the account", world.seen().checklistStatus(), "READY"));
    }

    private static Scenario roleTrustChanged() {
        return ChangeStory.repaired(
                "role-trust-changed",
                "The role that the permission set became is made to trust another provider: Groundwork has it provisioned again.",
                "Grace changes the trust policy of the role",
                world -> iam(world).changesTrustOfReservedRole(SET, """
                                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithSAML",
                                 "Principal": {"Federated": "arn:aws:iam::%s:saml-provider/Okta"}}]}""".formatted(MANAGEMENT)),
                ADMIN_ACCESS,
                List.of("UpdateAssumeRolePolicy"),
                world -> world.expect("the account", world.seen().checklistStatus(), "READY"));
    }

    private static Scenario samlProviderDeleted() {
        return ChangeStory.ready(
                "saml-provider-deleted",
                "The owner deletes the SAML provider: nobody can enter. Provisioning once does not bring it back, so a person does.",
                world -> {
                    int writes = world.seen().writes().size();
                    world.after(
                            Duration.ofMinutes(1),
                            "The owner deletes the SAML provider as the root user",
                            () -> world.organization()
                                    .rootUser(MANAGEMENT)
                                    .iamConsole()
                                    .deletesSamlProvider());
                    world.settles();
                    expectLimited(world, "_DO_NOT_DELETE is gone", "DeleteSAMLProvider", ROOT, "/singlesignon/home");
                    world.passes(Duration.ofDays(3));
                    world.expect("ADMIN_ACCESS, days later", world.seen().reason(ADMIN_ACCESS), "ACCESS_LIMITED");
                    world.expectAtUsualPace("attempts to repair it", provisionings(world, writes), 1);
                    world.after(
                            Duration.ofHours(1),
                            "Grace repairs the identity provider in IAM Identity Center",
                            () -> world.console().repairsIdentityProvider(MANAGEMENT));
                    world.passes(Duration.ofDays(1));
                    world.expect("the account, in the end", world.seen().checklistStatus(), "READY");
                    world.expect(
                            "emails that tell of a repair",
                            world.seen().mails("undone and put back").size(),
                            0);
                });
    }

    private static Scenario setWithInlinePolicyAdopted() {
        return existing(
                "inline-administrator-adopted",
                "A permission set gives administrator access by its inline policy: it is adopted as it is.",
                ALLOW_EVERYTHING,
                world -> {
                    world.expect("ADMIN_ACCESS", world.seen().status(ADMIN_ACCESS), "DONE");
                    world.expect("its policies", set(world).managedPolicies(), List.of());
                    world.expect(
                            "assignments", world.identityCenter().assignments().size(), 1);
                });
    }

    private static Scenario limitedSetNotAdopted() {
        return existing(
                "limited-set-not-adopted",
                "A permission set allows everything and denies IAM: it is not adopted, and nobody gets it.",
                """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"},
                 {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}]}""",
                world -> {
                    world.expect("ADMIN_ACCESS", world.seen().reason(ADMIN_ACCESS), "ACCESS_LIMITED");
                    world.expect("groups", world.identityCenter().groups().size(), 0);
                    world.expect(
                            "assignments", world.identityCenter().assignments().size(), 0);
                });
    }

    /** There is a permission set of the name, with an inline policy and no other, before Groundwork comes. */
    private static Scenario existing(String name, String story, String inlinePolicy, Consumer<World> then) {
        return new Scenario(name, story, Scenarios::companyWithIdentityCenter, world -> {
            sso(world)
                    .createPermissionSet(request -> request.instanceArn(
                                    world.identityCenter().instanceArn())
                            .name(SET));
            putsInlinePolicy(world, inlinePolicy);
            world.stackIsCreated();
            world.after(Duration.ofMinutes(1), "Ada confirms " + ADA, world::addressIsConfirmed);
            world.passes(Duration.ofHours(1));
            then.accept(world);
        });
    }
}
