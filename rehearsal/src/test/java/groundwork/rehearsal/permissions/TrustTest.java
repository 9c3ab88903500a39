package groundwork.rehearsal.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.policy.AccessRequest;
import groundwork.rehearsal.policy.Decision;
import groundwork.rehearsal.policy.PolicyDocument;
import groundwork.rehearsal.policy.Principal;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.IamRole;
import groundwork.rehearsal.template.Resource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whom the policies that name a service let in: the service when it works for this stack, and not when it works for
 * somebody else (the confused deputy).
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html">The confused deputy problem</a>
 */
class TrustTest {
    private static final String STRANGER = "999999999999";
    /**
     * Services that assume a role of the stack.
     *
     * @param source the ARN that the service gives as aws:SourceArn, with the account to be filled in
     */
    record Assumption(String role, String service, String source) {}

    /**
     * Lambda is not among them: its page on execution roles documents no condition keys for the trust policy. Nobody else
     * can make Lambda use these roles, because a role can only be passed to a service within its own account:
     * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
     */
    static Stream<Assumption> assumptions() {
        return Stream.of(
                        Deployed.TEMPLATE.resourcesOfType("AWS::Serverless::StateMachine").stream()
                                // https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
                                .map(machine -> new Assumption(
                                        machine.properties().path("Role").asText(),
                                        "states.amazonaws.com",
                                        machine.arn())),
                        // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cross-service-confused-deputy-prevention.html
                        Stream.of(new Assumption(
                                Deployed.TEMPLATE
                                        .resource("ForwardingAdministrationRole")
                                        .arn(),
                                "cloudformation.amazonaws.com",
                                "arn:aws:cloudformation:eu-central-1:%s:stackset/%s"
                                        .formatted(
                                                Deployed.ACCOUNT,
                                                Deployed.TEMPLATE
                                                        .resource("Forwarding")
                                                        .ref()
                                                        .orElseThrow()))),
                        Stream.of(Deployed.TEMPLATE, Deployed.FORWARDING).flatMap(TrustTest::rulesWithRoles))
                .flatMap(Function.identity());
    }

    private static Stream<Assumption> rulesWithRoles(ExpandedTemplate template) {
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
        return template.resourcesOfType("AWS::Events::Rule").stream()
                .flatMap(rule -> rule.properties()
                        .path("Targets")
                        .valueStream()
                        .filter(target -> target.has("RoleArn"))
                        .map(target ->
                                new Assumption(target.path("RoleArn").asText(), "events.amazonaws.com", rule.arn())));
    }

    @ParameterizedTest
    @MethodSource("assumptions")
    void aServiceMayAssumeTheRoleForThisStack(Assumption assumption) {
        assertThat(assume(assumption, Deployed.ACCOUNT, assumption.source())).isInstanceOf(Decision.Allowed.class);
    }

    @ParameterizedTest
    @MethodSource("assumptions")
    void aServiceMayNotAssumeTheRoleForAnotherAccount(Assumption assumption) {
        String theirs = assumption.source().replace(Deployed.ACCOUNT, STRANGER);

        assertThat(assume(assumption, STRANGER, theirs)).isInstanceOf(Decision.ImplicitlyDenied.class);
        assertThat(assume(assumption, Deployed.ACCOUNT, theirs)).isInstanceOf(Decision.ImplicitlyDenied.class);
        assertThat(assume(assumption, STRANGER, assumption.source())).isInstanceOf(Decision.ImplicitlyDenied.class);
    }

