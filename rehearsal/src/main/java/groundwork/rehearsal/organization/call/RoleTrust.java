package groundwork.rehearsal.organization.call;

import java.util.Map;

/** Whom the trust policies of roles let in, as far as anybody assumes them by AWS STS. */
@FunctionalInterface
public interface RoleTrust {
    /** There are no such roles. */
    RoleTrust NO_ROLES = (roleArn, caller, context) -> false;

    /**
     * Whether the role exists and its trust policy allows {@code sts:AssumeRole}.
     *
     * @param context the condition keys known for the request, such as {@code aws:PrincipalOrgID}
     */
    boolean lets(String roleArn, Caller caller, Map<String, String> context);
}
