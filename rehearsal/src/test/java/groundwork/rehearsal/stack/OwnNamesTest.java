package groundwork.rehearsal.stack;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.policy.AccessRequest;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.policy.PolicyDocument;
import groundwork.rehearsal.policy.Principal;
import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.IamRole;
import groundwork.rehearsal.template.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What names itself after the stack belongs to this stack alone: also when a stack of the same name was deleted, or lives elsewhere. */
class OwnNamesTest {
    private static final String NAME = "g".repeat(128);
    private static final ExpandedTemplate STACK = stack("5f8e2d10-b7c4-11f0-9a3e-0a1b2c3d4e5f");
    private static final ExpandedTemplate AGAIN = stack("7a9b1c3d-b7c4-11f0-8d2e-0f1e2d3c4b5a");

    private static ExpandedTemplate stack(String guid) {
        return TEMPLATE.expand(
                Map.of("AdministratorEmail", "ada@example.com", "GivenName", "Ada", "FamilyName", "Lovelace"),
                new Deployment(
                        "111122223333",
                        "eu-central-1",
                        "aws",
                        "amazonaws.com",
                        NAME,
                        "arn:aws:cloudformation:eu-central-1:111122223333:stack/%s/%s".formatted(NAME, guid)));
    }

    private static ExpandedTemplate forwarding(ExpandedTemplate stack) {
        return EventBuses.forwardingStacks(stack).getFirst();
    }

    @Test
    void namesBeginWithTheGuidOfTheStack() {
        assertThat(ruleNames(STACK)).isNotEmpty().allMatch(name -> name.startsWith("groundwork-5f8e2d10-"));
        assertThat(ruleNames(forwarding(STACK))).hasSize(3).allMatch(name -> name.startsWith("groundwork-5f8e2d10-"));
        assertThat(STACK.resource("Forwarding")
                        .properties()
                        .path("StackSetName")
                        .asText())
                .isEqualTo("groundwork-5f8e2d10-forwarding");
        assertThat(forwarding(STACK).deployment().stackName())
                .matches("StackSet-groundwork-5f8e2d10-forwarding-[0-9a-f-]{36}");
        assertThat(STACK.resource("GrantAccessRole").arn())
                .startsWith("arn:aws:iam::111122223333:role/groundwork-5f8e2d10/");
    }

    @Test
    void aStackThatIsMadeAgain_sharesNoName() {
        assertThat(ruleNames(AGAIN)).doesNotContainAnyElementsOf(ruleNames(STACK));
        assertThat(ruleNames(forwarding(AGAIN))).doesNotContainAnyElementsOf(ruleNames(forwarding(STACK)));
        assertThat(forwarding(AGAIN).resource("UndeliveredEvents").arn())
                .isNotEqualTo(forwarding(STACK).resource("UndeliveredEvents").arn());
    }

    @Test
    void aTagKeepsTheNameOfTheStack() {
        assertThat(STACK.resourcesOfType("AWS::Events::Rule", "AWS::CloudFormation::StackSet"))
                .allSatisfy(resource -> assertThat(resource.properties().path("Tags"))
                        .as(resource.logicalId())
                        .anySatisfy(tag -> {
                            assertThat(tag.path("Key").asText()).isEqualTo("groundwork:stack");
                            assertThat(tag.path("Value").asText()).isEqualTo(NAME);
                        }));
    }

    /** An action of CloudFormation on what the forwarding stack holds. */
    private static Stream<AccessRequest> creation(ExpandedTemplate stack, IamRole role) {
        ExpandedTemplate made = forwarding(stack);
        return Stream.concat(
                        Stream.of(
                                Map.entry(
                                        "cloudformation:CreateStack",
                                        made.deployment().stackId()),
                                Map.entry(
                                        "iam:PassRole",
                                        stack.resource("ForwardRole").arn())),
                        made.resources().values().stream().flatMap(resource -> switch (resource.type()) {
                            case "AWS::Events::Rule" ->
                                Stream.of("PutRule", "PutTargets", "TagResource", "RemoveTargets", "DeleteRule")
                                        .map(action -> Map.entry("events:" + action, resource.arn()));
                            case "AWS::SQS::Queue" ->
                                Stream.of("CreateQueue", "SetQueueAttributes", "TagQueue", "DeleteQueue")
                                        .map(action -> Map.entry("sqs:" + action, resource.arn()));
                            case "AWS::CloudWatch::Alarm" ->
                                Stream.of("PutMetricAlarm", "TagResource", "DeleteAlarms")
                                        .map(action -> Map.entry("cloudwatch:" + action, resource.arn()));
                            default -> Stream.empty();
                        }))
                .map(call -> new AccessRequest(
                        new Principal.Identity(role.arn()),
                        call.getKey(),
                        call.getValue(),
                        Map.of("iam:PassedToService", List.of("events.amazonaws.com"))));
    }

    @Test
    void theForwardingStackIsMadeByARole_thatMayMakeIt() {
        IamRole role = role("ForwardingExecutionRole");

        assertThat(creation(STACK, role))
                .hasSize(24)
                .allSatisfy(call -> assertThat(PolicyDocument.decide(role.policies(), call))
                        .as(call.toString())
                        .isInstanceOf(Decision.Allowed.class));
    }

    @Test
    void thatRole_mayNotTouchTheForwardingStackOfAnother() {
        IamRole role = role("ForwardingExecutionRole");

        assertThat(creation(AGAIN, role).filter(call -> !call.action().equals("iam:PassRole")))
                .allSatisfy(call -> assertThat(PolicyDocument.decide(role.policies(), call))
                        .as(call.toString())
                        .isInstanceOf(Decision.ImplicitlyDenied.class));
    }

    private static IamRole role(String logicalId) {
        String arn = STACK.resource(logicalId).arn();
        return STACK.roles().stream()
                .filter(role -> role.arn().equals(arn))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> ruleNames(ExpandedTemplate stack) {
        return stack.resourcesOfType("AWS::Events::Rule").stream()
                .map(Resource::ref)
                .map(java.util.Optional::orElseThrow)
                .collect(Collectors.toSet());
    }
}
