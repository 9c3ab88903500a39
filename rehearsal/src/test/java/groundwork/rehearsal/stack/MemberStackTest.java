package groundwork.rehearsal.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import groundwork.rehearsal.policy.AccessRequest;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.policy.PolicyDocument;
import groundwork.rehearsal.policy.Principal;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.IamRole;
import groundwork.rehearsal.template.ProjectTemplate;
import groundwork.rehearsal.template.Resource;
import groundwork.rehearsal.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** stackset/member.yaml by itself, and beside the template of the hub. */
@Tag("slow")
class MemberStackTest {
    private static final String HUB = "111122223333";
    private static final String MEMBER = "444455556666";
    private static final String ORGANIZATION = "o-a1b2c3d4e5";
    private static final Template TEMPLATE = Template.read(EventCatalogue.ROOT.resolve("stackset/member.yaml"));
    private static final Map<String, String> PARAMETERS =
            Map.of("HubAccountId", HUB, "HubRegion", "eu-central-1", "OrganizationId", ORGANIZATION);
    private static final String STACK_OF_A_STACK_SET =
            "StackSet-groundwork-members-7f3c2b1a-5d4e-4f6a-9b8c-0d1e2f3a4b5c";

    private static final ExpandedTemplate STACK = in("us-east-1", Map.of());

    private static ExpandedTemplate in(String region, Map<String, String> more) {
        Map<String, String> parameters = new TreeMap<>(PARAMETERS);
        parameters.putAll(more);
        return TEMPLATE.expand(parameters, Deployment.of(MEMBER, region, STACK_OF_A_STACK_SET));
    }

    @Test
    void theServicesTakeIt() {
        assertThat(DeploymentLimits.violations(STACK)).isEmpty();
        // What a request may carry without a bucket:
        // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
        assertThat(EventCatalogue.text("stackset/member.yaml").length()).isLessThan(51_200 / 4);
    }

    /** Service-managed StackSets refuse transforms and nested stacks, and both kinds may be made by CloudFormation. */
    @Test
    void itIsPlainCloudFormation() {
        assertThat(EventCatalogue.text("stackset/member.yaml"))
                .doesNotContain("Transform:", "Fn::Include", "AWS::CloudFormation");
        assertThat(STACK.resources().values())
                .extracting(Resource::type)
                .containsOnly("AWS::IAM::Role", "AWS::IAM::Policy", "AWS::Events::Rule");
    }

    /** The hub computes the one and lets in the other; everything else may be there once more. */
    @Test
    void onlyItsRolesHaveNames() {
        assertThat(STACK.resources().values())
                .allSatisfy(resource ->
                        assertThat(resource.properties().has("Name")).isFalse());
        assertThat(STACK.roles())
                .extracting(IamRole::arn)
                .containsExactly(
                        "arn:aws:iam::444455556666:role/groundwork/groundwork-RootCheck",
                        "arn:aws:iam::444455556666:role/groundwork/groundwork-ForwardEvents");
        assertThat(in("us-east-1", Map.of("NamePrefix", "second-groundwork")).roles())
                .extracting(IamRole::arn)
                .containsExactly(
                        "arn:aws:iam::444455556666:role/second-groundwork/second-groundwork-RootCheck",
                        "arn:aws:iam::444455556666:role/second-groundwork/second-groundwork-ForwardEvents");
    }

    @ParameterizedTest
    @CsvSource({
        "us-east-1,      true,  true",
        "us-east-1,      false, false",
        "eu-central-1,   true,  false",
        "us-gov-west-1,  true,  true",
        "us-gov-east-1,  true,  false",
        "cn-north-1,     true,  true",
        "cn-northwest-1, true,  false"
    })
    void eventsAreForwardedFromTheGlobalRegionAloneAndTheRootCheckWorksFromAll(
            String region, String forwardEvents, boolean forwards) {
        ExpandedTemplate stack = in(region, Map.of("ForwardEvents", forwardEvents));

        assertThat(stack.resources().keySet())
                .isEqualTo(
                        forwards
                                ? Set.of("RootCheck", "ForwardRole", "ForwardRootUserEvents", "NothingButRootCheck")
                                : Set.of("RootCheck"));
    }

