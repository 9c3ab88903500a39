package groundwork.rehearsal.organization.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The permission sets of an organization instance, who has them where, and what is under way. */
public final class PermissionSets {
    private final Map<String, EmbeddedPermissionSet> sets = new LinkedHashMap<>();
    private final Map<String, String> arnsByName = new HashMap<>();
    private final Set<EmbeddedAssignment> assignments = new LinkedHashSet<>();
    private final Map<String, Set<EmbeddedAssignment>> assignmentsByAccount = new HashMap<>();
    private final Map<String, Set<EmbeddedAssignment>> assignmentsByPrincipal = new HashMap<>();
    private final Map<String, ProvisioningRequest> requests = new LinkedHashMap<>();
    private final List<ProvisioningRequest> unsettled = new ArrayList<>();

    /** What each account last got of each set: account id, set ARN, the set as it was. */
    private final Map<String, Map<String, EmbeddedPermissionSet>> provisioned = new HashMap<>();

    /** The accounts that have each set, in whatever revision. */
    private final Map<String, Set<String>> accountsBySet = new HashMap<>();

    /** The roles that the sets became: account id, set ARN, the role as it is, whoever changed it. */
    private final Map<String, Map<String, ReservedRole>> roles = new HashMap<>();

    /** The accounts that have the SAML provider, through which users enter the roles. */
    private final Set<String> accountsWithProvider = new LinkedHashSet<>();

    private final RoleMaker roleMaker;

    /** Makes the role that a set becomes in an account. */
    @FunctionalInterface
    interface RoleMaker {
        ReservedRole role(String accountId, EmbeddedPermissionSet set, Instant at);
    }

    PermissionSets(RoleMaker roleMaker) {
        this.roleMaker = roleMaker;
    }

    /** Applies what has been completed by now, in the order of completion. */
    void settle(Instant now) {
        List<ProvisioningRequest> due =
                unsettled.stream().filter(request -> !request.inProgress(now)).toList();
        unsettled.removeAll(due);
        due.stream().filter(request -> request.failureReason().isEmpty()).forEach(this::apply);
    }

    private void apply(ProvisioningRequest request) {
        switch (request.kind()) {
            case CREATE_ASSIGNMENT -> {
                request.assignment().ifPresent(this::assign);
                accountsWithProvider.addAll(request.accountIds());
                provision(request);
            }
            case PROVISION -> provision(request);
            case DELETE_ASSIGNMENT -> {
                request.assignment().ifPresent(this::unassign);
                request.accountIds().stream()
                        .filter(account ->
                                assignments(account, request.permissionSetArn()).isEmpty())
                        .forEach(account -> {
                            provisionedIn(account).remove(request.permissionSetArn());
                            accountsBySet
                                    .getOrDefault(request.permissionSetArn(), new LinkedHashSet<>())
                                    .remove(account);
                            rolesIn(account).remove(request.permissionSetArn());
                        });
            }
        }
    }

    private void assign(EmbeddedAssignment assignment) {
        assignments.add(assignment);
        assignmentsByAccount
                .computeIfAbsent(assignment.accountId(), account -> new LinkedHashSet<>())
                .add(assignment);
        assignmentsByPrincipal
                .computeIfAbsent(assignment.principalId(), principal -> new LinkedHashSet<>())
                .add(assignment);
    }

    private void unassign(EmbeddedAssignment assignment) {
        assignments.remove(assignment);
        withdraw(assignmentsByAccount, assignment.accountId(), assignment);
        withdraw(assignmentsByPrincipal, assignment.principalId(), assignment);
    }

    private static void withdraw(
            Map<String, Set<EmbeddedAssignment>> index, String key, EmbeddedAssignment assignment) {
        index.computeIfPresent(key, (same, there) -> {
            there.remove(assignment);
            return there.isEmpty() ? null : there;
        });
    }

