package groundwork.rehearsal.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Principal or NotPrincipal of a statement.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">AWS JSON
 *     policy elements: Principal</a>
 */
record Principals(boolean negated, boolean everyone, List<String> identities, List<String> services) {

    static Optional<Principals> parse(JsonNode statement, boolean denies, String place) {
        boolean negated = statement.has("NotPrincipal");
        String name = negated ? "NotPrincipal" : "Principal";
        if (!statement.has(name)) {
            return Optional.empty();
        }
        if (negated && (!denies || statement.has("Principal"))) {
            throw new InvalidPolicyException(place, "NotPrincipal is for Deny, and without a Principal");
        }
        JsonNode element = statement.get(name);
        if (element.asText().equals("*")) {
            return Optional.of(new Principals(negated, true, List.of(), List.of()));
        }
        PolicyDocument.requireOnly(Set.of("AWS", "Service"), element, place + "." + name);
        List<String> identities = new ArrayList<>();
        List<String> services = new ArrayList<>();
        for (Map.Entry<String, JsonNode> kind : element.properties()) {
            String at = place + "." + name + "." + kind.getKey();
            List<String> values = PolicyDocument.strings(kind.getValue(), at);
            (kind.getKey().equals("AWS") ? identities : services).addAll(values);
        }
        // {"AWS": "*"} and "*" are the same.
        boolean everyone = identities.remove("*");
        identities.forEach(identity -> checkIdentity(identity, place));
        services.forEach(service -> checkService(service, place));
        return Optional.of(new Principals(negated, everyone, List.copyOf(identities), List.copyOf(services)));
    }

    boolean include(Principal principal) {
        return contain(principal) != negated;
    }

    private boolean contain(Principal principal) {
        return everyone
                || switch (principal) {
                    case Principal.Service service -> services.contains(service.name());
                    case Principal.Identity identity ->
                        identities.contains(identity.arn())
                                || identities.contains(identity.accountId())
                                || identities.contains(
                                        "arn:%s:iam::%s:root".formatted(identity.partition(), identity.accountId()));
                };
    }

    private static void checkIdentity(String identity, String place) {
        if (Wildcards.present(identity) || !identity.matches("[0-9]{12}|arn:[^:]+:(iam|sts)::[0-9]{12}:.+")) {
            throw new InvalidPolicyException(place, identity + " is not a principal; wildcards match all or nothing");
        }
    }

    private static void checkService(String service, String place) {
        if (!service.matches("[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?")) {
            throw new InvalidPolicyException(place, service + " is not a service principal");
        }
    }
}
