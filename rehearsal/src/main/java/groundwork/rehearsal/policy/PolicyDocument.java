package groundwork.rehearsal.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A policy document.
 *
 * @param name what statements are identified by, beside their Sid; not part of the document
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html">IAM JSON policy
 *     element reference</a>
 */
public record PolicyDocument(String name, List<Statement> statements) {

    /** Reads a policy that is attached to a role, user or group. */
    public static PolicyDocument ofIdentity(String name, JsonNode document) {
        return parse(name, PolicyType.IDENTITY, document);
    }

    /** Reads a policy that is attached to a resource other than a role. */
    public static PolicyDocument ofResource(String name, JsonNode document) {
        return parse(name, PolicyType.RESOURCE, document);
    }

    /** Reads the trust policy of a role. */
    public static PolicyDocument ofTrust(String name, JsonNode document) {
        return parse(name, PolicyType.TRUST, document);
    }

    /**
     * Decides a request: an explicit deny wins over every allow, and what no statement allows is denied.
     *
     * <p>Policies of the principal and of the resource may be given together, which is how AWS decides within one account;
     * across accounts each side must allow on its own. A trust policy is decided alone, and so is a policy that names a whole
     * account: it only leaves the decision to the policies of that account, which must then allow as well.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
     *     evaluation logic</a>
     */
    public static Decision decide(List<PolicyDocument> policies, AccessRequest request) {
        List<Decision.Match> applying = policies.stream()
                .flatMap(policy -> policy.statements.stream())
                .flatMap(statement -> statement.match(request).stream())
                .toList();
        for (Decision.Match match : applying) {
            if (match.statement().denies()) {
                return new Decision.ExplicitlyDenied(match);
            }
        }
        return applying.isEmpty() ? new Decision.ImplicitlyDenied() : new Decision.Allowed(applying);
    }

    private static PolicyDocument parse(String name, PolicyType type, JsonNode document) {
        requireOnly(Set.of("Version", "Id", "Statement"), document, name);
        // The older 2008-10-17 has no policy variables; one version is enough to be right about.
        if (!document.path("Version").asText().equals("2012-10-17")) {
            throw new InvalidPolicyException(name, "Version must be 2012-10-17");
        }
        JsonNode statement = document.path("Statement");
        if (statement.isMissingNode() || (statement.isArray() && statement.isEmpty())) {
            throw new InvalidPolicyException(name, "has no Statement");
        }
        List<Statement> statements = new ArrayList<>();
        for (JsonNode each : statement.isArray() ? statement : List.of(statement)) {
            statements.add(Statement.parse(name, statements.size(), type, each));
        }
        requireDistinctSids(name, statements);
        return new PolicyDocument(name, List.copyOf(statements));
    }

    private static void requireDistinctSids(String name, List<Statement> statements) {
        List<String> sids =
                statements.stream().flatMap(each -> each.sid().stream()).toList();
        sids.stream()
                .filter(sid -> sids.indexOf(sid) != sids.lastIndexOf(sid))
                .findFirst()
                .ifPresent(sid -> {
                    throw new InvalidPolicyException(name, "the Sid " + sid + " is given twice");
                });
    }

    static void requireOnly(Set<String> known, JsonNode object, String place) {
        if (!object.isObject()) {
            throw new InvalidPolicyException(place, "must be an object");
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!known.contains(field.getKey())) {
                throw new InvalidPolicyException(place, field.getKey() + " is not known here");
            }
        }
    }

    /** Returns the strings of an element that is one string or a list of them. */
    static List<String> strings(JsonNode element, String place) {
        List<String> strings = new ArrayList<>();
        for (JsonNode each : element.isArray() ? element : List.of(element)) {
            if (!each.isValueNode() || each.isNull()) {
                throw new InvalidPolicyException(place, "must be a string or a list of strings");
            }
            if (each.asText().contains("${")) {
                throw new InvalidPolicyException(place, "policy variables are not implemented: " + each.asText());
            }
            strings.add(each.asText());
        }
        if (strings.isEmpty()) {
            throw new InvalidPolicyException(place, "must not be empty");
        }
        return List.copyOf(strings);
    }
}
