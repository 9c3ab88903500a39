package groundwork.access;

import static groundwork.access.AccessInPlace.ORGANIZATION_INSTANCE;
import static groundwork.access.AccessInPlace.POLICY_ARN;
import static groundwork.access.AccessInPlace.SET_ARN;
import static groundwork.checklist.BlockedReason.ACCESS_DENIED;
import static groundwork.checklist.BlockedReason.ASSIGNMENT_FAILED;
import static groundwork.checklist.BlockedReason.PERMISSION_SET_TAKEN;
import static groundwork.checklist.BlockedReason.SERVICE_QUOTA;
import static groundwork.checklist.Effect.Kind.ADOPTED;
import static groundwork.checklist.Effect.Kind.CREATED;
import static groundwork.checklist.Effect.Kind.REPAIRED;
import static groundwork.checklist.Effect.Kind.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.verify;

import groundwork.access.AccessInPlace.AccountAssignmentOf;
import groundwork.administrator.Setback;
import groundwork.checklist.Effect;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.runtime.AwsErrors;
import groundwork.runtime.TryAgainException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.identitystore.model.CreateGroupMembershipRequest;
import software.amazon.awssdk.services.identitystore.model.CreateGroupRequest;
import software.amazon.awssdk.services.identitystore.model.GetGroupIdRequest;
import software.amazon.awssdk.services.identitystore.model.IdentitystoreException;
import software.amazon.awssdk.services.identitystore.model.ListGroupMembershipsRequest;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatus;
import software.amazon.awssdk.services.ssoadmin.model.AttachManagedPolicyToPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ConflictException;
import software.amazon.awssdk.services.ssoadmin.model.CreateAccountAssignmentRequest;
import software.amazon.awssdk.services.ssoadmin.model.CreatePermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentCreationStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribePermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListPermissionSetsRequest;
import software.amazon.awssdk.services.ssoadmin.model.PrincipalType;
import software.amazon.awssdk.services.ssoadmin.model.ProvisionPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ProvisionTargetType;
import software.amazon.awssdk.services.ssoadmin.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssoadmin.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.ssoadmin.model.SsoAdminException;
import software.amazon.awssdk.services.ssoadmin.model.StatusValues;
import software.amazon.awssdk.services.ssoadmin.model.Tag;
import software.amazon.awssdk.services.ssoadmin.model.TargetType;
import software.amazon.awssdk.services.ssoadmin.model.UpdatePermissionSetRequest;

class GrantAccessTest {
    private static final Outcome HAS_ACCESS =
            new Outcome.Done("The administrators' group has administrator access to account 111122223333.");
    private static final String NOTE = "note GRANT#" + AccessInPlace.ADA.userId();
    private static final String REPAIR = "note REPAIR#2026-11-19T10:15:30Z#ADMIN_ACCESS#";

    private final AccessInPlace access = new AccessInPlace();
    private final AccessInPlace nothing = AccessInPlace.nothing();

