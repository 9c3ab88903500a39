package groundwork.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import groundwork.wire.DeployedFunction.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every handler, built by its public constructor, takes its input and gives its output through the serialisation that
 * Lambda itself uses; only AWS is canned. What the state machine reads, and what it retries on, is what is compared here.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "aarch64"},
        disabledReason =
                "The Lambda runtime interface client has a native library for Linux on x86_64 and aarch64 only.")
class HandlersOnTheWireTest {
    private static final String INSTANCE = """
            {"instanceArn": "arn:aws:sso:::instance/ssoins-1234567890abcdef", "identityStoreId": "d-1234567890"}
            """;
    private static final String SET_ARN = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-0123456789abcdef";

    private static final Pattern CLIENT =
            Pattern.compile("software\\.amazon\\.awssdk\\.services\\.(\\w+)\\.Default\\w+Client");

    private Path directory;
    private CannedAws aws;
    private Map<String, DeployedFunction> functions;

    /** All at once, so that they start side by side. */
    @BeforeAll
    void deploy(@TempDir Path directory) throws IOException {
        this.directory = directory;
        aws = new CannedAws();
        functions = new HashMap<>(sweepFunctions());
        functions.putAll(statusFunctions());
        functions.putAll(Map.of(
                "ReadRequest", function("groundwork.request.ReadRequestHandler", Map.of()),
                "CheckRootUser",
                        function(
                                "groundwork.root.CheckRootUserHandler",
                                Map.of(
                                        "MEMBER_ROLE",
                                        "groundwork/groundwork-RootCheck",
                                        "CENTRAL_ROOT_ACCESS",
                                        "true")),
                "CompleteChecklist",
                        function(
                                "groundwork.conclusion.CompleteChecklistHandler",
                                Map.of("TABLE_NAME", "groundwork-Table")),
                "CheckChangeEvents",
                        function(
                                "groundwork.changeevents.CheckChangeEventsHandler",
                                Map.of(
                                        "STACK_NAME",
                                        "groundwork",
                                        "RULE_PREFIX",
                                        "groundwork-5f8e2d10-",
                                        "RULES",
                                        "Schedule",
                                        "NOTICE_RULES",
                                        "StackDeleted",
                                        "NOTICE_ARN",
                                        "arn:aws:states:eu-central-1:111122223333:stateMachine:Notice",
                                        "TABLE_NAME",
                                        "groundwork-Table")),
                "FindIdentityCenter", function("groundwork.identitycenter.FindIdentityCenterHandler", Map.of()),
                "ProvisionAdministrator",
                        function(
                                "groundwork.administrator.ProvisionAdministratorHandler",
                                Map.of(
                                        "ADMINISTRATOR_EMAIL", "ada@example.com",
                                        "USER_NAME", "ada",
                                        "GIVEN_NAME", "Ada",
                                        "FAMILY_NAME", "Lovelace",
                                        "IDENTITY_SOURCE", "IdentityCenter",
                                        "TABLE_NAME", "groundwork-Table",
                                        "USER_MAKER",
                                                "arn:aws:iam::111122223333:role/groundwork-5f8e2d10/Maker AROAMAKER")),
                "GrantAccess",
                        function(
                                "groundwork.access.GrantAccessHandler",
                                Map.ofEntries(
                                        Map.entry("ACCOUNT_ID", "111122223333"),
                                        Map.entry("GROUP_NAME", "Administrators"),
                                        Map.entry("PERMISSION_SET_NAME", "AdministratorAccess"),
                                        Map.entry("MEMBER_PERMISSION_SET_NAME", "MemberAdministratorAccess"),
                                        Map.entry("SESSION_DURATION", "PT4H"),
                                        Map.entry(
                                                "STACK_ID",
                                                "arn:aws:cloudformation:eu-central-1:111122223333:stack/groundwork/5f8e2d10"),
                                        Map.entry("STACK_NAME", "groundwork"),
                                        Map.entry("TABLE_NAME", "groundwork-Table"),
                                        Map.entry("ADMINISTRATOR_EMAIL", "ada@example.com"),
                                        Map.entry("USER_NAME", "ada"),
                                        Map.entry(
                                                "USER_MAKER",
                                                "arn:aws:iam::111122223333:role/groundwork-5f8e2d10/Maker AROAMAKER"),
                                        Map.entry(
                                                "GROUP_MAKER",
                                                "arn:aws:iam::111122223333:role/groundwork-5f8e2d10/Grant AROAGRANT"))),
                "SendEmail",
                        function(
                                "groundwork.conclusion.SendEmailHandler",
                                Map.of(
                                        "ADMINISTRATOR_EMAIL", "ada@example.com",
                                        "GIVEN_NAME", "Ada",
                                        "TOPIC_ARN", "arn:aws:sns:eu-central-1:111122223333:groundwork-Topic",
                                        "STACK_NAME", "groundwork",
                                        "TABLE_NAME", "groundwork-Table"))));
    }