    @Test
    void everyRoleIsAssumedByOneServiceOfTheStack() {
        List<String> lambdas = Deployed.TEMPLATE.resourcesOfType("AWS::Serverless::Function").stream()
                .map(function -> function.properties().path("Role").asText())
                .toList();
        // CloudFormation goes from the one to the other, within the account.
        String execution = Deployed.TEMPLATE.resource("ForwardingExecutionRole").arn();
        List<String> others = Stream.concat(assumptions().map(Assumption::role), Stream.of(execution))
                .distinct()
                .toList();

        assertThat(Deployed.TEMPLATE.roles())
                .extracting(IamRole::arn)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(lambdas.stream(), others.stream()).toList());
        assertThat(lambdas).as("one role for each function").doesNotHaveDuplicates();
    }

    /**
     * A service that writes to a resource of the stack.
     *
     * @param source as for {@link Assumption}
     */
    record Delivery(
            ExpandedTemplate stack,
            String policy,
            String service,
            String action,
            String resource,
            String source,
            Map<String, String> more) {}

    static Stream<Delivery> deliveries() {
        String trail = Deployed.TEMPLATE.resource("Trail").arn();
        String bucket = Deployed.TEMPLATE.resource("TrailBucket").arn();
        return Stream.concat(
                Stream.of(Deployed.TEMPLATE, Deployed.FORWARDING).flatMap(TrustTest::deadLetters),
                Stream.of(
                        // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
                        toBucket("s3:GetBucketAcl", bucket, trail, Map.of()),
                        toBucket(
                                "s3:PutObject",
                                bucket + "/AWSLogs/" + Deployed.ACCOUNT
                                        + "/CloudTrail/eu-central-1/2026/11/22/log.json.gz",
                                trail,
                                Map.of("s3:x-amz-acl", "bucket-owner-full-control"))));
    }

    private static Delivery toBucket(String action, String resource, String source, Map<String, String> more) {
        return new Delivery(
                Deployed.TEMPLATE, "TrailBucketPolicy", "cloudtrail.amazonaws.com", action, resource, source, more);
    }

    private static Stream<Delivery> deadLetters(ExpandedTemplate stack) {
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
        return stack.resourcesOfType("AWS::Events::Rule").stream()
                .flatMap(rule -> rule.properties()
                        .path("Targets")
                        .valueStream()
                        .map(target -> new Delivery(
                                stack,
                                "UndeliveredEventsPolicy",
                                "events.amazonaws.com",
                                "sqs:SendMessage",
                                target.at("/DeadLetterConfig/Arn").asText(),
                                rule.arn(),
                                Map.of())));
    }

    @ParameterizedTest
    @MethodSource("deliveries")
    void aServiceMayDeliverForThisStack(Delivery delivery) {
        assertThat(deliver(delivery, Deployed.ACCOUNT, delivery.source(), true)).isInstanceOf(Decision.Allowed.class);
    }

    @ParameterizedTest
    @MethodSource("deliveries")
    void aServiceMayNotDeliverForAnotherAccount(Delivery delivery) {
        String theirs = delivery.source().replace(Deployed.ACCOUNT, STRANGER);

        assertThat(deliver(delivery, STRANGER, theirs, true)).isInstanceOf(Decision.ImplicitlyDenied.class);
        assertThat(deliver(delivery, Deployed.ACCOUNT, theirs, true)).isInstanceOf(Decision.ImplicitlyDenied.class);
        assertThat(deliver(delivery, STRANGER, delivery.source(), true)).isInstanceOf(Decision.ImplicitlyDenied.class);
    }

    /**
     * AWS's policy names the trail and no account, in whose place the trail's ARN has the management account.
     *
     * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-and-update-an-organizational-trail-by-using-the-aws-cli.html">Creating
     *     a trail for an organization</a>
     */
    @Test
    void theTrailsBucketTakesWhatItsOwnTrailLogsInTheMembers() {
        String trail = Deployed.TEMPLATE.resource("Trail").arn();
        Delivery write = toBucket(
                "s3:PutObject",
                Deployed.TEMPLATE.resource("TrailBucket").arn()
                        + "/AWSLogs/o-a1b2c3d4e5/444455556666/CloudTrail/us-east-1/2026/11/22/log.json.gz",
                trail,
                Map.of("s3:x-amz-acl", "bucket-owner-full-control"));

        assertThat(deliver(write, Deployed.ACCOUNT, trail, true)).isInstanceOf(Decision.Allowed.class);
        assertThat(deliver(write, STRANGER, trail.replace(Deployed.ACCOUNT, STRANGER), true))
                .isInstanceOf(Decision.ImplicitlyDenied.class);
        assertThat(deliver(write, Deployed.ACCOUNT, trail + "2", true)).isInstanceOf(Decision.ImplicitlyDenied.class);
    }

    @Test
    void theTrailsBucketTakesNothingOverPlainHttp() {
        Delivery write = deliveries()
                .filter(delivery -> delivery.action().equals("s3:PutObject"))
                .findFirst()
                .orElseThrow();

        assertThat(deliver(write, Deployed.ACCOUNT, write.source(), false))
                .isInstanceOf(Decision.ExplicitlyDenied.class);
    }

    private static Decision assume(Assumption assumption, String account, String source) {
        IamRole role = Deployed.TEMPLATE.roles().stream()
                .filter(each -> each.arn().equals(assumption.role()))
                .findFirst()
                .orElseThrow();
        return PolicyDocument.decide(
                List.of(role.trustPolicy()),
                new AccessRequest(
                        new Principal.Service(assumption.service()),
                        "sts:AssumeRole",
                        role.arn(),
                        Map.of("aws:SourceAccount", List.of(account), "aws:SourceArn", List.of(source))));
    }

    private static Decision deliver(Delivery delivery, String account, String source, boolean encrypted) {
        Resource policy = delivery.stack().resource(delivery.policy());
        Map<String, List<String>> context = new java.util.HashMap<>(Map.of(
                "aws:SourceAccount", List.of(account),
                "aws:SourceArn", List.of(source),
                "aws:SecureTransport", List.of(String.valueOf(encrypted))));
        delivery.more().forEach((key, value) -> context.put(key, List.of(value)));
        return PolicyDocument.decide(
                List.of(PolicyDocument.ofResource(
                        delivery.policy(), policy.properties().path("PolicyDocument"))),
                new AccessRequest(
                        new Principal.Service(delivery.service()), delivery.action(), delivery.resource(), context));
    }
}
