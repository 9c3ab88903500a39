package groundwork.rehearsal.organization.call;

import java.util.List;
import java.util.Optional;

/** Decides whether a caller may do what it asks for; an operation goes ahead only if no check of it is refused. */
@FunctionalInterface
public interface AccessChecks {
    AccessChecks ALLOW_ALL = (caller, checks) -> Optional.empty();

    /** Returns the first refusal, or empty if everything is allowed. */
    Optional<Refusal> refusal(Caller caller, List<AccessCheck> checks);

    /**
     * @param check the check that was refused
     * @param reason the end of AWS's message, such as {@code because no identity-based policy allows the sso:ListInstances action}
     */
    record Refusal(AccessCheck check, String reason) {
        /** Refuses for lack of an Allow statement. */
        public static Refusal notAllowed(AccessCheck check) {
            return new Refusal(check, "because no identity-based policy allows the " + check.action() + " action");
        }

        /** Refuses for an explicit Deny in a service control policy. */
        public static Refusal deniedByServiceControlPolicy(AccessCheck check) {
            return new Refusal(check, "with an explicit deny in a service control policy");
        }

        // https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
        public String message(Caller caller) {
            return "User: %s is not authorized to perform: %s on resource: %s %s"
                    .formatted(caller.assumedRoleArn(), check.action(), check.resource(), reason);
        }
    }
}
