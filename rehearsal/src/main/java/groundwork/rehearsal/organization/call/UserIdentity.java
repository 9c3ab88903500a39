package groundwork.rehearsal.organization.call;

/** Who CloudTrail names as having done something. */
public sealed interface UserIdentity permits Caller, UserIdentity.Root, UserIdentity.PortalUser {

    /** The account that the identity belongs to. */
    String accountId();

    record Root(String accountId, boolean mfa) implements UserIdentity {}

    record PortalUser(String accountId, String userId, String identityStoreArn, String credentialId)
            implements UserIdentity {}
}
