package groundwork.checklist;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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
    /** What AWS says of accounts that take long to be activated. */
    public static final URI ACTIVATION =
            URI.create("https://repost.aws/knowledge-center/create-and-activate-aws-account");

    /** Whoever starts an execution may name it, also with dots. The names that EventBridge and the console give have none. */
    private static final String EXECUTION =
            "arn:[a-z-]+:states:[a-z0-9-]{1,32}:[0-9]{12}:execution:[A-Za-z0-9_-]{1,80}:[A-Za-z0-9_-]{1,80}";

    private static final String REGION = "[a-z]{2,8}(-[a-z]{2,16}){1,3}-[0-9]{1,2}";

    /** Everything behind the host of the addresses below, with nothing but ids and names in it, and where it leads. */
    private static final List<Page> PAGES = List.of(
            new Page("the AWS console", "/"),
            new Page("the IAM console", "/iam/"),
            new Page("Security credentials, in the IAM console", "/iam/home#/security_credentials"),
            new Page("the role, in the IAM console", "/iam/home#/roles/details/[A-Za-z0-9_+=,.@-]{1,64}"),
            new Page("IAM Identity Center", "/singlesignon/home\\?region=" + REGION + "#!/"),
            new Page(
                    "the settings of IAM Identity Center",
                    "/singlesignon/home\\?region=" + REGION + "#!/instances/[A-Za-z0-9.]{1,16}/settings"),
            new Page(
                    "the page of the user, in IAM Identity Center",
                    "/singlesignon/home\\?region=" + REGION
                            + "#!/instances/[A-Za-z0-9.]{1,16}/users/user-details/[A-Za-z0-9-]{1,47}"),
            new Page(
                    "the permission set, in IAM Identity Center",
                    "/singlesignon/home\\?region=" + REGION
                            + "#/instances/[A-Za-z0-9.]{1,16}/permission-sets/details/[A-Za-z0-9-]{1,32}"),
            new Page(
                    "the topic, in Amazon SNS",
                    "/sns/v3/home\\?region=" + REGION + "#/topic/arn:[a-z-]+:sns:" + REGION
                            + ":[0-9]{12}:[A-Za-z0-9_-]{1,256}"),
            new Page("the identities of Amazon SES", "/ses/home\\?region=" + REGION + "#/identities"),
            new Page("the trails of CloudTrail", "/cloudtrailv2/home\\?region=" + REGION + "#/trails"),
            new Page("the rules of EventBridge", "/events/home\\?region=" + REGION + "#/rules"),
            new Page(
                    "the execution, in Step Functions",
                    "/states/home\\?region=" + REGION + "#/v2/executions/details/" + EXECUTION));

    private record Page(String title, Pattern path) {
        Page(String title, String path) {
            this(title, Pattern.compile(path));
        }
    }

    /**
     * Whether an address is one that Groundwork makes. The console has pages that do harm when they are opened, such as one
     * that makes a stack of a template from anywhere.
     */
    public boolean leadsTo(URI address) {
        return title(address).isPresent();
    }

    /** Where an address leads that Groundwork makes, in words; empty if it does not make it. */
    public Optional<String> title(URI address) {
        if (address.equals(ACTIVATION)) {
            return Optional.of("what AWS says of new accounts");
        }
        String host = address.getHost() == null ? "" : address.getHost();
        String text = address.toString();
        if (!(host.equals(consoleDomain()) || host.matches(REGION + "\\." + Pattern.quote(consoleDomain())))
                || !text.startsWith("https://" + host + "/")) {
            return Optional.empty();
        }
        String path = text.substring("https://".length() + host.length());
        return PAGES.stream()
                .filter(page -> page.path().matcher(path).matches())
                .map(Page::title)
                .findFirst();
    }

    /** Whether this has the form of a Region's id, such as {@code eu-central-1}, and is nothing else. */
    public static boolean isRegion(String text) {
        return text != null && text.matches(REGION);
    }

    /** Whether this is the ARN of an execution, and nothing else. */
    public static boolean isExecution(String executionArn) {
        return executionArn != null && executionArn.matches(EXECUTION);
    }

    /** The partition of its Region. */
    public AwsPartition partition() {
        return AwsPartition.of(region);
    }

    /** The root user's own security credentials: MFA devices, access keys, signing certificates. */
    public URI rootSecurityCredentials() {
        return URI.create(globalConsole() + "/iam/home#/security_credentials");
    }

    /** IAM, where Root access management is. */
    public URI iam() {
        return URI.create(globalConsole() + "/iam/");
    }

    /** Where the console begins. */
    public URI home() {
        return URI.create(regionalConsole() + "/");
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

    private String consoleDomain() {
        return partition().consoleDomain();
    }

    /** The console leaves out the prefix of {@code arn:aws:sso:::instance/ssoins-1234567890abcdef}. */
    private static String instanceId(String instanceArn) {
        return instanceArn.substring(instanceArn.lastIndexOf('-') + 1);
    }
}
