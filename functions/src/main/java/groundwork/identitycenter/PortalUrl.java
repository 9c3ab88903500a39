package groundwork.identitycenter;

import static java.util.Objects.requireNonNull;

import groundwork.checklist.AwsPartition;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/**
 * Where people sign in: the AWS access portal. No API returns its address, so it is put together from the instance.
 *
 * @param address the address to use
 * @param alternative another address of the same portal, for when the first does not open: a custom subdomain replaces
 *     the first, and a network without IPv4 does not reach it
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/howtochangeURL.html">Customizing the AWS
 *     access portal URL</a>
 * @see <a href="https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-sso.html">IAM Identity Center in AWS
 *     GovCloud (US)</a>
 */
public record PortalUrl(URI address, Optional<URI> alternative) {
    public PortalUrl {
        requireNonNull(address);
        requireNonNull(alternative);
    }

    /**
     * The portal of an instance.
     *
     * @param region the primary Region of the instance
     */
    public static PortalUrl of(Instance instance, Region region) {
        String store = instance.identityStoreId();
        String id = instance.instanceArn().substring(instance.instanceArn().lastIndexOf('/') + 1);
        String here = region.id();
        return switch (AwsPartition.of(region)) {
            case AWS_US_GOV ->
                at("start.us-gov-home.awsapps.com/directory/" + store, id + ".portal." + here + ".app.aws");
            case AWS_CN ->
                at(
                        "start.home.awsapps.cn/directory/" + store,
                        id + ".portal." + here + ".app.amazonwebservices.com.cn");
            case AWS_EUSC ->
                at(id + "." + here + ".portal.amazonaws.eu", id + ".portal." + here + ".api.amazonwebservices.eu");
            case AWS -> at(store + ".awsapps.com/start", id + ".portal." + here + ".app.aws");
        };
    }

    /**
     * The address the owner gave, which then stands alone.
     *
     * @throws IllegalArgumentException if it is not an https address
     */
    public static PortalUrl given(String address) {
        URI given = URI.create(address);
        if (!"https".equals(given.getScheme()) || given.getHost() == null) {
            throw new IllegalArgumentException("The portal URL has to start with https:// and is " + address);
        }
        return new PortalUrl(given, Optional.empty());
    }

    private static PortalUrl at(String address, String alternative) {
        return new PortalUrl(URI.create("https://" + address), Optional.of(URI.create("https://" + alternative)));
    }
}
