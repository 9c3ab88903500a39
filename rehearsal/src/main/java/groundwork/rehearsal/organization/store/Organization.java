package groundwork.rehearsal.organization.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who belongs together and where in the tree of organizational units, and what the management account has allowed. */
public final class Organization {
    public static final String IDENTITY_CENTER = "sso.amazonaws.com";
    public static final String IAM = "iam.amazonaws.com";

    /** @param parentId the root or the organizational unit that it is in */
    public record OrganizationalUnit(String id, String name, String parentId) {
        public OrganizationalUnit {
            if (!id.matches("ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}")) {
                throw new IllegalArgumentException(
                        "The id of an organizational unit looks like ou-ab12-11112222: " + id);
            }
        }
    }

    public final String id;
    public final String managementAccountId;

    /**
     * What centralized root access allows: {@code RootCredentialsManagement}, {@code RootSessions}.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html">ListOrganizationsFeatures</a>
     */
    public final Set<String> rootFeatures = new TreeSet<>();

    /** The one root. */
    public final String rootId;

    /** Service principals with trusted access, and since when. */
    public final Map<String, Instant> trustedAccess = new TreeMap<>();

    /** Delegated administrator accounts by service principal. */
    public final Map<String, List<String>> delegated = new LinkedHashMap<>();

    private final Map<String, OrganizationalUnit> units = new LinkedHashMap<>();
    private final Map<String, Set<String>> unitsByParent = new HashMap<>();
    private final Map<String, String> parents = new LinkedHashMap<>();
    private final Map<String, Set<String>> accountsByParent = new HashMap<>();

    /** What is listed page by page, until something changes. */
    private Optional<List<String>> listed = Optional.empty();

    /** An organization of one account. */
    public Organization(String id, String managementAccountId) {
        this.id = id;
        this.managementAccountId = managementAccountId;
        this.rootId = "r-" + id.substring(2, 6);
        place(managementAccountId, rootId);
    }

    public void add(OrganizationalUnit unit) {
        requireParent(unit.parentId());
        units.put(unit.id(), unit);
        unitsByParent
                .computeIfAbsent(unit.parentId(), parent -> new LinkedHashSet<>())
                .add(unit.id());
    }

    public Optional<OrganizationalUnit> unit(String unitId) {
        return Optional.ofNullable(units.get(unitId));
    }

    public List<OrganizationalUnit> unitsIn(String parentId) {
        return unitsByParent.getOrDefault(parentId, Set.of()).stream()
                .map(units::get)
                .toList();
    }

    public boolean isParent(String parentId) {
        return rootId.equals(parentId) || units.containsKey(parentId);
    }

    /** Puts an account into the root or a unit, whether it was in the organization before or not. */
    public void place(String accountId, String parentId) {
        requireParent(parentId);
        remove(accountId);
        parents.put(accountId, parentId);
        accountsByParent
                .computeIfAbsent(parentId, parent -> new LinkedHashSet<>())
                .add(accountId);
    }

    /** Takes an account out of the organization. */
    public void remove(String accountId) {
        Optional.ofNullable(parents.remove(accountId))
                .ifPresent(parent -> accountsByParent.get(parent).remove(accountId));
        listed = Optional.empty();
    }

    /** The root or unit that an account is in; empty if it does not belong to the organization. */
    public Optional<String> parentOf(String accountId) {
        return Optional.ofNullable(parents.get(accountId));
    }

    public boolean has(String accountId) {
        return parents.containsKey(accountId);
    }

    /** All accounts. */
    public List<String> accounts() {
        List<String> all = listed.orElseGet(() -> List.copyOf(parents.keySet()));
        listed = Optional.of(all);
        return all;
    }

    /** The accounts directly in a root or unit. */
    public List<String> accountsIn(String parentId) {
        return List.copyOf(accountsByParent.getOrDefault(parentId, Set.of()));
    }

    public boolean isManagement(String accountId) {
        return managementAccountId.equals(accountId);
    }

    public boolean isDelegated(String accountId, String servicePrincipal) {
        return delegated.getOrDefault(servicePrincipal, List.of()).contains(accountId);
    }

    public boolean isDelegatedForAnything(String accountId) {
        return delegated.values().stream().anyMatch(accounts -> accounts.contains(accountId));
    }

    private void requireParent(String parentId) {
        if (!isParent(parentId)) {
            throw new IllegalArgumentException("There is no root and no organizational unit " + parentId);
        }
    }
}
