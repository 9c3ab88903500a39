package groundwork.access;

/**
 * What AWS was asked to do.
 *
 * @param requestId by which AWS tells how far it is
 */
public record AccessOrder(Kind kind, String requestId) {
    /** The two kinds of work that AWS does in the background here. */
    public enum Kind {
        ASSIGNMENT,
        PROVISIONING
    }
}
