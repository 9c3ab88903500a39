package groundwork.access;

import java.util.List;
import java.util.stream.Stream;

/**
 * An action that every administrator needs, on a resource whose name and Region no policy mentions. A policy that takes
 * one of these away takes administrator access away; one that takes others away, or these for named resources, narrows it.
 *
 * <p>The actions are of those with which AWS takes the power from an identity that fell into the wrong hands, in its policy
 * AWSCompromisedKeyQuarantineV3 (v3 of 16 March 2026): changing roles, starting instances and functions, making buckets, and
 * seeing what there is. Left out are those that companies deny to administrators on purpose, such as making users with keys,
 * leaving the organization, and deleting what is kept.
 *
 * @see <a href="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html">AWSCompromisedKeyQuarantineV3</a>
 */
public record NeededAction(String action, String resource) {
    private static final String UNNAMED = "of-no-particular-name";

    /**
     * The needed actions in an account.
     *
     * @param partition such as {@code aws}
     */
    public static List<NeededAction> in(String partition, String accountId) {
        String role = "arn:%s:iam::%s:role/%s".formatted(partition, accountId, UNNAMED);
        String function = "arn:%s:lambda:any-region-1:%s:function:%s".formatted(partition, accountId, UNNAMED);
        String instance = "arn:%s:ec2:any-region-1:%s:instance/%s".formatted(partition, accountId, UNNAMED);
        String bucket = "arn:%s:s3:::%s".formatted(partition, UNNAMED);
        return Stream.of(
                        List.of("iam:CreateRole", role),
                        List.of("iam:AttachRolePolicy", role),
                        List.of("iam:PutRolePolicy", role),
                        List.of("iam:UpdateAssumeRolePolicy", role),
                        List.of("iam:PassRole", role),
                        List.of("ec2:RunInstances", instance),
                        List.of("ec2:StartInstances", instance),
                        List.of("lambda:CreateFunction", function),
                        List.of("lambda:UpdateFunctionCode", function),
                        List.of("s3:CreateBucket", bucket),
                        List.of("s3:PutBucketPolicy", bucket),
                        List.of("s3:ListAllMyBuckets", "*"),
                        List.of("cloudtrail:LookupEvents", "*"))
                .map(needed -> new NeededAction(needed.getFirst(), needed.getLast()))
                .toList();
    }
}
