package groundwork.identitycenter;

/**
 * The organization instance of IAM Identity Center.
 *
 * @param instanceArn such as {@code arn:aws:sso:::instance/ssoins-1234567890abcdef}
 * @param identityStoreId such as {@code d-1234567890}
 */
public record Instance(String instanceArn, String identityStoreId) {}
