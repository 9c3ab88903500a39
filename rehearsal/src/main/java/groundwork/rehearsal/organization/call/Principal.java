package groundwork.rehearsal.organization.call;

/** Who CloudTrail names as having done something. */
public sealed interface Principal permits Caller, Principal.Root, Principal.PortalUser {

    record Root(String accountId, boolean mfa) implements Principal {}

    record PortalUser(String accountId, String userId, String identityStoreArn, String credentialId)
            implements Principal {}
}
