package groundwork.sweep;

import groundwork.runtime.AwsFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.InstanceMetadata;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsForPrincipalResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountsForProvisionedPermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.PrincipalType;
import software.amazon.awssdk.services.ssoadmin.model.ProvisioningStatus;

/**
 * What the administrators' group has in all accounts, by a call for each hundred assignments.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListAccountAssignmentsForPrincipal.html">ListAccountAssignmentsForPrincipal</a>
 */
public final class GroupAssignments {
    /** Identity Center takes 20 requests a second of all that work with it. A quarter of that leaves room for the others. */
    private static final Duration BETWEEN_LISTINGS = Duration.ofMillis(200);

    private static final int PAGE = 100;

    private final SsoAdminClient ssoAdmin;
    private final Pause pause;

    public GroupAssignments(SsoAdminClient ssoAdmin, Pause pause) {
        this.ssoAdmin = ssoAdmin;
        this.pause = pause;
    }

    /** The ARN of the one organization instance that this Region shows to the management account. */
    String instanceArn() {
        return AwsFailure.answered(() -> ssoAdmin.listInstances(list -> {})).instances().stream()
                .map(InstanceMetadata::instanceArn)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("IAM Identity Center shows no instance here."));
    }

    /** The ARNs of the permission sets that the group has, by the ids of the accounts. */
    public Map<String, List<String>> permissionSets(String instanceArn, String groupId) {
        return AwsFailure.answered(() -> {
            Map<String, List<String>> byAccount = new HashMap<>();
            for (ListAccountAssignmentsForPrincipalResponse page :
                    ssoAdmin.listAccountAssignmentsForPrincipalPaginator(list -> list.instanceArn(instanceArn)
                            .principalType(PrincipalType.GROUP)
                            .principalId(groupId)
                            .maxResults(PAGE))) {
                page.accountAssignments()
                        .forEach(assignment -> byAccount
                                .computeIfAbsent(assignment.accountId(), ignored -> new ArrayList<>())
                                .add(assignment.permissionSetArn()));
                pause.of(BETWEEN_LISTINGS);
            }
            return byAccount;
        });
    }

    /** The ids of the accounts in which the permission set is not as it was changed since. */
    public Set<String> outdated(String instanceArn, String permissionSetArn) {
        return AwsFailure.answered(() -> {
            Set<String> accounts = new HashSet<>();
            for (ListAccountsForProvisionedPermissionSetResponse page :
                    ssoAdmin.listAccountsForProvisionedPermissionSetPaginator(list -> list.instanceArn(instanceArn)
                            .permissionSetArn(permissionSetArn)
                            .provisioningStatus(ProvisioningStatus.LATEST_PERMISSION_SET_NOT_PROVISIONED)
                            .maxResults(PAGE))) {
                accounts.addAll(page.accountIds());
                pause.of(BETWEEN_LISTINGS);
            }
            return accounts;
        });
    }
}
