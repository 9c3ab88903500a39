package groundwork.organization;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which member accounts are looked after. An account is meant by its own id or by that of any organizational unit above it.
 *
 * @param all whether every account is meant that is not excluded
 * @param included ids of accounts and organizational units; empty if all are meant, or none
 * @param excluded ids of accounts and organizational units that are left alone, whatever else means them
 */
public record Scope(boolean all, Set<String> included, Set<String> excluded) {
    private static final String ALL = "all";
    private static final Pattern SEPARATOR = Pattern.compile(",\\s*");

    public Scope {
        included = Set.copyOf(included);
        excluded = Set.copyOf(excluded);
    }

    /**
     * Reads the template's parameters.
     *
     * @param members {@code MemberAccounts}: empty, {@code all}, or ids with commas in between
     * @param excluded {@code ExcludedAccounts}: empty, or ids with commas in between
     */
    public static Scope of(String members, String excluded) {
        return members.equals(ALL)
                ? new Scope(true, Set.of(), ids(excluded))
                : new Scope(false, ids(members), ids(excluded));
    }

    private static Set<String> ids(String text) {
        return SEPARATOR.splitAsStream(text).filter(id -> !id.isBlank()).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Whether an account is meant.
     *
     * @param above the ids of the organizational units that it is in, in any order
     */
    public boolean includes(String accountId, List<String> above) {
        return (all || names(included, accountId, above)) && !excludes(accountId, above);
    }

    /**
     * Whether an account is left alone, whatever else means it.
     *
     * @param above the ids of the organizational units that it is in, in any order
     */
    public boolean excludes(String accountId, List<String> above) {
        return names(excluded, accountId, above);
    }

    /** The organizational units that are named: where there are any, it takes those above an account to tell whether it is meant. */
    public Set<String> organizationalUnits() {
        return Stream.concat(included.stream(), excluded.stream())
                .filter(id -> id.startsWith("ou-"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean names(Set<String> ids, String accountId, List<String> above) {
        return ids.contains(accountId) || above.stream().anyMatch(ids::contains);
    }
}
