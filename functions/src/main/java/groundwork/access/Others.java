package groundwork.access;

import groundwork.administrator.AdministratorIdentity;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who else is in the administrators' group, and so has whatever access the group has.
 *
 * @param group the group's name
 * @param members those that were listed, the latest first; at most a hundred
 * @param more whether there are more than those
 */
public record Others(String group, List<Member> members, boolean more) {
    /** Nobody. */
    static final Others NONE = new Others("", List.of(), false);

    public Others {
        members = List.copyOf(members);
    }

    /**
     * A member of the group.
     *
     * @param membershipId the id of the membership, which is another one if the user leaves and comes back
     * @param userName the name to sign in with; null if there are too many to ask for each
     * @param since when the user became a member; null if AWS does not say
     * @param by who added the user; null if AWS does not say
     * @param ours whether Groundwork added the user, as the administrator of an earlier time
     */
    public record Member(String membershipId, String userName, Instant since, String by, boolean ours) {
        /** When and by whom the user was added, as far as AWS says so. */
        public String added() {
            String when = AdministratorIdentity.on(since);
            return ours
                    ? "the administrator of an earlier time, added%s by Groundwork, who still has the access"
                            .formatted(when)
                    : "added%s by %s".formatted(when, AdministratorIdentity.by(by));
        }
    }

    public boolean isEmpty() {
        return members.isEmpty() && !more;
    }

    /** How many there are and what the first are called, such as {@code 2 others (bob, carol)}. */
    public String words() {
        String named = members.stream()
                .filter(member -> member.userName() != null)
                .map(Member::userName)
                .collect(Collectors.joining(", "));
        long unnamed =
                members.stream().filter(member -> member.userName() == null).count();
        String count = more ? "more than " + members.size() : String.valueOf(members.size());
        String rest = more ? " and more" : unnamed == 0 ? "" : " and %d more".formatted(unnamed);
        return "%s %s%s"
                .formatted(
                        count,
                        members.size() == 1 && !more ? "other" : "others",
                        named.isEmpty() ? "" : " (" + named + rest + ")");
    }
}
