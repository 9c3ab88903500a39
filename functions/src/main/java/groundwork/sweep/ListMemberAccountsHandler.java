package groundwork.sweep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.organization.Scope;
import groundwork.runtime.AwsClients;
import groundwork.runtime.Settings;
import groundwork.state.AccountRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Organization;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/**
 * Lists the member accounts that a sweep looks at, with what the organization says of them, and keeps them in batches. Each fact
 * about the organization is asked for once for all accounts.
 */
public final class ListMemberAccountsHandler
        implements RequestHandler<ListMemberAccountsHandler.Request, ListMemberAccountsHandler.Report> {
    /** What was listed longer ago is not gone on with: too much may have changed. */
    private static final Duration OF_USE = Duration.ofHours(12);

    private final Settings settings;
    private final InstantSource clock;
    private final SweepTable table;
    private final OrganizationAccounts organization;
    private final GroupAssignments assignments;

    public ListMemberAccountsHandler() {
        this(
                System.getenv(),
                InstantSource.system(),
                AwsClients.here(DynamoDbClient.builder()),
                AwsClients.here(OrganizationsClient.builder()),
                AwsClients.here(SsoAdminClient.builder()),
                Pause.real());
    }

    ListMemberAccountsHandler(
            Map<String, String> environment,
            InstantSource clock,
            DynamoDbClient dynamoDb,
            OrganizationsClient organizations,
            SsoAdminClient ssoAdmin,
            Pause pause) {
        this.settings = new Settings(environment);
        this.clock = clock;
        this.table = new SweepTable(dynamoDb, settings.tableName(), clock);
        this.organization = new OrganizationAccounts(organizations, pause);
        this.assignments = new GroupAssignments(ssoAdmin, pause);
    }

    /**
     * @param marked whether only accounts are to be looked at that are marked
     */
    public record Request(boolean marked) {}

    /**
     * @param batches the keys of the batches
     * @param whole whether these are all accounts that are looked after
     * @param permissionSetKnown whether a member has been given the permission set of the members before
     * @param obstacle why no account can be looked at, in a sentence; null if they can
     */
    public record Report(List<String> batches, boolean whole, boolean permissionSetKnown, String obstacle) {
        public Report {
            batches = List.copyOf(batches);
        }

        private static Report nothing(String obstacle) {
            return new Report(List.of(), false, false, obstacle);
        }
    }

    /**
     * @throws IllegalStateException if the parameter OrganizationId names another organization
     */
    @Override
    public Report handleRequest(Request request, Context context) {
        SweepTable.Recorded hub = table.recorded(settings.accountId());
        if (!hasAccess(hub.record())) {
            return Report.nothing(
                    "The member accounts come after this one, where the administrator has no access yet. Its checklist says why.");
        }
        SweepTable.UnderWay sweep = table.underWay()
                .filter(unfinished -> unfinished.whole() || request.marked())
                .filter(unfinished -> unfinished.listedAt().plus(OF_USE).isAfter(clock.instant()))
                .orElseGet(() -> begin(hub, request.marked()));
        return new Report(sweep.keys(), sweep.whole(), hub.memberPermissionSetArn() != null, null);
    }

    private SweepTable.UnderWay begin(SweepTable.Recorded hub, boolean markedOnly) {
        requireOrganization();
        List<Member> members = members(hub, markedOnly);
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < members.size(); from += Batch.SIZE) {
            batches.add(new Batch(
                    hub.record().known(), members.subList(from, Math.min(from + Batch.SIZE, members.size()))));
        }
        return table.begin(!markedOnly, batches);
    }

    private static boolean hasAccess(AccountRecord own) {
        return own.lastChecklist()
                .filter(checklist -> checklist.item(Prerequisite.ADMIN_ACCESS).outcome() instanceof Outcome.Done)
                .isPresent();
    }

    private void requireOrganization() {
        Organization found = organization.organization();
        if (!found.id().equals(settings.organizationId())) {
            throw new IllegalStateException(
                    "The parameter OrganizationId is %s, but this account is in the organization %s."
                            .formatted(settings.organizationId(), found.id()));
        }
    }

    private List<Member> members(SweepTable.Recorded hub, boolean markedOnly) {
        Map<String, Member.Marked> marks = table.marks();
        List<Member> listed = organization.members(
                Scope.of(settings.memberAccounts(), settings.excludedAccounts()), settings.accountId());
        String instanceArn = assignments.instanceArn();
        Map<String, List<String>> permissionSets =
                assignments.permissionSets(instanceArn, hub.record().known().groupId());
        Set<String> outdated = Optional.ofNullable(hub.memberPermissionSetArn())
                .map(arn -> assignments.outdated(instanceArn, arn))
                .orElse(Set.of());
        List<Member> members = new ArrayList<>();
        listed.stream()
                .filter(member -> !markedOnly || marks.containsKey(member.id()))
                .map(member -> new Member(
                        member.id(),
                        member.name(),
                        member.standing(),
                        permissionSets.get(member.id()),
                        outdated.contains(member.id()),
                        marks.get(member.id())))
                .forEach(members::add);
        // Marks of others have to be worked off as well, or they would stay for ever.
        Map<String, Member.Marked> ofOthers = new HashMap<>(marks);
        listed.forEach(member -> ofOthers.remove(member.id()));
        ofOthers.forEach((id, mark) -> members.add(new Member(id, "", Member.Standing.GONE, List.of(), false, mark)));
        return members;
    }
}
