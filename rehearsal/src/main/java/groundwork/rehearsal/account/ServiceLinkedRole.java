package groundwork.rehearsal.account;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What AWS's own policy lets Identity Center do with IAM in the accounts of the organization by its service-linked role.
 * Whoever assigns access in the management account has to be allowed there what the policy withholds there: Identity
 * Center then works in the caller's name.
 *
 * <p>The data is made from a published copy of the policy by {@code .ci/service_linked_role.py}.
 *
 * @param source the page that shows the policy
 * @param policy the ARN of the policy
 * @param version the version that was read
 * @param updated when AWS made that version
 * @param everywhere what it allows in every account
 * @param notInTheManagementAccount what it allows in every other account
 * @see <a href="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSSSOServiceRolePolicy.html">AWSSSOServiceRolePolicy</a>
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/howtodelegatessoaccess.html">Delegate who can
 *     assign single sign-on access to users in the management account</a>
 */
public record ServiceLinkedRole(
        String source,
        String policy,
        String version,
        String updated,
        List<Permission> everywhere,
        List<Permission> notInTheManagementAccount) {
    private static final ServiceLinkedRole PUBLISHED = read();

    /**
     * An action that the policy allows.
     *
     * @param action such as {@code iam:CreateRole}
     * @param resource a pattern of ARNs, such as {@code arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*}
     */
    public record Permission(String action, String resource) {}

    /** The policy as AWS publishes it. */
    public static ServiceLinkedRole published() {
        return PUBLISHED;
    }

    private static ServiceLinkedRole read() {
        try (InputStream data = ServiceLinkedRole.class.getResourceAsStream("service-linked-role.json")) {
            return new ObjectMapper().readValue(data, ServiceLinkedRole.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
