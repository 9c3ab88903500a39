package groundwork.rehearsal.organization.store;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Something Identity Center is doing in accounts, asynchronously.
 *
 * @param accountIds where
 * @param assignment what is assigned or taken away; empty when a set is only provisioned
 * @param failureReason why it will fail; empty if it will succeed
 */
public record ProvisioningRequest(
        String id,
        Kind kind,
        String permissionSetArn,
        Set<String> accountIds,
        Optional<EmbeddedAssignment> assignment,
        Instant createdAt,
        Instant completesAt,
        Optional<String> failureReason) {

    public enum Kind {
        CREATE_ASSIGNMENT,
        DELETE_ASSIGNMENT,
        PROVISION
    }

    boolean inProgress(Instant now) {
        return completesAt.isAfter(now);
    }

    public boolean concerns(String setArn, String accountId) {
        return permissionSetArn.equals(setArn) && accountIds.contains(accountId);
    }

    public String status(Instant now) {
        if (inProgress(now)) {
            return "IN_PROGRESS";
        }
        return failureReason.isPresent() ? "FAILED" : "SUCCEEDED";
    }
}
