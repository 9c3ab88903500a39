package groundwork.rehearsal.organization.services;

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
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.store.Behavior;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AccessDeniedException;
import software.amazon.awssdk.services.ssoadmin.model.InstanceStatus;
import software.amazon.awssdk.services.ssoadmin.model.ValidationException;

class SsoAdminInstancesTest {
    private static final Caller MEMBER_ROLE = Caller.role(MEMBER, "Role", "session");
    private final VirtualClock clock = new VirtualClock();

    @Test
    void theManagementAccountSeesTheOrganizationInstanceInItsRegion() {
        EmbeddedOrganization aws = Given.withIdentityCenter(clock);

        assertThat(ssoAdmin(aws, FUNCTION, HOME).listInstances(request -> {}).instances())
                .extracting(instance -> instance.ownerAccountId(), instance -> instance.status())
                .containsExactly(tuple(MANAGEMENT, InstanceStatus.ACTIVE));
    }

    @Test
    void inAnotherRegionTheListIsEmpty() {
        EmbeddedOrganization aws = Given.withIdentityCenter(clock);

        assertThat(ssoAdmin(aws, FUNCTION, Region.US_EAST_1)
                        .listInstances(request -> {})
                        .instances())
                .isEmpty();
    }

    @Test
    void aMemberAccountSeesTheOrganizationInstanceOnlyInSomeOrganizations() {
        EmbeddedOrganization aws = Given.withIdentityCenter(clock);
        SsoAdminClient member = ssoAdmin(aws, MEMBER_ROLE, HOME);

        assertThat(member.listInstances(request -> {}).instances()).isEmpty();
        aws.behave(Behavior.USUAL.withMembersSeeingOrganizationInstance());
        assertThat(member.listInstances(request -> {}).instances())
                .extracting(instance -> instance.ownerAccountId())
                .containsExactly(MANAGEMENT);
    }

    @Test
    void aMemberAccountMayNotListPermissionSetsOfAnInstanceItSees() {
        EmbeddedOrganization aws = Given.withIdentityCenter(clock);
        aws.behave(Behavior.USUAL.withMembersSeeingOrganizationInstance());

        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() ->
                        ssoAdmin(aws, MEMBER_ROLE, HOME).listPermissionSets(request -> request.instanceArn(arn(aws))));
    }

    @Test
    void theDelegatedAdministratorManagesPermissionSets() {
        EmbeddedOrganization aws = Given.organization(clock)
                .identityCenter(HOME)
                .delegatedAdministrator("sso.amazonaws.com", SECURITY)
                .build();

        assertThat(ssoAdmin(aws, Caller.role(SECURITY, "Role", "session"), HOME)
                        .listPermissionSets(request -> request.instanceArn(arn(aws)))
                        .permissionSets())
                .isEmpty();
    }

    @Test
    void anAccountInstanceIsSeenByItsOwnerAlone() {
        EmbeddedOrganization aws =
                Given.organization(clock).accountInstance(MEMBER, HOME).build();

        assertThat(ssoAdmin(aws, MEMBER_ROLE, HOME).listInstances(request -> {}).instances())
                .extracting(instance -> instance.ownerAccountId())
                .containsExactly(MEMBER);
        assertThat(ssoAdmin(aws, FUNCTION, HOME).listInstances(request -> {}).instances())
                .isEmpty();
    }

    @Test
    void anAccountInstanceHasNoPermissionSets() {
        EmbeddedOrganization aws =
                Given.organization(clock).accountInstance(MEMBER, HOME).build();
        String arn = aws.accountInstance(MEMBER).orElseThrow().instanceArn();

        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(
                        () -> ssoAdmin(aws, MEMBER_ROLE, HOME).listPermissionSets(request -> request.instanceArn(arn)));
    }

    @Test
    void anInstanceBeingCreatedHasNoPermissionSetsYet() {
        EmbeddedOrganization aws = Given.organization(clock)
                .unreadyIdentityCenter(HOME, "CREATE_IN_PROGRESS")
                .build();
        SsoAdminClient client = ssoAdmin(aws, FUNCTION, HOME);

        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> client.listPermissionSets(request -> request.instanceArn(arn(aws))));
    }

    @Test
    void listRegionsTellsThePrimaryRegion() {
        EmbeddedOrganization aws =
                Given.organization(clock).identityCenter(HOME, Region.US_EAST_1).build();

        assertThat(ssoAdmin(aws, FUNCTION, Region.US_EAST_1)
                        .listRegions(request -> request.instanceArn(arn(aws)))
                        .regions())
                .extracting(region -> region.regionName(), region -> region.isPrimaryRegion())
                .containsExactly(tuple("eu-west-1", true), tuple("us-east-1", false));
    }

    @Test
    void permissionSetsAreManagedInThePrimaryRegionOnly() {
        EmbeddedOrganization aws =
                Given.organization(clock).identityCenter(HOME, Region.US_EAST_1).build();

        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> ssoAdmin(aws, FUNCTION, Region.US_EAST_1)
                        .listPermissionSets(request -> request.instanceArn(arn(aws))));
    }

    @Test
    void aDeletedInstanceIsAnsweredLikeAForbiddenOne() {
        EmbeddedOrganization aws = Given.withIdentityCenter(clock);
        String arn = arn(aws);
        aws.identityCenterConsole(FUNCTION).instance().deletesInstance();

        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> ssoAdmin(aws, FUNCTION, HOME).listRegions(request -> request.instanceArn(arn)));
    }

    private static SsoAdminClient ssoAdmin(EmbeddedOrganization aws, Caller caller, Region region) {
        return aws.client(SsoAdminClient.class, caller, region);
    }

    private static String arn(EmbeddedOrganization aws) {
        return aws.identityCenter().orElseThrow().instanceArn();
    }
}
