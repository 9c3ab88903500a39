package groundwork.rehearsal.organization.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The role that a permission set became in an account, as IAM shows it.
 *
 * @param visibleFrom when reads begin to show it as it is
 * @param before what reads show until then; empty if nothing
 * @param trustPolicy who may assume it, as JSON
 * @param attachedPolicies ARNs of managed policies
 * @param inlinePolicies documents by name
 * @param permissionsBoundary the ARN of a managed policy
 */
public record ReservedRole(
        String arn,
        Instant createdAt,
        Instant visibleFrom,
        Optional<ReservedRole> before,
        String trustPolicy,
        List<String> attachedPolicies,
        Map<String, String> inlinePolicies,
        Optional<String> permissionsBoundary) {
    /** The name under which Identity Center writes the inline policy of a set; seen in published listings of such roles. */
    static final String INLINE_POLICY = "AwsSSOInlinePolicy";

    public ReservedRole {
        attachedPolicies = List.copyOf(attachedPolicies);
        inlinePolicies = Map.copyOf(new TreeMap<>(inlinePolicies));
    }

    /** The trust policy that Identity Center writes; seen in published listings of such roles. */
    static String trusting(String samlProviderArn) {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": "%s"},\
                 "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"],\
                 "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}}]}\
                """.formatted(samlProviderArn);
    }

    public String name() {
        return name(arn);
    }

    public String path() {
        return path(arn);
    }

    /** The name in the ARN of a role. */
    public static String name(String roleArn) {
        return roleArn.substring(roleArn.lastIndexOf('/') + 1);
    }

    /** The path in the ARN of a role. */
    public static String path(String roleArn) {
        return roleArn.replaceFirst(".*:role(/.*/).*", "$1");
    }

    /** What reads show at a time. */
    public Optional<ReservedRole> visibleAt(Instant time) {
        return visibleFrom.isAfter(time) ? before.flatMap(role -> role.visibleAt(time)) : Optional.of(this);
    }

    /** The same role, made anew by Identity Center. */
    ReservedRole after(ReservedRole earlier) {
        return new ReservedRole(
                arn,
                earlier.createdAt,
                visibleFrom,
                Optional.of(earlier),
                trustPolicy,
                attachedPolicies,
                inlinePolicies,
                permissionsBoundary);
    }

    public ReservedRole withTrustPolicy(String document) {
        return new ReservedRole(
                arn, createdAt, visibleFrom, before, document, attachedPolicies, inlinePolicies, permissionsBoundary);
    }

    public ReservedRole withAttachedPolicies(List<String> arns) {
        return new ReservedRole(
                arn, createdAt, visibleFrom, before, trustPolicy, arns, inlinePolicies, permissionsBoundary);
    }

    public ReservedRole withInlinePolicies(Map<String, String> documents) {
        return new ReservedRole(
                arn, createdAt, visibleFrom, before, trustPolicy, attachedPolicies, documents, permissionsBoundary);
    }

    public ReservedRole withPermissionsBoundary(String policyArn) {
        return new ReservedRole(
                arn,
                createdAt,
                visibleFrom,
                before,
                trustPolicy,
                attachedPolicies,
                inlinePolicies,
                Optional.of(policyArn));
    }
}
