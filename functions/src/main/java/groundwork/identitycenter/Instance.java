package groundwork.identitycenter;

import java.util.regex.Pattern;

/**
 * The organization instance of IAM Identity Center. Functions are called with it, and addresses are made of its ids, so that
 * nothing but an id may be in it. The forms are those of AWS's API models.
 *
 * @param instanceArn such as {@code arn:aws:sso:::instance/ssoins-1234567890abcdef}
 * @param identityStoreId such as {@code d-1234567890}
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_InstanceMetadata.html">InstanceMetadata</a>
 */
public record Instance(String instanceArn, String identityStoreId) {
    private static final Pattern ARN =
            Pattern.compile("arn:aws(-[a-z]{1,5}){0,3}:sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16}");
    /** AWS's model has hexadecimal digits here. Any letters are as safe in the host of a portal's address. */
    private static final Pattern STORE = Pattern.compile("d-[0-9a-z]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    public Instance {
        required(ARN, instanceArn, "the ARN of an instance of IAM Identity Center");
        required(STORE, identityStoreId, "the id of an identity store");
    }

    private static void required(Pattern form, String id, String what) {
        if (id == null || !form.matcher(id).matches()) {
            throw new IllegalArgumentException("This is not %s: %s".formatted(what, id));
        }
    }
}