    /** The policy whose making proves that events arrive takes nothing away from the role, and nobody can add anything to it. */
    @ParameterizedTest
    @CsvSource({
        "iam:GetAccountSummary,     Allowed",
        "iam:ListVirtualMFADevices, Allowed",
        "iam:ListRoles,             ExplicitlyDenied",
        "s3:GetObject,              ExplicitlyDenied"
    })
    void theRoleMayDoTwoThingsWhateverIsAttachedToIt(String action, String decision) {
        assertThat(PolicyDocument.decide(
                        role("RootCheck").policies(),
                        new AccessRequest(
                                new Principal.Identity(role("RootCheck").arn()), action, "*", Map.of())))
                .extracting(each -> each.getClass().getSimpleName())
                .isEqualTo(decision);
    }

    static Stream<String> samples() {
        return EventCatalogue.files("events").stream()
                .filter(sample -> !sample.startsWith("events/requests/")
                        && !sample.startsWith("events/functions/")
                        // What happens to the roles of the member stack, which the hub does not have.
                        && !MemberRolesHeardTest.samples().contains(sample));
    }

    /** The samples are those of the hub's account; here they are the same of a member. */
    @ParameterizedTest
    @MethodSource("samples")
    void aMemberForwardsWhatTheHubForwardsToItself(String sample) {
        ExpandedTemplate hub = hub();
        List<String> forwardedByTheHub = new EventRules(
                        EventBuses.forwardingStacks(hub).getFirst())
                .matching(EventCatalogue.read(sample)).stream()
                        .map(Resource::logicalId)
                        .toList();
        JsonNode ofMember = EventCatalogue.json(EventCatalogue.text(sample).replace(HUB, MEMBER));

        assertThat(new EventRules(STACK).matching(ofMember))
                .extracting(Resource::logicalId)
                .isEqualTo(
                        forwardedByTheHub.contains("ForwardRootUserEvents")
                                ? List.of("ForwardRootUserEvents")
                                : List.of());
    }

    @Test
    void manySamplesAreForwarded() {
        EventRules rules = new EventRules(STACK);

        assertThat(samples()
                        .filter(sample -> !rules.matching(EventCatalogue.json(
                                        EventCatalogue.text(sample).replace(HUB, MEMBER)))
                                .isEmpty()))
                .hasSizeGreaterThan(20);
    }

    private static ExpandedTemplate hub() {
        return Hub.IN_EU_CENTRAL_1;
    }

    /** Expanded once for all samples. */
    private static final class Hub {
        static final ExpandedTemplate IN_EU_CENTRAL_1 = ProjectTemplate.TEMPLATE.expand(
                Map.of(
                        "AdministratorEmail", "ada@example.com",
                        "GivenName", "Ada",
                        "FamilyName", "Lovelace",
                        "OrganizationId", ORGANIZATION),
                Deployment.of(HUB, "eu-central-1", "groundwork"));
    }

    @Test
    void theRootCheckOfTheHubMayAssumeTheRole() {
        assertThat(assumed(hub().resource("CheckRootUserRole").arn(), ORGANIZATION))
                .isInstanceOf(Decision.Allowed.class);
    }