    private Map<String, DeployedFunction> statusFunctions() {
        return Map.of(
                "ShowChecklist",
                function(
                        "groundwork.status.ShowChecklistHandler",
                        Map.of(
                                "TABLE_NAME", "groundwork-Table",
                                "STACK_NAME", "groundwork",
                                "ADMINISTRATOR_EMAIL", "ada@example.com",
                                "STATE_MACHINE_ARN",
                                        "arn:aws:states:eu-central-1:111122223333:stateMachine:AccountSetup",
                                "SCHEDULE", "rate(1 day)",
                                "ALARMS", "Groundwork failed (stack groundwork)")),
                "LookAgain",
                function(
                        "groundwork.status.LookAgainHandler",
                        Map.of(
                                "STATE_MACHINE_ARN",
                                "arn:aws:states:eu-central-1:111122223333:stateMachine:AccountSetup")));
    }

    /** A text is answered as a JSON string, which is what a dashboard and ./status expect. */
    @Test
    void showChecklist_answersAText() {
        aws.answers("Query", "{\"Items\": [], \"Count\": 0, \"ScannedCount\": 0}");
        aws.answers("ListExecutions", "{\"executions\": []}");
        aws.answersWithAnEmptyList("DescribeAlarms", "MetricAlarms");

        assertThat(returned("ShowChecklist", "{}").textValue())
                .startsWith("AWS account 111122223333: not looked at yet\n")
                .contains("Running     no execution\n", "Alarms      none is on\n");
    }

    @Test
    void showChecklist_answersJson() {
        aws.answers("Query", "{\"Items\": [], \"Count\": 0, \"ScannedCount\": 0}");
        aws.answers("ListExecutions", "{\"executions\": []}");
        aws.answersWithAnEmptyList("DescribeAlarms", "MetricAlarms");

        assertThat(returned("ShowChecklist", "{\"format\": \"json\"}").path("running"))
                .isEqualTo(json("[]"));
    }

    @Test
    void lookAgain_saysWhichExecutionItStarted() {
        aws.answers(
                "StartExecution",
                "{\"executionArn\": \"arn:aws:states:eu-central-1:111122223333:execution:AccountSetup:42\", \"startDate\": 1}");

        assertThat(returned("LookAgain", "{}").textValue()).contains(">42</a>");
    }

    private Map<String, DeployedFunction> sweepFunctions() {
        return Map.of(
                "ListMemberAccounts",
                function(
                        "groundwork.sweep.ListMemberAccountsHandler",
                        Map.of(
                                "TABLE_NAME", "groundwork-Table",
                                "ORGANIZATION_ID", "o-a1b2c3d4e5",
                                "MEMBER_ACCOUNTS", "all")),
                "CompareMemberAccounts",
                function(
                        "groundwork.sweep.CompareMemberAccountsHandler",
                        Map.of(
                                "TABLE_NAME", "groundwork-Table",
                                "MEMBER_ROLE", "groundwork/groundwork-RootCheck",
                                "CENTRAL_ROOT_ACCESS", "false")),
                "SendDigest",
                function(
                        "groundwork.sweep.SendDigestHandler",
                        Map.of(
                                "TABLE_NAME", "groundwork-Table",
                                "ORGANIZATION_ID", "o-a1b2c3d4e5",
                                "ADMINISTRATOR_EMAIL", "ada@example.com",
                                "GIVEN_NAME", "Ada",
                                "TOPIC_ARN", "arn:aws:sns:eu-central-1:111122223333:groundwork-Topic",
                                "STACK_NAME", "groundwork")));
    }

    /** {@code PartitionMetadata.of} and {@code Region.metadata()} load the endpoints of four hundred services. */
    @AfterAll
    void noneHasLoadedTheEndpointsOfAllServices() {
        functions.values().forEach(DeployedFunction::close);
        aws.close();
        assertThat(functions.keySet())
                .noneMatch(name -> functions.get(name).loaded().stream()
                        .anyMatch(loaded -> loaded.startsWith("software.amazon.awssdk.regions.servicemetadata.")));
    }

    @AfterEach
    void everyCallHadItsAnswer() {
        List<String> unanswered = aws.unanswered();
        aws.forget();
        assertThat(unanswered).isEmpty();
    }

    @AfterEach
    void nothingWasComplainedOf() {
        assertThat(functions)
                .allSatisfy(
                        (name, function) -> assertThat(function.standardError()).isEmpty());
    }

