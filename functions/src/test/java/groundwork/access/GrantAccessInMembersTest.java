package groundwork.access;

import static groundwork.access.AccessInPlace.GRACE;
import static groundwork.access.AccessInPlace.GRANTED_BY_GROUNDWORK;
import static groundwork.access.AccessInPlace.MEMBER;
import static groundwork.access.AccessInPlace.MEMBER_SET_ARN;
import static groundwork.access.AccessInPlace.POLICY_ARN;
import static groundwork.access.AccessInPlace.SET_ARN;
import static groundwork.checklist.Effect.Kind.CREATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import groundwork.access.AccessInPlace.AccountAssignmentOf;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Effect;
import groundwork.checklist.Finding;
import groundwork.checklist.Outcome;
import groundwork.organization.AccountRefusedException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.organizations.model.AccountState;
import software.amazon.awssdk.services.ssoadmin.model.CreateAccountAssignmentRequest;
import software.amazon.awssdk.services.ssoadmin.model.CreatePermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentCreationStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.GetPermissionsBoundaryForPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentDeletionStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListPermissionSetsRequest;

/** What GrantAccess does in a member account: the same group, a permission set of the members' own. */
class GrantAccessInMembersTest {
    private final AccessInPlace access = new AccessInPlace();

    @Test
    void aMemberGetsThePermissionSetOfTheMembersForTheGroupOfTheAdministrators() {
        access.group("g-found", "Administrators", GRANTED_BY_GROUNDWORK);
        access.assignments();

        access.grantIn(MEMBER, null, MEMBER_SET_ARN);

        verify(access.ssoAdmin)
                .createAccountAssignment(argThat((CreateAccountAssignmentRequest request) ->
                        request.targetId().equals(MEMBER)
                                && request.permissionSetArn().equals(MEMBER_SET_ARN)
                                && request.principalId().equals("g-found")));
    }

    @Test
    void theFirstMemberMakesThePermissionSetOfTheMembers() {
        access.group("g-found", "Administrators", GRANTED_BY_GROUNDWORK);
        access.assignments();

        Access report = access.grantIn(MEMBER, null, null);

        verify(access.ssoAdmin)
                .createPermissionSet(argThat(
                        (CreatePermissionSetRequest request) -> request.name().equals("MemberAdministratorAccess")));
        assertThat(effects(report))
                .contains(
                        new Effect(CREATED, "permission set MemberAdministratorAccess", "ps-new"),
                        new Effect(
                                CREATED,
                                "policy AdministratorAccess in permission set MemberAdministratorAccess",
                                POLICY_ARN));
        assertThat(report.permissionSetArn()).isEqualTo("ps-new");
    }

    @Test
    void thePermissionSetOfTheHub_isNoMembers_whateverTheTableSays() {
        access.group("g-found", "Administrators", GRANTED_BY_GROUNDWORK);
        access.assignments();
        access.permissionSets(SET_ARN, MEMBER_SET_ARN);

        assertThat(access.grantIn(MEMBER, null, SET_ARN).permissionSetArn()).isEqualTo(MEMBER_SET_ARN);
    }

    @Test
    void theRememberedPermissionSet_isFoundWithoutListingAny() {
        access.grantIn(MEMBER);

        verify(access.ssoAdmin, never()).listPermissionSets(any(ListPermissionSetsRequest.class));
    }

    /** Their number depends neither on the accounts nor on permission sets, groups or users. */
    @Test
    void aMemberWithAccess_costsTwelveCalls() {
        access.group("g-found", "Administrators", GRANTED_BY_GROUNDWORK);

        access.grantIn(MEMBER);

        assertThat(Stream.of(access.organizations, access.identityStore, access.ssoAdmin, access.dynamoDb)
                        .flatMap(client -> mockingDetails(client).getInvocations().stream())
                        .filter(call -> call.getRawArguments()[0] instanceof SdkRequest)
                        .map(call -> call.getMethod().getName())
                        .filter(name -> !name.endsWith("Paginator")))
                .containsExactlyInAnyOrder(
                        "describeAccount",
                        "describeGroup",
                        "isMemberInGroups",
                        "describePermissionSet",
                        "listTagsForResource",
                        "listManagedPoliciesInPermissionSet",
                        "listCustomerManagedPolicyReferencesInPermissionSet",
                        "getInlinePolicyForPermissionSet",
                        "getPermissionsBoundaryForPermissionSet",
                        "listAccountAssignments",
                        "listAccountAssignmentDeletionStatus",
                        "listPermissionSetsProvisionedToAccount");
    }

    /** It is said with the account of the stack. */
    @Test
    void whoElseIsInTheGroup_isNotRepeatedForEachMember() {
        access.members("g-found", "u-ada", "u-mallory");

        assertThat(access.grantIn(MEMBER).others()).isNull();
    }

    @Test
    void aGroupThatOthersMade_isUsedBecauseItHasTheManagementAccountAlready() {
        access.members("g-found", "u-ada", "u-grace");
        assignedOnly(AccessInPlace.ACCOUNT);

        access.grantIn(MEMBER);

        verify(access.ssoAdmin).createAccountAssignment(any(CreateAccountAssignmentRequest.class));
    }

