package groundwork.rehearsal.organization.services;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What AWS's own policy lets Identity Center do with IAM by its service-linked role in every account of the organization
 * but the management account. Whoever assigns access there has to be allowed that: Identity Center then works in the
 * caller's name.
 *
 * @param notInTheManagementAccount actions on IAM and the resources the policy names for them
 * @see <a href="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSSSOServiceRolePolicy.html">AWSSSOServiceRolePolicy</a>
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/howtodelegatessoaccess.html">Delegate who can
 *     assign single sign-on access to users in the management account</a>
 */
public record ServiceLinkedRole(List<Permission> notInTheManagementAccount) {
    private static final String POLICY = "arn:aws:iam::aws:policy/aws-service-role/AWSSSOServiceRolePolicy";
    private static final String NOT_IN_THE_MANAGEMENT_ACCOUNT =
            "{\"StringNotEquals\":{\"aws:PrincipalOrgMasterAccountId\":\"${aws:PrincipalAccount}\"}}";
    private static final ServiceLinkedRole PUBLISHED = read();

    public ServiceLinkedRole {
        notInTheManagementAccount = List.copyOf(notInTheManagementAccount);
    }

    /**
     * An action that the policy allows.
     *
     * @param action such as {@code iam:CreateRole}
     * @param resource a pattern of ARNs, such as {@code arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*}
     */
    public record Permission(String action, String resource) {}

    /** The policy as AWS publishes it. */
    public static ServiceLinkedRole published() {
        return PUBLISHED;
    }

    private static ServiceLinkedRole read() {
        List<Permission> withheld = new ArrayList<>();
        for (JsonNode statement : ManagedPolicyDocuments.statements(POLICY)) {
            List<String> actions = statement
                    .path("Action")
                    .valueStream()
                    .map(JsonNode::asText)
                    .filter(action -> action.startsWith("iam:"))
                    .toList();
            if (actions.isEmpty() || isUnconditional(statement)) {
                continue;
            }
            for (JsonNode resource : statement.path("Resource")) {
                actions.forEach(action -> withheld.add(new Permission(action, resource.asText())));
            }
        }
        return new ServiceLinkedRole(withheld);
    }

    private static boolean isUnconditional(JsonNode statement) {
        String condition = statement.path("Condition").toString();
        if (!statement.path("Effect").asText().equals("Allow")
                || !(condition.isEmpty() || condition.equals(NOT_IN_THE_MANAGEMENT_ACCOUNT))) {
            throw new IllegalStateException(POLICY + " has a statement of a new kind: " + statement);
        }
        return condition.isEmpty();
    }
}
