package groundwork.rehearsal.organization.store;

/**
 * That a user or group gets a permission set in an account.
 *
 * @param principalType USER or GROUP
 */
public record EmbeddedAssignment(String accountId, String permissionSetArn, String principalType, String principalId) {}
