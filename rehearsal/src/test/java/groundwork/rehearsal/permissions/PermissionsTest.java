package groundwork.rehearsal.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.organization.services.ServiceLinkedRole;
import groundwork.rehearsal.permissions.Played.Permission;
import groundwork.rehearsal.policy.AccessRequest;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.policy.PolicyDocument;
import groundwork.rehearsal.policy.Principal;
import groundwork.rehearsal.template.IamRole;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The permissions of the template against the calls of all scenarios and situations. */
@Tag("slow")
class PermissionsTest {

    /** What AWS needs and the embedded organization does not do, by statement and pattern, with the page that says so. */
    private static final Map<String, String> NOT_PLAYED = Map.of(
            // The Lambda runtime writes the logs, not the handler.
            "\\w+Role/\\w+\\.WriteLogs (logs:CreateLogStream|logs:PutLogEvents|arn:aws:logs:\\S+Logs:\\*)",
            "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html",
            // CloudFormation deploys the forwarding stack with these, in its StackSets and in the resource types' own
            // handlers.
            "(UseForwardingExecutionRole|ForwardingExecutionRole/DeployForwardingStack)\\..*",
            "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html",
            // Step Functions delivers the log of an Express workflow, not the definition.
            "MarkAccountRole/MarkAccount\\.DeliverLogs (logs:\\w+|\\*)",
            "https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html",
            // Asked for beside sso:CreatePermissionSet when the new set is given tags.
            "GrantAccessRole/GrantAccess\\.ProvisionPermissionSet sso:TagResource",
            "https://docs.aws.amazon.com/singlesignon/latest/userguide/tagging.html");

    @Test
    void noCallLacksAPermission() {
        assertThat(Played.everything().refused()).isEmpty();
    }

    @Test
    void everyStoryEndsAsExpected() {
        assertThat(Played.everything().broken()).isEmpty();
    }

    @Test
    void everyPermissionIsUsedByACall() {
        Set<Permission> unused = unused();
        unused.removeIf(permission -> NOT_PLAYED.keySet().stream().anyMatch(permission.toString()::matches));

        assertThat(unused).isEmpty();
    }

    /** In the management account Identity Center does it with the permissions of whoever assigns access. */
    @Test
    void grantAccessMayDoWhatIdentityCenterItselfMayNotDoInTheManagementAccount() {
        IamRole role = role("GrantAccessRole");

        assertThat(ServiceLinkedRole.published().notInTheManagementAccount())
                .isNotEmpty()
                .allSatisfy(permission -> assertThat(PolicyDocument.decide(
                                role.policies(),
                                new AccessRequest(
                                        new Principal.Identity(role.arn()),
                                        permission.action(),
                                        permission
                                                .resource()
                                                .replace("::*:", "::111122223333:")
                                                .replace("*", "eu-central-1/x"),
                                        Map.of())))
                        .as(permission.toString())
                        .isInstanceOf(Decision.Allowed.class));
    }

    /** By an update of what it may name and nothing else, so that none can take or change what another has written. */
    @ParameterizedTest
    @CsvSource({
        "AccountSetupRole,           state",
        "AccountSetupRole,           sentAt",
        "AccountSetupRole,           notedAt",
        "CheckChangeEventsRole,      record",
        "CheckChangeEventsRole,      seenAt",
        "ProvisionAdministratorRole, record",
        "ProvisionAdministratorRole, state",
        "GrantAccessRole,            record",
        "GrantAccessRole,            owner",
        "GrantAccessRole,            sentAt",
        "SendEmailRole,              record",
        "SendEmailRole,              claimedAt",
        "SendEmailRole,              signedInAt",
        "SendEmailRole,              notedAt"
    })
    void noRoleMayWriteAnAttributeOfAnother(String logicalId, String attribute) {
        IamRole role = role(logicalId);

        assertThat(mayWrite(role, "dynamodb:UpdateItem", "accountId", "item")).isTrue();
        assertThat(mayWrite(role, "dynamodb:UpdateItem", "accountId", "item", attribute))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AccountSetupRole",
                "ReadRequestRole",
                "CheckRootUserRole",
                "CheckChangeEventsRole",
                "FindIdentityCenterRole",
                "ProvisionAdministratorRole",
                "GrantAccessRole",
                "SendEmailRole"
            })
    void noRoleMayReplaceOrDeleteAnItem(String logicalId) {
        for (String action : List.of("PutItem", "DeleteItem", "BatchWriteItem", "PartiQLUpdate", "PartiQLDelete")) {
            assertThat(mayWrite(role(logicalId), "dynamodb:" + action, "accountId", "item"))
                    .as(action)
                    .isFalse();
        }
    }

    private static boolean mayWrite(IamRole role, String action, String... attributes) {
        return PolicyDocument.decide(
                        role.policies(),
                        new AccessRequest(
                                new Principal.Identity(role.arn()),
                                action,
                                "arn:aws:dynamodb:eu-central-1:111122223333:table/groundwork-Table",
                                Map.of("dynamodb:Attributes", List.of(attributes))))
                instanceof Decision.Allowed;
    }

    @ParameterizedTest
    @CsvSource({
        "aws@example.com, ada@example.com, true",
        "AWS@example.com, Boss@example.com, true",
        "eve@example.com, ada@example.com, false",
        "aws@example.com, eve@example.net, false"
    })
    void emailsGoFromTheSenderToTheTwoAddressesOnly(String sender, String recipient, boolean allowed) {
        IamRole role = role("SendEmailRole");

        assertThat(
                        PolicyDocument.decide(
                                        role.policies(),
                                        new AccessRequest(
                                                new Principal.Identity(role.arn()),
                                                "ses:SendEmail",
                                                "arn:aws:ses:eu-central-1:111122223333:identity/example.com",
                                                Map.of(
                                                        "ses:FromAddress",
                                                        List.of(sender),
                                                        "ses:Recipients",
                                                        List.of(recipient))))
                                instanceof Decision.Allowed)
                .isEqualTo(allowed);
    }

    @Test
    void everyExceptionIsStillNeeded() {
        assertThat(NOT_PLAYED.keySet())
                .allSatisfy(exception -> assertThat(unused())
                        .anyMatch(permission -> permission.toString().matches(exception)));
    }

    private static IamRole role(String logicalId) {
        return Deployed.TEMPLATE.roles().stream()
                .filter(each -> each.logicalId().equals(logicalId))
                .findFirst()
                .orElseThrow();
    }

    private static Set<Permission> unused() {
        Set<Permission> unused = new TreeSet<>(Played.everything().declared());
        unused.removeAll(Played.everything().used());
        return unused;
    }
}
