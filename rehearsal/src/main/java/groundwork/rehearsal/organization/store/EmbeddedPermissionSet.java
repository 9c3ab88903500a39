package groundwork.rehearsal.organization.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A permission set as it was last written; accounts get it only when it is provisioned.
 *
 * @param sessionDuration ISO 8601, PT1H to PT12H
 * @param managedPolicies ARNs of AWS managed policies in the order they were attached
 * @param customerManagedPolicies path and name of policies in each account, such as {@code /team/Guardrail}
 * @param permissionsBoundary what bounds it: the ARN of an AWS managed policy, or path and name of a policy in each account
 * @param revision grows with every change that has to be provisioned
 * @param visibleFrom when reads begin to find it
 */
public record EmbeddedPermissionSet(
        String arn,
        String name,
        Optional<String> description,
        String sessionDuration,
        Optional<String> relayState,
        Map<String, String> tags,
        List<String> managedPolicies,
        List<String> customerManagedPolicies,
        Optional<String> inlinePolicy,
        Optional<String> permissionsBoundary,
        int revision,
        Instant createdAt,
        Instant visibleFrom) {
    public EmbeddedPermissionSet {
        tags = Map.copyOf(tags);
        managedPolicies = List.copyOf(managedPolicies);
        customerManagedPolicies = List.copyOf(customerManagedPolicies);
    }

    public EmbeddedPermissionSet described(
            Optional<String> newDescription, String newSessionDuration, Optional<String> newRelayState) {
        return new EmbeddedPermissionSet(
                arn,
                name,
                newDescription,
                newSessionDuration,
                newRelayState,
                tags,
                managedPolicies,
                customerManagedPolicies,
                inlinePolicy,
                permissionsBoundary,
                revision + 1,
                createdAt,
                visibleFrom);
    }

    public EmbeddedPermissionSet withPolicies(
            Collection<String> managed, Optional<String> inline, Optional<String> boundary) {
        return withPolicies(managed, customerManagedPolicies, inline, boundary);
    }

    public EmbeddedPermissionSet withCustomerManagedPolicies(Collection<String> pathsAndNames) {
        return withPolicies(managedPolicies, pathsAndNames, inlinePolicy, permissionsBoundary);
    }

    private EmbeddedPermissionSet withPolicies(
            Collection<String> managed,
            Collection<String> customerManaged,
            Optional<String> inline,
            Optional<String> boundary) {
        return new EmbeddedPermissionSet(
                arn,
                name,
                description,
                sessionDuration,
                relayState,
                tags,
                List.copyOf(managed),
                List.copyOf(customerManaged),
                inline,
                boundary,
                revision + 1,
                createdAt,
                visibleFrom);
    }

    public EmbeddedPermissionSet tagged(Map<String, String> moreTags) {
        Map<String, String> all = new TreeMap<>(tags);
        all.putAll(moreTags);
        return new EmbeddedPermissionSet(
                arn,
                name,
                description,
                sessionDuration,
                relayState,
                all,
                managedPolicies,
                customerManagedPolicies,
                inlinePolicy,
                permissionsBoundary,
                revision,
                createdAt,
                visibleFrom);
    }
}
