package groundwork.rehearsal.preflight;

import java.util.List;
import java.util.Optional;

/**
 * What would be done in the member accounts of an organization.
 *
 * @param groupName the administrators' group
 * @param permissionSetName what it has in the member accounts
 * @param stackSetName the StackSet of the member stack
 * @param stackSetExists whether there is one
 * @param members all member accounts, in the order of their ids
 */
record OrganizationPlan(
        String organizationId,
        String groupName,
        String permissionSetName,
        String stackSetName,
        boolean stackSetExists,
        List<MemberPlan> members) {
    OrganizationPlan {
        members = List.copyOf(members);
    }

    List<MemberPlan> of(MemberPlan.Access access) {
        return members.stream().filter(member -> member.access() == access).toList();
    }

    List<MemberPlan> of(MemberPlan.Stack stack) {
        return members.stream()
                .filter(member -> member.stack().equals(Optional.of(stack)))
                .toList();
    }
}
