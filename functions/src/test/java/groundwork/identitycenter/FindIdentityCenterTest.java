package groundwork.identitycenter;

import static groundwork.checklist.BlockedReason.ACCESS_DENIED;
import static groundwork.checklist.BlockedReason.ACCOUNT_INSTANCE_ONLY;
import static groundwork.checklist.BlockedReason.DELEGATED_ADMINISTRATOR_LIMIT;
import static groundwork.checklist.BlockedReason.IDENTITY_CENTER_IN_OTHER_REGION;
import static groundwork.checklist.BlockedReason.IDENTITY_CENTER_NOT_ENABLED;
import static groundwork.checklist.BlockedReason.NOT_MANAGEMENT_ACCOUNT;
import static groundwork.checklist.BlockedReason.NO_ORGANIZATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.runtime.AwsErrors;
import groundwork.runtime.TryAgainException;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.account.model.AccountException;
import software.amazon.awssdk.services.account.model.GetAccountInformationRequest;
import software.amazon.awssdk.services.account.model.GetAccountInformationResponse;
import software.amazon.awssdk.services.account.model.RegionOptStatus;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;
import software.amazon.awssdk.services.organizations.model.DelegatedAdministrator;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationRequest;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationResponse;
import software.amazon.awssdk.services.organizations.model.ListDelegatedAdministratorsRequest;
import software.amazon.awssdk.services.organizations.model.ListDelegatedAdministratorsResponse;
import software.amazon.awssdk.services.organizations.model.OrganizationsException;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AccessDeniedException;
import software.amazon.awssdk.services.ssoadmin.model.AccessDeniedExceptionReason;
import software.amazon.awssdk.services.ssoadmin.model.InstanceMetadata;
import software.amazon.awssdk.services.ssoadmin.model.InstanceStatus;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListPermissionSetsRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListPermissionSetsResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListRegionsRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListRegionsResponse;
import software.amazon.awssdk.services.ssoadmin.model.RegionMetadata;
import software.amazon.awssdk.services.ssoadmin.model.SsoAdminException;
import software.amazon.awssdk.services.ssoadmin.model.ValidationException;
import software.amazon.awssdk.services.ssoadmin.model.ValidationExceptionReason;

/** The stack is in eu-central-1; unless a test says otherwise, its account manages an organization. */
class FindIdentityCenterTest {
    private static final String HERE = "eu-central-1";
    private static final String ACCOUNT = "111122223333";
    private static final String ANOTHER_ACCOUNT = "444455556666";
    private static final String INSTANCE_ARN = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
    private static final URI CONSOLE =
            URI.create("https://eu-central-1.console.aws.amazon.com/singlesignon/home?region=eu-central-1#!/");

    private final OrganizationsClient organizations = mock(OrganizationsClient.class, CALLS_REAL_METHODS);
    private final AccountClient account = mock(AccountClient.class, CALLS_REAL_METHODS);
    private final Map<String, SsoAdminClient> regions = new HashMap<>();
    private final FindIdentityCenterHandler handler = new FindIdentityCenterHandler(
            Map.of("ACCOUNT_ID", ACCOUNT, "AWS_REGION", HERE), organizations, account, region -> in(region.id()));

    @BeforeEach
    void managementAccountWithTwoRegions() {
        managementAccount(ACCOUNT);
        delegatedAdministrators();
        enabledRegions(HERE, "us-east-1");
        in(HERE);
        willReturn(GetAccountInformationResponse.builder()
                        .accountName("Example")
                        .build())
                .given(account)
                .getAccountInformation(any(GetAccountInformationRequest.class));
    }

    @Test
    void anActiveOrganizationInstanceWithItsPrimaryRegionHereIsUsed() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion(HERE, HERE);

