package groundwork.rehearsal.organization.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.call.UserIdentity;
import groundwork.rehearsal.organization.store.Cloud;
import groundwork.rehearsal.organization.store.IdentityCenter;
import groundwork.rehearsal.organization.store.Organization;
import groundwork.rehearsal.organization.trail.TrailEvent;
import software.amazon.awssdk.regions.Region;

/**
 * The pages of the IAM Identity Center console about the instance as a whole: "Enable", "Settings", "Delete". No public API does
 * what the first two do.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/enable-identity-center.html">Enable IAM Identity
 *     Center</a>
 */
public final class InstanceConsole {
    private static final String SSO = "sso.amazonaws.com";

    private final Cloud cloud;
    private final UserIdentity person;

    public InstanceConsole(Cloud cloud, UserIdentity person) {
        this.cloud = cloud;
        this.person = person;
    }

    /**
     * Presses "Enable with AWS Organizations": creates an organization if the account has none, and in it the organization
     * instance, which is active at once.
     *
     * @throws IllegalStateException in a member account, or if there is an organization instance
     */
    public void enables(Region region) {
        cloud.act(() -> {
            Organization organization = cloud.organization.orElseGet(() -> NewOrganization.of(cloud, person));
            if (!organization.isManagement(person.accountId())) {
                throw new IllegalStateException("Only the management account enables the instance");
            }
            if (cloud.organizationInstance().isPresent()) {
                throw new IllegalStateException("There is an organization instance already");
            }
            organization.trustedAccess.put(Organization.IDENTITY_CENTER, cloud.now());
            cloud.events.record(TrailEvent.apiCall(
                    "organizations.amazonaws.com",
                    "EnableAWSServiceAccess",
                    person,
                    person.accountId(),
                    cloud.partition.organizationsRegion(),
                    object().put("servicePrincipal", Organization.IDENTITY_CENTER)));
            NewOrganization.recordServiceLinkedRole(cloud, person, Organization.IDENTITY_CENTER);
            IdentityCenter center =
                    new IdentityCenter(cloud, IdentityCenter.Type.ORGANIZATION, person.accountId(), region, "ACTIVE");
            cloud.identityCenters.add(center);
            // The permission of this name initializes the service; that the event has it too is inferred.
            record(center, "StartSSO", NullNode.getInstance());
            return center;
        });
    }

    /**
     * Switches "Send email OTP" for users made by API: Settings, Authentication, Standard authentication, Configure. It is off
     * in a new instance.
     *
     * <p>The event does not say what was set. Of its parameters, the type of the configuration is all that anybody has published
     * (<a href="https://securitylabs.datadoghq.com/articles/tales-from-the-cloud-trenches-the-attacker-doth-persist-too-much/">
     * Datadog Security Labs, May 2025</a>), and saving the MFA settings has the same type. In the console's own request the
     * switch is {@code ssoConfiguration.noPasswordSignInBehavior}, with the value {@code EMAIL_OTP} when it is on
     * (<a href="https://github.com/aws/aws-sdk/issues/390">aws/aws-sdk 390</a>); whether CloudTrail records that is not known.
     * The spelling of the name is that of rules which match real events
     * (<a href="https://docs.datadoghq.com/security/default_rules/def-000-t3z/">Datadog</a>).
     *
     * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/userswithoutpwd.html">Email one-time password to
     *     users created with API or CLI</a>
     */
    public void sendsEmailOtp(boolean on) {
        cloud.act(() -> {
            IdentityCenter center = center();
            center.emailOtp = on;
            record(
                    center,
                    "UpdateSsoConfiguration",
                    object().put("instanceArn", center.instanceArn())
                            .put("configurationType", "APP_AUTHENTICATION_CONFIGURATION"));
            return center;
        });
    }

    /** Deletes the organization instance with everything in it. The name of the event is that of the public API, inferred. */
    public void deletesInstance() {
        cloud.act(() -> {
            IdentityCenter center = center();
            record(center, "DeleteInstance", object().put("instanceArn", center.instanceArn()));
            return cloud.identityCenters.remove(center);
        });
    }

    private IdentityCenter center() {
        return cloud.organizationInstance()
                .orElseThrow(() -> new IllegalStateException("There is no organization instance"));
    }

    private void record(IdentityCenter center, String eventName, JsonNode parameters) {
        cloud.events.record(
                TrailEvent.apiCall(SSO, eventName, person, person.accountId(), center.primaryRegion(), parameters));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
