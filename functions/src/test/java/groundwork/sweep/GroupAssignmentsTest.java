package groundwork.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import groundwork.runtime.TryAgainException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentForPrincipal;
import software.amazon.awssdk.services.ssoadmin.model.InstanceMetadata;
import software.amazon.awssdk.services.ssoadmin.model.InternalServerException;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsForPrincipalRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsForPrincipalResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountsForProvisionedPermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountsForProvisionedPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesResponse;
import software.amazon.awssdk.services.ssoadmin.model.PrincipalType;
import software.amazon.awssdk.services.ssoadmin.model.ProvisioningStatus;

class GroupAssignmentsTest {
    private static final String INSTANCE = "arn:aws:sso:::instance/ssoins-1234567890abcdef";

    private final SsoAdminClient ssoAdmin = mock(SsoAdminClient.class, CALLS_REAL_METHODS);
    private final List<Duration> pauses = new ArrayList<>();
    private final GroupAssignments assignments = new GroupAssignments(ssoAdmin, pauses::add);

    @Test
    void whatTheGroupHasIsListedForAllAccounts() {
        List<ListAccountAssignmentsForPrincipalRequest> asked = new ArrayList<>();
        doAnswer(call -> {
                    asked.add(call.getArgument(0));
                    return asked.size() == 1
                            ? ListAccountAssignmentsForPrincipalResponse.builder()
                                    .accountAssignments(row("1", "set-1"), row("2", "set-1"))
                                    .nextToken("more")
                                    .build()
                            : ListAccountAssignmentsForPrincipalResponse.builder()
                                    .accountAssignments(row("1", "set-2"))
                                    .build();
                })
                .when(ssoAdmin)
                .listAccountAssignmentsForPrincipal(any(ListAccountAssignmentsForPrincipalRequest.class));

        assertThat(assignments.permissionSets(INSTANCE, "group-1"))
                .isEqualTo(Map.of("1", List.of("set-1", "set-2"), "2", List.of("set-1")));
        assertThat(asked).allSatisfy(request -> {
            assertThat(request.instanceArn()).isEqualTo(INSTANCE);
            assertThat(request.principalType()).isEqualTo(PrincipalType.GROUP);
            assertThat(request.principalId()).isEqualTo("group-1");
            assertThat(request.maxResults()).isEqualTo(100);
        });
        assertThat(asked.getLast().nextToken()).isEqualTo("more");
        assertThat(pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(200));
    }

    private static AccountAssignmentForPrincipal row(String accountId, String permissionSetArn) {
        return AccountAssignmentForPrincipal.builder()
                .accountId(accountId)
                .permissionSetArn(permissionSetArn)
                .build();
    }

    @Test
    void whereAPermissionSetIsOutdatedIsListedForAllAccounts() {
        List<ListAccountsForProvisionedPermissionSetRequest> asked = new ArrayList<>();
        doAnswer(call -> {
                    asked.add(call.getArgument(0));
                    return asked.size() == 1
                            ? ListAccountsForProvisionedPermissionSetResponse.builder()
                                    .accountIds("1")
                                    .nextToken("more")
                                    .build()
                            : ListAccountsForProvisionedPermissionSetResponse.builder()
                                    .accountIds("2")
                                    .build();
                })
                .when(ssoAdmin)
                .listAccountsForProvisionedPermissionSet(any(ListAccountsForProvisionedPermissionSetRequest.class));

        assertThat(assignments.outdated(INSTANCE, Looks.SET)).containsExactlyInAnyOrder("1", "2");
        assertThat(asked).allSatisfy(request -> {
            assertThat(request.instanceArn()).isEqualTo(INSTANCE);
            assertThat(request.permissionSetArn()).isEqualTo(Looks.SET);
            assertThat(request.provisioningStatus())
                    .isEqualTo(ProvisioningStatus.LATEST_PERMISSION_SET_NOT_PROVISIONED);
            assertThat(request.maxResults()).isEqualTo(100);
        });
        assertThat(asked.getLast().nextToken()).isEqualTo("more");
        assertThat(pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(200));
    }

    @Test
    void theInstanceIsTheOneThatIsShown() {
        doReturn(ListInstancesResponse.builder()
                        .instances(
                                InstanceMetadata.builder().instanceArn(INSTANCE).build())
                        .build())
                .when(ssoAdmin)
                .listInstances(any(ListInstancesRequest.class));
        assertThat(assignments.instanceArn()).isEqualTo(INSTANCE);

        doReturn(ListInstancesResponse.builder().build()).when(ssoAdmin).listInstances(any(ListInstancesRequest.class));
        assertThatThrownBy(assignments::instanceArn)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("IAM Identity Center shows no instance here.");
    }

    @Test
    void whatPassesIsTriedAgain() {
        InternalServerException failure = InternalServerException.builder()
                .message("Later")
                .statusCode(500)
                .build();
        doThrow(failure).when(ssoAdmin).listInstances(any(ListInstancesRequest.class));
        doThrow(failure)
                .when(ssoAdmin)
                .listAccountAssignmentsForPrincipal(any(ListAccountAssignmentsForPrincipalRequest.class));
        doThrow(failure)
                .when(ssoAdmin)
                .listAccountsForProvisionedPermissionSet(any(ListAccountsForProvisionedPermissionSetRequest.class));

        assertThatThrownBy(assignments::instanceArn).isInstanceOf(TryAgainException.class);
        assertThatThrownBy(() -> assignments.permissionSets(INSTANCE, "group-1"))
                .isInstanceOf(TryAgainException.class);
        assertThatThrownBy(() -> assignments.outdated(INSTANCE, Looks.SET)).isInstanceOf(TryAgainException.class);
    }
}
