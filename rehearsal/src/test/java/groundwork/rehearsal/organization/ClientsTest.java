package groundwork.rehearsal.organization;

import static groundwork.rehearsal.organization.Given.FUNCTION;
import static groundwork.rehearsal.organization.Given.HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.call.ServiceFault;
import groundwork.rehearsal.organization.store.Behavior;
import groundwork.rehearsal.organization.trail.Trail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.AuthorizationErrorException;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AccessDeniedException;
import software.amazon.awssdk.services.ssoadmin.model.ThrottlingException;
import software.amazon.awssdk.services.sts.StsClient;

class ClientsTest {
    private final VirtualClock clock = new VirtualClock();
    private final EmbeddedOrganization aws = Given.withIdentityCenter(clock);
    private final String instance = aws.identityCenter().orElseThrow().instanceArn();
    private final String store = aws.identityCenter().orElseThrow().identityStoreId();
    private final SsoAdminClient ssoAdmin = aws.client(SsoAdminClient.class, FUNCTION, HOME);

    @Test
    void everyFormOfACallPassesTheObserver() {
        List<String> seen = record();
        IamClient iam = aws.client(IamClient.class, FUNCTION, HOME);

        iam.getAccountSummary();
        iam.listVirtualMFADevices(request -> request.maxItems(1));
        ssoAdmin.listPermissionSetsPaginator(request -> request.instanceArn(instance))
                .forEach(page -> {});

        assertThat(seen)
                .containsExactly("iam:GetAccountSummary", "iam:ListVirtualMFADevices", "sso:ListPermissionSets");
    }

    @Test
    void aCallKnowsWhatIamIsAsked() {
        List<AccessCheck> checks = Given.accessChecks(aws);

        ssoAdmin.createPermissionSet(request -> request.instanceArn(instance).name("AdministratorAccess"));

        assertThat(checks)
                .extracting(AccessCheck::action, AccessCheck::resource)
                .containsExactly(
                        tuple("sso:CreatePermissionSet", instance),
                        tuple("sso:CreatePermissionSet", instance.replace("instance", "permissionSet") + "/*"));
        assertThat(checks.getFirst().context())
                .containsEntry("aws:RequestedRegion", "eu-west-1")
                .containsEntry("sso:PrimaryRegion", "eu-west-1");
    }

    @Test
    void aRefusedCallGetsTheServicesOwnAccessDenied() {
        aws.checkAccess((caller, checks) -> checks.stream().findFirst().map(AccessChecks.Refusal::notAllowed));

        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> ssoAdmin.listPermissionSets(request -> request.instanceArn(instance)))
                .withMessageContaining("User: arn:aws:sts::111122223333:assumed-role/GroundworkFunctionRole/"
                        + "groundwork-grant-access is not authorized to perform: sso:ListPermissionSets on resource: "
                        + instance + " because no identity-based policy allows the sso:ListPermissionSets action");
        assertThatExceptionOfType(IamException.class)
                .isThrownBy(() -> aws.client(IamClient.class, FUNCTION, HOME).getAccountSummary())
                .satisfies(denied ->
                        assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
        assertThatExceptionOfType(AuthorizationErrorException.class)
                .isThrownBy(() -> aws.client(SnsClient.class, FUNCTION, HOME)
                        .listSubscriptionsByTopic(
                                request -> request.topicArn("arn:aws:sns:eu-west-1:111122223333:topic")));
    }

