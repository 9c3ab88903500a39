package groundwork.rehearsal.organization.services;

import static groundwork.rehearsal.organization.Given.ADMINISTRATOR_ACCESS;
import static groundwork.rehearsal.organization.Given.FUNCTION;
import static groundwork.rehearsal.organization.Given.HOME;
import static groundwork.rehearsal.organization.Given.MANAGEMENT;
import static groundwork.rehearsal.organization.Given.MEMBER;
import static groundwork.rehearsal.organization.Given.SECURITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.Given;
import groundwork.rehearsal.organization.VirtualClock;
import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.store.IdentityCenter;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AccessDeniedException;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatus;
import software.amazon.awssdk.services.ssoadmin.model.ConflictException;
import software.amazon.awssdk.services.ssoadmin.model.PrincipalType;
import software.amazon.awssdk.services.ssoadmin.model.ProvisionTargetType;
import software.amazon.awssdk.services.ssoadmin.model.ProvisioningStatus;
import software.amazon.awssdk.services.ssoadmin.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssoadmin.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.ssoadmin.model.StatusValues;
import software.amazon.awssdk.services.ssoadmin.model.TargetType;

class AccountAssignmentsTest {
    private final VirtualClock clock = new VirtualClock();
    private final EmbeddedOrganization aws = Given.organization(clock)
            .identityCenter(HOME)
            .delegatedAdministrator("sso.amazonaws.com", SECURITY)
            .suspendedAccount("000011112222", "Closed", "closed@example.com")
            .build();
    private final IdentityCenter center = aws.identityCenter().orElseThrow();
    private final String instance = center.instanceArn();
    private final SsoAdminClient client = aws.client(SsoAdminClient.class, FUNCTION, HOME);
    private final String group = aws.identityCenterConsole(FUNCTION).createsGroup("Administrators");
    private final String set = createSet("AdministratorAccess");

    private String createSet(String name) {
        String arn = client.createPermissionSet(
                        request -> request.instanceArn(instance).name(name))
                .permissionSet()
                .permissionSetArn();
        client.attachManagedPolicyToPermissionSet(
                request -> request.instanceArn(instance).permissionSetArn(arn).managedPolicyArn(ADMINISTRATOR_ACCESS));
        return arn;
    }

    @Test
    void anAssignmentIsInProgressAndNotListedUntilItIsProvisioned() {
        String id = assign(MEMBER, set).requestId();

        clock.advance(Duration.ofSeconds(9));
        assertThat(status(id).status()).isEqualTo(StatusValues.IN_PROGRESS);
        assertThat(listed(MEMBER)).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        assertThat(status(id).status()).isEqualTo(StatusValues.SUCCEEDED);
        assertThat(listed(MEMBER)).containsExactly(group);
    }

    @Test
    void anAssignmentInASuspendedAccountFails() {
        String id = assign("000011112222", set).requestId();
        clock.advance(Duration.ofSeconds(10));

        assertThat(status(id).status()).isEqualTo(StatusValues.FAILED);
    }

    @Test
    void repeatingAnAssignmentSucceedsWithoutASecondOne() {
        assign(MEMBER, set);
        clock.advance(Duration.ofSeconds(10));
        String again = assign(MEMBER, set).requestId();
        clock.advance(Duration.ofSeconds(10));

        assertThat(status(again).status()).isEqualTo(StatusValues.SUCCEEDED);
        assertThat(center.assignments()).hasSize(1);
    }

