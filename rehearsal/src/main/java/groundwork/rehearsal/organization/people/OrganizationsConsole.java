package groundwork.rehearsal.organization.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.call.UserIdentity;
import groundwork.rehearsal.organization.store.Account;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.Organization;
import groundwork.rehearsal.organization.trail.TrailEvent;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What happens to the accounts of an organization: what a person of the management account does in the console of AWS
 * Organizations, what the owner of an account does there, and what AWS does with accounts by itself.
 *
 * @see <a href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html">Logging API calls
 *     with AWS CloudTrail for AWS Organizations</a>
 * @see <a href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html">Monitor the
 *     state of your AWS accounts</a>
 */
public final class OrganizationsConsole {
    private static final String ORGANIZATIONS = "organizations.amazonaws.com";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MMM d, uuuu h:mm:ss a", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Cloud cloud;
    private final UserIdentity person;

    public OrganizationsConsole(Cloud cloud, UserIdentity person) {
        this.cloud = cloud;
        this.person = person;
    }

    /** Creates a member account, whose root user has no credentials. */
    public void createsMemberAccount(String id, String name, String email) {
        act(organization -> {
            cloud.accounts.put(id, new Account(id, name, email, cloud.now(), false));
            organization.place(id, organization.rootId);
            call(
                    "CreateAccount",
                    object().put("accountName", "HIDDEN_DUE_TO_SECURITY_REASONS")
                            .put("email", "HIDDEN_DUE_TO_SECURITY_REASONS"));
            ObjectNode result = object();
            result.putObject("createAccountStatus").put("accountId", id).put("state", "SUCCEEDED");
            serviceEvent("CreateAccountResult", result);
            joined(id, "CREATED");
        });
    }

    /** An account that exists accepts the invitation of the organization; its root user has a password. */
    public void accountAcceptsInvitation(String id, String name, String email) {
        act(organization -> {
            cloud.accounts.computeIfAbsent(id, ignored -> new Account(id, name, email, cloud.now(), true));
            organization.place(id, organization.rootId);
            joined(id, "INVITED");
        });
    }

    /** Moves an account into the root or an organizational unit. */
    public void movesAccount(String id, String parentId) {
        act(organization -> {
            String before = organization.parentOf(id).orElseThrow();
            organization.place(id, parentId);
            call(
                    "MoveAccount",
                    object().put("accountId", id).put("sourceParentId", before).put("destinationParentId", parentId));
        });
    }

    /** Removes a member account, which then stands alone. */
    public void removesMemberAccount(String id) {
        act(organization -> {
            call("RemoveAccountFromOrganization", object().put("accountId", id));
            departed(organization, id, "REMOVED");
        });
    }

    /** The owner of a member account takes it out of the organization; the call is recorded there. */
    public void accountLeaves(String id) {
        act(organization -> departed(organization, id, "LEFT"));
    }

    /** Closes a member account. It is pending closure until AWS has done so. */
    public void closesMemberAccount(String id) {
        act(organization -> {
            call("CloseAccount", object().put("accountId", id));
            cloud.account(id).state = Account.State.PENDING_CLOSURE;
        });
    }

    /** AWS has closed an account that was pending closure: it is suspended for 90 days. */
    public void closureCompletes(String id) {
        act(organization -> {
            cloud.account(id).state = Account.State.SUSPENDED;
            ObjectNode result = object();
            result.putObject("closeAccountStatus").put("accountId", id).put("state", "SUCCEEDED");
            serviceEvent("CloseAccountResult", result);
        });
    }

    /** After the 90 days the account is closed for good and belongs to no organization any more. */
    public void accountIsClosedForGood(String id) {
        act(organization -> {
            cloud.account(id).state = Account.State.CLOSED;
            departed(organization, id, "CLEANED");
        });
    }

    /** AWS suspends an account or lifts that, of which it publishes no event. */
    public void accountBecomes(String id, Account.State state) {
        act(organization -> cloud.account(id).state = state);
    }

    private void act(Consumer<Organization> deed) {
        cloud.act(() -> {
            Organization organization = cloud.organization
                    .filter(each -> each.isManagement(person.accountId()))
                    .orElseThrow(() -> new IllegalStateException("This is for somebody of the management account"));
            deed.accept(organization);
            return organization;
        });
    }

    private void joined(String id, String method) {
        membership(
                "AccountJoinedOrganization",
                id,
                object().put("joinedMethod", method).put("joinedTime", TIME.format(cloud.now())));
    }

    private void departed(Organization organization, String id, String method) {
        if (organization.isManagement(id) || !organization.has(id)) {
            throw new IllegalArgumentException("Not a member of the organization: " + id);
        }
        organization.remove(id);
        membership(
                "AccountDepartedOrganization",
                id,
                object().put("departureMethod", method).put("departureTime", TIME.format(cloud.now())));
    }

    /** The fields are those of the samples in events/organization. */
    private void membership(String eventName, String id, ObjectNode howAndWhen) {
        ObjectNode details =
                object().put("managementAccountId", person.accountId()).put("memberAccountId", id);
        details.setAll(howAndWhen);
        serviceEvent(eventName, details);
    }

    private void serviceEvent(String eventName, ObjectNode details) {
        cloud.events.record(event(eventName, NullNode.getInstance())
                .as(TrailEvent.Type.SERVICE_EVENT)
                .invokedBy(ORGANIZATIONS)
                .with(Map.of("serviceEventDetails", details)));
    }

    private void call(String eventName, ObjectNode parameters) {
        cloud.events.record(event(eventName, parameters));
    }

    private TrailEvent event(String eventName, JsonNode parameters) {
        return TrailEvent.apiCall(
                ORGANIZATIONS,
                eventName,
                person,
                person.accountId(),
                cloud.partition.organizationsRegion(),
                parameters);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
