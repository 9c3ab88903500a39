package groundwork.rehearsal.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What in the template keeps people safe and is not missed by any story when it goes. */
class SafeguardsTest {
    /** A type stands for all of its resources, in both stacks. */
    @ParameterizedTest(name = "{0} {1}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            AWS::Logs::LogGroup     | /RetentionInDays                | 30     | Logs name people, and cost something; the parameter's default.
            AWS::Logs::LogGroup     | DeletionPolicy                  | Delete | Nothing is left that names people.
            AWS::Serverless::Function | /LoggingConfig/LogFormat      | JSON   | Lambda reports errors as fields that can be searched.
            AWS::SQS::Queue         | /SqsManagedSseEnabled           | true   | Undelivered events name people.
            AWS::SQS::Queue         | /MessageRetentionPeriod         | 1209600 | A person may be away for two weeks, the longest that Amazon SQS offers.
            AWS::Events::Rule       | /Targets/0/RetryPolicy/MaximumRetryAttempts     | 20   | A target that fails for now is tried again.
            AWS::Events::Rule       | /Targets/0/RetryPolicy/MaximumEventAgeInSeconds | 3600 | An hour later the schedule is nearer than the event.
            AWS::Events::Rule       | /Targets/1                      |        | Each rule has one target, so the first is all.
            Table                   | /TimeToLiveSpecification/AttributeName          | expiresAt | What the functions write there is forgotten.
            Table                   | /TimeToLiveSpecification/Enabled                | true | Notes that were acted on do not stay for ever.
            Table                   | /PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled | true | An edited table can be put back.
            Table                   | /BillingMode                    | PAY_PER_REQUEST | A burst of changes is not throttled, and quiet costs nothing.
            Table                   | DeletionPolicy                  | Delete | The table is a memory, and people were told that the stack leaves nothing else.
            Trail                   | /IsLogging                      | true   | EventBridge learns of changes only while a trail logs.
            Trail                   | /IsMultiRegionTrail             | true   | IAM and Identity Center may be in two Regions.
            Trail                   | /IncludeGlobalServiceEvents     | true   | The root user's changes are events of a global service.
            Trail                   | /EnableLogFileValidation        | true   | Logs are evidence.
            Trail                   | /EventSelectors/0/IncludeManagementEvents | true | They are what the rules match.
            TrailBucket             | DeletionPolicy                  | Retain | Logs are evidence, and a bucket with objects cannot be deleted.
            TrailBucket             | UpdateReplacePolicy             | Retain | Logs are evidence.
            TrailBucket             | /PublicAccessBlockConfiguration/BlockPublicAcls       | true | Logs name people.
            TrailBucket             | /PublicAccessBlockConfiguration/BlockPublicPolicy     | true | Logs name people.
            TrailBucket             | /PublicAccessBlockConfiguration/IgnorePublicAcls      | true | Logs name people.
            TrailBucket             | /PublicAccessBlockConfiguration/RestrictPublicBuckets | true | Logs name people.
            TrailBucket             | /OwnershipControls/Rules/0/ObjectOwnership | BucketOwnerEnforced | No other account owns a log.
            TrailBucket             | /BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/SSEAlgorithm | AES256 | Logs name people.
            TrailBucket             | /LifecycleConfiguration/Rules/0/Status           | Enabled | Logs do not cost for ever.
            TrailBucket             | /LifecycleConfiguration/Rules/0/ExpirationInDays | 90  | As long as CloudTrail's event history.
            """)
    void aPropertyIsSet(String resource, String property, String value, String why) {
        List<Resource> resources = resources(resource);

        assertThat(resources)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(property(each, property))
                        .as("%s of %s. %s", property, each.logicalId(), why)
                        .isEqualTo(value == null ? "" : value));
    }

    private static List<Resource> resources(String resource) {
        return resource.contains("::")
                ? Stream.of(Deployed.TEMPLATE, Deployed.FORWARDING)
                        .flatMap(stack -> stack.resourcesOfType(resource).stream())
                        .toList()
                : List.of(Deployed.TEMPLATE.resource(resource));
    }

    private static String property(Resource resource, String property) {
        return switch (property) {
            case "DeletionPolicy" -> resource.deletionPolicy();
            case "UpdateReplacePolicy" -> resource.updateReplacePolicy();
            default -> resource.properties().at(property).asText();
        };
    }

    @Test
    void everyRulesTargetHasADeadLetterQueueOfItsStack() {
        for (ExpandedTemplate stack : List.of(Deployed.TEMPLATE, Deployed.FORWARDING)) {
            String queue = stack.resource("UndeliveredEvents").arn();
            assertThat(stack.resourcesOfType("AWS::Events::Rule"))
                    .isNotEmpty()
                    .allSatisfy(rule -> assertThat(rule.properties()
                                    .at("/Targets/0/DeadLetterConfig/Arn")
                                    .asText())
                            .as(rule.logicalId())
                            .isEqualTo(queue));
        }
    }

    /** A Task that gives up before its function does would start a second one beside it. */
    @Test
    void everyTaskIsMorePatientThanItsFunction() {
        Map<String, Integer> timeouts = new TreeMap<>();
        Deployed.TEMPLATE
                .resourcesOfType("AWS::Serverless::Function")
                .forEach(function -> timeouts.put(
                        function.arn(), function.properties().path("Timeout").asInt()));
        Set<String> called = new TreeSet<>();

        for (Resource machine : Deployed.TEMPLATE.resourcesOfType("AWS::Serverless::StateMachine")) {
            for (JsonNode state :
                    Deployed.TEMPLATE.substitutedDefinition(machine).findParents("Arguments")) {
                String function = state.at("/Arguments/FunctionName").asText();
                if (!function.isEmpty()) {
                    called.add(function);
                    assertThat(state.path("TimeoutSeconds").asInt())
                            .as(state.toString())
                            .isGreaterThan(timeouts.get(function));
                }
            }
        }
        // People call the others.
        timeouts.keySet().removeIf(function -> function.matches(".*-(ShowChecklist|LookAgain)Function"));
        assertThat(called).isEqualTo(timeouts.keySet());
    }

    /** A permission on more than one resource, and why it cannot name the one. */
    @Test
    void everyWidthIsKnown() {
        Map<String, String> known = new TreeMap<>();
        WIDTHS.lines()
                .map(line -> line.split(" *\\| *", 3))
                .forEach(line -> known.put(line[0] + " " + line[1], line[2]));
        Set<String> found = new TreeSet<>();
        Deployed.TEMPLATE
                .roles()
                .forEach(role -> role.policies()
                        .forEach(policy -> policy.statements()
                                .forEach(statement -> statement.resources().stream()
                                        .filter(resource -> resource.contains("*"))
                                        .map(resource -> statement.sid().orElseThrow() + " " + anyLogGroup(resource))
                                        .forEach(found::add))));

        assertThat(found).isEqualTo(known.keySet());
    }

    private static String anyLogGroup(String resource) {
        return resource.replaceAll("log-group:groundwork-[A-Za-z]+Logs:", "log-group:LOGS:")
                .replaceAll("groundwork-[0-9a-f]{8}-", "groundwork-ID-")
                .replace("111122223333", "ACCOUNT");
    }

    private static final String WIDTHS = """
            AssignAccess                | arn:aws:sso:::account/*                   | Access is granted to other accounts of the organization, too.
            AssignAccess                | arn:aws:sso:::instance/*                  | The instance is found at run time.
            AssignAccess                | arn:aws:sso:::permissionSet/*/*           | The permission set is found or made at run time.
            CountAssignments            | arn:aws:sso:::instance/* | The instance is found at run time.
            DeliverLogs                 | *                                         | AWS offers nothing narrower.
            ExaminePermissionSet        | arn:aws:sso:::instance/*                  | The instance is found at run time.
            ExaminePermissionSet        | arn:aws:sso:::permissionSet/*/*           | The permission set is found or made at run time.
            ExaminePolicies             | arn:aws:iam::ACCOUNT:policy/*             | A permission set may have any policy of the account.
            ExaminePolicies             | arn:aws:iam::aws:policy/*                 | A permission set may have any policy of AWS.
            ExamineReservedRole         | arn:aws:iam::ACCOUNT:role/aws-reserved/sso.amazonaws.com/* | Identity Center chooses the end of the role's name.
            FindInstance                | *                                         | AWS offers nothing narrower.
            FollowSweeps                | arn:aws:states:eu-central-1:ACCOUNT:execution:groundwork-ID-OrganizationSweep:* | The executions of one state machine.
            ListAssignments             | arn:aws:sso:::instance/*                  | The instance is found at run time.
            ListAssignments             | arn:aws:sso:::permissionSet/*/*           | The permission set is found or made at run time.
            ListOrganization            | *                                         | AWS offers nothing narrower.
            ListOrganizationalUnits     | arn:aws:organizations::ACCOUNT:ou/o-a1b2c3d4e5/ou-* | The parameters name units at any height, and those below them count.
            ListOwnRules                | *                                         | AWS offers nothing narrower.
            ListRolesAndPolicies        | *                                         | AWS offers nothing narrower.
            ListTrails                  | *                                         | AWS offers nothing narrower.
            LookIntoMembers             | arn:aws:iam::*:role/groundwork/groundwork-RootCheck | One role, in every account of the organization.
            LookIntoMembers             | arn:aws:iam::*:role/groundwork/groundwork-RootCheck | One role in each member account; a condition names the organization.
            MakeAlarm                   | arn:aws:cloudwatch:*:ACCOUNT:alarm:groundwork-ID-UndeliveredEvents | One name, in the other Region of any partition.
            MakeQueue                   | arn:aws:sqs:*:ACCOUNT:groundwork-ID-UndeliveredEvents | One name, in the other Region of any partition.
            MakeRules                   | arn:aws:events:*:ACCOUNT:rule/groundwork-ID-Forward* | The stack's own rules, in the other Region of any partition.
            ManageForwardingStack       | arn:aws:cloudformation:*:ACCOUNT:stack/StackSet-groundwork-ID-forwarding-*/* | StackSets chooses the end of the stack's name.
            ProvisionGroup              | arn:aws:identitystore:::group/*           | The group is found or made at run time.
            ProvisionGroup              | arn:aws:identitystore:::membership/*      | The membership is made at run time.
            ProvisionGroup              | arn:aws:identitystore:::user/*            | The user is found or made at run time.
            ProvisionGroup              | arn:aws:identitystore::ACCOUNT:identitystore/* | The identity store is found at run time.
            ProvisionPermissionSet      | arn:aws:sso:::instance/*                  | The instance is found at run time.
            ProvisionPermissionSet      | arn:aws:sso:::permissionSet/*/*           | The permission set is found or made at run time.
            ProvisionReservedRole       | arn:aws:iam::ACCOUNT:role/aws-reserved/sso.amazonaws.com/* | Identity Center chooses the end of the role's name.
            ProvisionSamlProvider       | arn:aws:iam::ACCOUNT:saml-provider/AWSSSO_* | Identity Center chooses the end of the provider's name.
            ProvisionUser               | arn:aws:identitystore:::user/*            | The user is found or made at run time.
            ProvisionUser               | arn:aws:identitystore::ACCOUNT:identitystore/* | The identity store is found at run time.
            ReadIdentities              | arn:aws:ses:eu-central-1:ACCOUNT:identity/* | A sender is verified as an address, or as a domain at any height.
            ReadInstance                | arn:aws:sso:::instance/*                  | The instance is found at run time.
            ReadMemberAccount           | arn:aws:organizations::ACCOUNT:account/o-a1b2c3d4e5/* | The accounts are those that the organization has.
            ReadMemberAccount           | arn:aws:organizations::ACCOUNT:ou/o-a1b2c3d4e5/* | The units above an account decide whether it is meant.
            CountAssignments            | arn:aws:sso:::instance/* | The instance is found at run time.
            ReadRootUser                | *                                         | AWS offers nothing narrower.
            ReadSendingStatus           | *                                         | AWS offers nothing narrower.
            ReadSignIns                 | *                                         | AWS offers nothing narrower.
            ReadTemplate                | *                                         | AWS offers nothing narrower.
            ReadTrails                  | arn:aws:cloudtrail:*:*:trail/*            | Any trail may feed EventBridge, also one of the organization.
            SendTestEvents              | arn:aws:events:*:ACCOUNT:event-bus/default | One bus, in both Regions.
            SendThroughConfigurationSet | arn:aws:ses:eu-central-1:ACCOUNT:configuration-set/* | An identity may have a default configuration set.
            SendToOwnAddresses          | arn:aws:ses:eu-central-1:ACCOUNT:identity/* | SES chooses the identity; sender and recipients are conditions.
            UseBucketsOfStackSets       | *                                         | AWS does not say where StackSets keeps templates; those of the account are left out.
            WaitForAccounts             | arn:aws:states:eu-central-1:ACCOUNT:execution:groundwork-AccountSetup:* | The executions of one state machine.
            WriteLogs                   | arn:aws:logs:eu-central-1:ACCOUNT:log-group:LOGS:* | The log streams of one log group.
            """;
}
