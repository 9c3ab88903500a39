package groundwork.rehearsal.preflight;

import groundwork.access.AdministratorsGroup;
import groundwork.organization.Scope;
import groundwork.rehearsal.stack.Clients;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.Template;
import groundwork.rehearsal.template.TemplateException;
import groundwork.runtime.TryAgainException;
import groundwork.sweep.GroupAssignments;
import groundwork.sweep.Member;
import groundwork.sweep.OrganizationAccounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;
import software.amazon.awssdk.services.organizations.model.Organization;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.InstanceMetadata;

/**
 * The command {@code ./preflight --organization}: what a hub would do in the member accounts. Asks the management account
 * alone, so that no role in a member is assumed, and the number of calls grows with pages, not with accounts.
 */
final class OrganizationPreflight {
    private static final Scope EVERYBODY = Scope.of("all", "");

    private final Template template;
    private final Clients clients;
    private final Denials denials = new Denials();
    private final Consumer<Duration> pause;
    private final Optional<String> endpoint;

    /**
     * @param clients with the caller's permissions; only calls that read are made with them
     * @param pause takes the time between two calls of a kind
     * @param endpoint where calls go instead of AWS; empty if they go there
     */
    OrganizationPreflight(Template template, Clients clients, Consumer<Duration> pause, Optional<String> endpoint) {
        this.template = template;
        this.clients = new ReadOnlyClients(clients, denials);
        this.pause = pause;
        this.endpoint = endpoint;
    }

    /** Nothing can be told; the message is a sentence. */
    private static final class BlockedException extends RuntimeException {
        BlockedException(String sentence) {
            super(sentence);
        }
    }

    /**
     * Looks, and tells what was found.
     *
     * @param configured the Region of the hub; empty if none is configured
     * @return the exit status
     * @throws NoAccessException if AWS does not let the caller in
     * @throws TemplateException if a parameter breaks its constraint
     */
    int look(CommandLine asked, Optional<Region> configured, OrganizationReport report) {
        Region region = configured.orElse(Preflight.DEFAULT);
        Map<String, String> parameters = new LinkedHashMap<>(asked.parameters());
        Preflight.SOMEBODY.forEach(parameters::putIfAbsent);
        parameters.putIfAbsent("MemberAccounts", "all");
        // Any will do until AWS has said which it is. What is wrong with the parameters needs no credentials to be
        // said.
        parameters.putIfAbsent("OrganizationId", "o-a1b2c3d4e5");
        template.expand(parameters, Deployment.of("111122223333", region.id(), "groundwork"));
        CallerAccount account = account(region);
        report.account(account, region);
        endpoint.ifPresent(url -> report.note("This looks at %s (AWS_ENDPOINT_URL), not at AWS.".formatted(url)));
        if (configured.isEmpty()) {
            report.note(Preflight.NO_REGION);
        }
        if (!asked.parameters().containsKey("MemberAccounts")) {
            report.note("Without --parameter MemberAccounts=..., this is for all member accounts.");
        }
        try {
            OrganizationPlan plan = plan(account.id(), region, asked, parameters, report::progress);
            report.progress("");
            report.summary(plan);
            switch (asked.breadth()) {
                case ORGANIZATION_IN_FULL -> report.all(plan);
                case ORGANIZATION, ACCOUNT -> report.moreWithAll();
            }
            return 0;
        } catch (BlockedException e) {
            return blocked(report, e.getMessage());
        } catch (SdkException | TryAgainException e) {
            List<String> denied = new ArrayList<>(denials.allowable());
            denied.addAll(denials.deniedByOrganization());
            if (denied.isEmpty()) {
                throw new NoAccessException("The organization cannot be looked at: " + NoAccessException.words(e));
            }
            return blocked(
                    report,
                    "AWS denied you %s, without which the organization cannot be looked at."
                            .formatted(String.join(", ", denied)));
        }
    }

    private static int blocked(OrganizationReport report, String sentence) {
        report.progress("");
        report.blocked(sentence);
        return 1;
    }

    private CallerAccount account(Region region) {
        try {
            // What it is denied here is left out and keeps nothing from being told.
            return CallerAccount.read(new ReadOnlyClients(clients, (call, failure) -> {}), region);
        } catch (SdkException e) {
            throw NoAccessException.because(e);
        }
    }

