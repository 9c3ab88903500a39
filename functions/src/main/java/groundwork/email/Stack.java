package groundwork.email;

import groundwork.checklist.Console;
import groundwork.identitycenter.Instance;
import groundwork.identitycenter.PortalUrl;
import groundwork.runtime.Settings;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/**
 * The stack that writes the emails.
 *
 * @param accountId the account it is in, which may look after others
 * @param region its Region, which is also the primary Region of IAM Identity Center
 * @param name the name of the CloudFormation stack
 * @param administratorEmail where emails go
 * @param escalationEmail the second address; empty if there is none
 * @param portalUrl the address of the AWS access portal, if the owner gave one; otherwise empty
 */
public record Stack(
        String accountId,
        Region region,
        String name,
        String administratorEmail,
        String escalationEmail,
        String portalUrl) {
    public static Stack of(Settings settings) {
        return new Stack(
                settings.required("ACCOUNT_ID"),
                Region.of(settings.required("AWS_REGION")),
                settings.required("STACK_NAME"),
                settings.required("ADMINISTRATOR_EMAIL"),
                settings.optional("ESCALATION_EMAIL"),
                settings.optional("PORTAL_URL"));
    }

    public Console console() {
        return new Console(region);
    }

    /** The AWS access portal, if there is an instance or the owner named it. */
    public Optional<PortalUrl> portal(Optional<Instance> instance) {
        return portalUrl.isEmpty()
                ? instance.map(found -> PortalUrl.of(found, region))
                : Optional.of(PortalUrl.given(portalUrl));
    }
}
