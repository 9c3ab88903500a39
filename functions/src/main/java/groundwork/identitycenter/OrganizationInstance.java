package groundwork.identitycenter;

import groundwork.checklist.BlockedReason;
import groundwork.checklist.Console;
import groundwork.checklist.Finding;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.runtime.AwsFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.account.model.RegionOptStatus;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;
import software.amazon.awssdk.services.ssoadmin.model.InstanceMetadata;
import software.amazon.awssdk.services.ssoadmin.model.InstanceStatus;
import software.amazon.awssdk.services.ssoadmin.model.RegionMetadata;
import software.amazon.awssdk.services.ssoadmin.model.SsoAdminException;
import software.amazon.awssdk.services.ssoadmin.model.ValidationException;

/**
 * Finds the organization instance of IAM Identity Center.
 *
 * <p>No field of an instance says whether it is an organization or an account instance. Only the management account
 * owns an organization instance; whether an instance it owns is one shows in what AWS lets it do.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/identity-center-instances.html">Organization
 *     and account instances of IAM Identity Center</a>
 */
final class OrganizationInstance {
    /**
     * @see <a href="https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/free-tier-plans.html">Choosing an AWS Free
     *     Tier plan</a>, for what creating an organization does
     */
    private static final String FREE_PLAN =
            " That creates an organization: if the account is on AWS's Free Plan, it moves to the paid plan, and its Free Tier"
                    + " credits expire at once.";

    private final String ownAccountId;
    private final Region region;
    private final OrganizationsClient organizations;
    private final AccountClient account;
    private final SsoAdminClients ssoAdmin;
    private final Console console;

    OrganizationInstance(
            String ownAccountId,
            Region region,
            OrganizationsClient organizations,
            AccountClient account,
            SsoAdminClients ssoAdmin,
            Console console) {
        this.ownAccountId = ownAccountId;
        this.region = region;
        this.organizations = organizations;
        this.account = account;
        this.ssoAdmin = ssoAdmin;
        this.console = console;
    }

    /** What was found. */
    sealed interface Search {
        Findings findings();

        /** The instance to use, if one can be used. */
        Optional<Instance> found();

        /**
         * The instance can be used.
         *
         * @param remark what else to know about it
         */
        record Usable(Instance instance, Optional<String> remark) implements Search {
            @Override
            public Optional<Instance> found() {
                return Optional.of(instance);
            }

            @Override
            public Findings findings() {
                Outcome done = new Outcome.Done(
                        "The organization instance is active (identity store " + instance.identityStoreId() + ").");
                return Findings.of(new Finding(
                        Prerequisite.IDENTITY_CENTER,
                        remark.map(done::withRemark).orElse(done)));
            }
        }

        /**
         * The instance cannot be used.
         *
         * @param outcome of Identity Center itself
         * @param consequence for what depends on it
         */
        record Unusable(Outcome outcome, Outcome consequence) implements Search {
            @Override
            public Optional<Instance> found() {
                return Optional.empty();
            }

            @Override
            public Findings findings() {
                return Findings.of(
                        new Finding(Prerequisite.IDENTITY_CENTER, outcome),
                        new Finding(Prerequisite.ADMIN_USER, consequence),
                        new Finding(Prerequisite.ADMIN_ACCESS, consequence));
            }
        }
    }

    /**
     * Finds it for a member account, and there may be thousands. Where everything is as it should be, the instance is the stack's own
     * account's and lets itself be used, and the organization need not be asked, which may be asked once a second. Nor is the
     * instance tried again that the stack's own account is known to use.
     *
     * @param onRecord what is on record of it with the stack's own account; empty if nothing
     * @see <a href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html">Quotas for AWS
     *     Organizations</a>
     */
    Search findForMember(Optional<Outcome> onRecord) {
        try {
            Optional<Search> owned = instances(region).stream()
                    .filter(instance -> ownAccountId.equals(instance.ownerAccountId()))
                    .findFirst()
                    .map(instance -> isInUse(instance, onRecord) ? used(instance) : usable(instance, onRecord));
            return owned.filter(Search.Usable.class::isInstance).orElseGet(() -> find(onRecord));
        } catch (SdkException e) {
            return unreadable(e);
        }
    }