    /** A role's path is its own: nobody else in the hub's account gets in by a name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::111122223333:role/Operations",
                "arn:aws:iam::111122223333:role/groundwork-CheckRootUserRole",
                "arn:aws:iam::111122223333:role/other/groundwork-root-check/x",
                "arn:aws:iam::999999999999:role/groundwork-root-check/groundwork-CheckRootUserRole",
                "arn:aws:iam::444455556666:role/groundwork-root-check/groundwork-CheckRootUserRole"
            })
    void nobodyElseMayAssumeTheRole(String role) {
        assertThat(assumed(role, ORGANIZATION)).isInstanceOf(Decision.ImplicitlyDenied.class);
    }

    @Test
    void anotherOrganizationMayNotAssumeTheRole() {
        assertThat(assumed(hub().resource("CheckRootUserRole").arn(), "o-zzzzzzzzzz"))
                .isInstanceOf(Decision.ImplicitlyDenied.class);
    }

    private static Decision assumed(String role, String organization) {
        return PolicyDocument.decide(
                List.of(role("RootCheck").trustPolicy()),
                new AccessRequest(
                        new Principal.Identity(role),
                        "sts:AssumeRole",
                        role("RootCheck").arn(),
                        Map.of("aws:PrincipalArn", List.of(role), "aws:PrincipalOrgID", List.of(organization))));
    }

    @Test
    void theRoleMayDoTwoThings() {
        assertThat(in("us-east-1", Map.of("ForwardEvents", "false")).roles())
                .singleElement()
                .satisfies(role -> assertThat(role.policies())
                        .singleElement()
                        .satisfies(policy -> assertThat(policy.statements())
                                .singleElement()
                                .satisfies(statement -> assertThat(statement.actions())
                                        .containsExactly("iam:GetAccountSummary", "iam:ListVirtualMFADevices"))));
        assertThat(role("RootCheck").managedPolicyArns()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "444455556666, arn:aws:events:us-east-1:444455556666:rule/StackSet-groundwork-mem-ForwardRootUserEvents-1A2B, true",
        "999999999999, arn:aws:events:us-east-1:999999999999:rule/x, false",
        "444455556666, arn:aws:events:us-east-1:999999999999:rule/x, false",
        "999999999999, arn:aws:events:us-east-1:444455556666:rule/x, false"
    })
    void eventBridgeForwardsForTheAccountAlone(String account, String rule, boolean allowed) {
        Decision decision = PolicyDocument.decide(
                List.of(role("ForwardRole").trustPolicy()),
                new AccessRequest(
                        new Principal.Service("events.amazonaws.com"),
                        "sts:AssumeRole",
                        role("ForwardRole").arn(),
                        Map.of("aws:SourceAccount", List.of(account), "aws:SourceArn", List.of(rule))));

        assertThat(decision instanceof Decision.Allowed).isEqualTo(allowed);
    }

    /** Rules that somebody disables cannot tell so themselves. */
    @Test
    void theCheckOfChangeEventsLooksAtTheRulesThatMarkAccounts() {
        JsonNode variables =
                hub().resource("CheckChangeEventsFunction").properties().at("/Environment/Variables");
        List<Resource> rules = hub().resourcesOfType("AWS::Events::Rule").stream()
                .filter(rule -> rule.properties()
                        .at("/Targets/0/Arn")
                        .asText()
                        .equals(hub().resource("MarkAccount").arn()))
                .toList();

        assertThat(rules.stream()
                        .filter(rule -> !rule.properties().has("EventBusName"))
                        .map(Resource::logicalId))
                .containsExactlyInAnyOrder(variables.path("MARK_RULES").asText().split(","));
        assertThat(rules.stream()
                        .filter(rule -> rule.properties().has("EventBusName"))
                        .map(Resource::logicalId))
                .containsExactlyInAnyOrder(
                        variables.path("MEMBER_RULES").asText().split(","));
        assertThat(variables.path("MEMBER_BUS").asText())
                .isEqualTo(hub().resource("MemberEvents").ref().orElseThrow());
    }

    @Test
    void theTwoTemplatesSpeakOfOneBus() {
        assertThat(STACK.resource("ForwardRootUserEvents")
                        .properties()
                        .at("/Targets/0/Arn")
                        .asText())
                .isEqualTo(hub().resource("MemberEvents").arn());
    }

    private static IamRole role(String logicalId) {
        return STACK.roles().stream()
                .filter(each -> each.logicalId().equals(logicalId))
                .findFirst()
                .orElseThrow();
    }
}
