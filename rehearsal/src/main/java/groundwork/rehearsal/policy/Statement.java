package groundwork.rehearsal.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One statement of a policy.
 *
 * <p>Two statements are equal only if they are the same place of equal documents, so statements can be collected in a set
 * to find those that no request used.
 */
public final class Statement {
    private static final Set<String> ELEMENTS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");

    private final String policyName;
    private final int index;
    private final JsonNode source;
    private final Optional<String> sid;
    private final boolean denies;
    private final Optional<Principals> principals;
    private final Patterns actions;
    private final Optional<Patterns> resources;
    private final List<Condition> conditions;

    private Statement(String policyName, int index, PolicyType type, JsonNode source) {
        String place = place(policyName, index, source);
        PolicyDocument.requireOnly(ELEMENTS, source, place);
        this.policyName = policyName;
        this.index = index;
        this.source = source;
        this.sid = Optional.ofNullable(source.get("Sid")).map(JsonNode::asText);
        this.denies = switch (source.path("Effect").asText()) {
            case "Allow" -> false;
            case "Deny" -> true;
            default -> throw new InvalidPolicyException(place, "Effect must be Allow or Deny");
        };
        this.principals = Principals.parse(source, denies, place);
        this.actions = Patterns.parse("Action", source, place)
                .orElseThrow(() -> new InvalidPolicyException(place, "needs Action or NotAction"));
        actions.patterns().forEach(pattern -> checkAction(pattern, place));
        this.resources = Patterns.parse("Resource", source, place);
        resources.ifPresent(given -> given.patterns().forEach(pattern -> checkResource(pattern, place)));
        this.conditions = Condition.parse(source.path("Condition"), place + ".Condition");
        checkElements(type, place);
    }

    static Statement parse(String policyName, int index, PolicyType type, JsonNode source) {
        return new Statement(policyName, index, type, source);
    }

    /** Returns the policy's name with the Sid or else the position, such as {@code Role/policy.ReadTable} or {@code Role/policy[0]}. */
    public String id() {
        return place(policyName, index, source);
    }

    public String policyName() {
        return policyName;
    }

    public Optional<String> sid() {
        return sid;
    }

    /** Returns whether the Effect is Deny. */
    public boolean denies() {
        return denies;
    }

    /** Returns the Action patterns as written; empty for a NotAction. */
    public List<String> actions() {
        return actions.negated() ? List.of() : actions.patterns();
    }

    /** Returns the Resource patterns as written; empty for a NotResource and where the policy has no resources. */
    public List<String> resources() {
        return resources
                .filter(given -> !given.negated())
                .map(Patterns::patterns)
                .orElse(List.of());
    }

    /** Returns how this statement applies to a request, or nothing if it does not. */
    Optional<Decision.Match> match(AccessRequest request) {
        if (principals.isPresent() && !principals.get().include(request.principal())) {
            return Optional.empty();
        }
        List<String> matchingActions = actions.matching(pattern -> Wildcards.action(pattern, request.action()));
        if (!actions.apply(matchingActions)) {
            return Optional.empty();
        }
        List<String> matchingResources = resources
                .map(given -> given.matching(pattern -> Wildcards.resource(pattern, request.resource())))
                .orElse(List.of());
        boolean applies = (resources.isEmpty() || resources.get().apply(matchingResources))
                && conditions.stream().allMatch(condition -> condition.holds(request));
        return applies ? Optional.of(new Decision.Match(this, matchingActions, matchingResources)) : Optional.empty();
    }

    private void checkElements(PolicyType type, String place) {
        boolean needsPrincipal = type != PolicyType.IDENTITY;
        boolean needsResource = type != PolicyType.TRUST;
        if (principals.isPresent() != needsPrincipal) {
            throw new InvalidPolicyException(
                    place, (needsPrincipal ? "needs a" : "must not have a") + " Principal in this kind of policy");
        }
        if (resources.isPresent() != needsResource) {
            throw new InvalidPolicyException(
                    place, (needsResource ? "needs a" : "must not have a") + " Resource in this kind of policy");
        }
    }

    private static void checkAction(String pattern, String place) {
        if (!pattern.equals("*") && !pattern.matches("[A-Za-z0-9-]+:[A-Za-z0-9*?]+")) {
            throw new InvalidPolicyException(place, pattern + " is not an action");
        }
    }

    private static void checkResource(String pattern, String place) {
        String[] segments = pattern.split(":", -1);
        if (!pattern.equals("*") && (!segments[0].equals("arn") || segments.length < 3)) {
            throw new InvalidPolicyException(place, pattern + " is neither an ARN nor *");
        }
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
        if (segments.length > 2 && Wildcards.present(segments[2])) {
            throw new InvalidPolicyException(place, pattern + " must not have a wildcard in its service");
        }
    }

    private static String place(String policyName, int index, JsonNode source) {
        return source.has("Sid") ? policyName + "." + source.get("Sid").asText() : policyName + "[" + index + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Statement that
                && policyName.equals(that.policyName)
                && index == that.index
                && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return 31 * policyName.hashCode() + index;
    }

    @Override
    public String toString() {
        return id();
    }

    /** An element such as Action, or its opposite such as NotAction. */
    private record Patterns(boolean negated, List<String> patterns) {
        static Optional<Patterns> parse(String element, JsonNode statement, String place) {
            boolean negated = statement.has("Not" + element);
            if (negated && statement.has(element)) {
                throw new InvalidPolicyException(place, "has both " + element + " and Not" + element);
            }
            String name = negated ? "Not" + element : element;
            return statement.has(name)
                    ? Optional.of(
                            new Patterns(negated, PolicyDocument.strings(statement.get(name), place + "." + name)))
                    : Optional.empty();
        }

        List<String> matching(Predicate<String> matches) {
            return patterns.stream().filter(matches).toList();
        }

        boolean apply(List<String> matching) {
            return matching.isEmpty() == negated;
        }
    }
}
