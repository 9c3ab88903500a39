package groundwork.access;

import static groundwork.access.ReservedRoleInPlace.denied;
import static groundwork.access.ReservedRoleInPlace.noSuchEntity;
import static groundwork.checklist.BlockedReason.ACCESS_LIMITED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import groundwork.checklist.Effect;
import groundwork.checklist.Outcome;
import groundwork.runtime.AwsErrors;
import groundwork.runtime.TryAgainException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetSamlProviderRequest;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.ssoadmin.model.GetInlinePolicyForPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.GetPermissionsBoundaryForPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListCustomerManagedPolicyReferencesInPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.PermissionsBoundary;
import software.amazon.awssdk.services.ssoadmin.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssoadmin.model.SsoAdminException;
import software.amazon.awssdk.services.ssoadmin.model.StatusValues;

/** What takes away the access that is in place. */
class GrantAccessLimitsTest {
    private static final String HAS_ACCESS =
            "The administrators' group has administrator access to account 111122223333.";
    private static final String DENY_ALL_ARN = "arn:aws:iam::aws:policy/AWSDenyAll";
    private static final String GUARDRAIL_ARN = "arn:aws:iam::111122223333:policy/Guardrail";
    private static final String MEMBER = "444455556666";

    private static final String ALLOW_ALL =
            "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}]}";
    private static final String DENY_ALL =
            "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}]}";
    private static final String DENY_LITTLE =
            "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"s3:DeleteBucket\", \"Resource\": \"*\"}]}";

    private final AccessInPlace access = new AccessInPlace();

