package groundwork.rehearsal.organization.call;

import java.util.Arrays;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The services that the embedded organization offers. */
public enum AwsService {
    ACCOUNT(AccountClient.class, "account", true),
    CLOUDTRAIL(CloudTrailClient.class, "cloudtrail", false),
    CLOUDWATCH(CloudWatchClient.class, "cloudwatch", false),
    DYNAMODB(DynamoDbClient.class, "dynamodb", false),
    EVENTBRIDGE(EventBridgeClient.class, "events", false),
    IAM(IamClient.class, "iam", true),
    IDENTITYSTORE(IdentitystoreClient.class, "identitystore", false),
    ORGANIZATIONS(OrganizationsClient.class, "organizations", true),
    SES(SesV2Client.class, "ses", false),
    SNS(SnsClient.class, "sns", false),
    SSO_ADMIN(SsoAdminClient.class, "sso", false),
    STEP_FUNCTIONS(SfnClient.class, "states", false),
    STS(StsClient.class, "sts", false);

    private final Class<? extends SdkClient> clientInterface;
    private final String prefix;
    private final boolean global;

    AwsService(Class<? extends SdkClient> clientInterface, String prefix, boolean global) {
        this.clientInterface = clientInterface;
        this.prefix = prefix;
        this.global = global;
    }

    /** The prefix of the service's IAM actions and of its CloudTrail event source. */
    public String prefix() {
        return prefix;
    }

    public String eventSource() {
        return prefix + ".amazonaws.com";
    }

    /** True if CloudTrail records the service's events in the partition's global Region. */
    boolean global() {
        return global;
    }

    /**
     * Whether the operation of the request lists the exception in its API model, which the client's methods declare. The
     * errors that every operation has in common, such as throttling, are not all listed.
     */
    public boolean declares(AwsRequest request, Class<?> exception) {
        return Arrays.stream(clientInterface.getMethods())
                .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {request.getClass()}))
                .anyMatch(method -> Arrays.asList(method.getExceptionTypes()).contains(exception));
    }

    /** The service of a client interface. */
    public static AwsService of(Class<? extends SdkClient> clientInterface) {
        for (AwsService service : values()) {
            if (service.clientInterface.equals(clientInterface)) {
                return service;
            }
        }
        throw new UnsupportedOperationException("The embedded organization has no " + clientInterface.getSimpleName());
    }
}