    /** Of nearly all that they are started for. What else they may call, that client is built when they do. */
    @Test
    void functionsStartWithTheClientsThatTheyNeed() {
        Map<String, Set<String>> clients = new TreeMap<>();
        functions.forEach((name, function) -> clients.put(
                name,
                function.loadedAtItsStart().stream()
                        .flatMap(loaded -> CLIENT.matcher(loaded).results())
                        .map(client -> client.group(1))
                        .collect(Collectors.toCollection(TreeSet::new))));

        assertThat(clients)
                .isEqualTo(Map.ofEntries(
                        Map.entry("ReadRequest", Set.of()),
                        Map.entry("CheckRootUser", Set.of("iam")),
                        Map.entry("CheckChangeEvents", Set.of("cloudtrail", "dynamodb", "eventbridge")),
                        Map.entry("FindIdentityCenter", Set.of("account", "organizations")),
                        Map.entry("ProvisionAdministrator", Set.of("identitystore")),
                        Map.entry("GrantAccess", Set.of("iam", "identitystore", "ssoadmin")),
                        Map.entry("SendEmail", Set.of("cloudtrail", "dynamodb", "sns")),
                        Map.entry("CompleteChecklist", Set.of("dynamodb")),
                        Map.entry("ListMemberAccounts", Set.of("dynamodb", "organizations", "ssoadmin")),
                        Map.entry("CompareMemberAccounts", Set.of("dynamodb", "iam", "sts")),
                        Map.entry("SendDigest", Set.of("dynamodb", "sns")),
                        Map.entry("ShowChecklist", Set.of("cloudwatch", "dynamodb", "sfn")),
                        Map.entry("LookAgain", Set.of("sfn"))));
    }

    @Test
    void readRequest_readsAnEmptyObject() {
        assertThat(returned("ReadRequest", "{}")).isEqualTo(json("""
                {"kind": "LOOK", "accountId": "111122223333", "quiet": false, "cause": {"kind": "BY_HAND"}}
                """));
    }

    @Test
    void readRequest_readsAnEventAndWritesItsTimesAsText() {
        JsonNode request = returned("ReadRequest", """
                {
                  "version": "0",
                  "id": "e3c5c7c2-0000-4c3e-9d3f-6d1e5d8b7a01",
                  "detail-type": "AWS Service Event via CloudTrail",
                  "source": "aws.signin",
                  "account": "111122223333",
                  "time": "2026-11-20T10:15:30Z",
                  "region": "eu-central-1",
                  "resources": [],
                  "detail": {
                    "eventName": "UserAuthentication",
                    "eventTime": "2026-11-20T10:15:28Z",
                    "awsRegion": "eu-central-1",
                    "eventID": "11111111-2222-4333-8444-555555555555",
                    "userIdentity": {"type": "IdentityCenterUser", "onBehalfOf": {"userId": "94e80458-1091-70ac-9a1b-000000000001"}}
                  }
                }
                """);

        assertThat(request).isEqualTo(json("""
                {
                  "kind": "SIGN_IN",
                  "accountId": "111122223333",
                  "quiet": true,
                  "cause": {
                    "kind": "CHANGE",
                    "event": "UserAuthentication",
                    "who": "Identity Center user 94e80458-1091-70ac-9a1b-000000000001",
                    "when": "2026-11-20T10:15:28Z",
                    "region": "eu-central-1",
                    "eventId": "11111111-2222-4333-8444-555555555555"
                  },
                  "userId": "94e80458-1091-70ac-9a1b-000000000001",
                  "step": "SIGNED_IN",
                  "at": "2026-11-20T10:15:28Z"
                }
                """));
    }

    @Test
    void readRequest_refusesByTheNameThatTheStateMachineCatches() {
        assertThat(function("ReadRequest").invoke("{\"plan\": \"true\"}"))
                .isEqualTo(new Answer.Failed(
                        "groundwork.request.InvalidRequestException",
                        "\"plan\" must be true or false, without quotes, but is: \"true\""));
    }

    @Test
    void checkRootUser_reportsFindings() {
        aws.answers("GetAccountSummary", """
                <GetAccountSummaryResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetAccountSummaryResult>
                <SummaryMap>
                <entry><key>AccountMFAEnabled</key><value>1</value></entry>
                <entry><key>AccountAccessKeysPresent</key><value>1</value></entry>
                <entry><key>AccountSigningCertificatesPresent</key><value>0</value></entry>
                </SummaryMap>
                </GetAccountSummaryResult></GetAccountSummaryResponse>
                """);
        aws.answers("ListVirtualMFADevices", """
                <ListVirtualMFADevicesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
                <ListVirtualMFADevicesResult><IsTruncated>false</IsTruncated><VirtualMFADevices/>
                </ListVirtualMFADevicesResult></ListVirtualMFADevicesResponse>
                """);

        assertThat(returned("CheckRootUser", "{\"accountId\": \"111122223333\"}"))
                .isEqualTo(json("""
                {"findings": [
                  {
                    "prerequisite": "ROOT_MFA",
                    "outcome": {
                      "status": "DONE",
                      "what": "The root user has MFA (a passkey or a hardware token)."
                    },
                    "changes": []
                  },
                  {
                    "prerequisite": "ROOT_ACCESS_KEYS",
                    "outcome": {
                      "status": "WAITING",
                      "what": "The root user has access keys.",
                      "todo": "Sign in as the root user, open Security credentials from the account menu, and delete \
                the access keys. Check first, under Last used, that nothing depends on them.",
                      "link": "https://console.aws.amazon.com/iam/home#/security_credentials"
                    },
                    "changes": []
                  }
                ]}
                """));
    }

