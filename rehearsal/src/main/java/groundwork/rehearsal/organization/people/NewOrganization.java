package groundwork.rehearsal.organization.people;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.call.UserIdentity;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.Organization;
import groundwork.rehearsal.organization.trail.TrailEvent;
import java.util.Optional;

/** An organization that a person makes of a standalone account, whose management account it becomes. */
final class NewOrganization {
    private static final String ORGANIZATIONS = "organizations.amazonaws.com";

    private NewOrganization() {}

    /**
     * Creates it with all features, and with the service-linked role that AWS Organizations needs. Call it with the lock held.
     *
     * <p>No example of the event is published. Its parameters and answer are those of the API's model, as CloudTrail writes
     * them, with the email address hidden as in the published events of AWS Organizations.
     *
     * @see <a href="https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html">CreateOrganization</a>
     * @see <a href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_org_create.html">Creating an
     *     organization</a>
     */
    static Organization of(Cloud cloud, UserIdentity person) {
        Organization organization = new Organization("o-" + cloud.ids.alphanumeric(10), person.accountId());
        cloud.organization = Optional.of(organization);
        cloud.events.record(TrailEvent.apiCall(
                        ORGANIZATIONS,
                        "CreateOrganization",
                        person,
                        person.accountId(),
                        cloud.partition.organizationsRegion(),
                        object().put("featureSet", "ALL"))
                .answered(object().set("organization", described(cloud, organization))));
        recordServiceLinkedRole(cloud, person, ORGANIZATIONS);
        return organization;
    }

    private static ObjectNode described(Cloud cloud, Organization organization) {
        String management = organization.managementAccountId;
        return object().put("id", organization.id)
                .put("arn", cloud.arn("organizations", "", management, "organization/" + organization.id))
                .put("featureSet", "ALL")
                .put("masterAccountId", management)
                .put(
                        "masterAccountArn",
                        cloud.arn("organizations", "", management, "account/" + organization.id + "/" + management))
                .put("masterAccountEmail", "HIDDEN_DUE_TO_SECURITY_REASONS");
    }

    /** A service makes its own role in the account, on behalf of the person. */
    static void recordServiceLinkedRole(Cloud cloud, UserIdentity person, String service) {
        cloud.events.record(TrailEvent.apiCall(
                "iam.amazonaws.com",
                "CreateServiceLinkedRole",
                person,
                person.accountId(),
                cloud.partition.globalRegion(),
                object().put("aWSServiceName", service)));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
