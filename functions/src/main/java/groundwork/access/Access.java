package groundwork.access;

import groundwork.administrator.Setback;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.json.Derived;

/**
 * What has become of the access so far.
 *
 * @param findings ADMIN_ACCESS
 * @param pending what AWS still works on; null when there is nothing to wait for
 * @param groupId the group; null when there is none
 * @param permissionSetArn the permission set; null when there is none
 * @param setback what AWS refused or does not take yet, for the next call; null if nothing
 * @param untold whether the administrator gets access once people have been told that the user was there before
 * @param others who else has or gets the access; null if nobody, or while there is none
 */
public record Access(
        Findings findings,
        Pending pending,
        String groupId,
        String permissionSetArn,
        Setback setback,
        boolean untold,
        Others others) {
    Access(Findings findings, Pending pending, String groupId, String permissionSetArn, Setback setback) {
        this(findings, pending, groupId, permissionSetArn, setback, false, null);
    }

    /** Whether AWS still works on it, so that it is to be asked again. */
    @Derived
    boolean underWay() {
        return pending != null;
    }

    /** The same with what happened on the way. */
    Access after(Setback happened) {
        return new Access(findings, pending, groupId, permissionSetArn, happened, untold, others);
    }

    /** The same, held until people have been told. */
    Access asUntold() {
        return new Access(findings, pending, groupId, permissionSetArn, setback, true, others);
    }

    /** The same with who else has or gets the access, and the outcome saying so. */
    Access with(Others found, Outcome outcome) {
        return new Access(
                findings.with(before -> outcome),
                pending,
                groupId,
                permissionSetArn,
                setback,
                untold,
                found.isEmpty() ? null : found);
    }
}