    /** @param onRecord what is on record of it; empty if nothing */
    Search find(Optional<Outcome> onRecord) {
        try {
            Optional<String> management = managementAccount();
            List<InstanceMetadata> here = instances(region);
            if (management.isEmpty()) {
                return here.isEmpty()
                        ? notEnabled(
                                "The account has no organization and no IAM Identity Center.",
                                BlockedReason.NO_ORGANIZATION)
                        : blocked(
                                BlockedReason.ACCOUNT_INSTANCE_ONLY,
                                here.getFirst().instanceArn());
            }
            Optional<InstanceMetadata> ofOrganization = here.stream()
                    .filter(instance -> management.get().equals(instance.ownerAccountId()))
                    .findFirst();
            if (!management.get().equals(ownAccountId)) {
                return ofOrganization.isPresent() && isDelegatedAdministrator(ofOrganization.get())
                        ? blocked(BlockedReason.DELEGATED_ADMINISTRATOR_LIMIT, management.get())
                        : blocked(BlockedReason.NOT_MANAGEMENT_ACCOUNT, management.get());
            }
            return ofOrganization
                    .map(instance -> usable(instance, onRecord))
                    .map(this::withRemark)
                    .orElseGet(this::elsewhere);
        } catch (SdkException e) {
            return unreadable(e);
        }
    }

    private Search unreadable(SdkException e) {
        Outcome obstacle = CustomerManagedKey.obstacle(e, console);
        return new Search.Unusable(
                obstacle,
                obstacle instanceof Outcome.Waiting
                        ? new Outcome.Unknown("IAM Identity Center cannot be read yet.")
                        : obstacle);
    }

    private Optional<String> managementAccount() {
        try {
            return Optional.of(
                    organizations.describeOrganization().organization().masterAccountId());
        } catch (AwsOrganizationsNotInUseException e) {
            return Optional.empty();
        }
    }

    private List<InstanceMetadata> instances(Region in) {
        return ssoAdmin.in(in).listInstancesPaginator(request -> {}).instances().stream()
                .toList();
    }

    private Search usable(InstanceMetadata instance, Optional<Outcome> onRecord) {
        if (instance.status() != InstanceStatus.ACTIVE) {
            return notReady(instance);
        }
        try {
            Region primary = primaryRegion(region, instance);
            if (!primary.equals(region)) {
                return blocked(BlockedReason.IDENTITY_CENTER_IN_OTHER_REGION, primary.id());
            }
            // What was an organization instance stays one.
            if (!isInUse(instance, onRecord)) {
                listPermissionSets(instance);
            }
        } catch (ValidationException e) {
            if (CustomerManagedKey.isReasonOf(e)) {
                throw e;
            }
            // An account instance made before the organization was stays one, although its owner is now the management
            // account. AWS refuses it the operations of organization instances.
            return blocked(BlockedReason.ACCOUNT_INSTANCE_ONLY, instance.instanceArn());
        }
        return used(instance);
    }

    private Search withRemark(Search search) {
        return search instanceof Search.Usable usable
                ? new Search.Usable(usable.instance(), new DelegatedAdministrators(organizations).remark())
                : search;
    }

    private static Search used(InstanceMetadata instance) {
        return new Search.Usable(new Instance(instance.instanceArn(), instance.identityStoreId()), Optional.empty());
    }

    private static boolean isInUse(InstanceMetadata instance, Optional<Outcome> onRecord) {
        // The line may go on with a remark, about a delegated administrator.
        String inUse =
                used(instance).findings().outcome(Prerequisite.IDENTITY_CENTER).what();
        return instance.status() == InstanceStatus.ACTIVE
                && onRecord.filter(Outcome.Done.class::isInstance)
                        .filter(done -> done.what().startsWith(inUse))
                        .isPresent();
    }

    private Search notReady(InstanceMetadata instance) {
        String why = instance.statusReason() == null ? "" : ": " + instance.statusReason();
        Outcome waiting = instance.status() == InstanceStatus.CREATE_IN_PROGRESS
                ? new Outcome.Waiting(
                        "AWS is still creating the instance of IAM Identity Center.",
                        "Nothing to do but wait a few minutes.",
                        console.identityCenter())
                : new Outcome.Waiting(
                        "The instance of IAM Identity Center is " + instance.statusAsString() + why + ".",
                        "Open IAM Identity Center, see what it says, and enable it with AWS Organizations again.",
                        console.identityCenter());
        return new Search.Unusable(waiting, Outcome.Blocked.because(BlockedReason.IDENTITY_CENTER_NOT_ENABLED));
    }