    @Test
    void aRefusedCallHasNoEffect() {
        aws.checkAccess((caller, checks) -> checks.stream().findFirst().map(AccessChecks.Refusal::notAllowed));

        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> ssoAdmin.createPermissionSet(
                        request -> request.instanceArn(instance).name("AdministratorAccess")));
        assertThat(aws.identityCenter().orElseThrow().permissionSets()).isEmpty();
    }

    @Test
    void aFailureBeforeTheCallPreventsItsEffect() {
        aws.observe(new CallObserver() {
            @Override
            public void before(Call call) {
                throw aws.failure(call, ServiceFault.THROTTLED).orElseThrow();
            }
        });

        assertThatExceptionOfType(ThrottlingException.class)
                .isThrownBy(() -> ssoAdmin.createPermissionSet(
                        request -> request.instanceArn(instance).name("AdministratorAccess")))
                .returns(true, AwsServiceException::isThrottlingException);
        assertThat(aws.identityCenter().orElseThrow().permissionSets()).isEmpty();
    }

    @Test
    void anOperationFailsOnlyAsItsApiModelSays() {
        Set<String> withConflict = new HashSet<>();
        aws.observe(new CallObserver() {
            @Override
            public void before(Call call) {
                if (aws.failure(call, ServiceFault.CONFLICT).isPresent()) {
                    withConflict.add(call.operation());
                }
            }
        });

        ssoAdmin.listInstances(request -> {});
        ssoAdmin.createPermissionSet(request -> request.instanceArn(instance).name("AdministratorAccess"));

        assertThat(withConflict).containsExactly("CreatePermissionSet");
    }

    @Test
    void aFailureAfterTheCallLeavesItsEffect() {
        aws.observe(new CallObserver() {
            @Override
            public void after(Call call, Object response) {
                throw new IllegalStateException("connection reset");
            }
        });

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> ssoAdmin.createPermissionSet(
                        request -> request.instanceArn(instance).name("AdministratorAccess")));
        assertThat(aws.identityCenter().orElseThrow().permissionSets()).hasSize(1);
    }

    @Test
    void ssoAdminAnswersTwentyRequestsASecondAllTogether() {
        aws.behave(Behavior.USUAL.withThrottling());
        for (int i = 0; i < 20; i++) {
            ssoAdmin.listPermissionSets(request -> request.instanceArn(instance));
        }

        assertThatExceptionOfType(ThrottlingException.class).isThrownBy(() -> ssoAdmin.listInstances(request -> {}));
        clock.advance(Duration.ofSeconds(1));
        assertThat(ssoAdmin.listInstances(request -> {}).instances()).hasSize(1);
    }

    @Test
    void identityStoreAnswersTwentyRequestsASecondPerOperation() {
        aws.behave(Behavior.USUAL.withThrottling());
        IdentitystoreClient identityStore = aws.client(IdentitystoreClient.class, FUNCTION, HOME);
        for (int i = 0; i < 20; i++) {
            identityStore.listUsers(request -> request.identityStoreId(store));
        }

        assertThatExceptionOfType(software.amazon.awssdk.services.identitystore.model.ThrottlingException.class)
                .isThrownBy(() -> identityStore.listUsers(request -> request.identityStoreId(store)));
        assertThat(identityStore
                        .createGroup(request -> request.identityStoreId(store).displayName("Administrators"))
                        .groupId())
                .isNotNull();
    }

    @Test
    void anOperationThatIsNotImplementedSaysSo() {
        OrganizationsClient organizations = aws.client(OrganizationsClient.class, FUNCTION, HOME);

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(organizations::listHandshakesForAccount)
                .withMessage("The embedded organization does not implement organizations:ListHandshakesForAccount");
    }

    @Test
    void theCallerIdentityIsTheAssumedRole() {
        assertThat(aws.client(StsClient.class, FUNCTION, HOME)
                        .getCallerIdentity()
                        .arn())
                .isEqualTo(FUNCTION.assumedRoleArn());
    }

    @Test
    void whileOneCallIsHeldBackAnotherGoesOn() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        aws.observe(new CallObserver() {
            @Override
            public void before(Call call) {
                if (call.operation().equals("CreatePermissionSet")) {
                    held.countDown();
                    await(release);
                }
            }
        });
        Thread creator = Thread.ofVirtual()
                .start(() -> ssoAdmin.createPermissionSet(
                        request -> request.instanceArn(instance).name("AdministratorAccess")));
        await(held);

        assertThat(ssoAdmin.listPermissionSets(request -> request.instanceArn(instance))
                        .permissionSets())
                .isEmpty();
        release.countDown();
        creator.join();
        assertThat(aws.identityCenter().orElseThrow().permissionSets()).hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void whoReceivesAnEventMayCallBack() {
        aws.createTrail(Trail.multiRegion("main", Given.MANAGEMENT, HOME));
        List<Integer> seen = new ArrayList<>();
        aws.deliverEventsTo((account, region, event) ->
                seen.add(ssoAdmin.listPermissionSets(request -> request.instanceArn(instance))
                        .permissionSets()
                        .size()));

        ssoAdmin.createPermissionSet(request -> request.instanceArn(instance).name("AdministratorAccess"));

        assertThat(seen).containsExactly(1);
    }

    private List<String> record() {
        List<String> names = new ArrayList<>();
        aws.observe(new CallObserver() {
            @Override
            public void before(Call call) {
                names.add(call.name());
            }
        });
        return names;
    }
}
