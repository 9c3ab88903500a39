package groundwork.rehearsal.stack;

import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.policy.AccessRequest;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.policy.PolicyDocument;
import groundwork.rehearsal.policy.Principal;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.IamRole;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds every call against the policies of the role that makes it, as the template writes them. */
public final class RolePolicies implements AccessChecks {
    private final Map<String, IamRole> roles = new HashMap<>();
    private final Witness witness;

    /**
     * @param witness sees every decision, so that permissions nobody uses can be found
     */
    public RolePolicies(ExpandedTemplate template, Witness witness) {
        this.witness = witness;
        update(template);
    }

    /** The stack is updated, and with it its roles. */
    void update(ExpandedTemplate template) {
        roles.clear();
        template.roles().forEach(role -> roles.put(role.arn(), role));
    }

    @Override
    public Optional<Refusal> refusal(Caller caller, List<AccessCheck> checks) {
        IamRole role = roles.get(caller.roleArn());
        if (role == null) {
            // People and other stacks; what they may do is not this stack's business.
            return Optional.empty();
        }
        return checks.stream()
                .filter(check -> !isAllowed(role, check))
                .findFirst()
                .map(Refusal::notAllowed);
    }

    private boolean isAllowed(IamRole role, AccessCheck check) {
        Map<String, List<String>> context = new HashMap<>(check.multivalued());
        check.context().forEach((key, value) -> context.put(key, List.of(value)));
        AccessRequest request =
                new AccessRequest(new Principal.Identity(role.arn()), check.action(), check.resource(), context);
        return switch (PolicyDocument.decide(role.policies(), request)) {
            case Decision.Allowed allowed -> {
                witness.allowed(role, check, allowed);
                yield true;
            }
            case Decision.ExplicitlyDenied denied -> refused(role, check);
            case Decision.ImplicitlyDenied denied -> refused(role, check);
        };
    }

    private boolean refused(IamRole role, AccessCheck check) {
        witness.refused(role, check);
        return false;
    }
}
