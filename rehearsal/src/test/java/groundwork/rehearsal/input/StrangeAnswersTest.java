package groundwork.rehearsal.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.changeevents.CloudTrailClients;
import groundwork.changeevents.EventBridgeClients;
import groundwork.identitycenter.SsoAdminClients;
import groundwork.rehearsal.stack.LambdaFunction;
import groundwork.rehearsal.states.TaskFailure;
import groundwork.root.MemberClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.account.model.GetAccountInformationRequest;
import software.amazon.awssdk.services.account.model.GetAccountInformationResponse;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.DescribeTrailsRequest;
import software.amazon.awssdk.services.cloudtrail.model.DescribeTrailsResponse;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusRequest;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusResponse;
import software.amazon.awssdk.services.cloudtrail.model.Trail;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.DescribeUserRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;
import software.amazon.awssdk.services.identitystore.model.Email;
import software.amazon.awssdk.services.identitystore.model.GetUserIdRequest;
import software.amazon.awssdk.services.identitystore.model.GetUserIdResponse;
import software.amazon.awssdk.services.identitystore.model.IdentitystoreException;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.DescribeAccountRequest;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationRequest;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationResponse;
import software.amazon.awssdk.services.organizations.model.OrganizationsException;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatus;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentCreationStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentCreationStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.InstanceMetadata;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesResponse;
import software.amazon.awssdk.services.sts.StsClient;