    @Test
    void checkRootUser_looksIntoAMemberWithTheCredentialsOfItsRole() {
        stsAnswers("AssumeRole");
        iamAnswers("GetAccountSummary", """
                <SummaryMap>
                <entry><key>AccountMFAEnabled</key><value>0</value></entry>
                <entry><key>AccountPasswordPresent</key><value>0</value></entry>
                <entry><key>AccountAccessKeysPresent</key><value>0</value></entry>
                <entry><key>AccountSigningCertificatesPresent</key><value>0</value></entry>
                </SummaryMap>
                """);

        assertThat(returned("CheckRootUser", "{\"accountId\": \"444455556666\"}")
                        .at("/findings/0/outcome/what")
                        .textValue())
                .isEqualTo("The root user has no credentials at all, so there is nothing to sign in with.");
    }

    @Test
    void checkRootUser_looksIntoAMemberWithoutRole_byCentralRootAccess() {
        aws.failsInXml(
                "AssumeRole", "AccessDenied", "User: x is not authorized to perform: sts:AssumeRole on resource: y");
        iamAnswers(
                "ListOrganizationsFeatures",
                "<EnabledFeatures><member>RootCredentialsManagement</member></EnabledFeatures>");
        stsAnswers("AssumeRoot");
        iamAnswers(
                "GetAccountSummary",
                "<SummaryMap><entry><key>AccountMFAEnabled</key><value>1</value></entry></SummaryMap>");

        assertThat(returned("CheckRootUser", "{\"accountId\": \"444455556666\"}")
                        .at("/findings/0/outcome/what")
                        .textValue())
                .isEqualTo("The root user has MFA.");
    }

    private void stsAnswers(String operation) {
        aws.answers(operation, """
                <%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%1$sResult><Credentials>
                <AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
                <SessionToken>token</SessionToken><Expiration>2026-11-20T10:30:30Z</Expiration>
                </Credentials></%1$sResult></%1$sResponse>
                """.formatted(operation));
    }

    @Test
    void checkChangeEvents_reportsFindings() {
        aws.fails(
                "DescribeTrails",
                "AccessDeniedException",
                "User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform:"
                        + " cloudtrail:DescribeTrails");

        assertThat(returned("CheckChangeEvents", "{\"accountId\": \"111122223333\"}"))
                .isEqualTo(json("""
                {"findings": [{
                  "prerequisite": "CHANGE_EVENTS",
                  "outcome": {
                    "status": "UNKNOWN",
                    "what": "Could not read the trails of the account: AWS denied cloudtrail:DescribeTrails."
                  },
                  "changes": []
                }]}
                """));
    }

    @Test
    void findIdentityCenter_handsOnTheInstance() {
        aws.answers("DescribeOrganization", "{\"Organization\": {\"MasterAccountId\": \"111122223333\"}}");
        aws.answers("ListDelegatedAdministrators", "{\"DelegatedAdministrators\": []}");
        aws.answers("/getAccountInformation", "{\"AccountName\": \"Example\"}");
        aws.answers("ListInstances", """
                {"Instances": [{
                  "InstanceArn": "arn:aws:sso:::instance/ssoins-1234567890abcdef",
                  "IdentityStoreId": "d-1234567890",
                  "OwnerAccountId": "111122223333",
                  "Status": "ACTIVE"
                }]}
                """);
        aws.answers("ListRegions", "{\"Regions\": [{\"RegionName\": \"eu-central-1\", \"IsPrimaryRegion\": true}]}");
        aws.answers("ListPermissionSets", "{\"PermissionSets\": []}");

        assertThat(returned("FindIdentityCenter", "{\"accountId\": \"111122223333\"}"))
                .isEqualTo(json("""
                {
                  "findings": [{
                    "prerequisite": "IDENTITY_CENTER",
                    "outcome": {
                      "status": "DONE",
                      "what": "The organization instance is active (identity store d-1234567890)."
                    },
                    "changes": []
                  }],
                  "instance": %s,
                  "accountName": "Example"
                }
                """.formatted(INSTANCE)));
    }

