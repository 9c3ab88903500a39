package groundwork.identitycenter;

import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** Clients of IAM Identity Center by Region, for finding the Region it was enabled in. */
@FunctionalInterface
public interface SsoAdminClients {
    SsoAdminClient in(Region region);
}
