package groundwork.checklist;

import java.util.regex.Pattern;

/** The form of an AWS account id. Functions are called with one, and put it into calls, keys and sentences. */
public final class AccountId {
    private static final Pattern FORM = Pattern.compile("[0-9]{12}");

    private AccountId() {}

    /** Whether a text has the form of an account id. */
    public static boolean is(String text) {
        return text != null && FORM.matcher(text).matches();
    }

    /**
     * The id itself.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static String required(String accountId) {
        if (!is(accountId)) {
            throw new IllegalArgumentException("An account id has 12 digits, and this has not: " + accountId);
        }
        return accountId;
    }
}