    @Test
    void findIdentityCenter_whenBlocked_leavesTheInstanceOut() {
        aws.answers("DescribeOrganization", "{\"Organization\": {\"MasterAccountId\": \"444455556666\"}}");
        aws.answers("/getAccountInformation", "{}");
        aws.answers("ListInstances", "{\"Instances\": []}");

        JsonNode report = returned("FindIdentityCenter", "{\"accountId\": \"111122223333\"}");

        assertThat(report.has("instance")).isFalse();
        assertThat(report.at("/findings/0/outcome")).isEqualTo(json("""
                {
                  "status": "BLOCKED",
                  "reason": "NOT_MANAGEMENT_ACCOUNT",
                  "subject": "444455556666",
                  "what": "Administrators are provisioned from the organization's management account (444455556666). \
                Deploy Groundwork there."
                }
                """));
    }

    @Test
    void provisionAdministrator_createsAndHandsOnTheAdministrator() {
        aws.fails("GetUserId", "ResourceNotFoundException", "USER not found.");
        aws.answers("ListUsers", "{\"Users\": []}");
        aws.answers("UpdateItem", "{}");
        aws.answers("CreateUser", "{\"UserId\": \"u-new\", \"IdentityStoreId\": \"d-1234567890\"}");

        assertThat(returned("ProvisionAdministrator", """
                {"accountId": "111122223333", "plan": false, "observedAt": "2026-11-20T10:15:30.123Z",
                 "instance": %s, "record": null}
                """.formatted(INSTANCE))).isEqualTo(json("""
                {
                  "findings": [{
                    "prerequisite": "ADMIN_USER",
                    "outcome": {"status": "DONE", "what": "The user ada exists and is enabled."},
                    "changes": [{"kind": "CREATED", "resource": "user ada", "id": "u-new"}]
                  }],
                  "administrator": {"userId": "u-new", "userName": "ada", "signsInElsewhere": false},
                  "mayBeGivenAccess": true
                }
                """));
    }

    @Test
    void provisionAdministrator_plansWithoutAnAdministrator() {
        aws.fails("GetUserId", "ResourceNotFoundException", "USER not found.");
        aws.answers("ListUsers", "{\"Users\": []}");

        assertThat(returned("ProvisionAdministrator", """
                {"accountId": "111122223333", "plan": true, "observedAt": "2026-11-20T10:15:30.123Z", "instance": %s}
                """.formatted(INSTANCE))).isEqualTo(json("""
                {"findings": [{
                  "prerequisite": "ADMIN_USER",
                  "outcome": {"status": "PLANNED", "what": "The user ada exists and is enabled."},
                  "changes": [{"kind": "CREATED", "resource": "user ada"}]
                }], "mayBeGivenAccess": true}
                """));
    }

    @Test
    void provisionAdministrator_failsByTheNameThatTheStateMachineRetries() {
        aws.fails("GetUserId", "ResourceNotFoundException", "USER not found.");
        aws.answers("ListUsers", "{\"Users\": []}");
        aws.answers("UpdateItem", "{}");
        aws.fails("CreateUser", "ConflictException", "Duplicate UserName");

        assertThat(function("ProvisionAdministrator").invoke("""
                {"accountId": "111122223333", "plan": false, "observedAt": "2026-11-20T10:15:30.123Z", "instance": %s}
                """.formatted(INSTANCE)))
                .isInstanceOfSatisfying(Answer.Failed.class, failed -> {
                    assertThat(failed.errorType()).isEqualTo("groundwork.runtime.TryAgainException");
                    assertThat(failed.errorMessage()).contains("Duplicate UserName");
                });
    }

