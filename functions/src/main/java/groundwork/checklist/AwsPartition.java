package groundwork.checklist;

import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * A partition of AWS in which Groundwork can be deployed, and in what it differs from the others. What differs in the template is in its
 * mapping of the same name.
 *
 * <p>The other partitions have no IAM Identity Center by the endpoint data of the SDK, and the template refuses them.
 *
 * @see <a href="https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html">AWS partitions</a>
 */
public enum AwsPartition {
    /** The commercial Regions. */
    AWS("aws", "console.aws.amazon.com"),

    /**
     * China.
     *
     * @see <a href="https://docs.amazonaws.cn/en_us/aws/latest/userguide/introduction.html">Getting Started with Amazon Web Services in
     *     China</a>
     */
    AWS_CN("aws-cn", "console.amazonaws.cn"),

    /**
     * AWS GovCloud (US).
     *
     * @see <a href="https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/signing-into-govcloud.html">Signing in to AWS GovCloud
     *     (US)</a>
     */
    AWS_US_GOV("aws-us-gov", "console.amazonaws-us-gov.com"),

    /**
     * The AWS European Sovereign Cloud.
     *
     * @see <a href="https://docs.aws.eu/general/latest/gr/endpoints.html">Endpoints of the AWS European Sovereign Cloud</a>
     */
    AWS_EUSC("aws-eusc", "console.amazonaws-eusc.eu");

    private final String id;
    private final String consoleDomain;

    AwsPartition(String id, String consoleDomain) {
        this.id = id;
        this.consoleDomain = consoleDomain;
    }

    /**
     * The partition of a Region, also of one that the SDK does not know yet.
     *
     * @throws IllegalArgumentException if Groundwork cannot be deployed there, with a sentence for people
     */
    public static AwsPartition of(Region region) {
        String id = PartitionMetadata.of(region).id();
        return Arrays.stream(values())
                .filter(partition -> partition.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The Region %s is in the partition %s, which has no IAM Identity Center. Groundwork works in the partitions aws, aws-cn, aws-us-gov and aws-eusc."
                                .formatted(region.id(), id)));
    }

    /** What stands for it in an ARN. */
    public String id() {
        return id;
    }

    /** The domain of the AWS Management Console; a Region's own pages are below {@code REGION.} of it. */
    public String consoleDomain() {
        return consoleDomain;
    }

    /**
     * Whether the root user can sign in. In AWS GovCloud (US) nobody can, nor assign MFA to it; access keys are all that it may have.
     *
     * @see <a href="https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-iam.html">IAM in AWS GovCloud (US)</a>
     */
    public boolean rootUserSignsIn() {
        return this != AWS_US_GOV;
    }

    /**
     * Whether accounts enable Regions for themselves. Elsewhere every account has all of them, and not every partition has AWS Account
     * Management, which would list them.
     *
     * @see <a href="https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html">Enable or disable AWS Regions in your
     *     account</a>
     */
    public boolean accountsChooseRegions() {
        return this == AWS;
    }

    /** The Regions of it that the SDK knows, in the order of their ids. */
    public List<Region> regions() {
        return Region.regions().stream()
                .filter(region -> !region.isGlobalRegion())
                .filter(region -> PartitionMetadata.of(region).id().equals(id))
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
    }
}
