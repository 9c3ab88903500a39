package groundwork.email;

/**
 * What happens when the administrator signs in for the first time, as far as that can be known: no API tells which identity
 * source is used, whether a user has a password, or whether AWS sends one-time codes.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/userswithoutpwd.html">Email one-time
 *     password to users created with the API</a>
 */
public enum WayIn {
    /** The user has signed in before, or had the access before Groundwork came. */
    KNOWN,
    /** An identity provider or Active Directory has the password. */
    ELSEWHERE,
    /** A user whom a program made, and CloudTrail shows that AWS sends one-time codes to such users. */
    ONE_TIME_CODE,
    /** A user whom Groundwork made: a one-time code if the switch for it is on, otherwise somebody has to help. */
    CODE_OR_PASSWORD,
    /** A user whom somebody else made: AWS has invited whoever was made in the console, and nobody else. */
    PERHAPS_INVITED;

    /** Whether the user may end at a password that nobody has. */
    public boolean mayNeedPassword() {
        return this == CODE_OR_PASSWORD || this == PERHAPS_INVITED;
    }
}