/** Whatever words and names AWS answers with: the functions make findings of them and hand them on whole. */
class StrangeAnswersTest {
    private static final int ANSWERS = 150;
    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("ACCOUNT_ID", Functions.ACCOUNT),
            Map.entry("AWS_REGION", "eu-central-1"),
            Map.entry("GLOBAL_REGION", "us-east-1"),
            Map.entry("RULE_PREFIX", "groundwork-5f8e2d10-"),
            Map.entry("RULES", "Schedule"),
            Map.entry("NOTICE_RULES", "StackDeleted"),
            Map.entry("NOTICE_ARN", "arn:aws:states:eu-central-1:111122223333:stateMachine:Notice"),
            Map.entry(
                    "STACK_ID",
                    "arn:aws:cloudformation:us-east-1:123456789012:stack/groundwork/5f8e2d10-3a1b-4c2d-9e8f-0a1b2c3d4e5f"),
            Map.entry("STACK_NAME", "groundwork"),
            Map.entry("TABLE_NAME", "table"),
            Map.entry("USER_NAME", "ada"),
            Map.entry("GIVEN_NAME", "Ada"),
            Map.entry("FAMILY_NAME", "Lovelace"),
            Map.entry("ADMINISTRATOR_EMAIL", "ada@example.com"),
            Map.entry("IDENTITY_SOURCE", "IdentityCenter"),
            Map.entry("GROUP_NAME", "Administrators"),
            Map.entry("PERMISSION_SET_NAME", "AdministratorAccess"),
            Map.entry("MEMBER_PERMISSION_SET_NAME", "MemberAdministratorAccess"),
            Map.entry("MEMBER_ACCOUNTS", "all"),
            Map.entry("MEMBER_ROLE", "groundwork/groundwork-RootCheck"),
            Map.entry("CENTRAL_ROOT_ACCESS", "false"),
            Map.entry("SESSION_DURATION", "PT4H"),
            Map.entry("USER_MAKER", "arn:aws:iam::111122223333:role/groundwork/ProvisionAdministrator AROAPROVISION"),
            Map.entry("GROUP_MAKER", "arn:aws:iam::111122223333:role/groundwork/GrantAccess AROAGRANT"));

    private final Strange strange = new Strange(51);
    private final Aws aws = new Aws();

    @Test
    void theStatusReasonOfAnInstance() {
        aws.answers(
                DescribeOrganizationRequest.class,
                DescribeOrganizationResponse.builder()
                        .organization(organization -> organization.masterAccountId(Functions.ACCOUNT))
                        .build());
        for (int i = 0; i < ANSWERS; i++) {
            String reason = strange.text();
            aws.answers(
                    GetAccountInformationRequest.class,
                    GetAccountInformationResponse.builder().accountName(reason).build());
            aws.answers(
                    ListInstancesRequest.class,
                    ListInstancesResponse.builder()
                            .instances(InstanceMetadata.builder()
                                    .ownerAccountId(Functions.ACCOUNT)
                                    .status(strange.one(
                                            List.of("CREATE_FAILED", "DELETE_IN_PROGRESS", "SOMETHING_NEW")))
                                    .statusReason(reason)
                                    .build())
                            .build());

            JsonNode report = function("identitycenter.FindIdentityCenter").invoke(request());

            assertThat(outcome(report).path("status").asText()).isEqualTo("WAITING");
            assertThat(outcome(report).path("what").asText()).contains(arrived(reason));
        }
    }

    @Test
    void theNameOfAnAdoptedUser() {
        aws.answers(
                GetUserIdRequest.class,
                GetUserIdResponse.builder().userId("u-1").build());
        for (int i = 0; i < ANSWERS; i++) {
            String name = strange.text();
            aws.answers(
                    DescribeUserRequest.class,
                    DescribeUserResponse.builder()
                            .userId("u-1")
                            .userName(name)
                            .userStatus(strange.one(List.of("ENABLED", "DISABLED")))
                            .emails(Email.builder().value("ADA@example.com").build())
                            .build());

            JsonNode report = function("administrator.ProvisionAdministrator").invoke(request());

            assertThat(report.at("/administrator/userName").asText()).isEqualTo(arrived(name));
            assertThat(outcome(report).path("what").asText()).contains(arrived(name));
        }
    }

    @Test
    void theReasonOfAFailedAssignment() {
        ObjectNode request = request();
        request.putObject("pending")
                .put("groupId", "g-1")
                .put("permissionSetArn", "ps-1")
                .putObject("order")
                .put("kind", "ASSIGNMENT")
                .put("requestId", "r-1");
        ((ObjectNode) request.get("pending")).putArray("changes");
        for (int i = 0; i < ANSWERS; i++) {
            String reason = strange.text();
            aws.answers(
                    DescribeAccountAssignmentCreationStatusRequest.class,
                    DescribeAccountAssignmentCreationStatusResponse.builder()
                            .accountAssignmentCreationStatus(AccountAssignmentOperationStatus.builder()
                                    .status("FAILED")
                                    .failureReason(reason)
                                    .build())
                            .build());

            JsonNode report = function("access.GrantAccess").invoke(request);

            assertThat(outcome(report).path("reason").asText()).isEqualTo("ASSIGNMENT_FAILED");
            assertThat(outcome(report).path("what").asText()).contains(arrived(reason));
        }
    }

    @Test
    void theNameOfASilentTrail() {
        for (int i = 0; i < ANSWERS; i++) {
            String name = strange.text();
            aws.answers(
                    DescribeTrailsRequest.class,
                    DescribeTrailsResponse.builder()
                            .trailList(Trail.builder()
                                    .name(name)
                                    .trailARN("arn:aws:cloudtrail:eu-central-1:111122223333:trail/x")
                                    .isMultiRegionTrail(true)
                                    .build())
                            .build());
            aws.answers(
                    GetTrailStatusRequest.class,
                    GetTrailStatusResponse.builder().isLogging(false).build());

            JsonNode report = function("changeevents.CheckChangeEvents").invoke(request());

            assertThat(outcome(report).path("what").asText()).contains(arrived(name));
        }
    }

    @Test
    void theMessageOfAnError() {
        for (int i = 0; i < ANSWERS; i++) {
            AwsErrorDetails details = AwsErrorDetails.builder()
                    .errorCode(strange.one(
                            List.of("AccessDeniedException", "AccessDenied", "ServiceQuotaExceededException")))
                    .errorMessage(strange.chance(10) ? null : strange.text())
                    .build();
            aws.refuses(
                    GetUserIdRequest.class,
                    IdentitystoreException.builder().awsErrorDetails(details).build());

            JsonNode report = function("administrator.ProvisionAdministrator").invoke(request());

            assertThat(outcome(report).path("status").asText()).isEqualTo("BLOCKED");
            assertThat(outcome(report).path("reason").asText())
                    .isEqualTo(details.errorCode().startsWith("Access") ? "ACCESS_DENIED" : "SERVICE_QUOTA");
        }
    }

    @Test
    void theMessageOfARefusedRead() {
        for (int i = 0; i < ANSWERS; i++) {
            aws.refuses(
                    GetAccountSummaryRequest.class,
                    IamException.builder()
                            .awsErrorDetails(AwsErrorDetails.builder()
                                    .errorCode("AccessDenied")
                                    .errorMessage(strange.text())
                                    .build())
                            .build());

            JsonNode report = function("root.CheckRootUser").invoke(request());

            assertThat(outcome(report).path("what").asText())
                    .startsWith("Could not read the root user's credentials: ");
        }
    }

    @Test
    void theMessageAboutAnotherAccount() {
        ObjectNode input = Functions.JSON.createObjectNode().put("accountId", "444455556666");
        for (int i = 0; i < ANSWERS; i++) {
            aws.refuses(
                    DescribeAccountRequest.class,
                    strange.chance(10)
                            ? OrganizationsException.builder()
                                    .message(strange.text())
                                    .build()
                            : OrganizationsException.builder()
                                    .awsErrorDetails(AwsErrorDetails.builder()
                                            .errorCode("AccessDeniedException")
                                            .errorMessage(strange.text())
                                            .build())
                                    .build());
            try {
                function("request.ReadRequest").invoke(input);
                throw new AssertionError("accepted");
            } catch (TaskFailure failure) {
                assertThat(failure.error()).isEqualTo("groundwork.request.InvalidRequestException");
                ExecutionInputTest.assertClear(Functions.message(failure), input);
            }
        }
    }

    private LambdaFunction function(String name) {
        return new LambdaFunction(
                "groundwork." + name + "Handler::handleRequest",
                Duration.ofMinutes(1),
                Map.ofEntries(
                        Map.entry(Map.class, ENVIRONMENT),
                        Map.entry(InstantSource.class, InstantSource.fixed(Functions.NOW)),
                        Map.entry(EventBridgeClients.class, (EventBridgeClients)
                                region -> aws.client(EventBridgeClient.class)),
                        Map.entry(SsoAdminClients.class, (SsoAdminClients) region -> aws.client(SsoAdminClient.class)),
                        Map.entry(SsoAdminClient.class, aws.client(SsoAdminClient.class)),
                        Map.entry(IdentitystoreClient.class, aws.client(IdentitystoreClient.class)),
                        Map.entry(OrganizationsClient.class, aws.client(OrganizationsClient.class)),
                        Map.entry(CloudTrailClients.class, (CloudTrailClients)
                                region -> aws.client(CloudTrailClient.class)),
                        Map.entry(AccountClient.class, aws.client(AccountClient.class)),
                        Map.entry(IamClient.class, aws.client(IamClient.class)),
                        Map.entry(StsClient.class, aws.client(StsClient.class)),
                        Map.entry(MemberClients.class, (MemberClients) credentials -> aws.client(IamClient.class)),
                        Map.entry(DynamoDbClient.class, aws.client(DynamoDbClient.class))));
    }

    private static ObjectNode request() {
        ObjectNode request = Functions.JSON.createObjectNode();
        request.put("accountId", Functions.ACCOUNT).put("plan", false).put("observedAt", Functions.NOW.toString());
        request.putObject("instance")
                .put("instanceArn", "arn:aws:sso:::instance/ssoins-1234567890abcdef")
                .put("identityStoreId", "d-1234567890");
        return request;
    }

    private static JsonNode outcome(JsonNode report) {
        return report.at("/findings/0/outcome");
    }

    /** Half a character is none that UTF-8 can write, and arrives as a question mark. */
    private static String arrived(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
