package groundwork.rehearsal.organization.call;

import java.util.List;
import java.util.Map;

/**
 * One question that AWS asks IAM before it performs an operation.
 *
 * @param action the IAM action, such as {@code sso:CreatePermissionSet}
 * @param resource the ARN of the resource, or {@code *} where the action takes none
 * @param context the condition keys known for the request, such as {@code aws:RequestedRegion}
 * @param multivalued those that may have several values, such as {@code dynamodb:Attributes}
 * @param forwarded true if a service asks with the caller's permissions in a forward access session
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html">Forward access sessions</a>
 */
public record AccessCheck(
        String action,
        String resource,
        Map<String, String> context,
        Map<String, List<String>> multivalued,
        boolean forwarded) {
    public AccessCheck {
        context = Map.copyOf(context);
        multivalued = Map.copyOf(multivalued);
    }

    public AccessCheck(String action, String resource, Map<String, String> context, boolean forwarded) {
        this(action, resource, context, Map.of(), forwarded);
    }
}
