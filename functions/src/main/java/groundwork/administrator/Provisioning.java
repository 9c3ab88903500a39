package groundwork.administrator;

import groundwork.checklist.Findings;
import groundwork.checklist.Prerequisite;
import groundwork.json.Derived;

/**
 * What has become of the administrator.
 *
 * @param findings ADMIN_USER and, when there can be no administrator, ADMIN_ACCESS, which depends on it
 * @param administrator null when there is none, or in a plan none yet
 * @param setback what AWS does not do yet, for the next look; null if nothing
 * @param origin when and by whom the administrator was made, in a sentence; null if Groundwork made the user
 */
public record Provisioning(Findings findings, Administrator administrator, Setback setback, String origin) {
    /** Whether there is, or in a plan would be, somebody to give access to. */
    @Derived
    boolean mayBeGivenAccess() {
        return findings.finding(Prerequisite.ADMIN_ACCESS).isEmpty();
    }
}
