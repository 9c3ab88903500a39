package groundwork.rehearsal.organization.call;

import software.amazon.awssdk.regions.Region;

/**
 * A partition of AWS and the Region in which its global services record their events.
 *
 * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html">CloudTrail concepts, global service events</a>
 */
public enum Partition {
    AWS("aws", "us-east-1", "us-east-1"),
    AWS_US_GOV("aws-us-gov", "us-gov-west-1", "us-gov-west-1"),
    // By the endpoint data of the AWS SDKs.
    AWS_CN("aws-cn", "cn-north-1", "cn-northwest-1"),
    // The only Region of the AWS European Sovereign Cloud; the endpoint rule set of IAM signs for it.
    AWS_EUSC("aws-eusc", "eusc-de-east-1", "eusc-de-east-1");

    private final String id;
    private final String globalRegion;
    private final String organizationsRegion;

    Partition(String id, String globalRegion, String organizationsRegion) {
        this.id = id;
        this.globalRegion = globalRegion;
        this.organizationsRegion = organizationsRegion;
    }

    /** The name of the partition in an ARN. */
    public String id() {
        return id;
    }

    /**
     * Whether the root user of an account can sign in and have MFA. In AWS GovCloud (US) it has access keys at most.
     *
     * @see <a href="https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-iam.html">IAM in AWS GovCloud (US)</a>
     */
    public boolean rootUserSignsIn() {
        return this != AWS_US_GOV;
    }

    /** The Region in which events of IAM and root sign-in appear. */
    public Region globalRegion() {
        return Region.of(globalRegion);
    }

    /** The Region in which events of Organizations and Account Management appear. */
    public Region organizationsRegion() {
        return Region.of(organizationsRegion);
    }

    public String arn(String service, String region, String accountId, String resource) {
        return String.join(":", "arn", id, service, region, accountId, resource);
    }
}