    /**
     * An instance can be replicated to more Regions, but users, groups and assignments are written in the primary one.
     *
     * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/use-cases-across-regions.html">Using IAM
     *     Identity Center across Regions</a>
     */
    private Region primaryRegion(Region at, InstanceMetadata instance) {
        try {
            return ssoAdmin
                    .in(at)
                    .listRegionsPaginator(request -> request.instanceArn(instance.instanceArn()))
                    .regions()
                    .stream()
                    .filter(RegionMetadata::isPrimaryRegion)
                    .map(primary -> Region.of(primary.regionName()))
                    .findFirst()
                    .orElse(at);
        } catch (SsoAdminException e) {
            if (AwsFailure.isNotOffered(e)) {
                // Replication is not offered in every partition; without it the only Region is the primary one.
                return at;
            }
            throw e;
        }
    }

    /** Permission sets can be listed by the management account and by a delegated administrator only. */
    private boolean isDelegatedAdministrator(InstanceMetadata instance) {
        try {
            listPermissionSets(instance);
            return true;
        } catch (SsoAdminException e) {
            if (AwsFailure.deniedAction(e).isPresent() && !CustomerManagedKey.isReasonOf(e)) {
                return false;
            }
            throw e;
        }
    }

    private void listPermissionSets(InstanceMetadata instance) {
        ssoAdmin.in(region)
                .listPermissionSets(
                        request -> request.instanceArn(instance.instanceArn()).maxResults(1));
    }

    /**
     * ListInstances is regional: an empty answer here says nothing about the other Regions. One that does not answer, for
     * whatever reason, holds nothing up: it is named, because Identity Center may be there.
     */
    private Search elsewhere() {
        Map<String, List<String>> unread = new LinkedHashMap<>();
        for (Region other : otherRegions()) {
            try {
                Optional<InstanceMetadata> found = instances(other).stream()
                        .filter(instance -> ownAccountId.equals(instance.ownerAccountId()))
                        .findFirst();
                if (found.isPresent()) {
                    return blocked(
                            BlockedReason.IDENTITY_CENTER_IN_OTHER_REGION,
                            primaryRegion(other, found.get()).id());
                }
            } catch (SdkException e) {
                unread.computeIfAbsent(AwsFailure.briefly(e), why -> new ArrayList<>())
                        .add(other.id());
            }
        }
        String where = unread.entrySet().stream()
                .map(regions -> "%s (%s)".formatted(String.join(", ", regions.getValue()), regions.getKey()))
                .collect(Collectors.joining(", "));
        return notEnabled(
                unread.isEmpty()
                        ? "IAM Identity Center is not enabled."
                        : "IAM Identity Center is not enabled here, and could not be looked for in %s. If it is enabled there, deploy there."
                                .formatted(where),
                BlockedReason.IDENTITY_CENTER_NOT_ENABLED);
    }

    private List<Region> otherRegions() {
        return enabledRegions().stream().filter(found -> !found.equals(region)).toList();
    }

    private List<Region> enabledRegions() {
        if (!console.partition().accountsChooseRegions()) {
            return console.partition().regions();
        }
        return account
                .listRegionsPaginator(request ->
                        request.regionOptStatusContains(RegionOptStatus.ENABLED, RegionOptStatus.ENABLED_BY_DEFAULT))
                .regions()
                .stream()
                .map(found -> Region.of(found.regionName()))
                .toList();
    }

    private Search notEnabled(String what, BlockedReason consequence) {
        Outcome enable = new Outcome.Waiting(
                what,
                ("Open IAM Identity Center in Region %s, press Enable and choose \"Enable with AWS Organizations\".%s In the"
                                + " same visit open Settings, Authentication, Configure next to Standard authentication, and turn"
                                + " on \"Send email OTP\": without it the administrator's first sign-in ends at a password that"
                                + " nobody has.")
                        .formatted(region.id(), consequence == BlockedReason.NO_ORGANIZATION ? FREE_PLAN : ""),
                console.identityCenter());
        return new Search.Unusable(enable, Outcome.Blocked.because(consequence));
    }

    private static Search blocked(BlockedReason reason, String subject) {
        Outcome outcome = Outcome.Blocked.because(reason, subject);
        return new Search.Unusable(outcome, outcome);
    }
}
