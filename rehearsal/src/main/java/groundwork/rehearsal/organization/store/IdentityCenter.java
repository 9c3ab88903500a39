package groundwork.rehearsal.organization.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/** An instance of IAM Identity Center, as assertions may look at it: what is stored, whatever the API shows yet. */
public final class IdentityCenter {
    /** Whether the instance belongs to the organization or to one account. */
    public enum Type {
        ORGANIZATION,
        ACCOUNT
    }

    private final Cloud cloud;
    private final Type type;
    private final String instanceArn;
    private final String identityStoreId;
    private final String ownerAccountId;
    private final Region primaryRegion;
    public final Instant createdAt;
    public final String status;

    /** Additional Regions and their status: ACTIVE, ADDING, REMOVING. */
    public final Map<Region, String> additionalRegions = new LinkedHashMap<>();

    public final Directory directory = new Directory();
    public final PermissionSets permissionSets = new PermissionSets(this::role);
    public boolean emailOtp;

    public IdentityCenter(Cloud cloud, Type type, String ownerAccountId, Region primaryRegion, String status) {
        this.cloud = cloud;
        this.type = type;
        this.ownerAccountId = ownerAccountId;
        this.primaryRegion = primaryRegion;
        this.status = status;
        this.createdAt = cloud.now();
        this.instanceArn = cloud.arn("sso", "", "", "instance/ssoins-" + cloud.ids.hex(16));
        this.identityStoreId = "d-" + cloud.ids.hex(10);
    }

    public Type type() {
        return type;
    }

    public String instanceArn() {
        return instanceArn;
    }

    public String instanceId() {
        return instanceArn.substring(instanceArn.lastIndexOf('/') + 1);
    }

    public String identityStoreId() {
        return identityStoreId;
    }

    public String identityStoreArn() {
        return cloud.arn("identitystore", "", ownerAccountId, "identitystore/" + identityStoreId);
    }

    public String ownerAccountId() {
        return ownerAccountId;
    }

    public Region primaryRegion() {
        return primaryRegion;
    }

    public List<DirectoryUser> users() {
        return cloud.locked(directory::users);
    }

    public Optional<DirectoryUser> user(String userName) {
        return cloud.locked(() -> directory.userNamed(userName));
    }

    public List<DirectoryGroup> groups() {
        return cloud.locked(directory::groups);
    }

    public Optional<DirectoryGroup> group(String displayName) {
        return cloud.locked(() -> directory.groupNamed(displayName));
    }

    public List<DirectoryMembership> memberships() {
        return cloud.locked(directory::memberships);
    }

    public List<EmbeddedPermissionSet> permissionSets() {
        return cloud.locked(permissionSets::sets);
    }

    public Optional<EmbeddedPermissionSet> permissionSet(String name) {
        return cloud.locked(() -> permissionSets.named(name));
    }

    /** The assignments that have been completed. */
    public List<EmbeddedAssignment> assignments() {
        return cloud.locked(permissionSets::assignments);
    }

    /** The sets an account has, as they were when they were last provisioned there. */
    public List<EmbeddedPermissionSet> provisionedIn(String accountId) {
        return cloud.locked(
                () -> List.copyOf(permissionSets.provisionedIn(accountId).values()));
    }

    public boolean isActive() {
        return status.equals("ACTIVE");
    }

    boolean isReplicatedTo(Region region) {
        return "ACTIVE".equals(additionalRegions.get(region));
    }

    public boolean isIn(Region region) {
        return primaryRegion.equals(region) || isReplicatedTo(region);
    }

    public String permissionSetArn(String id) {
        return cloud.arn("sso", "", "", "permissionSet/" + instanceId() + "/" + id);
    }

    /** The role that a set becomes in an account; outside us-east-1 its path names the Region. */
    public String roleArn(String accountId, EmbeddedPermissionSet set) {
        String region = primaryRegion.equals(Region.US_EAST_1) ? "" : primaryRegion.id() + "/";
        String suffix = set.arn().substring(set.arn().lastIndexOf('-') + 1);
        return cloud.arn(
                "iam",
                "",
                accountId,
                "role/aws-reserved/sso.amazonaws.com/%sAWSReservedSSO_%s_%s".formatted(region, set.name(), suffix));
    }

    /** https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetcustom.html */
    private ReservedRole role(String accountId, EmbeddedPermissionSet set, Instant at) {
        List<String> attached = new ArrayList<>(set.managedPolicies());
        set.customerManagedPolicies().stream()
                .map(policy -> policyArn(accountId, policy))
                .forEach(attached::add);
        return new ReservedRole(
                roleArn(accountId, set),
                at,
                at.plus(cloud.behavior.visibility()),
                Optional.empty(),
                ReservedRole.trusting(samlProviderArn(accountId)),
                attached,
                set.inlinePolicy()
                        .map(document -> Map.of(ReservedRole.INLINE_POLICY, document))
                        .orElse(Map.of()),
                set.permissionsBoundary().map(policy -> policyArn(accountId, policy)));
    }

    private String policyArn(String accountId, String policy) {
        return policy.startsWith("arn:") ? policy : cloud.arn("iam", "", accountId, "policy" + policy);
    }

    public String samlProviderArn(String accountId) {
        String suffix = instanceId().substring(instanceId().indexOf('-') + 1);
        return cloud.arn("iam", "", accountId, "saml-provider/AWSSSO_" + suffix + "_DO_NOT_DELETE");
    }
}
