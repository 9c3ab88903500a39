package groundwork.rehearsal.organization.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The documents of AWS managed policies, as {@code .ci/managed_policies} took them from a published copy. */
final class ManagedPolicyDocuments {
    private static final JsonNode POLICIES = read();

    private ManagedPolicyDocuments() {}

    /**
     * A policy.
     *
     * @param version such as {@code v1}
     */
    record Policy(String version, String document) {}

    /**
     * The policy with this ARN in whatever partition; empty if AWS has none or the file leaves it out.
     *
     * @param arn such as {@code arn:aws:iam::aws:policy/AdministratorAccess}
     */
    static Optional<Policy> of(String arn) {
        JsonNode policy = policy(arn);
        return policy.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Policy(
                        policy.path("version").asText(), policy.path("document").toString()));
    }

    /** The statements of a policy that the file has. */
    static JsonNode statements(String arn) {
        return policy(arn).required("document").required("Statement");
    }

    private static JsonNode policy(String arn) {
        return POLICIES.path(arn.replaceFirst("^arn:[^:]+:iam::aws:policy/", ""));
    }

    private static JsonNode read() {
        try (InputStream file = ManagedPolicyDocuments.class.getResourceAsStream("managed-policies.json")) {
            return new ObjectMapper().readTree(file).path("policies");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
