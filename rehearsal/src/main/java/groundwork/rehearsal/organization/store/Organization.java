package groundwork.rehearsal.organization.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who belongs together, and what the management account has allowed. */
public final class Organization {
    public static final String IDENTITY_CENTER = "sso.amazonaws.com";
    public static final String IAM = "iam.amazonaws.com";

    public final String id;
    public final String managementAccountId;

    /**
     * What centralized root access allows: {@code RootCredentialsManagement}, {@code RootSessions}.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html">ListOrganizationsFeatures</a>
     */
    public final Set<String> rootFeatures = new TreeSet<>();

    /** Service principals with trusted access, and since when. */
    public final Map<String, Instant> trustedAccess = new TreeMap<>();

    /** Delegated administrator accounts by service principal. */
    public final Map<String, List<String>> delegated = new LinkedHashMap<>();

    public Organization(String id, String managementAccountId) {
        this.id = id;
        this.managementAccountId = managementAccountId;
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
}
