package groundwork.email;

import groundwork.checklist.Checklist;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;

/** Whom an email is for. Where the owner of the account is the administrator, both are one person with one address. */
public enum Reader {
    /** Whoever works in the account, by IAM Identity Center. */
    ADMINISTRATOR,
    /** Whoever has the root user: does what only the root user or an administrator of IAM Identity Center can do. */
    OWNER;

    /**
     * Who has to act on a line that is open, where owner and administrator are two people: what only the root user or an administrator of
     * IAM Identity Center can do is the owner's, the rest the administrator's.
     *
     * @param checklist says whether the administrator works in the account already
     * @param administratorHears whether emails reach the administrator
     */
    public static Reader whoActs(Prerequisite prerequisite, Checklist checklist, boolean administratorHears) {
        return switch (prerequisite) {
            case ROOT_MFA, ROOT_ACCESS_KEYS, IDENTITY_CENTER, ADMIN_USER, ADMIN_ACCESS -> OWNER;
            case SIGN_IN_EMAIL, FIRST_SIGN_IN -> ADMINISTRATOR;
            case CHANGE_EVENTS -> isIn(checklist) ? ADMINISTRATOR : OWNER;
            case EMAIL_CHANNEL -> administratorHears ? ADMINISTRATOR : OWNER;
        };
    }

    private static boolean isIn(Checklist checklist) {
        return switch (checklist.item(Prerequisite.FIRST_SIGN_IN).outcome()) {
            case Outcome.Done done -> true;
            case Outcome.NotApplicable notApplicable -> true;
            case Outcome.Waiting waiting -> false;
            case Outcome.Blocked blocked -> false;
            case Outcome.Unknown unknown -> false;
            case Outcome.Planned planned -> false;
        };
    }

    /** The other of the two. */
    public Reader other() {
        return this == ADMINISTRATOR ? OWNER : ADMINISTRATOR;
    }
}