    private OrganizationPlan plan(
            String accountId,
            Region region,
            CommandLine asked,
            Map<String, String> parameters,
            Consumer<String> progress) {
        OrganizationAccounts accounts =
                new OrganizationAccounts(clients.client(OrganizationsClient.class, region), pause::accept);
        Organization organization = organization(accounts, accountId, asked);
        String groupName = template.value("GroupName", parameters);
        String permissionSetName = template.value("MemberPermissionSetName", parameters);
        progress.accept("Access of the group " + groupName);
        Access access = access(region, accountId, groupName, permissionSetName);
        String stackSetName = template.value("NamePrefix", parameters) + "-members";
        progress.accept("Stacks of the StackSet " + stackSetName);
        Optional<Map<String, MemberPlan.Stack>> stacks =
                new MemberStackSet(clients.client(CloudFormationClient.class, region), stackSetName, pause).stacks();
        progress.accept("Accounts of the organization");
        Scope scope =
                Scope.of(template.value("MemberAccounts", parameters), template.value("ExcludedAccounts", parameters));
        Map<String, List<String>> above = accounts.above(scope);
        List<MemberPlan> members = accounts.members(EVERYBODY, accountId).stream()
                .sorted(Comparator.comparing(Member::id))
                .map(member -> plan(
                        member,
                        standing(member, scope, above.getOrDefault(member.id(), List.of()), access),
                        stacks.orElse(Map.of())))
                .toList();
        return new OrganizationPlan(
                organization.id(), groupName, permissionSetName, stackSetName, stacks.isPresent(), members);
    }

    private static Organization organization(OrganizationAccounts accounts, String accountId, CommandLine asked) {
        Organization organization;
        try {
            organization = accounts.organization();
        } catch (AwsOrganizationsNotInUseException e) {
            throw new BlockedException(
                    "Account %s is in no organization, so there are no member accounts: run ./preflight"
                                    .formatted(accountId)
                            + " without --organization.");
        }
        if (!organization.masterAccountId().equals(accountId)) {
            throw new BlockedException(
                    "Account %s is not the management account of organization %s, which is %s: run this with credentials of that."
                            .formatted(accountId, organization.id(), organization.masterAccountId()));
        }
        String given = asked.parameters().getOrDefault("OrganizationId", "");
        if (!given.isEmpty() && !given.equals(organization.id())) {
            throw new BlockedException("The parameter OrganizationId is %s, but this account is in the organization %s."
                    .formatted(given, organization.id()));
        }
        return organization;
    }

    /**
     * What the administrators' group has.
     *
     * @param has the ids of the accounts in which it has the permission set of the members
     * @param outdated those in which the permission set is not as it was changed since
     */
    private record Access(Set<String> has, Set<String> outdated) {
        static final Access NONE = new Access(Set.of(), Set.of());
    }

    private Access access(Region region, String accountId, String groupName, String permissionSetName) {
        SsoAdminClient ssoAdmin = clients.client(SsoAdminClient.class, region);
        InstanceMetadata instance = ssoAdmin.listInstances(list -> {}).instances().stream()
                .filter(found -> accountId.equals(found.ownerAccountId()))
                .findFirst()
                .orElseThrow(() -> new BlockedException(
                        "IAM Identity Center has no instance in %s: name its primary Region with --region, which ./preflight finds."
                                .formatted(region.id())));
        Optional<String> groupId = AdministratorsGroup.idOf(
                clients.client(IdentitystoreClient.class, region), instance.identityStoreId(), groupName);
        if (groupId.isEmpty()) {
            return Access.NONE;
        }
        GroupAssignments assignments = new GroupAssignments(ssoAdmin, pause::accept);
        Map<String, List<String>> byAccount = assignments.permissionSets(instance.instanceArn(), groupId.get());
        // By way of what the group has: an organization may have thousands of permission sets, and none can be asked
        // for by name.
        return byAccount.values().stream()
                .flatMap(Collection::stream)
                .distinct()
                .filter(arn -> permissionSetName.equals(ssoAdmin.describePermissionSet(describe ->
                                describe.instanceArn(instance.instanceArn()).permissionSetArn(arn))
                        .permissionSet()
                        .name()))
                .findFirst()
                .map(arn -> new Access(having(byAccount, arn), assignments.outdated(instance.instanceArn(), arn)))
                .orElse(Access.NONE);
    }

    private static Set<String> having(Map<String, List<String>> byAccount, String permissionSetArn) {
        return byAccount.entrySet().stream()
                .filter(entry -> entry.getValue().contains(permissionSetArn))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static MemberPlan plan(Member member, MemberPlan.Access access, Map<String, MemberPlan.Stack> stacks) {
        return new MemberPlan(
                member.id(),
                member.name(),
                access,
                access.isLeftAlone()
                        ? Optional.empty()
                        : Optional.of(stacks.getOrDefault(member.id(), MemberPlan.Stack.NONE)));
    }

    /** In the order in which a sweep decides. */
    private static MemberPlan.Access standing(Member member, Scope scope, List<String> above, Access access) {
        if (scope.excludes(member.id(), above)) {
            return MemberPlan.Access.EXCLUDED;
        }
        if (!scope.includes(member.id(), above)) {
            return MemberPlan.Access.NOT_INCLUDED;
        }
        if (member.standing() != Member.Standing.ACTIVE) {
            return MemberPlan.Access.NOT_ACTIVE;
        }
        if (!access.has().contains(member.id())) {
            return MemberPlan.Access.WOULD_GET;
        }
        return access.outdated().contains(member.id()) ? MemberPlan.Access.WOULD_PROVISION : MemberPlan.Access.HAS;
    }
}