    @Test
    void aGroupThatOthersMade_withoutAnyAccess_isTaken() {
        access.user("u-grace", "grace", "grace@example.com", GRACE);
        access.members("g-found", "u-ada", "u-grace");
        access.assignments();

        assertThat(outcome(access.grantIn(MEMBER)))
                .isInstanceOfSatisfying(
                        Outcome.Blocked.class,
                        blocked -> assertThat(blocked.reason()).isEqualTo(BlockedReason.GROUP_TAKEN));
        assertThat(access.writes()).isEmpty();
    }

    /** Whoever edits the table could name a permission set that the group has and that gives little. */
    @Test
    void aGroupThatOthersMade_withAnotherPermissionSetThanTheHubs_isTaken() {
        access.user("u-grace", "grace", "grace@example.com", GRACE);
        access.members("g-found", "u-ada", "u-grace");
        access.permissionSet(SET_ARN, "ReadOnly", "PT4H");
        assignedOnly(AccessInPlace.ACCOUNT);

        assertThat(outcome(access.grantIn(MEMBER))).isInstanceOf(Outcome.Blocked.class);
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void anAccountOutsideTheScope_isRefusedByTheFunctionItself() {
        assertThatThrownBy(() -> access.grantIn("777788889999"))
                .isInstanceOf(AccountRefusedException.class)
                .hasMessageContaining("MemberAccounts");
        assertThat(access.writes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = AccountState.class,
            names = {"SUSPENDED", "PENDING_CLOSURE", "CLOSED"})
    void anAccountThatIsNotActive_isRefusedByTheFunctionItself(AccountState state) {
        access.memberIs(state);

        assertThatThrownBy(() -> access.grantIn(MEMBER)).isInstanceOf(AccountRefusedException.class);
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void whileAwsWorksOnThirteenAssignments_noneIsOrdered_andAccessIsAskedForAgain() {
        assignedOnly(AccessInPlace.ACCOUNT);
        access.assignmentsUnderWay(13);

        Access waiting = access.grantIn(MEMBER);
        assertThat(waiting.pending())
                .isEqualTo(new Pending(null, null, null, waiting.pending().effects()));
        assertThat(waiting.setback().reason()).isEqualTo("AWS is working on as many assignments as it takes at once.");
        assertThat(access.writes()).doesNotContain("CreateAccountAssignment");

        access.assignmentsUnderWay(12);
        access.grantIn(MEMBER);
        assertThat(access.writes()).contains("CreateAccountAssignment");
    }

    /** Identity Center takes twenty requests a second, for thousands of accounts and for everybody else. */
    @Test
    void thePermissionSetIsReadOnce_andWhetherAccessIsBeingTakenAwayOnlyWhereThereIsSome() {
        assignedOnly(AccessInPlace.ACCOUNT);

        Access ordered = access.grantIn(MEMBER);
        Access done = access.goOnIn(MEMBER, ordered.pending());

        assertThat(outcome(done))
                .isInstanceOf(Outcome.Done.class)
                .isEqualTo(ordered.pending().whenProvisioned());
        verify(access.ssoAdmin)
                .getPermissionsBoundaryForPermissionSet(
                        argThat((GetPermissionsBoundaryForPermissionSetRequest request) ->
                                request != null && MEMBER_SET_ARN.equals(request.permissionSetArn())));
        verify(access.ssoAdmin, never())
                .listAccountAssignmentDeletionStatus(any(ListAccountAssignmentDeletionStatusRequest.class));
        verify(access.ssoAdmin)
                .describeAccountAssignmentCreationStatus(any(DescribeAccountAssignmentCreationStatusRequest.class));
    }

    @Test
    void aPlan_ordersNothingAndSaysWhatWouldBe() {
        assignedOnly(AccessInPlace.ACCOUNT);
        access.assignmentsUnderWay(13);

        Access report = access.planIn(MEMBER);

        assertThat(outcome(report)).isInstanceOf(Outcome.Planned.class);
        assertThat(effects(report)).contains(new Effect(CREATED, "assignment to account " + MEMBER, null));
        assertThat(access.writes()).isEmpty();
    }

    /** A user from before gets access once people were told, and they are told about the account of the stack. */
    @Test
    void whetherPeopleWereToldOfAUserFromBefore_isAskedWhereEmailsAreNoted() {
        access.group("g-found", "Administrators", GRANTED_BY_GROUNDWORK);
        access.user("u-ada", "ada", "ada@example.com", GRACE);
        access.member(false);
        access.assignments();

        assertThat(access.grantIn(MEMBER, null, MEMBER_SET_ARN).untold()).isTrue();
        verify(access.dynamoDb, never())
                .getItem(argThat((software.amazon.awssdk.services.dynamodb.model.GetItemRequest request) ->
                        !request.key().get("accountId").s().equals(AccessInPlace.ACCOUNT)));
    }

    /** The group has its permission set in this account alone. */
    private void assignedOnly(String accountId) {
        access.assignments();
        willReturn(ListAccountAssignmentsResponse.builder()
                        .accountAssignments(software.amazon.awssdk.services.ssoadmin.model.AccountAssignment.builder()
                                .principalType(
                                        AccountAssignmentOf.group("g-found").type())
                                .principalId("g-found")
                                .build())
                        .build())
                .given(access.ssoAdmin)
                .listAccountAssignments(argThat((ListAccountAssignmentsRequest request) ->
                        request != null && request.accountId().equals(accountId)));
    }

    private static Outcome outcome(Access report) {
        return report.findings().all().getFirst().outcome();
    }

    private static List<Effect> effects(Access report) {
        return report.findings().all().stream()
                .map(Finding::effects)
                .flatMap(List::stream)
                .toList();
    }
}
