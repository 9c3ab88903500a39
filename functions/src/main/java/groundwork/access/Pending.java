package groundwork.access;

import com.google.gson.annotations.SerializedName;
import groundwork.checklist.Effect;
import groundwork.checklist.Outcome;
import java.time.Instant;
import java.util.List;

/**
 * Work that AWS has taken on, with all that is needed to go on from there.
 *
 * @param order what AWS was asked to do; null when AWS has yet to finish something before it can be asked
 * @param groupId the group; null when that is not known
 * @param permissionSetArn the permission set; null when that is not known
 * @param effects what was done so far
 * @param doubtedSince since when IAM has shown a role that may be as it was before a change; null when it is in no
 *     doubt
 * @param limit what the order is to put right, and what is true until it does; null when it is for something else
 * @param whenProvisioned what is true when the order has been done; null when that is to be seen then, as in the account of the
 *     stack, whose role can be read
 */
public record Pending(
        AccessOrder order,
        String groupId,
        String permissionSetArn,
        @SerializedName("changes") List<Effect> effects,
        Instant doubtedSince,
        Outcome limit,
        Outcome whenProvisioned) {
    Pending(AccessOrder order, String groupId, String permissionSetArn, List<Effect> effects) {
        this(order, groupId, permissionSetArn, effects, null, null, null);
    }

    private Outcome outcome(String unfinished) {
        return limit == null ? new Outcome.Unknown(unfinished) : limit;
    }

    /** The outcome while AWS works on the order. */
    Outcome inProgress() {
        return outcome("AWS is still working on the assignment.");
    }

    /** The outcome while something has to be finished, or to become visible, before it can be told or ordered. */
    Outcome notYet() {
        return outcome("AWS has not finished an earlier change of access yet.");
    }
}