    @Test
    void whenEverythingIsInPlaceAndKnown_nothingIsWrittenAndNothingReported() {
        assertThat(access.grantAgain())
                .isEqualTo(new Access(
                        Findings.of(new Finding(Prerequisite.ADMIN_ACCESS, HAS_ACCESS)),
                        null,
                        "g-found",
                        SET_ARN,
                        null));
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void whenEverythingIsInPlaceAtTheFirstRun_theGroupIsAdopted() {
        assertThat(effects(access.grant())).containsExactly(new Effect(ADOPTED, "group Administrators", "g-found"));
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void whenNothingExists_everythingIsCreatedInOrderAndEachStepNotedFirst() {
        Access report = nothing.finished(nothing.grant());

        assertThat(nothing.writes())
                .containsExactly(
                        NOTE, "CreatePermissionSet",
                        NOTE, "AttachManagedPolicyToPermissionSet",
                        NOTE, "CreateGroup",
                        NOTE, "CreateGroupMembership",
                        NOTE, "CreateAccountAssignment");
        assertThat(report)
                .isEqualTo(new Access(
                        Findings.of(new Finding(
                                Prerequisite.ADMIN_ACCESS,
                                HAS_ACCESS,
                                List.of(
                                        new Effect(CREATED, "permission set AdministratorAccess", "ps-new"),
                                        new Effect(
                                                CREATED,
                                                "policy AdministratorAccess in permission set AdministratorAccess",
                                                POLICY_ARN),
                                        new Effect(CREATED, "group Administrators", "g-new"),
                                        new Effect(CREATED, "membership in group Administrators", "m-new"),
                                        new Effect(CREATED, "assignment to account 111122223333", "assignment-1")))),
                        null,
                        "g-new",
                        "ps-new",
                        null));
    }

    @Test
    void theGroupIsCreatedUnderItsName() {
        nothing.grant();

        verify(nothing.identityStore)
                .createGroup(CreateGroupRequest.builder()
                        .identityStoreId("d-1234567890")
                        .displayName("Administrators")
                        .description("Administrators of AWS accounts. Created by Groundwork.")
                        .build());
        verify(nothing.identityStore)
                .createGroupMembership(CreateGroupMembershipRequest.builder()
                        .identityStoreId("d-1234567890")
                        .groupId("g-new")
                        .memberId(member -> member.userId("u-ada"))
                        .build());
    }

    @Test
    void thePermissionSetIsCreatedWithItsTagAndThePolicyOfThePartition() {
        nothing.grant();

        verify(nothing.ssoAdmin)
                .createPermissionSet(CreatePermissionSetRequest.builder()
                        .instanceArn(ORGANIZATION_INSTANCE.instanceArn())
                        .name("AdministratorAccess")
                        .description("Administrator access. Created by Groundwork.")
                        .sessionDuration("PT4H")
                        .tags(Tag.builder()
                                .key("groundwork:stack")
                                .value(AccessInPlace.STACK_ID)
                                .build())
                        .build());
        verify(nothing.ssoAdmin)
                .attachManagedPolicyToPermissionSet(AttachManagedPolicyToPermissionSetRequest.builder()
                        .instanceArn(ORGANIZATION_INSTANCE.instanceArn())
                        .permissionSetArn("ps-new")
                        .managedPolicyArn("arn:aws:iam::aws:policy/AdministratorAccess")
                        .build());
    }

    @Test
    void thePermissionSetIsAssignedToTheGroupAndNotToTheUser() {
        nothing.grant();

        verify(nothing.ssoAdmin)
                .createAccountAssignment(CreateAccountAssignmentRequest.builder()
                        .instanceArn(ORGANIZATION_INSTANCE.instanceArn())
                        .targetType(TargetType.AWS_ACCOUNT)
                        .targetId("111122223333")
                        .permissionSetArn("ps-new")
                        .principalType(PrincipalType.GROUP)
                        .principalId("g-new")
                        .build());
    }

    @Test
    void onlyTheMembershipIsCreated_whenOnlyItIsMissing() {
        access.member(false);

        access.grant();

        assertThat(access.writes()).containsExactly(NOTE, "CreateGroupMembership");
    }

    @Test
    void onlyTheAssignmentIsCreated_whenOnlyItIsMissing() {
        access.assignments(AccountAssignmentOf.user("g-found"), AccountAssignmentOf.group("g-other"));

        access.grant();

        assertThat(access.writes()).containsExactly(NOTE, "CreateAccountAssignment");
    }

    @Test
    void anAssignmentThatSomebodyIsDeleting_isWaitedForUntilItIsGone() {
        access.deletions(deletionOf("g-found", StatusValues.IN_PROGRESS));

        Access report = access.grantAgain();

        assertThat(outcome(report))
                .isEqualTo(new Outcome.Unknown("AWS has not finished an earlier change of access yet."));
        assertThat(report.pending()).isEqualTo(new Pending(null, null, null, List.of()));
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void deletionsOfOtherAssignmentsAndOneThatHasJustEndedHoldNothingUp() {
        AccountAssignmentOperationStatus deletion = deletionOf("g-found", StatusValues.IN_PROGRESS);
        access.deletions(
                deletionOf("g-other", StatusValues.IN_PROGRESS),
                deletion.toBuilder().requestId("r-2").targetId("444455556666").build(),
                deletion.toBuilder()
                        .requestId("r-3")
                        .permissionSetArn("ps-other")
                        .build(),
                deletionOf("g-found", StatusValues.SUCCEEDED));

        assertThat(outcome(access.grantAgain())).isEqualTo(HAS_ACCESS);
    }

    private static AccountAssignmentOperationStatus deletionOf(String groupId, StatusValues status) {
        return AccountAssignmentOperationStatus.builder()
                .requestId("deletion of " + groupId)
                .status(status)
                .targetType(TargetType.AWS_ACCOUNT)
                .targetId("111122223333")
                .permissionSetArn(SET_ARN)
                .principalType(PrincipalType.GROUP)
                .principalId(groupId)
                .build();
    }

    @Test
    void whatIsMissingAlthoughItWasInPlaceBefore_isRepairedAndTheRepairNotedFirst() {
        access.member(false);
        access.assignments();

        assertThat(effects(access.grantAgain()))
                .containsExactly(
                        new Effect(REPAIRED, "membership in group Administrators", "m-new"),
                        new Effect(REPAIRED, "assignment to account 111122223333", "assignment-1"));
        assertThat(access.writes())
                .containsExactly(
                        NOTE,
                        REPAIR + "membership in group Administrators",
                        "CreateGroupMembership",
                        NOTE,
                        REPAIR + "assignment to account 111122223333",
                        "CreateAccountAssignment");
    }

    @Test
    void thePermissionSetIsFoundByNameOnAnyPageAmongOthersThatComeAndGo() {
        access.permissionSets("ps-deleted", "ps-other", SET_ARN);
        access.permissionSetDeleted("ps-deleted");
        access.permissionSet("ps-other", "ViewOnlyAccess", "PT1H");

        assertThat(access.grant().permissionSetArn()).isEqualTo(SET_ARN);
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void aKnownPermissionSetThatWasRenamedIsLookedForByItsName() {
        access.permissionSets(SET_ARN, "ps-2");
        access.permissionSet(SET_ARN, "Renamed", "PT4H");
        access.permissionSet("ps-2", "AdministratorAccess", "PT4H");

        assertThat(access.grantAgain().permissionSetArn()).isEqualTo("ps-2");
    }

    @Test
    void aKnownPermissionSetThatWasDeletedIsCreatedAgain() {
        access.permissionSets();
        access.permissionSetDeleted(SET_ARN);
        access.assignments();

        access.grantAgain();

        assertThat(access.writes())
                .contains("CreatePermissionSet", "AttachManagedPolicyToPermissionSet", "CreateAccountAssignment");
    }

    @Test
    void aForeignPermissionSetOfThatNameWithoutThePolicyIsLeftAloneAndBlocks() {
        access.foreign();
        access.policies("arn:aws:iam::aws:policy/ReadOnlyAccess");

        assertThat(outcome(access.grant()))
                .isEqualTo(Outcome.Blocked.because(PERMISSION_SET_TAKEN, "AdministratorAccess"));
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void aForeignPermissionSetOfThatNameWithThePolicyIsAdoptedAsItIs() {
        access.foreign();
        access.permissionSet(SET_ARN, "AdministratorAccess", "PT12H");

        assertThat(effects(access.grant()))
                .containsExactly(
                        new Effect(ADOPTED, "permission set AdministratorAccess", SET_ARN),
                        new Effect(ADOPTED, "group Administrators", "g-found"));
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void ourPermissionSetWithoutThePolicyIsRepairedAndProvisionedAgain() {
        access.policies();

        assertThat(effects(access.grantAgain()))
                .containsExactly(
                        new Effect(
                                REPAIRED,
                                "policy AdministratorAccess in permission set AdministratorAccess",
                                POLICY_ARN),
                        new Effect(UPDATED, "permission set provisioned to account 111122223333", SET_ARN));
        assertThat(access.writes())
                .containsExactly(
                        NOTE,
                        REPAIR + "policy AdministratorAccess in permission set AdministratorAccess",
                        "AttachManagedPolicyToPermissionSet",
                        "note REPAIR#2026-11-19T10:15:30Z#ADMIN_ACCESS#permission set provisioned to account 111122223333",
                        "ProvisionPermissionSet");
        verify(access.ssoAdmin)
                .provisionPermissionSet(ProvisionPermissionSetRequest.builder()
                        .instanceArn(ORGANIZATION_INSTANCE.instanceArn())
                        .permissionSetArn(SET_ARN)
                        .targetType(ProvisionTargetType.AWS_ACCOUNT)
                        .targetId("111122223333")
                        .build());
    }

    @Test
    void anotherSessionDurationInTheParametersIsAnUpdateAndNoRepair() {
        access.permissionSet(SET_ARN, "AdministratorAccess", "PT1H");

        assertThat(effects(access.grantAgain()))
                .containsExactly(
                        new Effect(UPDATED, "session duration of permission set AdministratorAccess", SET_ARN),
                        new Effect(UPDATED, "permission set provisioned to account 111122223333", SET_ARN));
        assertThat(access.writes())
                .containsExactly(
                        "note REPAIR#2026-11-19T10:15:30Z#ADMIN_ACCESS#session duration of permission set AdministratorAccess",
                        "UpdatePermissionSet",
                        "note REPAIR#2026-11-19T10:15:30Z#ADMIN_ACCESS#permission set provisioned to account 111122223333",
                        "ProvisionPermissionSet");
        verify(access.ssoAdmin)
                .updatePermissionSet(UpdatePermissionSetRequest.builder()
                        .instanceArn(ORGANIZATION_INSTANCE.instanceArn())
                        .permissionSetArn(SET_ARN)
                        .sessionDuration("PT4H")
                        .build());
    }

    @Test
    void aChangedSetThatIsNotAssignedYetIsProvisionedByItsAssignment() {
        access.policies();
        access.assignments();

        access.grant();

        assertThat(access.writes())
                .containsExactly(NOTE, "AttachManagedPolicyToPermissionSet", NOTE, "CreateAccountAssignment");
    }

    @Test
    void aSetThatARunChangedBeforeItDiedIsProvisionedByTheNext() {
        access.outdated("ps-other", SET_ARN);

        assertThat(outcome(access.finished(access.grantAgain()))).isEqualTo(HAS_ACCESS);
        assertThat(access.writes())
                .containsExactly(
                        "note REPAIR#2026-11-19T10:15:30Z#ADMIN_ACCESS#permission set provisioned to account 111122223333",
                        "ProvisionPermissionSet");
    }

    @Test
    void otherSetsThatAreOutdatedAreNotOurBusiness() {
        access.outdated("ps-other");

        access.grantAgain();

        assertThat(access.writes()).isEmpty();
    }

    @Test
    void whileAwsWorksOnTheAssignment_theReportIsPendingWithAllThatIsNeededToGoOn() {
        access.assignments();
        access.assignmentIs(StatusValues.IN_PROGRESS, null);

        Access report = access.grant();

        assertThat(outcome(report)).isEqualTo(new Outcome.Unknown("AWS is still working on the assignment."));
        assertThat(report.pending())
                .isEqualTo(new Pending(
                        new AccessOrder(AccessOrder.Kind.ASSIGNMENT, "assignment-1"),
                        "g-found",
                        SET_ARN,
                        List.of(
                                new Effect(ADOPTED, "group Administrators", "g-found"),
                                new Effect(CREATED, "assignment to account 111122223333", "assignment-1"))));
    }

    @ParameterizedTest
    @EnumSource(AccessOrder.Kind.class)
    void goingOn_whenAwsSucceeded_isDoneAndTellsWhatWasDone(AccessOrder.Kind kind) {
        assertThat(access.goOn(pending(kind)))
                .isEqualTo(new Access(
                        Findings.of(new Finding(
                                Prerequisite.ADMIN_ACCESS,
                                HAS_ACCESS,
                                List.of(new Effect(CREATED, "group Administrators", "g-new")))),
                        null,
                        "g-new",
                        SET_ARN,
                        null));
        assertThat(access.writes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(AccessOrder.Kind.class)
    void goingOn_whenAwsFailed_isBlockedWithAwssReason(AccessOrder.Kind kind) {
        String reason = "Received a 404 status error: Not supported IAM Account.";
        access.assignmentIs(StatusValues.FAILED, reason);
        access.provisioningIs(StatusValues.FAILED, reason);

        Access report = access.goOn(pending(kind));

        assertThat(outcome(report)).isEqualTo(Outcome.Blocked.because(ASSIGNMENT_FAILED, reason));
        assertThat(report.pending()).isNull();
    }

    /** In the words of a public failure: https://github.com/awslabs/landing-zone-accelerator-on-aws/issues/496 */
    @ParameterizedTest
    @EnumSource(AccessOrder.Kind.class)
    void goingOn_whenIamRefusedWhatWasOrdered_isDeniedAndNamesTheAction(AccessOrder.Kind kind) {
        String reason = "Received a 403 status error: Access denied by IAM. Please check your policy, or wait for role"
                + " propagation to complete. IAM Error: User: arn:aws:sts::111122223333:assumed-role/GrantAccess/x is not"
                + " authorized to perform: iam:CreateSAMLProvider on resource:"
                + " arn:aws:iam::111122223333:saml-provider/AWSSSO_02bd733d488a555c_DO_NOT_DELETE because no identity-based"
                + " policy allows the iam:CreateSAMLProvider action (Service: AmazonIdentityManagement; Status Code: 403)";
        access.assignmentIs(StatusValues.FAILED, reason);
        access.provisioningIs(StatusValues.FAILED, reason);

        Access report = access.goOn(pending(kind));

        assertThat(outcome(report)).isEqualTo(Outcome.Blocked.because(ACCESS_DENIED, "iam:CreateSAMLProvider"));
        assertThat(report.setback()).isEqualTo(new Setback(Setback.Kind.GIVEN_UP, reason, 0));
    }

    @Test
    void whatAwsGaveUp_isNotOrderedAgainWithinAnHourOfTheSameExecution() {
        Setback setback = new Setback(Setback.Kind.GIVEN_UP, "not authorized to perform: iam:CreateRole", 60);

        Access report = nothing.grantAfter(60 + 3_599, setback);

        assertThat(nothing.writes()).doesNotContain("CreateAccountAssignment");
        assertThat(outcome(report)).isEqualTo(Outcome.Blocked.because(ACCESS_DENIED, "iam:CreateRole"));
        assertThat(report.setback()).isEqualTo(setback);
    }

    @Test
    void whatAwsGaveUp_isOrderedAgainAfterAnHour() {
        Setback setback = new Setback(Setback.Kind.GIVEN_UP, "not authorized to perform: iam:CreateRole", 60);

        Access report = nothing.finished(nothing.grantAfter(60 + 3_600, setback));

        assertThat(nothing.writes()).contains("CreateAccountAssignment");
        assertThat(outcome(report)).isEqualTo(HAS_ACCESS);
        assertThat(report.setback()).isNull();
    }

    @Test
    void whatAwsGaveUp_holdsNothingUpWhereNothingIsMissingAnyMore() {
        Access report = access.grantAfter(120, new Setback(Setback.Kind.GIVEN_UP, "An internal error occurred", 60));

        assertThat(outcome(report)).isEqualTo(HAS_ACCESS);
        assertThat(report.setback()).isNull();
    }

    @Test
    void goingOn_whenAwsFailedAndGaveNoReason_saysThat() {
        access.assignmentIs(StatusValues.FAILED, null);

        assertThat(outcome(access.goOn(pending(AccessOrder.Kind.ASSIGNMENT))))
                .isEqualTo(Outcome.Blocked.because(ASSIGNMENT_FAILED, "AWS gave no reason."));
    }

    @ParameterizedTest
    @EnumSource(
            value = StatusValues.class,
            names = {"IN_PROGRESS", "UNKNOWN_TO_SDK_VERSION"})
    void goingOn_whenAwsIsNotDone_staysPending(StatusValues status) {
        access.assignmentIs(status, null);
        Pending pending = pending(AccessOrder.Kind.ASSIGNMENT);

        assertThat(access.goOn(pending).pending()).isEqualTo(pending);
    }

    @Test
    void goingOn_whenAwsDenies_isBlockedAndNoLongerPending() {
        willThrow(AwsErrors.denied(SsoAdminException.builder(), "sso:DescribeAccountAssignmentCreationStatus"))
                .given(access.ssoAdmin)
                .describeAccountAssignmentCreationStatus(any(DescribeAccountAssignmentCreationStatusRequest.class));

        Access report = access.goOn(pending(AccessOrder.Kind.ASSIGNMENT));

        assertThat(outcome(report))
                .isEqualTo(Outcome.Blocked.because(ACCESS_DENIED, "sso:DescribeAccountAssignmentCreationStatus"));
        assertThat(report.pending()).isNull();
    }

    @Test
    void goingOn_whenThrottled_isTriedAgain() {
        willThrow(AwsErrors.throttled(SsoAdminException.builder()))
                .given(access.ssoAdmin)
                .describeAccountAssignmentCreationStatus(any(DescribeAccountAssignmentCreationStatusRequest.class));

        assertThatThrownBy(() -> access.goOn(pending(AccessOrder.Kind.ASSIGNMENT)))
                .isInstanceOf(TryAgainException.class);
    }

    @Test
    void tooManyAssignmentsUnderWay_isAskedAgainLikeAnOrder() {
        assignmentFails(AwsErrors.error(
                ServiceQuotaExceededException.builder(),
                "ServiceQuotaExceededException",
                "Too many outstanding account assignments"));

        assertThatThrownBy(nothing::grant)
                .isInstanceOf(TryAgainException.class)
                .hasMessageContaining("Too many outstanding account assignments");
    }

    @Test
    void anotherOperationOnTheSameAccount_isAskedAgainLikeAnOrder() {
        assignmentFails(AwsErrors.error(ConflictException.builder(), "ConflictException", "Concurrent operation"));

        assertThat(nothing.grant().pending()).isNotNull();
    }

    @Test
    void aConflictThatLastsAnHour_isToldInAwssOwnWords() {
        assignmentFails(AwsErrors.error(ConflictException.builder(), "ConflictException", "Concurrent operation"));

        Setback first = nothing.grantAfter(60, null).setback();
        Access meanwhile = nothing.grantAfter(3_659, first);
        Access later = nothing.grantAfter(3_660, meanwhile.setback());

        assertThat(first).isEqualTo(new Setback(Setback.Kind.NOT_YET, "Concurrent operation", 60));
        assertThat(outcome(meanwhile)).isInstanceOf(Outcome.Unknown.class);
        assertThat(outcome(later)).isEqualTo(Outcome.Blocked.because(ASSIGNMENT_FAILED, "Concurrent operation"));
        assertThat(later.pending()).isNull();
        assertThat(later.setback()).isEqualTo(first);
    }

    @Test
    void aConflictAfterSomethingElse_beginsItsOwnHour() {
        assignmentFails(AwsErrors.error(ConflictException.builder(), "ConflictException", "Concurrent operation"));

        assertThat(nothing.grantAfter(7_200, new Setback(Setback.Kind.GIVEN_UP, "Not supported", 60))
                        .setback())
                .isEqualTo(new Setback(Setback.Kind.NOT_YET, "Concurrent operation", 7_200));
    }

    @Test
    void aGroupThatIsNotVisibleYet_isAskedAgainLikeAnOrder() {
        assignmentFails(
                AwsErrors.error(ResourceNotFoundException.builder(), "ResourceNotFoundException", "GROUP not found"));

        assertThat(nothing.grant().pending()).isNotNull();
    }

    /** Else a group would be created that may exist. */
    @Test
    void aKeyThatIsGone_isNotTakenForAGroupThatIsMissing() {
        willThrow(AwsErrors.error(
                        software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException.builder()
                                .reason("KMS_KEY_NOT_FOUND"),
                        "ResourceNotFoundException",
                        "Key not found"))
                .given(access.identityStore)
                .getGroupId(any(GetGroupIdRequest.class));

        Access report = access.grant();

        assertThat(outcome(report).what()).contains("KMS_KEY_NOT_FOUND");
        assertThat(report.pending()).isNull();
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void aKeyThatIsGone_isNotTakenForAPermissionSetThatIsMissing() {
        willThrow(AwsErrors.error(
                        ResourceNotFoundException.builder().reason("KMS_NotFoundException"),
                        "ResourceNotFoundException",
                        "Key not found"))
                .given(access.ssoAdmin)
                .describePermissionSet(any(DescribePermissionSetRequest.class));

        assertThat(outcome(access.grant()).what()).contains("KMS_NotFoundException");
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void tooManyPermissionSets_isAQuotaThatAPersonHasToRaise() {
        willThrow(AwsErrors.error(
                        ServiceQuotaExceededException.builder(), "ServiceQuotaExceededException", "3500 at most."))
                .given(nothing.ssoAdmin)
                .createPermissionSet(any(CreatePermissionSetRequest.class));

        assertThat(outcome(nothing.grant())).isEqualTo(Outcome.Blocked.because(SERVICE_QUOTA, "3500 at most."));
    }

    @Test
    void whenAwsDeniesAWrite_theActionIsNamedAndWhatWasDoneBeforeIsTold() {
        assignmentFails(AwsErrors.denied(SsoAdminException.builder(), "iam:CreateRole"));

        Access report = nothing.grant();

        assertThat(outcome(report)).isEqualTo(Outcome.Blocked.because(ACCESS_DENIED, "iam:CreateRole"));
        assertThat(effects(report)).extracting(Effect::resource).contains("group Administrators");
    }

    @Test
    void whenAwsDeniesARead_nothingIsWritten() {
        willThrow(AwsErrors.denied(SsoAdminException.builder(), "sso:ListPermissionSets"))
                .given(nothing.ssoAdmin)
                .listPermissionSets(any(ListPermissionSetsRequest.class));

        assertThat(outcome(nothing.grant()))
                .isEqualTo(Outcome.Blocked.because(ACCESS_DENIED, "sso:ListPermissionSets"));
        assertThat(nothing.writes()).isEmpty();
    }

    @Test
    void whenAReadIsThrottled_itIsTriedAgain() {
        willThrow(AwsErrors.throttled(IdentitystoreException.builder()))
                .given(access.identityStore)
                .listGroupMemberships(any(ListGroupMembershipsRequest.class));

        assertThatThrownBy(access::grant).isInstanceOf(TryAgainException.class);
    }

    @Test
    void aPlanForAnEmptyIdentityCenterListsEverythingAndWritesNothing() {
        assertThat(nothing.planWithoutUser())
                .isEqualTo(new Access(
                        Findings.of(new Finding(
                                Prerequisite.ADMIN_ACCESS,
                                new Outcome.Planned(HAS_ACCESS.what()),
                                List.of(
                                        new Effect(CREATED, "permission set AdministratorAccess", null),
                                        new Effect(
                                                CREATED,
                                                "policy AdministratorAccess in permission set AdministratorAccess",
                                                null),
                                        new Effect(CREATED, "group Administrators", null),
                                        new Effect(CREATED, "membership in group Administrators", null),
                                        new Effect(CREATED, "assignment to account 111122223333", null)))),
                        null,
                        null,
                        null,
                        null));
        assertThat(nothing.writes()).isEmpty();
    }

    @Test
    void aPlanPromisesTheUpdateThatARunMakes() {
        access.permissionSet(SET_ARN, "AdministratorAccess", "PT1H");

        List<Effect> planned = effects(access.plan());

        assertThat(access.writes()).isEmpty();
        assertThat(planned).isEqualTo(effects(access.grant()));
    }

    @Test
    void aPlanWithEverythingInPlaceIsDone() {
        assertThat(outcome(access.plan())).isEqualTo(HAS_ACCESS);
    }

    private void assignmentFails(RuntimeException failure) {
        willThrow(failure).given(nothing.ssoAdmin).createAccountAssignment(any(CreateAccountAssignmentRequest.class));
    }

    private static Pending pending(AccessOrder.Kind kind) {
        String requestId = switch (kind) {
            case ASSIGNMENT -> "assignment-1";
            case PROVISIONING -> "provisioning-1";
        };
        return new Pending(
                new AccessOrder(kind, requestId),
                "g-new",
                SET_ARN,
                List.of(new Effect(CREATED, "group Administrators", "g-new")));
    }

    private static Outcome outcome(Access report) {
        return report.findings().all().getFirst().outcome();
    }

    private static List<Effect> effects(Access report) {
        return report.findings().all().getFirst().effects();
    }
}
