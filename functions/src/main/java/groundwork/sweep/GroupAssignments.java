package groundwork.sweep;

import groundwork.runtime.AwsFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
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
        try {
            return ssoAdmin.listInstances(list -> {}).instances().stream()
                    .map(InstanceMetadata::instanceArn)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("IAM Identity Center shows no instance here."));
        } catch (SdkException e) {
            throw AwsFailure.rethrown(e);
        }
    }

    /** The ARNs of the permission sets that the group has, by the ids of the accounts. */
    public Map<String, List<String>> permissionSets(String instanceArn, String groupId) {
        try {
            Map<String, List<String>> byAccount = new HashMap<>();
            String token = null;
            do {
                String next = token;
                ListAccountAssignmentsForPrincipalResponse page =
                        ssoAdmin.listAccountAssignmentsForPrincipal(list -> list.instanceArn(instanceArn)
                                .principalType(PrincipalType.GROUP)
                                .principalId(groupId)
                                .maxResults(PAGE)
                                .nextToken(next));
                page.accountAssignments()
                        .forEach(assignment -> byAccount
                                .computeIfAbsent(assignment.accountId(), ignored -> new ArrayList<>())
                                .add(assignment.permissionSetArn()));
                token = page.nextToken();
                pause.of(BETWEEN_LISTINGS);
            } while (token != null);
            return byAccount;
        } catch (SdkException e) {
            throw AwsFailure.rethrown(e);
        }
    }

    /** The ids of the accounts in which the permission set is not as it was changed since. */
    public Set<String> outdated(String instanceArn, String permissionSetArn) {
        try {
            Set<String> accounts = new HashSet<>();
            String token = null;
            do {
                String next = token;
                ListAccountsForProvisionedPermissionSetResponse page =
                        ssoAdmin.listAccountsForProvisionedPermissionSet(list -> list.instanceArn(instanceArn)
                                .permissionSetArn(permissionSetArn)
                                .provisioningStatus(ProvisioningStatus.LATEST_PERMISSION_SET_NOT_PROVISIONED)
                                .maxResults(PAGE)
                                .nextToken(next));
                accounts.addAll(page.accountIds());
                token = page.nextToken();
                pause.of(BETWEEN_LISTINGS);
            } while (token != null);
            return accounts;
        } catch (SdkException e) {
            throw AwsFailure.rethrown(e);
        }
    }
}
