package groundwork.checklist;

import java.net.URI;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Direct links into the AWS Management Console.
 *
 * <p>AWS documents the entry pages but not the addresses behind them; those were taken from links in public documents and
 * may change. Every instruction that carries a link therefore also says in words where to go.
 *
 * @param region the Region of the stack, which is also the primary Region of IAM Identity Center
 */
public record Console(Region region) {
    /** The root user's own security credentials: MFA devices, access keys, signing certificates. */
    public URI rootSecurityCredentials() {
        return URI.create(globalConsole() + "/iam/home#/security_credentials");
    }

    /** IAM Identity Center, where it is enabled. */
    public URI identityCenter() {
        return URI.create(identityCenterHome() + "#!/");
    }

    /** The settings of IAM Identity Center: authentication, identity source, management. */
    public URI identityCenterSettings(String instanceArn) {
        return URI.create(identityCenterHome() + "#!/instances/" + instanceId(instanceArn) + "/settings");
    }

    /** The page of one user, with "Reset password" and "Enable user access". */
    public URI identityCenterUser(String instanceArn, String userId) {
        return URI.create(
                identityCenterHome() + "#!/instances/" + instanceId(instanceArn) + "/users/user-details/" + userId);
    }

    /** The page of one permission set, with its policies, its permissions boundary and the accounts that have it. */
    public URI permissionSet(String instanceArn, String permissionSetArn) {
        return URI.create(identityCenterHome() + "#/instances/" + instanceId(instanceArn) + "/permission-sets/details/"
                + permissionSetArn.substring(permissionSetArn.lastIndexOf('/') + 1));
    }

    /** The page of one IAM role, with its policies, its permissions boundary and who may assume it. */
    public URI role(String roleName) {
        return URI.create(globalConsole() + "/iam/home#/roles/details/" + roleName);
    }

    /** The subscriptions of an SNS topic. */
    public URI topic(String topicArn) {
        return URI.create(regionalConsole() + "/sns/v3/home?region=" + region.id() + "#/topic/" + topicArn);
    }

    /** The sending identities of Amazon SES. */
    public URI sendingIdentities() {
        return URI.create(regionalConsole() + "/ses/home?region=" + region.id() + "#/identities");
    }

    /** The trails of the account. */
    public URI trails() {
        return URI.create(regionalConsole() + "/cloudtrailv2/home?region=" + region.id() + "#/trails");
    }

    /** The rules of Amazon EventBridge in a Region. */
    public URI rules(Region ruleRegion) {
        return URI.create("https://" + ruleRegion.id() + "." + consoleDomain() + "/events/home?region="
                + ruleRegion.id() + "#/rules");
    }

    /** One execution of the state machine. */
    public URI execution(String executionArn) {
        return URI.create(
                regionalConsole() + "/states/home?region=" + region.id() + "#/v2/executions/details/" + executionArn);
    }

    private String identityCenterHome() {
        return regionalConsole() + "/singlesignon/home?region=" + region.id();
    }

    private String regionalConsole() {
        return "https://" + region.id() + "." + consoleDomain();
    }

    private String globalConsole() {
        return "https://" + consoleDomain();
    }

    /**
     * @see <a href="https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html">AWS
     *     partitions</a>
     */
    private String consoleDomain() {
        return switch (PartitionMetadata.of(region).id()) {
            case "aws-cn" -> "console.amazonaws.cn";
            case "aws-us-gov" -> "console.amazonaws-us-gov.com";
            default -> "console.aws.amazon.com";
        };
    }

    /** The console leaves out the prefix of {@code arn:aws:sso:::instance/ssoins-1234567890abcdef}. */
    private static String instanceId(String instanceArn) {
        return instanceArn.substring(instanceArn.lastIndexOf('-') + 1);
    }
}
