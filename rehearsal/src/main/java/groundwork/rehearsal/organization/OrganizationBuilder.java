package groundwork.rehearsal.organization;

import groundwork.rehearsal.organization.store.Account;
import groundwork.rehearsal.organization.store.Behavior;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.organization.store.Organization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Describes what there is at the beginning. Root users of management and standalone accounts have a password and no MFA; those
 * of member accounts have no credentials, as Organizations makes them.
 */
public final class OrganizationBuilder {
    /** The Regions of the commercial partition that are enabled by default, in so far as a test may need them. */
    private static final List<Region> REGIONS = List.of(
            Region.US_EAST_1,
            Region.US_EAST_2,
            Region.US_WEST_1,
            Region.US_WEST_2,
            Region.CA_CENTRAL_1,
            Region.EU_CENTRAL_1,
            Region.EU_WEST_1,
            Region.EU_WEST_2,
            Region.EU_NORTH_1,
            Region.AP_NORTHEAST_1,
            Region.AP_SOUTHEAST_2);

    private final Cloud cloud;

    OrganizationBuilder(Cloud cloud) {
        this.cloud = cloud;
        switch (cloud.partition) {
            case AWS -> cloud.enabledRegions.addAll(REGIONS);
            case AWS_US_GOV -> cloud.enabledRegions.addAll(List.of(Region.US_GOV_EAST_1, Region.US_GOV_WEST_1));
            case AWS_EUSC -> cloud.enabledRegions.add(Region.EUSC_DE_EAST_1);
            case AWS_CN -> cloud.enabledRegions.addAll(List.of(Region.CN_NORTH_1, Region.CN_NORTHWEST_1));
        }
    }

    /** An account without organization. */
    public OrganizationBuilder standaloneAccount(String id, String name, String email) {
        cloud.accounts.put(id, new Account(id, name, email, cloud.now(), true));
        return this;
    }

    /** The management account of an organization with all features. */
    public OrganizationBuilder managementAccount(String id, String name, String email) {
        cloud.organization = Optional.of(new Organization("o-" + cloud.ids.alphanumeric(10), id));
        return standaloneAccount(id, name, email);
    }

    /** The id of the organization, which there is as soon as its management account is. */
    public String organizationId() {
        return cloud.organization.orElseThrow().id;
    }

    /** A member account in the root. */
    public OrganizationBuilder memberAccount(String id, String name, String email) {
        return memberAccount(id, name, email, organization().rootId);
    }

    /** A member account in an organizational unit, which has to be there. */
    public OrganizationBuilder memberAccount(String id, String name, String email, String parentId) {
        cloud.accounts.put(id, new Account(id, name, email, cloud.now(), false));
        organization().place(id, parentId);
        return this;
    }

    /** A member account in the state SUSPENDED. */
    public OrganizationBuilder suspendedAccount(String id, String name, String email) {
        memberAccount(id, name, email);
        return accountState(id, Account.State.SUSPENDED);
    }

    public OrganizationBuilder accountState(String id, Account.State state) {
        cloud.account(id).state = state;
        return this;
    }

    /** An organizational unit in the root. */
    public OrganizationBuilder organizationalUnit(String id, String name) {
        return organizationalUnit(id, name, organization().rootId);
    }

    /** An organizational unit in another, which has to be there. */
    public OrganizationBuilder organizationalUnit(String id, String name, String parentId) {
        organization().add(new Organization.OrganizationalUnit(id, name, parentId));
        return this;
    }

    /** Enables trusted access for a service principal such as {@code iam.amazonaws.com}. */
    public OrganizationBuilder trustedAccess(String servicePrincipal) {
        organization().trustedAccess.put(servicePrincipal, cloud.now());
        return this;
    }

    /** Registers a member account as delegated administrator for a service principal. */
    public OrganizationBuilder delegatedAdministrator(String servicePrincipal, String accountId) {
        cloud.account(accountId);
        organization()
                .delegated
                .computeIfAbsent(servicePrincipal, ignored -> new ArrayList<>())
                .add(accountId);
        return this;
    }

    /** Centralized root access is on, for credentials and for other privileged tasks. */
    public OrganizationBuilder centralRootAccess() {
        trustedAccess(Organization.IAM);
        organization().rootFeatures.addAll(List.of("RootCredentialsManagement", "RootSessions"));
        return this;
    }

    public OrganizationBuilder accountAlias(String accountId, String alias) {
        cloud.account(accountId).alias = Optional.of(alias);
        return this;
    }

    /** One more Region that account:ListRegions shows. */
    public OrganizationBuilder enabledRegion(Region region) {
        cloud.enabledRegions.add(region);
        return this;
    }

    /** Replaces the Regions that account:ListRegions shows. */
    public OrganizationBuilder enabledRegions(Region... regions) {
        Set<Region> enabled = new LinkedHashSet<>(Arrays.asList(regions));
        cloud.enabledRegions.clear();
        cloud.enabledRegions.addAll(enabled);
        return this;
    }

    /** An active organization instance, replicated to the additional Regions. */
    public OrganizationBuilder identityCenter(Region primary, Region... additional) {
        IdentityCenter center = identityCenterWithStatus(primary, "ACTIVE");
        Arrays.asList(additional).forEach(region -> center.additionalRegions.put(region, "ACTIVE"));
        return this;
    }

    /** An organization instance with the status CREATE_IN_PROGRESS, CREATE_FAILED or DELETE_IN_PROGRESS. */
    public OrganizationBuilder unreadyIdentityCenter(Region primary, String status) {
        identityCenterWithStatus(primary, status);
        return this;
    }

    private IdentityCenter identityCenterWithStatus(Region primary, String status) {
        String owner = organization().managementAccountId;
        IdentityCenter center = new IdentityCenter(cloud, IdentityCenter.Type.ORGANIZATION, owner, primary, status);
        cloud.identityCenters.add(center);
        trustedAccess(Organization.IDENTITY_CENTER);
        return center;
    }

    /** An active account instance that belongs to the account. */
    public OrganizationBuilder accountInstance(String ownerAccountId, Region region) {
        cloud.account(ownerAccountId);
        cloud.identityCenters.add(
                new IdentityCenter(cloud, IdentityCenter.Type.ACCOUNT, ownerAccountId, region, "ACTIVE"));
        return this;
    }

    /** The quota of AWS accounts that Identity Center takes, which is 7,000 until AWS raises it. */
    public OrganizationBuilder identityCenterAccounts(int quota) {
        cloud.identityCenterAccounts = quota;
        return this;
    }

    /** Where the tables of all accounts live, such as DynamoDB Local; without it there is no DynamoDB. */
    public OrganizationBuilder tables(Supplier<DynamoDbClient> local) {
        cloud.tables = Optional.of(local);
        return this;
    }

    public OrganizationBuilder behavior(Behavior behavior) {
        cloud.behavior = behavior;
        return this;
    }

    public EmbeddedOrganization build() {
        if (cloud.accounts.isEmpty()) {
            throw new IllegalStateException("There is no account: begin with managementAccount or standaloneAccount");
        }
        return new EmbeddedOrganization(cloud);
    }

    private Organization organization() {
        return cloud.organization.orElseThrow(
                () -> new IllegalStateException("There is no organization: begin with managementAccount"));
    }
}
