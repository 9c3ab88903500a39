package groundwork.email;

/** Whom an email is for. Where the owner of the account is the administrator, both are one person with one address. */
public enum Reader {
    /** Whoever works in the account, by IAM Identity Center. */
    ADMINISTRATOR,
    /** Whoever has the root user: does what only the root user or an administrator of IAM Identity Center can do. */
    OWNER;

    /** The other of the two. */
    public Reader other() {
        return this == ADMINISTRATOR ? OWNER : ADMINISTRATOR;
    }
}