    @Test
    void grantAccess_takesBackWhatItLeftPending() {
        aws.answers("DescribeUser", """
                {
                  "IdentityStoreId": "d-1234567890", "UserId": "u-1", "UserName": "ada", "CreatedBy": "AROAMAKER:provision"
                }
                """);
        aws.answers("DescribeGroup", """
                {"IdentityStoreId": "d-1234567890", "GroupId": "g-1", "DisplayName": "Administrators"}
                """);
        aws.answers("ListGroupMemberships", """
                {"GroupMemberships": [{"MembershipId": "m-1", "MemberId": {"UserId": "u-1"}}]}
                """);
        aws.answers("GetGroupId", "{\"GroupId\": \"g-1\"}");
        aws.answers("IsMemberInGroups", "{\"Results\": [{\"GroupId\": \"g-1\", \"MembershipExists\": true}]}");
        aws.answers("ListPermissionSets", "{\"PermissionSets\": [\"%s\"]}".formatted(SET_ARN));
        aws.answers("DescribePermissionSet", """
                {"PermissionSet": {
                  "Name": "AdministratorAccess", "PermissionSetArn": "%s", "SessionDuration": "PT4H"
                }}
                """.formatted(SET_ARN));
        aws.answers("ListTagsForResource", "{\"Tags\": [{\"Key\": \"groundwork:stack\", \"Value\": \"groundwork\"}]}");
        aws.answers("TagResource", "{}");
        aws.answers("ListManagedPoliciesInPermissionSet", """
                {"AttachedManagedPolicies": [{"Arn": "arn:aws:iam::aws:policy/AdministratorAccess"}]}
                """);
        aws.answers("ListCustomerManagedPolicyReferencesInPermissionSet", "{\"CustomerManagedPolicyReferences\": []}");
        aws.answers("GetInlinePolicyForPermissionSet", "{\"InlinePolicy\": \"\"}");
        aws.fails("GetPermissionsBoundaryForPermissionSet", "ResourceNotFoundException", "No permissions boundary");
        reservedRole();
        aws.answers("ListAccountAssignments", "{\"AccountAssignments\": []}");
        aws.answers("ListAccountAssignmentDeletionStatus", "{\"AccountAssignmentsDeletionStatus\": []}");
        aws.answers("UpdateItem", "{}");
        String status = "{\"AccountAssignmentCreationStatus\": {\"RequestId\": \"r-1\", \"Status\": \"%s\"}}";
        aws.answers("CreateAccountAssignment", status.formatted("IN_PROGRESS"));
        aws.answers("DescribeAccountAssignmentCreationStatus", status.formatted("IN_PROGRESS"));
        String request = """
                {"accountId": "111122223333", "plan": false, "observedAt": "2026-11-20T10:15:30.123Z", "instance": %s,
                 "administrator": {"userId": "u-1", "userName": "ada"}, "record": null%s}
                """;

        JsonNode first = returned("GrantAccess", request.formatted(INSTANCE, ""));
        assertThat(first).isEqualTo(json("""
                {
                  "findings": [{
                    "prerequisite": "ADMIN_ACCESS",
                    "outcome": {"status": "UNKNOWN", "what": "AWS is still working on the assignment."},
                    "changes": [
                      {"kind": "ADOPTED", "resource": "group Administrators", "id": "g-1"},
                      {"kind": "CREATED", "resource": "assignment to account 111122223333", "id": "r-1"}
                    ]
                  }],
                  "pending": {
                    "order": {"kind": "ASSIGNMENT", "requestId": "r-1"},
                    "groupId": "g-1",
                    "permissionSetArn": "%1$s",
                    "changes": [
                      {"kind": "ADOPTED", "resource": "group Administrators", "id": "g-1"},
                      {"kind": "CREATED", "resource": "assignment to account 111122223333", "id": "r-1"}
                    ]
                  },
                  "groupId": "g-1",
                  "permissionSetArn": "%1$s",
                  "untold": false, "underWay": true
                }
                """.formatted(SET_ARN)));

        aws.answers("DescribeAccountAssignmentCreationStatus", status.formatted("SUCCEEDED"));
        JsonNode second =
                returned("GrantAccess", request.formatted(INSTANCE, ", \"pending\": " + first.get("pending")));
        assertThat(second.at("/findings/0/outcome/status").textValue()).isEqualTo("DONE");
        assertThat(second.at("/findings/0/changes")).isEqualTo(first.at("/findings/0/changes"));
        assertThat(second.has("pending")).isFalse();
    }

    /** IAM has no JSON protocol, and encodes the policies in its XML. */
    private void reservedRole() {
        String role = """
                <RoleName>AWSReservedSSO_AdministratorAccess_0123456789abcdef</RoleName>
                <Arn>arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_0123456789abcdef</Arn>
                <CreateDate>2026-10-01T08:00:00Z</CreateDate>
                <AssumeRolePolicyDocument>%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22Federated%22%3A%22arn%3Aaws%3Aiam%3A%3A111122223333%3Asaml-provider%2FAWSSSO_0_DO_NOT_DELETE%22%7D%2C%22Action%22%3A%22sts%3AAssumeRoleWithSAML%22%7D%5D%7D</AssumeRolePolicyDocument>
                """;
        iamAnswers("ListRoles", "<Roles><member>" + role + "</member></Roles><IsTruncated>false</IsTruncated>");
        iamAnswers("GetRole", "<Role>" + role + "</Role>");
        iamAnswers("GetSAMLProvider", "<SAMLMetadataDocument>m</SAMLMetadataDocument>");
        iamAnswers(
                "ListAttachedRolePolicies",
                "<AttachedPolicies><member><PolicyArn>arn:aws:iam::aws:policy/AdministratorAccess</PolicyArn></member>"
                        + "</AttachedPolicies><IsTruncated>false</IsTruncated>");
        iamAnswers("ListRolePolicies", "<PolicyNames/><IsTruncated>false</IsTruncated>");
    }