    private void provision(ProvisioningRequest request) {
        set(request.permissionSetArn())
                .ifPresent(set -> request.accountIds().forEach(account -> {
                    provisionedIn(account).put(set.arn(), set);
                    accountsBySet
                            .computeIfAbsent(set.arn(), arn -> new LinkedHashSet<>())
                            .add(account);
                    rolesIn(account)
                            .merge(
                                    set.arn(),
                                    roleMaker.role(account, set, request.completesAt()),
                                    (before, anew) -> anew.after(before));
                }));
    }

    public void add(EmbeddedPermissionSet set) {
        sets.put(set.arn(), set);
        arnsByName.put(set.name(), set.arn());
    }

    public void change(String arn, UnaryOperator<EmbeddedPermissionSet> change) {
        sets.computeIfPresent(arn, (key, set) -> change.apply(set));
    }

    public void remove(String arn) {
        Optional.ofNullable(sets.remove(arn)).ifPresent(set -> arnsByName.remove(set.name()));
    }

    public void start(ProvisioningRequest request) {
        requests.put(request.id(), request);
        unsettled.add(request);
    }

    public Optional<EmbeddedPermissionSet> set(String arn) {
        return Optional.ofNullable(sets.get(arn));
    }

    public Optional<EmbeddedPermissionSet> named(String name) {
        return Optional.ofNullable(arnsByName.get(name)).map(sets::get);
    }

    public List<EmbeddedPermissionSet> sets() {
        return List.copyOf(sets.values());
    }

    public List<EmbeddedAssignment> assignments() {
        return List.copyOf(assignments);
    }

    public List<EmbeddedAssignment> assignments(String accountId, String setArn) {
        return assignmentsByAccount.getOrDefault(accountId, Set.of()).stream()
                .filter(assignment -> assignment.permissionSetArn().equals(setArn))
                .toList();
    }

    /** What a user or group was given itself. */
    public List<EmbeddedAssignment> assignmentsOf(String principalId) {
        return List.copyOf(assignmentsByPrincipal.getOrDefault(principalId, Set.of()));
    }

    /** Whether an account has an assignment, or how many have one, those under way included. */
    public boolean isConfigured(String accountId) {
        return assignmentsByAccount.containsKey(accountId) || underWay().contains(accountId);
    }

    public int configuredAccounts() {
        Set<String> more = underWay();
        more.removeAll(assignmentsByAccount.keySet());
        return assignmentsByAccount.size() + more.size();
    }

    private Set<String> underWay() {
        Set<String> accounts = new LinkedHashSet<>();
        unsettled.stream()
                .filter(request -> request.kind() == ProvisioningRequest.Kind.CREATE_ASSIGNMENT)
                .forEach(request -> accounts.addAll(request.accountIds()));
        return accounts;
    }

    public Optional<ProvisioningRequest> request(String id) {
        return Optional.ofNullable(requests.get(id));
    }

    /** What was ever asked for, oldest first. */
    public List<ProvisioningRequest> requests() {
        return List.copyOf(requests.values());
    }

    public List<ProvisioningRequest> inProgress() {
        return List.copyOf(unsettled);
    }

    /** Sets that the account has, as it last got them, by ARN. */
    public Map<String, EmbeddedPermissionSet> provisionedIn(String accountId) {
        return provisioned.computeIfAbsent(accountId, ignored -> new LinkedHashMap<>());
    }

    /** The roles that the account has, by the ARN of their set; they can be changed. */
    public Map<String, ReservedRole> rolesIn(String accountId) {
        return roles.computeIfAbsent(accountId, ignored -> new LinkedHashMap<>());
    }

    public boolean hasProvider(String accountId) {
        return accountsWithProvider.contains(accountId);
    }

    public void deleteProvider(String accountId) {
        accountsWithProvider.remove(accountId);
    }

    /** What the console of Identity Center calls repairing the identity provider of an account. */
    public void repairProvider(String accountId) {
        accountsWithProvider.add(accountId);
    }

    /** The accounts that have the set, in whatever revision. */
    public Set<String> accountsWith(String setArn) {
        return new LinkedHashSet<>(accountsBySet.getOrDefault(setArn, Set.of()));
    }
}
