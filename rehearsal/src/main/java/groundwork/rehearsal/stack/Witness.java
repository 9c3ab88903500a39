package groundwork.rehearsal.stack;

import groundwork.rehearsal.organization.call.AccessCheck;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.states.ExpressionObserver;
import groundwork.rehearsal.template.IamRole;

/** Sees what a stack uses of what its template gives: permissions, and the expressions of its definitions. */
public interface Witness {
    /** Looks away. */
    Witness NONE = new Witness() {};

    /** A role was allowed to do something, by these statements. */
    default void allowed(IamRole role, AccessCheck check, Decision.Allowed by) {}

    /** A role lacked a permission. */
    default void refused(IamRole role, AccessCheck check) {}

    /** An expression was evaluated. */
    default void evaluated(ExpressionObserver.Evaluation evaluation) {}
}
