package groundwork.rehearsal.organization.call;

import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** Knows the roles of the organization and their trust policies. */
@FunctionalInterface
public interface RoleTrust {
    /** True if the role exists and trusts the caller under the conditions of this request. */
    boolean trusts(Caller caller, AssumeRoleRequest request);
}
