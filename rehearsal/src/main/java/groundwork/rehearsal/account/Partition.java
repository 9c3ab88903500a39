package groundwork.rehearsal.account;

import software.amazon.awssdk.regions.Region;

/**
 * A partition of AWS and the Region in which its global services record their events.
 *
 * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html">CloudTrail concepts, global service events</a>
 */
public enum Partition {
    AWS("aws", "us-east-1"),
    AWS_US_GOV("aws-us-gov", "us-gov-west-1"),
    AWS_CN("aws-cn", "cn-north-1");

    private final String id;
    private final String globalRegion;

    Partition(String id, String globalRegion) {
        this.id = id;
        this.globalRegion = globalRegion;
    }

    /** The name of the partition in an ARN. */
    public String id() {
        return id;
    }

    /** The Region in which events of IAM, Organizations, Account Management and root sign-in appear. */
    public Region globalRegion() {
        return Region.of(globalRegion);
    }

    String arn(String service, String region, String accountId, String resource) {
        return String.join(":", "arn", id, service, region, accountId, resource);
    }
}