    @Test
    void aSecondOperationOnTheSameTargetIsAConflict() {
        assign(MEMBER, set);

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> assign(MEMBER, set))
                .returns(400, ConflictException::statusCode);
    }

    @Test
    void aPermissionSetThatIsBeingProvisionedCannotBeChanged() {
        assign(MEMBER, set);

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> client.detachManagedPolicyFromPermissionSet(request ->
                        request.instanceArn(instance).permissionSetArn(set).managedPolicyArn(ADMINISTRATOR_ACCESS)));
    }

    @Test
    void theSixteenthOutstandingAssignmentExceedsTheQuota() {
        List<String> sets = IntStream.range(0, 16)
                .mapToObj(number -> createSet("Set" + number))
                .toList();
        sets.subList(0, 15).forEach(each -> assign(MEMBER, each));

        assertThatExceptionOfType(ServiceQuotaExceededException.class).isThrownBy(() -> assign(MEMBER, sets.get(15)));
        clock.advance(Duration.ofSeconds(10));
        assertThat(assign(MEMBER, sets.get(15)).status()).isEqualTo(StatusValues.IN_PROGRESS);
    }

    @Test
    void anUnknownPrincipalIsNotFound() {
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> client.createAccountAssignment(request -> request.instanceArn(instance)
                        .targetId(MEMBER)
                        .targetType(TargetType.AWS_ACCOUNT)
                        .permissionSetArn(set)
                        .principalType(PrincipalType.USER)
                        .principalId("94e80458-0000-7000-8000-000000000000")));
    }

    @Test
    void aChangedSetIsNotEffectiveUntilItIsProvisionedAgain() {
        assign(MEMBER, set);
        clock.advance(Duration.ofSeconds(10));
        client.putInlinePolicyToPermissionSet(
                request -> request.instanceArn(instance).permissionSetArn(set).inlinePolicy("{}"));

        assertThat(provisioned(ProvisioningStatus.LATEST_PERMISSION_SET_NOT_PROVISIONED))
                .containsExactly(set);
        assertThat(center.provisionedIn(MEMBER).getFirst().inlinePolicy()).isEmpty();

        String id = client.provisionPermissionSet(request -> request.instanceArn(instance)
                        .permissionSetArn(set)
                        .targetType(ProvisionTargetType.AWS_ACCOUNT)
                        .targetId(MEMBER))
                .permissionSetProvisioningStatus()
                .requestId();
        clock.advance(Duration.ofSeconds(10));

        assertThat(client.describePermissionSetProvisioningStatus(
                                request -> request.instanceArn(instance).provisionPermissionSetRequestId(id))
                        .permissionSetProvisioningStatus()
                        .status())
                .isEqualTo(StatusValues.SUCCEEDED);
        assertThat(provisioned(ProvisioningStatus.LATEST_PERMISSION_SET_PROVISIONED))
                .containsExactly(set);
        assertThat(center.provisionedIn(MEMBER).getFirst().inlinePolicy()).contains("{}");
    }

    @Test
    void aSetInUseCannotBeDeleted() {
        assign(MEMBER, set);
        clock.advance(Duration.ofSeconds(10));

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> client.deletePermissionSet(
                        request -> request.instanceArn(instance).permissionSetArn(set)));
    }

    @Test
    void theDelegatedAdministratorMayNotAssignInTheManagementAccount() {
        SsoAdminClient delegated = aws.client(SsoAdminClient.class, Caller.role(SECURITY, "Role", "session"), HOME);

        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> assign(delegated, MANAGEMENT, set));
        assertThat(assign(delegated, MEMBER, set).status()).isEqualTo(StatusValues.IN_PROGRESS);
    }

    @Test
    void theDelegatedAdministratorMayNotChangeASetOfTheManagementAccount() {
        assign(MANAGEMENT, set);
        clock.advance(Duration.ofSeconds(10));
        SsoAdminClient delegated = aws.client(SsoAdminClient.class, Caller.role(SECURITY, "Role", "session"), HOME);

        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> delegated.putInlinePolicyToPermissionSet(request ->
                        request.instanceArn(instance).permissionSetArn(set).inlinePolicy("{}")));
    }

    @Test
    void inTheManagementAccountIamIsAskedWithTheCallersPermissions() {
        List<AccessCheck> checks = Given.accessChecks(aws);

        assign(MANAGEMENT, set);

        assertThat(checks)
                .filteredOn(AccessCheck::forwarded)
                .extracting(AccessCheck::action)
                .contains("iam:CreateRole", "iam:AttachRolePolicy");
        assertThat(checks)
                .filteredOn(check -> check.action().equals("iam:CreateRole"))
                .extracting(AccessCheck::resource)
                .allMatch(resource -> resource.startsWith("arn:aws:iam::111122223333:role/aws-reserved/"
                        + "sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_"));
    }

    @Test
    void inAMemberAccountTheCallerNeedsNoIamPermission() {
        List<AccessCheck> checks = Given.accessChecks(aws);

        assign(MEMBER, set);

        assertThat(checks)
                .extracting(AccessCheck::action, AccessCheck::forwarded)
                .containsOnly(tuple("sso:CreateAccountAssignment", false));
    }

    @Test
    void withoutTheIamPermissionsTheAssignmentInTheManagementAccountFails() {
        aws.checkAccess((caller, checks) -> checks.stream()
                .filter(check -> check.action().equals("iam:CreateRole"))
                .findFirst()
                .map(AccessChecks.Refusal::notAllowed));
        String id = assign(MANAGEMENT, set).requestId();
        clock.advance(Duration.ofSeconds(10));

        assertThat(status(id))
                .returns(StatusValues.FAILED, AccountAssignmentOperationStatus::status)
                .extracting(AccountAssignmentOperationStatus::failureReason)
                .asString()
                .contains("is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role/");
    }

    @Test
    void whatAGroupHas_isListedByPrincipal() {
        String other = createSet("Other");
        assign(MEMBER, set);
        assign(SECURITY, other);
        clock.advance(Duration.ofSeconds(10));

        assertThat(ofPrincipal(client, PrincipalType.GROUP, group))
                .containsExactly(MEMBER + " " + set, SECURITY + " " + other);
        assertThat(client.listAccountAssignmentsForPrincipal(request -> request.instanceArn(instance)
                                .principalType(PrincipalType.GROUP)
                                .principalId(group)
                                .filter(filter -> filter.accountId(SECURITY)))
                        .accountAssignments())
                .extracting(assignment -> assignment.permissionSetArn())
                .containsExactly(other);
    }

    @Test
    void whatAUserHasThroughAGroup_isListedForTheUser() {
        String user = aws.identityCenterConsole(FUNCTION).createsUser("ada", "Ada", "Lovelace", "ada@example.com");
        aws.identityCenterConsole(FUNCTION).addsMember(group, user);
        assign(MEMBER, set);
        clock.advance(Duration.ofSeconds(10));

        assertThat(ofPrincipal(client, PrincipalType.USER, user)).containsExactly(MEMBER + " " + set);
    }

    // API reference: "This action must be called from the management account".
    @Test
    void theDelegatedAdministratorMayNotListByPrincipal() {
        SsoAdminClient delegated = aws.client(SsoAdminClient.class, Caller.role(SECURITY, "Role", "session"), HOME);

        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> ofPrincipal(delegated, PrincipalType.GROUP, group));
    }

    @Test
    void assignmentsByPrincipalComeInPagesOfAHundred() {
        EmbeddedOrganization large =
                Given.organization(clock).identityCenter(HOME).build();
        SsoAdminClient ssoAdmin = large.client(SsoAdminClient.class, FUNCTION, HOME);
        String arn = large.identityCenter().orElseThrow().instanceArn();
        String owners = large.identityCenterConsole(FUNCTION).createsGroup("Owners");
        String access = ssoAdmin.createPermissionSet(
                        request -> request.instanceArn(arn).name("Access"))
                .permissionSet()
                .permissionSetArn();
        IntStream.range(0, 150).forEach(number -> {
            String account = "%012d".formatted(number);
            large.organizationsConsole(FUNCTION).createsMemberAccount(account, "A", number + "@example.com");
            ssoAdmin.createAccountAssignment(request -> request.instanceArn(arn)
                    .targetId(account)
                    .targetType(TargetType.AWS_ACCOUNT)
                    .permissionSetArn(access)
                    .principalType(PrincipalType.GROUP)
                    .principalId(owners));
            clock.advance(Duration.ofSeconds(1));
        });
        clock.advance(Duration.ofSeconds(10));

        assertThat(ssoAdmin.listAccountAssignmentsForPrincipal(request -> request.instanceArn(arn)
                                .principalType(PrincipalType.GROUP)
                                .principalId(owners))
                        .accountAssignments())
                .hasSize(100);
        assertThat(ssoAdmin.listAccountsForProvisionedPermissionSetPaginator(
                                request -> request.instanceArn(arn).permissionSetArn(access))
                        .accountIds())
                .hasSize(150);
    }

    @Test
    void assignmentsUnderWay_areListedByStatus() {
        String first = assign(MEMBER, set).requestId();
        String failing = assign("000011112222", set).requestId();

        assertThat(creations(StatusValues.IN_PROGRESS)).containsExactly(first, failing);
        clock.advance(Duration.ofSeconds(10));
        assertThat(creations(StatusValues.IN_PROGRESS)).isEmpty();
        assertThat(creations(StatusValues.SUCCEEDED)).containsExactly(first);
        assertThat(creations(StatusValues.FAILED)).containsExactly(failing);
    }

    @Test
    void accountsThatHaveAnOldSet_areListedByProvisioningStatus() {
        assign(MEMBER, set);
        clock.advance(Duration.ofSeconds(10));
        client.putInlinePolicyToPermissionSet(
                request -> request.instanceArn(instance).permissionSetArn(set).inlinePolicy("{}"));
        assign(SECURITY, set);
        clock.advance(Duration.ofSeconds(10));

        assertThat(accountsWith(ProvisioningStatus.LATEST_PERMISSION_SET_NOT_PROVISIONED))
                .containsExactly(MEMBER);
        assertThat(accountsWith(ProvisioningStatus.LATEST_PERMISSION_SET_PROVISIONED))
                .containsExactly(SECURITY);
    }

    // limits.html: 7,000 AWS accounts or applications.
    @Test
    void moreAccountsThanTheQuotaAreRefused() {
        EmbeddedOrganization full = Given.organization(clock)
                .identityCenter(HOME)
                .identityCenterAccounts(1)
                .build();
        SsoAdminClient ssoAdmin = full.client(SsoAdminClient.class, FUNCTION, HOME);
        String arn = full.identityCenter().orElseThrow().instanceArn();
        String owners = full.identityCenterConsole(FUNCTION).createsGroup("Owners");
        List<String> sets = List.of("One", "Two").stream()
                .map(name -> ssoAdmin.createPermissionSet(
                                request -> request.instanceArn(arn).name(name))
                        .permissionSet()
                        .permissionSetArn())
                .toList();

        assertThat(assignIn(ssoAdmin, arn, MEMBER, sets.getFirst(), owners)).isEqualTo(StatusValues.IN_PROGRESS);
        assertThatExceptionOfType(ServiceQuotaExceededException.class)
                .isThrownBy(() -> assignIn(ssoAdmin, arn, SECURITY, sets.getFirst(), owners));
        clock.advance(Duration.ofSeconds(10));
        assertThatExceptionOfType(ServiceQuotaExceededException.class)
                .isThrownBy(() -> assignIn(ssoAdmin, arn, SECURITY, sets.getFirst(), owners));
        assertThat(assignIn(ssoAdmin, arn, MEMBER, sets.getLast(), owners)).isEqualTo(StatusValues.IN_PROGRESS);
    }

    @Test
    void anAccountThatHasDeparted_isNotFound() {
        aws.organizationsConsole(FUNCTION).removesMemberAccount(MEMBER);

        assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> assign(MEMBER, set));
    }

    private static StatusValues assignIn(
            SsoAdminClient as, String instanceArn, String account, String permissionSet, String principal) {
        return as.createAccountAssignment(request -> request.instanceArn(instanceArn)
                        .targetId(account)
                        .targetType(TargetType.AWS_ACCOUNT)
                        .permissionSetArn(permissionSet)
                        .principalType(PrincipalType.GROUP)
                        .principalId(principal))
                .accountAssignmentCreationStatus()
                .status();
    }

    private List<String> ofPrincipal(SsoAdminClient as, PrincipalType type, String principal) {
        return as
                .listAccountAssignmentsForPrincipal(request ->
                        request.instanceArn(instance).principalType(type).principalId(principal))
                .accountAssignments()
                .stream()
                .map(assignment -> assignment.accountId() + " " + assignment.permissionSetArn())
                .toList();
    }

    private List<String> creations(StatusValues status) {
        return client
                .listAccountAssignmentCreationStatus(
                        request -> request.instanceArn(instance).filter(filter -> filter.status(status)))
                .accountAssignmentsCreationStatus()
                .stream()
                .map(one -> one.requestId())
                .toList();
    }

    private List<String> accountsWith(ProvisioningStatus status) {
        return client.listAccountsForProvisionedPermissionSet(request ->
                        request.instanceArn(instance).permissionSetArn(set).provisioningStatus(status))
                .accountIds();
    }

    private AccountAssignmentOperationStatus assign(String account, String permissionSet) {
        return assign(client, account, permissionSet);
    }

    private AccountAssignmentOperationStatus assign(SsoAdminClient as, String account, String permissionSet) {
        return as.createAccountAssignment(request -> request.instanceArn(instance)
                        .targetId(account)
                        .targetType(TargetType.AWS_ACCOUNT)
                        .permissionSetArn(permissionSet)
                        .principalType(PrincipalType.GROUP)
                        .principalId(group))
                .accountAssignmentCreationStatus();
    }

    private AccountAssignmentOperationStatus status(String requestId) {
        return client.describeAccountAssignmentCreationStatus(
                        request -> request.instanceArn(instance).accountAssignmentCreationRequestId(requestId))
                .accountAssignmentCreationStatus();
    }

    private List<String> listed(String account) {
        return client
                .listAccountAssignments(request ->
                        request.instanceArn(instance).accountId(account).permissionSetArn(set))
                .accountAssignments()
                .stream()
                .map(assignment -> assignment.principalId())
                .toList();
    }

    private List<String> provisioned(ProvisioningStatus status) {
        return client.listPermissionSetsProvisionedToAccount(request ->
                        request.instanceArn(instance).accountId(MEMBER).provisioningStatus(status))
                .permissionSets();
    }
}
