package groundwork.checklist;

import java.util.List;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.partitionmetadata.AwsCnPartitionMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsEuscPartitionMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsIsoBPartitionMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsIsoEPartitionMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsIsoFPartitionMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsIsoPartitionMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsPartitionMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsUsGovPartitionMetadata;

/**
 * A partition of AWS in which Groundwork can be deployed, and in what it differs from the others. What differs in the template is in its
 * mapping of the same name.
 *
 * <p>What the SDK knows of a partition is taken from its class, one by one: {@link PartitionMetadata#of} and {@link Region#metadata()} would
 * load the endpoints of four hundred services with it, which costs each cold start a fifth of a second.
 *
 * <p>The other partitions have no IAM Identity Center by the endpoint data of the SDK, and the template refuses them.
 *
 * @see <a href="https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html">AWS partitions</a>
 */
public enum AwsPartition {
    /** The commercial Regions. */
    AWS(new AwsPartitionMetadata(), "console.aws.amazon.com"),

    /**
     * China.
     *
     * @see <a href="https://docs.amazonaws.cn/en_us/aws/latest/userguide/introduction.html">Getting Started with Amazon Web Services in
     *     China</a>
     */
    AWS_CN(new AwsCnPartitionMetadata(), "console.amazonaws.cn"),

    /**
     * AWS GovCloud (US).
     *
     * @see <a href="https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/signing-into-govcloud.html">Signing in to AWS GovCloud
     *     (US)</a>
     */
    AWS_US_GOV(new AwsUsGovPartitionMetadata(), "console.amazonaws-us-gov.com"),

    /**
     * The AWS European Sovereign Cloud.
     *
     * @see <a href="https://docs.aws.eu/general/latest/gr/endpoints.html">Endpoints of the AWS European Sovereign Cloud</a>
     */
    AWS_EUSC(new AwsEuscPartitionMetadata(), "console.amazonaws-eusc.eu");

    private static final List<PartitionMetadata> WITHOUT_IDENTITY_CENTER = List.of(
            new AwsIsoPartitionMetadata(),
            new AwsIsoBPartitionMetadata(),
            new AwsIsoEPartitionMetadata(),
            new AwsIsoFPartitionMetadata());

    private final String id;
    private final String regionRegex;
    private final String consoleDomain;

    AwsPartition(PartitionMetadata metadata, String consoleDomain) {
        this.id = metadata.id();
        this.regionRegex = metadata.regionRegex();
        this.consoleDomain = consoleDomain;
    }

    /**
     * The partition of a Region. One that fits none, being newer than the SDK, is commercial, as the SDK itself has it.
     *
     * @throws IllegalArgumentException if Groundwork cannot be deployed there, with a sentence for people
     */
    public static AwsPartition of(Region region) {
        for (AwsPartition partition : values()) {
            if (region.id().matches(partition.regionRegex)) {
                return partition;
            }
        }
        for (PartitionMetadata other : WITHOUT_IDENTITY_CENTER) {
            if (region.id().matches(other.regionRegex())) {
                throw new IllegalArgumentException(
                        "The Region %s is in the partition %s, which has no IAM Identity Center. Groundwork works in the partitions aws, aws-cn, aws-us-gov and aws-eusc."
                                .formatted(region.id(), other.id()));
            }
        }
        return AWS;
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
                .filter(region -> region.id().matches(regionRegex))
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
    }
}