    private void iamAnswers(String operation, String result) {
        aws.answers(operation, """
                <%1$sResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><%1$sResult>%2$s</%1$sResult></%1$sResponse>
                """.formatted(operation, result));
    }

    @Test
    void sendEmail_takesTheReportsOfAllAndCompletesTheChecklist() {
        aws.answers("ListSubscriptionsByTopic", """
                <ListSubscriptionsByTopicResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
                <ListSubscriptionsByTopicResult><Subscriptions><member>
                <Protocol>email</Protocol><Endpoint>ada@example.com</Endpoint>
                <SubscriptionArn>PendingConfirmation</SubscriptionArn>
                </member></Subscriptions></ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>
                """);
        aws.answers("Query", "{\"Items\": [], \"Count\": 0, \"ScannedCount\": 0}");
        aws.answers("LookupEvents", """
                {"Events": [{"EventTime": 1795169700, "CloudTrailEvent":
                 "{\\"eventSource\\": \\"sso.amazonaws.com\\", \\"userIdentity\\": {\\"onBehalfOf\\": {\\"userId\\": \\"u-1\\", \\"identityStoreArn\\": \\"arn:aws:identitystore::111122223333:identitystore/d-1234567890\\"}}}"}]}
                """);
        aws.answers("UpdateItem", "{}");

        JsonNode report = returned("SendEmail", """
                {
                  "accountId": "111122223333",
                  "accountName": "Example",
                  "plan": false,
                  "observedAt": "2026-11-20T10:15:30.123Z",
                  "executionArn": "arn:aws:states:eu-central-1:111122223333:execution:groundwork-AccountSetup:1",
                  "cause": {"kind": "CHANGE", "event": "EnableMFADevice", "when": "2026-11-20T10:15:00Z"},
                  "instance": %s,
                  "administrator": {"userId": "u-1", "userName": "ada"},
                  "known": {"userId": "u-1"},
                  "reports": [
                    {"findings": [{
                      "prerequisite": "ADMIN_USER",
                      "outcome": {"status": "DONE", "what": "The user ada exists and is enabled."},
                      "changes": [{"kind": "CREATED", "resource": "user ada", "id": "u-1"}]
                    }]},
                    null
                  ]
                }
                """.formatted(INSTANCE));

        assertThat(report.at("/checklist/status").textValue()).isEqualTo("WAITING");
        assertThat(report.at("/checklist/observedAt").textValue()).isEqualTo("2026-11-20T10:15:30.123Z");
        assertThat(report.at("/checklist/items")).hasSize(9);
        assertThat(report.at("/checklist/items/7/outcome/what").textValue())
                .isEqualTo("ada signed in on 20 November 2026, 10:15 UTC.");
        assertThat(report.path("waitFor").textValue()).isEqualTo("EMAIL_CHANNEL");
        assertThat(report.path("record").isTextual()).isTrue();
        assertThat(report.path("sent")).isEmpty();
        assertThat(report.has("plan")).isFalse();
    }

    @Test
    void completeChecklist_takesTheReportsOfAllAndHandsOnWhatIsRecorded() {
        aws.answers("Query", "{\"Items\": [], \"Count\": 0, \"ScannedCount\": 0}");

        JsonNode report = returned("CompleteChecklist", """
                {
                  "accountId": "444455556666",
                  "plan": false,
                  "observedAt": "2026-11-20T10:15:30.123Z",
                  "known": {"userId": "u-1"},
                  "reports": [
                    {"findings": [{
                      "prerequisite": "ADMIN_USER",
                      "outcome": {"status": "DONE", "what": "The user ada exists and is enabled."},
                      "changes": []
                    }]},
                    null
                  ],
                  "record": null,
                  "ahead": []
                }
                """);

        assertThat(report.at("/checklist/items")).hasSize(9);
        assertThat(report.at("/checklist/items/2/outcome/status").textValue()).isEqualTo("NOT_APPLICABLE");
        assertThat(report.path("record").isTextual()).isTrue();
        assertThat(report.has("waitFor")).isFalse();
    }

