package groundwork.rehearsal.organization.call;

import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
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
    ACCOUNT(AccountClient.class, "account", "account", true),
    CLOUDTRAIL(CloudTrailClient.class, "cloudtrail", "cloudtrail", false),
    CLOUDWATCH(CloudWatchClient.class, "cloudwatch", "monitoring", false),
    DYNAMODB(DynamoDbClient.class, "dynamodb", "dynamodb", false),
    EVENTBRIDGE(EventBridgeClient.class, "events", "events", false),
    IAM(IamClient.class, "iam", "iam", true),
    IDENTITYSTORE(IdentitystoreClient.class, "identitystore", "identitystore", false),
    ORGANIZATIONS(OrganizationsClient.class, "organizations", "organizations", true),
    SES(SesV2Client.class, "ses", "email", false),
    SNS(SnsClient.class, "sns", "sns", false),
    SSO_ADMIN(SsoAdminClient.class, "sso", "sso", false),
    STEP_FUNCTIONS(SfnClient.class, "states", "states", false),
    STS(StsClient.class, "sts", "sts", false);

    private final Class<? extends SdkClient> clientInterface;
    private final String prefix;
    private final String endpointPrefix;
    private final boolean global;

    AwsService(Class<? extends SdkClient> clientInterface, String prefix, String endpointPrefix, boolean global) {
        this.clientInterface = clientInterface;
        this.prefix = prefix;
        this.endpointPrefix = endpointPrefix;
        this.global = global;
    }

    /** The prefix of the service's IAM actions and of its CloudTrail event source. */
    public String prefix() {
        return prefix;
    }

    public String eventSource() {
        return prefix + ".amazonaws.com";
    }

    /**
     * Whether AWS offers the service in the Region, by the endpoint data that comes with the SDK. Of a service that is global in its
     * partition the data has one Region for all, such as {@code aws-us-gov-global}. For the AWS European Sovereign Cloud it has none of
     * them: there the endpoint rule set of IAM names the partition, and Identity Center could not be without AWS Organizations. Account
     * Management is not known to be there.
     *
     * @see <a href="https://github.com/boto/botocore/blob/develop/botocore/data/endpoints.json">The same data in botocore</a>
     */
    public boolean offeredIn(Region region) {
        List<Region> regions = ServiceMetadata.of(endpointPrefix).regions();
        String partition = region.metadata().partition().id();
        return global
                ? regions.contains(Region.of(partition + "-global"))
                        || (partition.equals("aws-eusc") && this != ACCOUNT)
                : regions.contains(region);
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
