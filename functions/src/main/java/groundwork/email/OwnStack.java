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
 * @param administratorEmail the administrator's address
 * @param givenName how the administrator is greeted
 * @param ownerEmail the address of the account's owner; empty if the administrator is the owner
 * @param hasMembers whether it looks after member accounts of an organization
 * @param givenPortal the AWS access portal, if the owner gave its address
 */
public record OwnStack(
        String accountId,
        Region region,
        String name,
        String administratorEmail,
        String givenName,
        Optional<String> ownerEmail,
        boolean hasMembers,
        Optional<PortalUrl> givenPortal) {
    public static OwnStack of(Settings settings) {
        return new OwnStack(
                settings.accountId(),
                settings.region(),
                settings.stackName(),
                settings.administratorEmail(),
                settings.givenName(),
                settings.owner().map(Settings.Owner::address),
                !settings.memberAccounts().isEmpty(),
                settings.portalUrl().map(PortalUrl::given));
    }

    /** Whether owner and administrator are two people, who get different emails. */
    public boolean hasOwner() {
        return ownerEmail.isPresent();
    }

    public Console console() {
        return new Console(region);
    }

    /** The AWS access portal, if there is an instance or the owner named it. */
    public Optional<PortalUrl> portal(Optional<Instance> instance) {
        return givenPortal.or(() -> instance.map(found -> PortalUrl.of(found, region)));
    }
}
