package groundwork.checklist;

/**
 * The checklist: what has to be true before everyday work in an AWS account can be done by an IAM Identity Center
 * administrator. State machine, emails, report and README use these ids and these words, in this order.
 */
public enum Prerequisite {
    /** The root user has MFA, or, in a member account, has no credentials at all. Only a person can do this. */
    ROOT_MFA("Protect the root user with MFA", "The root user was protected with MFA"),
    /** The root user has neither access keys nor signing certificates. Only a person can do this. */
    ROOT_ACCESS_KEYS("Delete the root user's access keys", "The root user was found without access keys"),
    /** Emails would reach the administrator, and the owner if that is somebody else. A person confirms the address. */
    EMAIL_CHANNEL("Let emails arrive", "The email address was confirmed"),
    /** An active organization instance whose primary Region is the Region of the stack. A person enables it. */
    IDENTITY_CENTER("Enable IAM Identity Center", "IAM Identity Center was enabled"),
    /** The administrator exists in the identity store, enabled, with the right email address. */
    ADMIN_USER("Put the administrator's user right", "The administrator's user was set up"),
    /** The administrator's group has the administrator permission set on the account, provisioned. */
    ADMIN_ACCESS("Put the administrator's access right", "The administrator was given access to the account"),
    /** The email with the sign-in URL was handed to the channel for this user. */
    SIGN_IN_EMAIL("Send the sign-in URL", "The sign-in URL was sent"),
    /** A successful Identity Center sign-in of the administrator has been seen. */
    FIRST_SIGN_IN("Sign in as the administrator", "The administrator signed in"),
    /** A logging trail feeds EventBridge, and events of the global Region reach the Region of the stack. */
    CHANGE_EVENTS("Let Groundwork hear of changes", "Groundwork was connected to the account's changes");

    private final String task;
    private final String title;

    Prerequisite(String task, String title) {
        this.task = task;
        this.title = title;
    }

    /** The prerequisite in words, as what is to be done. */
    public String task() {
        return task;
    }

    /** The prerequisite in words, once it is done. */
    public String title() {
        return title;
    }
}
