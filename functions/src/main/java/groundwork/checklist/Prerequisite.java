package groundwork.checklist;

/**
 * The checklist: what has to be true before everyday work in an AWS account can be done by an IAM Identity Center
 * administrator. State machine, emails, report and README use these ids and these words, in this order.
 */
public enum Prerequisite {
    /** The root user has MFA, or, in a member account, has no credentials at all. Only a person can do this. */
    ROOT_MFA("The root user is protected by MFA"),
    /** The root user has neither access keys nor signing certificates. Only a person can do this. */
    ROOT_ACCESS_KEYS("The root user has no access keys"),
    /** A message to the administrator's address would be delivered. A person confirms the address. */
    EMAIL_CHANNEL("Email reaches the administrator"),
    /** An active organization instance whose primary Region is the Region of the stack. A person enables it. */
    IDENTITY_CENTER("IAM Identity Center is enabled"),
    /** The administrator exists in the identity store, enabled, with the right email address. */
    ADMIN_USER("The administrator exists in Identity Center"),
    /** The administrator's group has the administrator permission set on the account, provisioned. */
    ADMIN_ACCESS("The administrator has access to the account"),
    /** The email with the sign-in URL was handed to the channel for this user. */
    SIGN_IN_EMAIL("The sign-in URL was sent"),
    /** A successful Identity Center sign-in of the administrator has been seen. */
    FIRST_SIGN_IN("The administrator has signed in"),
    /** A logging trail feeds EventBridge, and events of the global Region reach the Region of the stack. */
    CHANGE_EVENTS("Changes to the account are noticed");

    private final String title;

    Prerequisite(String title) {
        this.title = title;
    }

    /** The prerequisite in words, as a statement that is true when it is done. */
    public String title() {
        return title;
    }
}