        assertThat(find())
                .isEqualTo(new FindIdentityCenterHandler.Report(
                        Findings.of(new Finding(
                                Prerequisite.IDENTITY_CENTER,
                                new Outcome.Done(
                                        "The organization instance is active (identity store d-1234567890)."))),
                        new Instance(INSTANCE_ARN, "d-1234567890"),
                        "Example"));
    }

    /** What it changes there is recorded there. */
    @Test
    void aDelegatedAdministratorIsNamedWithWhatStaysUnseen() {
        delegatedAdministrators("444455556666");
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion(HERE, HERE);

        assertThat(identityCenter().what())
                .isEqualTo(
                        "The organization instance is active (identity store d-1234567890). Account 444455556666 administers"
                                + " it, too. What is changed there, but for users, groups and memberships, wakes nobody: the schedule"
                                + " finds it.");
    }

    @Test
    void whetherThereIsADelegatedAdministrator_holdsNothingUp() {
        willThrow(AwsErrors.denied(OrganizationsException.builder(), "organizations:ListDelegatedAdministrators"))
                .given(organizations)
                .listDelegatedAdministrators(any(ListDelegatedAdministratorsRequest.class));
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion(HERE, HERE);

        assertThat(identityCenter().what())
                .isEqualTo("The organization instance is active (identity store d-1234567890).");
    }

    private void delegatedAdministrators(String... accounts) {
        willReturn(ListDelegatedAdministratorsResponse.builder()
                        .delegatedAdministrators(Arrays.stream(accounts)
                                .map(id ->
                                        DelegatedAdministrator.builder().id(id).build())
                                .toList())
                        .build())
                .given(organizations)
                .listDelegatedAdministrators(any(ListDelegatedAdministratorsRequest.class));
    }

    @Test
    void withoutTheNameOfTheAccountTheRestIsFoundAllTheSame() {
        willThrow(AwsErrors.denied(AccountException.builder(), "account:GetAccountInformation"))
                .given(account)
                .getAccountInformation(any(GetAccountInformationRequest.class));
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion(HERE, HERE);

        assertThat(find().accountName()).isNull();
        assertThat(find().instance()).isNotNull();
    }

    @Test
    void anotherAccountIsNotCalledByTheNameOfThisOne() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion(HERE, HERE);

        assertThat(handler.handleRequest(new FindIdentityCenterHandler.Request(ANOTHER_ACCOUNT, null), null)
                        .accountName())
                .isNull();
    }

    /** DescribeOrganization may be called once a second, and there may be thousands of members. */
    @Test
    void forAMember_theOrganizationIsNotAskedWhereEverythingIsAsItShouldBe() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion(HERE, HERE);

        assertThat(findForMember().instance()).isEqualTo(new Instance(INSTANCE_ARN, "d-1234567890"));
        verifyNoInteractions(organizations, account);
    }

    @Test
    void forAMember_whatIsWrongIsSaidAsForTheStacksOwnAccount() {
        managementAccount(ANOTHER_ACCOUNT);
        instances(HERE);

        assertThat(findForMember().findings().all()).isEqualTo(find().findings().all());
        assertThat(findForMember().findings().outcome(Prerequisite.ADMIN_ACCESS))
                .isEqualTo(Outcome.Blocked.because(BlockedReason.NOT_MANAGEMENT_ACCOUNT, ANOTHER_ACCOUNT));
    }

    /** Identity Center takes twenty requests a second, of which these would be two for each of thousands of accounts. */
    @Test
    void forAMember_theInstanceThatTheStacksOwnAccountUsesIsNotTriedAgain() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion(HERE, HERE);
        Outcome ofHub = identityCenter();
        clearInvocations(in(HERE));

        assertThat(findForMember(ofHub).instance()).isEqualTo(new Instance(INSTANCE_ARN, "d-1234567890"));
        verify(in(HERE)).listInstances(any(ListInstancesRequest.class));
        verify(in(HERE), never()).listRegions(any(ListRegionsRequest.class));
        verify(in(HERE), never()).listPermissionSets(any(ListPermissionSetsRequest.class));
    }

    @Test
    void forAMember_theInstanceThatTheStacksOwnAccountUsesIsNotTriedAgain_alsoBesideADelegatedAdministrator() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion(HERE, HERE);
        delegatedAdministrators("444455556666");
        Outcome ofHub = identityCenter();
        clearInvocations(in(HERE));

        assertThat(findForMember(ofHub).instance()).isEqualTo(new Instance(INSTANCE_ARN, "d-1234567890"));
        verify(in(HERE)).listInstances(any(ListInstancesRequest.class));
        verify(in(HERE), never()).listRegions(any(ListRegionsRequest.class));
        verify(in(HERE), never()).listPermissionSets(any(ListPermissionSetsRequest.class));
    }

    /** What was an organization instance stays one; where its primary Region is, is asked all the same. */
    @Test
    void whetherTheInstanceOnRecordIsOneOfTheOrganizationIsNotTriedAgain() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion(HERE, HERE);
        Outcome onRecord = identityCenter();
        clearInvocations(in(HERE));

        assertThat(handler.handleRequest(new FindIdentityCenterHandler.Request(ACCOUNT, onRecord), null)
                        .instance())
                .isNotNull();
        verify(in(HERE)).listRegions(any(ListRegionsRequest.class));
        verify(in(HERE), never()).listPermissionSets(any(ListPermissionSetsRequest.class));
    }

    @Test
    void forAMember_anInstanceThatIsNotTheOneOnRecordIsTried() {
        Outcome ofHub = new Outcome.Done("The organization instance is active (identity store d-0987654321).");
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion(HERE, "us-east-1");

        assertThat(findForMember(ofHub).findings().outcome(Prerequisite.IDENTITY_CENTER))
                .isEqualTo(Outcome.Blocked.because(BlockedReason.IDENTITY_CENTER_IN_OTHER_REGION, "us-east-1"));
    }

    @Test
    void forAMember_anInstanceOnRecordThatIsNotActiveAnyMoreIsNotUsed() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion(HERE, HERE);
        Outcome ofHub = identityCenter();
        instances(HERE, instance(ACCOUNT, InstanceStatus.DELETE_IN_PROGRESS));

        assertThat(findForMember(ofHub).instance()).isNull();
    }

    private FindIdentityCenterHandler.Report findForMember() {
        return findForMember(null);
    }

    private FindIdentityCenterHandler.Report findForMember(Outcome ofHub) {
        return handler.handleRequest(new FindIdentityCenterHandler.Request(ANOTHER_ACCOUNT, ofHub), null);
    }

    @Test
    void theOrganizationInstanceIsFoundOnAnyPage() {
        willReturn(ListInstancesResponse.builder()
                        .instances(instance(ANOTHER_ACCOUNT, InstanceStatus.ACTIVE))
                        .nextToken("page 2")
                        .build())
                .given(in(HERE))
                .listInstances(instancesPage(null));
        willReturn(ListInstancesResponse.builder()
                        .instances(instance(ACCOUNT, InstanceStatus.ACTIVE))
                        .build())
                .given(in(HERE))
                .listInstances(instancesPage("page 2"));
        primaryRegion(HERE, HERE);

        assertThat(find().instance()).isNotNull();
    }

    @Test
    void aReplicaIsNotUsed_theStackBelongsInThePrimaryRegion() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion(HERE, "us-east-1");

        blocked(IDENTITY_CENTER_IN_OTHER_REGION, "us-east-1");
    }

    @Test
    void whereReplicationIsNotOffered_theOnlyRegionIsThePrimaryOne() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        listRegionsFails(HERE, AwsErrors.error(SsoAdminException.builder(), "UnknownOperationException", ""));

        assertThat(find().instance()).isNotNull();
    }

    @Test
    void anInstanceThatListsNoPrimaryRegionIsUsedWhereItWasFound() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        willReturn(ListRegionsResponse.builder().regions(List.of()).build())
                .given(in(HERE))
                .listRegions(any(ListRegionsRequest.class));

        assertThat(find().instance()).isNotNull();
    }

    @Test
    void anAccountInstanceOlderThanTheOrganizationIsNotTakenForTheOrganizations() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion(HERE, HERE);
        willThrow(AwsErrors.error(
                        ValidationException.builder(),
                        "ValidationException",
                        "The operation is not supported for this Identity Center instance"))
                .given(in(HERE))
                .listPermissionSets(any(ListPermissionSetsRequest.class));

        blocked(ACCOUNT_INSTANCE_ONLY, INSTANCE_ARN);
    }

    @Test
    void anAccountInstanceThatCannotEvenListItsRegionsIsNotTakenForTheOrganizations() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        listRegionsFails(
                HERE,
                AwsErrors.error(
                        ValidationException.builder(),
                        "ValidationException",
                        "This operation is not supported for account instances"));

        blocked(ACCOUNT_INSTANCE_ONLY, INSTANCE_ARN);
    }

    /** Following the way out of an account instance, to delete it, would lose everything. */
    @Test
    void anOrganizationInstanceWhoseKeyIsDisabledIsNotTakenForAnAccountInstance() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        listRegionsFails(
                HERE,
                AwsErrors.error(
                        ValidationException.builder().reason(ValidationExceptionReason.KMS_DISABLED_EXCEPTION),
                        "ValidationException",
                        "The key is disabled"));

        report(
                new Outcome.Waiting(
                        "IAM Identity Center cannot use its customer managed KMS key (KMS_DisabledException).",
                        "Open the key in the AWS KMS console and enable it.",
                        CONSOLE),
                new Outcome.Unknown("IAM Identity Center cannot be read yet."));
    }

    @Test
    void anInstanceInTheMakingIsWaitedFor() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.CREATE_IN_PROGRESS));

        waiting(
                new Outcome.Waiting(
                        "AWS is still creating the instance of IAM Identity Center.",
                        "Nothing to do but wait a few minutes.",
                        CONSOLE),
                IDENTITY_CENTER_NOT_ENABLED);
        verify(in(HERE), never()).listRegions(any(ListRegionsRequest.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE_FAILED      | No trusted access | is CREATE_FAILED: No trusted access.",
                "CREATE_FAILED      |                   | is CREATE_FAILED.",
                "DELETE_IN_PROGRESS |                   | is DELETE_IN_PROGRESS.",
            })
    void anInstanceInAnyOtherStateNeedsAPerson(InstanceStatus status, String reason, String what) {
        instances(
                HERE, instance(ACCOUNT, status).toBuilder().statusReason(reason).build());

        waiting(
                new Outcome.Waiting(
                        "The instance of IAM Identity Center " + what,
                        "Open IAM Identity Center, see what it says, and enable it with AWS Organizations again.",
                        CONSOLE),
                IDENTITY_CENTER_NOT_ENABLED);
    }

    @Test
    void whereIdentityCenterIsEnabledNowhere_aPersonIsAskedToEnableItHere() {
        waiting(
                new Outcome.Waiting(
                        "IAM Identity Center is not enabled.",
                        "Open IAM Identity Center in Region eu-central-1, press Enable and choose \"Enable with AWS"
                                + " Organizations\". In the same visit open Settings, Authentication, Configure next to Standard authentication, and turn on \"Send email OTP\": without it the administrator's first sign-in ends at a password that nobody has.",
                        CONSOLE),
                IDENTITY_CENTER_NOT_ENABLED);
    }

    @Test
    void whereIdentityCenterIsEnabledInAnotherRegion_thatRegionIsNamed() {
        instances("us-east-1", instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion("us-east-1", "us-east-1");

        blocked(IDENTITY_CENTER_IN_OTHER_REGION, "us-east-1");
    }

    @Test
    void whereOnlyAReplicaIsFoundInAnotherRegion_thePrimaryRegionIsNamed() {
        instances("us-east-1", instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion("us-east-1", "ap-southeast-2");

        blocked(IDENTITY_CENTER_IN_OTHER_REGION, "ap-southeast-2");
    }

    @Test
    void anotherRegionWithoutReplicationIsItsOwnPrimaryRegion() {
        instances("us-east-1", instance(ACCOUNT, InstanceStatus.ACTIVE));
        listRegionsFails("us-east-1", AwsErrors.error(SsoAdminException.builder(), "UnknownOperationException", ""));

        blocked(IDENTITY_CENTER_IN_OTHER_REGION, "us-east-1");
    }

    /** AWS GovCloud (US) has no Account Management that would list them, by the endpoint data of the SDK. */
    @ParameterizedTest
    @CsvSource({"us-gov-east-1, us-gov-west-1", "cn-north-1, cn-northwest-1"})
    void whereAccountsDoNotChooseTheirRegions_everyOtherOneIsLookedInto(String here, String there) {
        willThrow(SdkClientException.create("Received an UnknownHostException"))
                .given(account)
                .listRegions(any(software.amazon.awssdk.services.account.model.ListRegionsRequest.class));
        instances(there, instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion(there, there);

        assertThat(outcome(new FindIdentityCenterHandler(
                                Map.of("ACCOUNT_ID", ACCOUNT, "AWS_REGION", here),
                                organizations,
                                account,
                                region -> in(region.id()))
                        .handleRequest(new FindIdentityCenterHandler.Request(ACCOUNT, null), null)
                        .findings()))
                .isEqualTo(Outcome.Blocked.because(IDENTITY_CENTER_IN_OTHER_REGION, there));
    }

    private static Outcome outcome(Findings findings) {
        return findings.outcome(Prerequisite.IDENTITY_CENTER);
    }

    @Test
    void anInstanceOfSomebodyElseInAnotherRegionDoesNotCount() {
        instances("us-east-1", instance(ANOTHER_ACCOUNT, InstanceStatus.ACTIVE));

        assertThat(identityCenter()).isInstanceOf(Outcome.Waiting.class);
    }

    @Test
    void onlyRegionsThatAreEnabledForTheAccountAreLookedInto() {
        find();

        verify(account)
                .listRegions(argThat((software.amazon.awssdk.services.account.model.ListRegionsRequest request) ->
                        request.regionOptStatusContains()
                                .equals(List.of(RegionOptStatus.ENABLED, RegionOptStatus.ENABLED_BY_DEFAULT))));
        assertThat(regions).containsOnlyKeys(HERE, "us-east-1");
        verify(in(HERE)).listInstances(any(ListInstancesRequest.class));
    }

    @Test
    void aRegionClosedByPolicyIsSkippedAndNamed() {
        enabledRegions(HERE, "us-east-1", "ap-southeast-2");
        listInstancesFails("us-east-1", AwsErrors.denied(SsoAdminException.builder(), "sso:ListInstances"));

        assertThat(identityCenter().what())
                .isEqualTo(
                        "IAM Identity Center is not enabled here, and could not be looked for in us-east-1 (AWS denied"
                                + " sso:ListInstances). If it is enabled there, deploy there.");
    }

    static Stream<Arguments> waysOfNotAnswering() {
        return Stream.of(
                Arguments.of(SdkClientException.create("Connect timed out"), "not reached"),
                Arguments.of(AwsErrors.throttled(SsoAdminException.builder()), "ThrottlingException"),
                // A Region that was enabled a moment ago, or whose service does not know the caller's token.
                Arguments.of(
                        AwsErrors.error(SsoAdminException.builder(), "UnrecognizedClientException", "Invalid token"),
                        "UnrecognizedClientException"),
                Arguments.of(
                        AwsErrors.error(SsoAdminException.builder(), "OptInRequired", "Not yet"), "OptInRequired"));
    }

    @ParameterizedTest
    @MethodSource("waysOfNotAnswering")
    void aRegionThatDoesNotAnswer_isNamedAndEnableIsAskedForAllTheSame(SdkException failure, String why) {
        enabledRegions(HERE, "us-east-1", "ap-southeast-2");
        listInstancesFails("us-east-1", failure);

        assertThat(identityCenter()).isInstanceOf(Outcome.Waiting.class);
        assertThat(identityCenter().what()).contains("could not be looked for in us-east-1 (" + why + ").");
        assertThat(((Outcome.Waiting) identityCenter()).todo()).contains("press Enable");
    }

    @Test
    void regionsThatDoNotAnswerForTheSameReasonAreNamedTogether() {
        enabledRegions(HERE, "us-east-1", "ap-southeast-2");
        listInstancesFails("us-east-1", AwsErrors.denied(SsoAdminException.builder(), "sso:ListInstances"));
        listInstancesFails("ap-southeast-2", AwsErrors.denied(SsoAdminException.builder(), "sso:ListInstances"));

        assertThat(identityCenter().what()).contains("in us-east-1, ap-southeast-2 (AWS denied sso:ListInstances).");
    }

    @Test
    void aRegionClosedByPolicyDoesNotHideTheNext() {
        enabledRegions(HERE, "us-east-1", "ap-southeast-2");
        listInstancesFails("us-east-1", AwsErrors.denied(SsoAdminException.builder(), "sso:ListInstances"));
        instances("ap-southeast-2", instance(ACCOUNT, InstanceStatus.ACTIVE));
        primaryRegion("ap-southeast-2", "ap-southeast-2");

        blocked(IDENTITY_CENTER_IN_OTHER_REGION, "ap-southeast-2");
    }

    @Test
    void aStandaloneAccountIsAskedToEnableIdentityCenterWhichCreatesTheOrganization() {
        standalone();

        waiting(
                new Outcome.Waiting(
                        "The account has no organization and no IAM Identity Center.",
                        "Open IAM Identity Center in Region eu-central-1, press Enable and choose \"Enable with AWS"
                                + " Organizations\". That creates an organization: if the account is on AWS's Free Plan, it moves to the paid plan, and its Free Tier credits expire at once. In the same visit open Settings, Authentication, Configure next to Standard authentication, and turn on \"Send email OTP\": without it the administrator's first sign-in ends at a password that nobody has.",
                        CONSOLE),
                NO_ORGANIZATION);
    }

    @Test
    void aStandaloneAccountHasAnAccountInstanceAtMost() {
        standalone();
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));

        blocked(ACCOUNT_INSTANCE_ONLY, INSTANCE_ARN);
    }

    @Test
    void aMemberAccountIsSentToTheManagementAccount() {
        managementAccount(ANOTHER_ACCOUNT);

        blocked(NOT_MANAGEMENT_ACCOUNT, ANOTHER_ACCOUNT);
    }

    @Test
    void aMemberAccountWithItsOwnAccountInstanceIsSentToTheManagementAccount() {
        managementAccount(ANOTHER_ACCOUNT);
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));

        blocked(NOT_MANAGEMENT_ACCOUNT, ANOTHER_ACCOUNT);
    }

    @Test
    void aMemberAccountThatSeesTheOrganizationInstanceButMayNotUseItIsSentToTheManagementAccount() {
        managementAccount(ANOTHER_ACCOUNT);
        instances(HERE, instance(ANOTHER_ACCOUNT, InstanceStatus.ACTIVE));
        willThrow(AwsErrors.denied(SsoAdminException.builder(), "sso:ListPermissionSets"))
                .given(in(HERE))
                .listPermissionSets(any(ListPermissionSetsRequest.class));

        blocked(NOT_MANAGEMENT_ACCOUNT, ANOTHER_ACCOUNT);
    }

    @Test
    void aDelegatedAdministratorIsToldItsLimit() {
        managementAccount(ANOTHER_ACCOUNT);
        instances(HERE, instance(ANOTHER_ACCOUNT, InstanceStatus.ACTIVE));

        blocked(DELEGATED_ADMINISTRATOR_LIMIT, ANOTHER_ACCOUNT);
    }

    @Test
    void whenAwsDeniesTheOrganization_theActionIsNamed() {
        describeOrganizationFails(
                AwsErrors.denied(OrganizationsException.builder(), "organizations:DescribeOrganization"));

        blocked(ACCESS_DENIED, "organizations:DescribeOrganization");
    }

    @Test
    void whenAwsDeniesTheInstances_theActionIsNamed() {
        listInstancesFails(HERE, AwsErrors.denied(SsoAdminException.builder(), "sso:ListInstances"));

        blocked(ACCESS_DENIED, "sso:ListInstances");
    }

    @Test
    void whenAwsDeniesTheRegionsOfTheInstance_theActionIsNamed() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        listRegionsFails(HERE, AwsErrors.denied(SsoAdminException.builder(), "sso:ListRegions"));

        blocked(ACCESS_DENIED, "sso:ListRegions");
    }

    @Test
    void whenAwsDeniesTheRegionsOfTheAccount_theActionIsNamed() {
        willThrow(AwsErrors.denied(AccountException.builder(), "account:ListRegions"))
                .given(account)
                .listRegions(any(software.amazon.awssdk.services.account.model.ListRegionsRequest.class));

        blocked(ACCESS_DENIED, "account:ListRegions");
    }

    @Test
    void whenTheOrganizationIsThrottled_itIsTriedAgain() {
        describeOrganizationFails(AwsErrors.throttled(OrganizationsException.builder()));

        assertThatThrownBy(this::find).isInstanceOf(TryAgainException.class);
    }

    @Test
    void whenTheInstancesHereAreThrottled_itIsTriedAgain() {
        listInstancesFails(HERE, AwsErrors.throttled(SsoAdminException.builder()));

        assertThatThrownBy(this::find).isInstanceOf(TryAgainException.class);
    }

    /** AWS takes minutes to hours to activate a new account, and refuses some services until then. */
    @ParameterizedTest
    @ValueSource(strings = {"OptInRequired", "SubscriptionRequiredException"})
    void whileANewAccountIsBeingActivated_peopleAreToldAndWaitedFor(String code) {
        listInstancesFails(
                HERE,
                AwsErrors.error(
                        SsoAdminException.builder(),
                        code,
                        "The AWS Access Key Id needs a subscription for the service"));

        assertThat(identityCenter())
                .isInstanceOf(Outcome.Waiting.class)
                .extracting(Outcome::what)
                .isEqualTo("AWS has not finished activating this new account.");
        assertThat(find().findings().all())
                .extracting(Finding::outcome)
                .filteredOn(Outcome.Waiting.class::isInstance)
                .hasSize(1);
    }

    @Test
    void aKeyThatDeniesADelegatedAdministrator_isNotTakenForAnOrdinaryMember() {
        managementAccount(ANOTHER_ACCOUNT);
        instances(HERE, instance(ANOTHER_ACCOUNT, InstanceStatus.ACTIVE));
        willThrow(AwsErrors.error(
                        AccessDeniedException.builder().reason(AccessDeniedExceptionReason.KMS_ACCESS_DENIED_EXCEPTION),
                        "AccessDeniedException",
                        "The key policy does not allow it"))
                .given(in(HERE))
                .listPermissionSets(any(ListPermissionSetsRequest.class));

        assertThat(identityCenter().what()).contains("KMS_AccessDeniedException");
    }

    @Test
    void whenTheRegionsOfTheInstanceAreThrottled_itIsTriedAgain() {
        instances(HERE, instance(ACCOUNT, InstanceStatus.ACTIVE));
        listRegionsFails(HERE, AwsErrors.throttled(SsoAdminException.builder()));

        assertThatThrownBy(this::find).isInstanceOf(TryAgainException.class);
    }

    @Test
    void whenItIsThrottledWhetherThisIsADelegatedAdministrator_itIsTriedAgain() {
        managementAccount(ANOTHER_ACCOUNT);
        instances(HERE, instance(ANOTHER_ACCOUNT, InstanceStatus.ACTIVE));
        willThrow(AwsErrors.throttled(SsoAdminException.builder()))
                .given(in(HERE))
                .listPermissionSets(any(ListPermissionSetsRequest.class));

        assertThatThrownBy(this::find).isInstanceOf(TryAgainException.class);
    }

    private FindIdentityCenterHandler.Report find() {
        return handler.handleRequest(new FindIdentityCenterHandler.Request(ACCOUNT, null), null);
    }

    private Outcome identityCenter() {
        return find().findings().all().getFirst().outcome();
    }

    /** What depends on Identity Center is blocked for the same reason. */
    private void blocked(BlockedReason reason, String subject) {
        report(Outcome.Blocked.because(reason, subject), Outcome.Blocked.because(reason, subject));
    }

    private void waiting(Outcome.Waiting outcome, BlockedReason consequence) {
        report(outcome, Outcome.Blocked.because(consequence));
    }

    private void report(Outcome outcome, Outcome consequence) {
        assertThat(find())
                .isEqualTo(new FindIdentityCenterHandler.Report(
                        Findings.of(
                                new Finding(Prerequisite.IDENTITY_CENTER, outcome),
                                new Finding(Prerequisite.ADMIN_USER, consequence),
                                new Finding(Prerequisite.ADMIN_ACCESS, consequence)),
                        null,
                        "Example"));
    }

    private SsoAdminClient in(String region) {
        return regions.computeIfAbsent(region, unused -> {
            SsoAdminClient client = mock(SsoAdminClient.class, CALLS_REAL_METHODS);
            willReturn(ListInstancesResponse.builder().instances(List.of()).build())
                    .given(client)
                    .listInstances(any(ListInstancesRequest.class));
            willReturn(ListPermissionSetsResponse.builder()
                            .permissionSets(List.of())
                            .build())
                    .given(client)
                    .listPermissionSets(any(ListPermissionSetsRequest.class));
            return client;
        });
    }

    private static InstanceMetadata instance(String owner, InstanceStatus status) {
        return InstanceMetadata.builder()
                .instanceArn(INSTANCE_ARN)
                .identityStoreId("d-1234567890")
                .ownerAccountId(owner)
                .status(status)
                .build();
    }

    private void instances(String region, InstanceMetadata... instances) {
        SsoAdminClient client = in(region);
        willReturn(ListInstancesResponse.builder().instances(instances).build())
                .given(client)
                .listInstances(any(ListInstancesRequest.class));
    }

    private void listInstancesFails(String region, SdkException failure) {
        SsoAdminClient client = in(region);
        willThrow(failure).given(client).listInstances(any(ListInstancesRequest.class));
    }

    private static ListInstancesRequest instancesPage(String token) {
        return argThat(request -> Objects.equals(request.nextToken(), token));
    }

    private void primaryRegion(String region, String primary) {
        SsoAdminClient client = in(region);
        willReturn(ListRegionsResponse.builder()
                        .regions(
                                RegionMetadata.builder()
                                        .regionName("sa-east-1")
                                        .isPrimaryRegion(false)
                                        .build(),
                                RegionMetadata.builder()
                                        .regionName(primary)
                                        .isPrimaryRegion(true)
                                        .build())
                        .build())
                .given(client)
                .listRegions(any(ListRegionsRequest.class));
    }

    private void listRegionsFails(String region, AwsServiceException failure) {
        SsoAdminClient client = in(region);
        willThrow(failure).given(client).listRegions(any(ListRegionsRequest.class));
    }

    private void managementAccount(String accountId) {
        willReturn(DescribeOrganizationResponse.builder()
                        .organization(organization -> organization.masterAccountId(accountId))
                        .build())
                .given(organizations)
                .describeOrganization(any(DescribeOrganizationRequest.class));
    }

    private void standalone() {
        describeOrganizationFails(AwsErrors.error(
                AwsOrganizationsNotInUseException.builder(), "AWSOrganizationsNotInUseException", "None"));
    }

    private void describeOrganizationFails(AwsServiceException failure) {
        willThrow(failure).given(organizations).describeOrganization(any(DescribeOrganizationRequest.class));
    }

    private void enabledRegions(String... names) {
        willReturn(software.amazon.awssdk.services.account.model.ListRegionsResponse.builder()
                        .regions(Arrays.stream(names)
                                .map(name -> software.amazon.awssdk.services.account.model.Region.builder()
                                        .regionName(name)
                                        .build())
                                .toList())
                        .build())
                .given(account)
                .listRegions(any(software.amazon.awssdk.services.account.model.ListRegionsRequest.class));
    }
}
