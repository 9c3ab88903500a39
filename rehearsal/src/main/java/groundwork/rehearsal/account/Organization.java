package groundwork.rehearsal.account;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who belongs together, and what the management account has allowed. */
final class Organization {
    static final String IDENTITY_CENTER = "sso.amazonaws.com";

    final String id;
    final String managementAccountId;

    /** Service principals with trusted access, and since when. */
    final Map<String, Instant> trustedAccess = new TreeMap<>();

    /** Delegated administrator accounts by service principal. */
    final Map<String, List<String>> delegated = new LinkedHashMap<>();

    /** RootCredentialsManagement, RootSessions. */
    final Set<String> rootFeatures = new LinkedHashSet<>();

    Organization(String id, String managementAccountId) {
        this.id = id;
        this.managementAccountId = managementAccountId;
    }

    boolean isManagement(String accountId) {
        return managementAccountId.equals(accountId);
    }

    boolean isDelegated(String accountId, String servicePrincipal) {
        return delegated.getOrDefault(servicePrincipal, List.of()).contains(accountId);
    }

    boolean isDelegatedForAnything(String accountId) {
        return delegated.values().stream().anyMatch(accounts -> accounts.contains(accountId));
    }
}
