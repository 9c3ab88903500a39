package groundwork.administrator;

import static java.util.Objects.requireNonNull;

import groundwork.checklist.Dates;
import groundwork.identitycenter.UserDirectory;
import groundwork.runtime.Settings;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;

/**
 * Tells whether a user is whom the stack's parameters mean, by nothing but what AWS says of the user and what the parameters
 * say: not by the table, and not by what a function was called with.
 *
 * @param userName the name to sign in with
 * @param email where the sign-in URL goes
 * @param maker the role with which Groundwork makes users
 */
public record AdministratorIdentity(String userName, String email, OwnRole maker) {
    public AdministratorIdentity {
        requireNonNull(userName);
        requireNonNull(email);
        requireNonNull(maker);
    }

    public static AdministratorIdentity of(Settings settings) {
        return new AdministratorIdentity(
                settings.userName(), settings.administratorEmail(), OwnRole.of(settings.userMaker()));
    }

    /** What a user is to the stack. */
    public enum Standing {
        /** Groundwork made the user, who has the name or the address of the parameters. */
        OURS,
        /** Somebody else made the user, who has the address of the parameters. */
        THERE_BEFORE,
        /** Neither is certain. Such a user keeps what it has and is given nothing. */
        SOMEBODY_ELSE
    }

    public Standing of(DescribeUserResponse user) {
        boolean address = UserDirectory.hasEmail(user, email);
        if (isOurs(user) && (address || hasName(user))) {
            return Standing.OURS;
        }
        return address ? Standing.THERE_BEFORE : Standing.SOMEBODY_ELSE;
    }

    boolean isOurs(DescribeUserResponse user) {
        return maker.made(user.createdBy());
    }

    private boolean hasName(DescribeUserResponse user) {
        return userName.equalsIgnoreCase(user.userName());
    }

    /** When and by whom a user was made that Groundwork did not make, in a sentence; empty if it is Groundwork's own. */
    public Optional<String> origin(DescribeUserResponse user) {
        return isOurs(user)
                ? Optional.empty()
                : Optional.of("Groundwork did not make the user %s: it was made%s by %s."
                        .formatted(user.userName(), on(user.createdAt()), by(user.createdBy())));
    }

    /** When something was made, if AWS says so. */
    public static String on(Instant at) {
        return at == null ? "" : " on " + Dates.moment(at);
    }

    /** Who made something, if AWS says so. */
    public static String by(String who) {
        return who == null || who.isBlank() ? "somebody whom AWS does not name" : who;
    }
}