    @Test
    void aDenyingAwsManagedPolicyInTheSet_isNamedWithALinkToTheSet() {
        access.policies(AccessInPlace.POLICY_ARN, DENY_ALL_ARN);
        access.role.policy(DENY_ALL_ARN, DENY_ALL);

        Outcome outcome = outcome(access.grantAgain());

        assertThat(outcome)
                .isEqualTo(Outcome.Blocked.because(
                        ACCESS_LIMITED,
                        "The policy AWSDenyAll of the permission set AdministratorAccess denies iam:CreateRole and 12 more"
                                + " actions that an administrator needs.",
                        URI.create("https://eu-central-1.console.aws.amazon.com/singlesignon/home?region=eu-central-1"
                                + "#/instances/1234567890abcdef/permission-sets/details/ps-0123456789abcdef")));
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void aDenyingInlinePolicy_limits() {
        access.inlinePolicy(DENY_ALL);

        assertThat(limit(access.grantAgain()))
                .startsWith("The inline policy of the permission set AdministratorAccess denies iam:CreateRole");
    }

    @Test
    void aDenyingCustomerManagedPolicy_limits() {
        access.customerManagedPolicies("Guardrail");
        access.role.attached(AccessInPlace.POLICY_ARN, GUARDRAIL_ARN);
        access.role.policy(GUARDRAIL_ARN, DENY_ALL);

        assertThat(limit(access.grantAgain()))
                .startsWith(
                        "The customer managed policy Guardrail of the permission set AdministratorAccess denies iam:CreateRole");
    }

    @Test
    void anAwsManagedBoundaryThatAllowsLess_limits() {
        String arn = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess";
        access.boundary(PermissionsBoundary.builder().managedPolicyArn(arn).build());
        access.role.policy(arn, ALLOW_ALL.replace("\"*\", \"Res", "\"s3:List*\", \"Res"));

        assertThat(limit(access.grantAgain()))
                .startsWith("The permissions boundary ViewOnlyAccess of the permission set AdministratorAccess does not"
                        + " allow iam:CreateRole");
    }

    @Test
    void aBoundaryOfTheAccountThatAllowsLess_limits() {
        access.boundary(boundaryOfTheAccount());
        access.role.boundary(GUARDRAIL_ARN);
        access.role.policy(GUARDRAIL_ARN, DENY_ALL);

        assertThat(limit(access.grantAgain())).startsWith("The permissions boundary Guardrail of the permission set");
    }

    @Test
    void whatTheRoleHasFromTheSet_isReadOnce() {
        access.customerManagedPolicies("Guardrail");
        access.boundary(PermissionsBoundary.builder()
                .customerManagedPolicyReference(
                        reference -> reference.path("/team/").name("Boundary"))
                .build());
        access.role.attached(AccessInPlace.POLICY_ARN, GUARDRAIL_ARN);
        access.role.boundary("arn:aws:iam::111122223333:policy/team/Boundary");
        access.role.policy(GUARDRAIL_ARN, ALLOW_ALL);
        access.role.policy("arn:aws:iam::111122223333:policy/team/Boundary", ALLOW_ALL);

        assertThat(outcome(access.grantAgain())).isEqualTo(new Outcome.Done(HAS_ACCESS));
        verify(access.role.iam, times(2)).getPolicy(any(GetPolicyRequest.class));
    }

    @Test
    void anAwsManagedBoundaryThatTheRoleHasFromTheSet_isReadOnce() {
        access.boundary(
                PermissionsBoundary.builder().managedPolicyArn(DENY_ALL_ARN).build());
        access.role.boundary(DENY_ALL_ARN);
        access.role.policy(DENY_ALL_ARN, ALLOW_ALL);

        assertThat(outcome(access.grantAgain())).isEqualTo(new Outcome.Done(HAS_ACCESS));
        verify(access.role.iam, times(1)).getPolicy(any(GetPolicyRequest.class));
    }

    @Test
    void aBoundaryThatAllowsEverything_doesNotLimit() {
        access.boundary(PermissionsBoundary.builder()
                .managedPolicyArn(AccessInPlace.POLICY_ARN)
                .build());
        access.role.boundary(AccessInPlace.POLICY_ARN);

        assertThat(outcome(access.grantAgain())).isEqualTo(new Outcome.Done(HAS_ACCESS));
        verify(access.role.iam, never()).getPolicy(any(GetPolicyRequest.class));
    }

    @Test
    void aNarrowerDenial_isDoneWithARemark() {
        access.inlinePolicy(DENY_LITTLE);
        access.role.inline("AwsSSOInlinePolicy", DENY_LITTLE);

        assertThat(outcome(access.grantAgain()))
                .isEqualTo(
                        new Outcome.Done(
                                HAS_ACCESS
                                        + " The inline policy of the permission set AdministratorAccess denies some things, or denies under conditions."));
    }

    @Test
    void everythingThatLimits_isNamed() {
        access.inlinePolicy(DENY_ALL);
        access.boundary(boundaryOfTheAccount());
        access.role.policy(GUARDRAIL_ARN, DENY_LITTLE);

        assertThat(limit(access.grantAgain()))
                .contains("The inline policy of", "The permissions boundary Guardrail of");
    }

    @Test
    void aLimitedSetOfOurs_isNotCarriedToTheAccountAndTheGroupIsKept() {
        access.inlinePolicy(DENY_ALL);
        access.outdated(AccessInPlace.SET_ARN);
        access.assignments();
        access.member(false);

        access.grantAgain();

        assertThat(access.writes()).last().isEqualTo("CreateGroupMembership");
    }

    @Test
    void aLimitedSetOfSomebodyElse_isNotGivenToAnybody() {
        access.foreign();
        access.inlinePolicy(DENY_ALL);
        access.noGroup();

        assertThat(limit(access.grant())).startsWith("The inline policy");
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void aSetOfSomebodyElseWithAnInlinePolicyThatAllowsEverything_isAdopted() {
        access.foreign();
        access.policies();
        access.inlinePolicy(ALLOW_ALL);
        access.role.attached();
        access.role.inline("AwsSSOInlinePolicy", ALLOW_ALL.replace(" ", ""));

        Access report = access.grant();

        assertThat(outcome(report)).isEqualTo(new Outcome.Done(HAS_ACCESS));
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void aSetOfSomebodyElseWhoseInlinePolicyIsDenied_isNeitherAdoptedNorCalledTaken() {
        access.foreign();
        access.policies();
        willThrow(AwsErrors.denied(SsoAdminException.builder(), "sso:GetInlinePolicyForPermissionSet"))
                .given(access.ssoAdmin)
                .getInlinePolicyForPermissionSet(any(GetInlinePolicyForPermissionSetRequest.class));

        assertThat(outcome(access.grant()))
                .isEqualTo(
                        new Outcome.Unknown(
                                "Could not read the inline policy of the permission set: AWS denied sso:GetInlinePolicyForPermissionSet."));
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void inAnotherAccount_identityCenterIsExaminedAndTheLineSaysSo() {
        assertThat(outcome(access.grantIn(MEMBER)))
                .isEqualTo(
                        new Outcome.Done(
                                "The administrators' group has administrator access to account 444455556666."
                                        + " Only IAM Identity Center was examined: the role in account 444455556666 cannot be read from account 111122223333."));
        assertThat(mockingDetails(access.role.iam).getInvocations()).isEmpty();
    }

    @Test
    void inAnotherAccount_anAwsManagedBoundaryLimits() {
        access.boundary(
                PermissionsBoundary.builder().managedPolicyArn(DENY_ALL_ARN).build());
        access.role.policy(DENY_ALL_ARN, DENY_ALL);

        assertThat(limit(access.grantIn(MEMBER)))
                .startsWith("The permissions boundary AWSDenyAll of the permission set");
    }

    @Test
    void inAnotherAccount_aDenyingInlinePolicyLimits() {
        access.inlinePolicy(DENY_ALL);

        assertThat(limit(access.grantIn(MEMBER))).startsWith("The inline policy of the permission set");
    }

    @Test
    void inAnotherAccount_whatAPolicyOfThatAccountDoesIsUnknown() {
        access.customerManagedPolicies("Guardrail");
        access.boundary(boundaryOfTheAccount());

        assertThat(outcome(access.grantIn(MEMBER)))
                .isEqualTo(
                        new Outcome.Unknown(
                                "Whether anything limits the access is not known."
                                        + " The customer managed policy Guardrail of the permission set MemberAdministratorAccess is a policy of account 444455556666, which cannot be read from account 111122223333."
                                        + " The permissions boundary Guardrail of the permission set MemberAdministratorAccess is a policy of account 444455556666, which cannot be read from account 111122223333."));
    }

    @Test
    void aSetThatIsNotVisibleYet_isAskedAgainLikeAnOrder() {
        willThrow(AwsErrors.error(ResourceNotFoundException.builder(), "ResourceNotFoundException", "not found"))
                .given(access.ssoAdmin)
                .getInlinePolicyForPermissionSet(any(GetInlinePolicyForPermissionSetRequest.class));

        assertThat(access.grantAgain().pending()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sso:GetInlinePolicyForPermissionSet",
                "sso:GetPermissionsBoundaryForPermissionSet",
                "sso:ListCustomerManagedPolicyReferencesInPermissionSet",
                "iam:ListRoles",
                "iam:GetRole",
                "iam:ListAttachedRolePolicies",
                "iam:ListRolePolicies",
                "iam:GetSAMLProvider"
            })
    void whatIsDenied_leavesTheAccessUnknownAndIsNamed(String action) {
        deny(action);

        assertThat(outcome(access.grantAgain()))
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.what())
                                .startsWith("Whether anything limits the access is not known. Could not read ")
                                .endsWith("AWS denied " + action + "."));
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void aLimit_isCertainWhateverElseIsDenied_whichIsToldWithIt() {
        access.inlinePolicy(DENY_ALL);
        deny("sso:GetPermissionsBoundaryForPermissionSet");

        assertThat(limit(access.grantAgain()))
                .startsWith("The inline policy")
                .endsWith(" Could not read the permissions boundary of the permission set: AWS denied"
                        + " sso:GetPermissionsBoundaryForPermissionSet.");
    }

    @Test
    void aPolicyThatDoesNotExist_isNotGuessedAt() {
        access.customerManagedPolicies("Guardrail");
        willThrow(noSuchEntity()).given(access.role.iam).getPolicy(any(GetPolicyRequest.class));

        assertThat(outcome(access.grantAgain()).what()).endsWith("there is no such policy.");
    }

    @Test
    void whenIamIsThrottled_itIsTriedAgain() {
        willThrow(AwsErrors.throttled(IamException.builder()))
                .given(access.role.iam)
                .listRoles(any(ListRolesRequest.class));

        assertThatThrownBy(access::grantAgain).isInstanceOf(TryAgainException.class);
    }

    @Test
    void aRoleThatIsGone_isOrderedAgain() {
        access.role.roles();

        assertThat(effects(afterAMinute())).containsExactly(repaired());
        assertThat(access.writes()).last().isEqualTo("ProvisionPermissionSet");
    }

    @Test
    void aRoleThatIsDeletedWhileItIsLookedAt_isOrderedAgain() {
        willThrow(noSuchEntity()).given(access.role.iam).getRole(any(GetRoleRequest.class));

        assertThat(effects(afterAMinute())).containsExactly(repaired());
    }

    @Test
    void theRoleOfThisSet_isTheNewestOfItsName() {
        String old = ReservedRoleInPlace.NAME.replace("0123", "9876");
        access.role.roles(
                ReservedRoleInPlace.ROLE.toBuilder()
                        .roleName(old)
                        .createDate(ReservedRoleInPlace.ROLE.createDate().minus(Duration.ofDays(1)))
                        .build(),
                ReservedRoleInPlace.ROLE,
                ReservedRoleInPlace.ROLE.toBuilder()
                        .roleName("AWSReservedSSO_AdministratorAccess_2_0123456789abcdef")
                        .createDate(AccessInPlace.LOOK)
                        .build());

        assertThat(outcome(access.grantAgain())).isEqualTo(new Outcome.Done(HAS_ACCESS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "policy",
                "attached",
                "inline",
                "another inline",
                "no inline",
                "boundary",
                "trust",
                "denied trust",
                "trust of another kind",
                "provider"
            })
    void whateverIsWrongWithTheRole_isOrderedAgainOnceAndThenLeftToAPerson(String wrong) {
        breakRole(wrong);

        Access ordered = access.finished(afterAMinute());

        assertThat(effects(ordered)).containsExactly(repaired());
        assertThat(outcome(ordered)).isInstanceOf(Outcome.Blocked.class);
        access.now = access.now.plusSeconds(59);
        Access waiting = access.goOnAgain(ordered.pending());
        assertThat(waiting.pending()).isNotNull();
        access.now = access.now.plusSeconds(1);
        Access judged = access.goOnAgain(waiting.pending());
        Outcome limited = outcome(judged);
        assertThat(limited)
                .isInstanceOfSatisfying(
                        Outcome.Blocked.class,
                        blocked -> assertThat(blocked.reason()).isEqualTo(ACCESS_LIMITED));
        assertThat(judged.pending()).isNull();
        assertThat(outcome(access.grantAfter(limited))).isEqualTo(limited);
        assertThat(access.writes()).containsOnlyOnce("ProvisionPermissionSet");
    }

    @Test
    void whatIsWrongWithTheRole_isOrderedOnceAlsoWhileSomethingElseIsDenied() {
        breakRole("provider");
        deny("sso:GetPermissionsBoundaryForPermissionSet");
        Access ordered = access.finished(afterAMinute());
        access.now = access.now.plusSeconds(60);
        Outcome limited = outcome(access.goOnAgain(ordered.pending()));

        assertThat(outcome(access.grantAfter(limited))).isEqualTo(limited);
        assertThat(access.writes()).containsOnlyOnce("ProvisionPermissionSet");
    }

    /** The next look knows then that it has been ordered, and does not order it again. */
    @Test
    void whileAwsWorksOnABrokenRole_theLineSaysWhatIsWrongWithIt() {
        breakRole("provider");
        access.provisioningIs(StatusValues.IN_PROGRESS, null);

        Access ordered = afterAMinute();

        assertThat(limit(ordered)).contains("is gone");
        assertThat(ordered.pending().order()).isNotNull();
        assertThat(access.goOnAgain(ordered.pending())).isEqualTo(ordered);
    }

    /** A new role is not visible everywhere at once. */
    @Test
    void aRoleThatIamDoesNotShowYet_isWaitedFor() {
        access.assignments();
        access.role.roles();

        Access granted = access.finished(access.grant());
        assertThat(granted.pending().doubtedSince()).isEqualTo(AccessInPlace.LOOK);
        assertThat(access.writes()).doesNotContain("ProvisionPermissionSet");

        access.role.roles(ReservedRoleInPlace.ROLE);
        access.assignments(AccessInPlace.AccountAssignmentOf.group("g-found"));
        assertThat(outcome(access.goOn(granted.pending()))).isEqualTo(new Outcome.Done(HAS_ACCESS));
    }

    @Test
    void aRoleWithAnotherDefectThanTheLastLookEndedWith_isDoubtedAgain() {
        breakRole("provider");

        Access report = access.grantAfter(
                Outcome.Blocked.because(ACCESS_LIMITED, "The role X lacks the policy AdministratorAccess."));

        assertThat(outcome(report)).isInstanceOf(Outcome.Unknown.class);
        assertThat(report.pending().doubtedSince()).isEqualTo(AccessInPlace.LOOK);
    }

    @Test
    void aPlan_saysThatTheRoleWouldBeRepaired() {
        breakRole("policy");

        Access report = access.plan();

        assertThat(outcome(report)).isEqualTo(new Outcome.Planned(HAS_ACCESS));
        assertThat(effects(report))
                .extracting(Effect::resource)
                .contains(repaired().resource());
        assertThat(access.writes()).isEmpty();
    }

    @Test
    void aTrustPolicyWithFurtherConditions_isARemark() {
        access.role.trust("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:*",
                 "Principal": {"Federated": ["%s"]}, "Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}}]}
                """.formatted(ReservedRoleInPlace.PROVIDER));

        assertThat(outcome(access.grantAgain()).what()).endsWith("lets users in under conditions only.");
    }

    @Test
    void anInlinePolicyOfTheRoleThatIsNone_isNotGuessedAt() {
        access.inlinePolicy(DENY_LITTLE);
        access.role.inline("AwsSSOInlinePolicy", "{}");

        assertThat(outcome(access.grantAgain())).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void aTrustPolicyThatIsNone_isNotGuessedAt() {
        access.role.trust("{}");

        assertThat(outcome(access.grantAgain())).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void furtherPoliciesOfTheRoleThatTakeNothing_areNobodysBusiness() {
        access.role.attached(AccessInPlace.POLICY_ARN, GUARDRAIL_ARN);
        access.role.policy(GUARDRAIL_ARN, ALLOW_ALL);
        access.role.inline("more", ALLOW_ALL);

        assertThat(outcome(access.grantAgain())).isEqualTo(new Outcome.Done(HAS_ACCESS));
    }

    /** Whatever there is in the organization, a look that finds everything in place asks IAM this and no more. */
    @Test
    void aLookAtAccessInPlace_asksIamFiveThings() {
        access.grantAgain();

        assertThat(mockingDetails(access.role.iam).getInvocations().stream()
                        .filter(call -> call.getRawArguments()[0]
                                        instanceof software.amazon.awssdk.services.iam.model.IamRequest
                                && !call.getMethod().getName().endsWith("Paginator"))
                        .map(call -> call.getMethod().getName()))
                .containsExactly(
                        "listRoles", "getRole", "getSAMLProvider", "listAttachedRolePolicies", "listRolePolicies");
    }

    /** A look that sees a broken role, and goes on with it when IAM must show what there is. */
    private Access afterAMinute() {
        Access doubted = access.grantAgain();
        assertThat(access.writes()).isEmpty();
        access.now = access.now.plusSeconds(60);
        return access.goOnAgain(doubted.pending());
    }

    private static PermissionsBoundary boundaryOfTheAccount() {
        return PermissionsBoundary.builder()
                .customerManagedPolicyReference(reference -> reference.name("Guardrail"))
                .build();
    }

    private void breakRole(String wrong) {
        switch (wrong) {
            case "policy" -> access.role.attached();
            case "attached" -> {
                access.role.attached(AccessInPlace.POLICY_ARN, DENY_ALL_ARN);
                access.role.policy(DENY_ALL_ARN, DENY_ALL);
            }
            case "inline" -> access.role.inline("lockdown", DENY_ALL);
            case "another inline" -> {
                access.inlinePolicy(DENY_LITTLE);
                access.role.inline("AwsSSOInlinePolicy", DENY_ALL);
            }
            case "no inline" -> {
                access.policies();
                access.inlinePolicy(ALLOW_ALL);
                access.role.inline("AwsSSOInlinePolicy", DENY_LITTLE);
            }
            case "boundary" -> {
                access.role.boundary(DENY_ALL_ARN);
                access.role.policy(DENY_ALL_ARN, DENY_ALL);
            }
            case "trust" -> access.role.trust("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithSAML",
                         "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/Okta"}}]}""");
            case "trust of another kind" -> access.role.trust("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                         "Principal": {"Federated": "%1$s"}}, {"Effect": "Deny", "Action": "sts:AssumeRoleWithSAML",
                         "Principal": {"Federated": "%1$s"}, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}""".formatted(ReservedRoleInPlace.PROVIDER));
            case "denied trust" -> access.role.trust("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*",
                         "Principal": {"Federated": "%s"}}, {"Effect": "Deny", "Action": "*", "Principal": "*"}]}""".formatted(ReservedRoleInPlace.PROVIDER));
            case "provider" -> access.role.samlProviderDeleted();
            default -> throw new IllegalArgumentException(wrong);
        }
    }

    private void deny(String action) {
        switch (action) {
            case "sso:GetInlinePolicyForPermissionSet" ->
                willThrow(AwsErrors.denied(SsoAdminException.builder(), action))
                        .given(access.ssoAdmin)
                        .getInlinePolicyForPermissionSet(any(GetInlinePolicyForPermissionSetRequest.class));
            case "sso:GetPermissionsBoundaryForPermissionSet" ->
                willThrow(AwsErrors.denied(SsoAdminException.builder(), action))
                        .given(access.ssoAdmin)
                        .getPermissionsBoundaryForPermissionSet(
                                any(GetPermissionsBoundaryForPermissionSetRequest.class));
            case "sso:ListCustomerManagedPolicyReferencesInPermissionSet" ->
                willThrow(AwsErrors.denied(SsoAdminException.builder(), action))
                        .given(access.ssoAdmin)
                        .listCustomerManagedPolicyReferencesInPermissionSet(
                                any(ListCustomerManagedPolicyReferencesInPermissionSetRequest.class));
            case "iam:ListRoles" ->
                willThrow(denied(action)).given(access.role.iam).listRoles(any(ListRolesRequest.class));
            case "iam:GetRole" ->
                willThrow(denied(action)).given(access.role.iam).getRole(any(GetRoleRequest.class));
            case "iam:ListAttachedRolePolicies" ->
                willThrow(denied(action))
                        .given(access.role.iam)
                        .listAttachedRolePolicies(any(ListAttachedRolePoliciesRequest.class));
            case "iam:ListRolePolicies" ->
                willThrow(denied(action)).given(access.role.iam).listRolePolicies(any(ListRolePoliciesRequest.class));
            case "iam:GetSAMLProvider" ->
                willThrow(denied(action)).given(access.role.iam).getSAMLProvider(any(GetSamlProviderRequest.class));
            default -> throw new IllegalArgumentException(action);
        }
    }

    private static Effect repaired() {
        return new Effect(
                Effect.Kind.REPAIRED,
                "access through the role of permission set AdministratorAccess in account 111122223333",
                "provisioning-1");
    }

    private static String limit(Access report) {
        assertThat(outcome(report)).isInstanceOf(Outcome.Blocked.class);
        Outcome.Blocked blocked = (Outcome.Blocked) outcome(report);
        assertThat(blocked.reason()).isEqualTo(ACCESS_LIMITED);
        return blocked.subject();
    }

    private static Outcome outcome(Access report) {
        return report.findings().all().getFirst().outcome();
    }

    private static List<Effect> effects(Access report) {
        return report.findings().all().getFirst().effects();
    }
}