    @Test
    void listMemberAccounts_listsThoseOfTheOrganization() {
        aws.answers("BatchGetItem", """
                {"Responses": {"groundwork-Table": [{
                  "accountId": {"S": "111122223333"},
                  "item": {"S": "ACCOUNT"},
                  "memberPermissionSetArn": {"S": "%s"},
                  "record": {"S": "{\\"checklist\\": {\\"status\\": \\"READY\\", \\"observedAt\\": \\"2026-11-20T10:15:30Z\\", \\"items\\": [{\\"prerequisite\\": \\"ADMIN_ACCESS\\", \\"outcome\\": {\\"status\\": \\"DONE\\", \\"what\\": \\"Done.\\"}, \\"since\\": \\"2026-11-20T10:15:30Z\\"}]}, \\"known\\": {\\"groupId\\": \\"g-1\\"}}"}
                }]}, "UnprocessedKeys": {}}
                """.formatted(SET_ARN));
        aws.answers("GetItem", "{}");
        aws.answers("Query", "{\"Items\": []}");
        aws.answers("UpdateItem", "{}");
        aws.answers("DescribeOrganization", "{\"Organization\": {\"Id\": \"o-a1b2c3d4e5\"}}");
        aws.answers(
                "ListAccounts",
                "{\"Accounts\": [{\"Id\": \"444455556666\", \"Name\": \"Workload\", \"State\": \"ACTIVE\"}]}");
        aws.answers("ListInstances", "{\"Instances\": [%s]}".formatted(INSTANCE.replace("instanceArn", "InstanceArn")));
        aws.answers("ListAccountAssignmentsForPrincipal", "{\"AccountAssignments\": []}");
        aws.answers("ListAccountsForProvisionedPermissionSet", "{\"AccountIds\": []}");

        JsonNode report = returned("ListMemberAccounts", "{\"marked\": false}");

        assertThat(report.path("whole").asBoolean()).isTrue();
        assertThat(report.path("permissionSetKnown").asBoolean()).isTrue();
        assertThat(report.path("batches")).hasSize(1);
        assertThat(report.has("obstacle")).isFalse();
    }

    @Test
    void compareMemberAccounts_saysWhichDiffer() {
        aws.answers("GetItem", """
                {"Item": {"accounts": {"S": "{\\"known\\": {}, \\"members\\": [{\\"id\\": \\"444455556666\\", \\"standing\\": \\"ACTIVE\\"}]}"}}}
                """);
        aws.answers("BatchGetItem", "{\"Responses\": {}, \"UnprocessedKeys\": {}}");
        aws.answers("UpdateItem", "{}");

        JsonNode report = returned("CompareMemberAccounts", "{\"batch\": \"BATCH#1\"}");

        assertThat(report.path("differing").toString()).isEqualTo("[\"444455556666\"]");
    }

    @Test
    void sendDigest_countsAndTellsNothingNew() {
        aws.answers("GetItem", "{}");
        aws.answers("UpdateItem", "{}");

        JsonNode report = returned("SendDigest", "{\"batches\": [], \"whole\": false}");

        assertThat(report.path("accounts").asInt()).isZero();
        assertThat(report.path("told").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CompleteChecklist",
                "ListMemberAccounts",
                "CompareMemberAccounts",
                "SendDigest",
                "SendEmail",
                "CheckRootUser",
                "CheckChangeEvents",
                "FindIdentityCenter",
                "ProvisionAdministrator",
                "GrantAccess"
            })
    void whatIsNotAFunctionsInput_failsUnderTheRuntimesOwnName_soThatNoRetryMistakesIt(String name) {
        assertThat(function(name).invoke("[]"))
                .isEqualTo(new Answer.Failed("java.lang.RuntimeException", "An error occurred during JSON parsing"));
    }

    @Test
    void warningsOfTheSdk_reachTheLog() throws IOException {
        Path configuration = Files.writeString(directory.resolve("config"), "[not-a-profile]\n");
        aws.answers("DescribeOrganization", "{\"Organization\": {\"MasterAccountId\": \"444455556666\"}}");
        aws.answers("/getAccountInformation", "{}");
        aws.answers("ListInstances", "{\"Instances\": []}");

        try (DeployedFunction warned = function(
                "groundwork.identitycenter.FindIdentityCenterHandler",
                Map.of("AWS_CONFIG_FILE", configuration.toString()))) {
            assertThat(warned.invoke("{\"accountId\": \"111122223333\"}")).isInstanceOf(Answer.Returned.class);

            assertThat(warned.standardError())
                    .contains("WARN software.amazon.awssdk")
                    .contains("not-a-profile");
        }
    }

    private DeployedFunction function(String handler, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("ACCOUNT_ID", "111122223333");
        environment.put("AWS_REGION", "eu-central-1");
        environment.put("AWS_ENDPOINT_URL", aws.endpoint());
        environment.put("AWS_ACCESS_KEY_ID", "unused");
        environment.put("AWS_SECRET_ACCESS_KEY", "unused");
        return DeployedFunction.start(handler + "::handleRequest", environment, directory);
    }

    private DeployedFunction function(String name) {
        return functions.get(name);
    }

    private JsonNode returned(String name, String payload) {
        Answer answer = function(name).invoke(payload);
        assertThat(answer).isInstanceOf(Answer.Returned.class);
        return ((Answer.Returned) answer).payload();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
