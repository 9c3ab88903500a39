package groundwork.rehearsal.policy;

import java.util.List;

/** What the policies say to a request. */
public sealed interface Decision {
    /**
     * No statement denies the request and at least one allows it.
     *
     * @param by every statement that allows it
     */
    record Allowed(List<Match> by) implements Decision {}

    /** A statement denies the request, whatever others allow. */
    record ExplicitlyDenied(Match by) implements Decision {}

    /** No statement says anything about the request. */
    record ImplicitlyDenied() implements Decision {}

    /**
     * A statement that applies to the request, and which of its patterns did.
     *
     * @param actions the Action patterns that match; empty for a NotAction
     * @param resources the Resource patterns that match; empty for a NotResource and for a policy without resources
     */
    record Match(Statement statement, List<String> actions, List<String> resources) {}
}
