package groundwork.rehearsal.policy;

/** A policy document that AWS would refuse, or that uses what is not implemented here; the message names the place. */
public final class InvalidPolicyException extends RuntimeException {
    InvalidPolicyException(String place, String problem) {
        super(place + ": " + problem);
    }
}
