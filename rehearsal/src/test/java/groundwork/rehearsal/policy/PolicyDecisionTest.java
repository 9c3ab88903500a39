package groundwork.rehearsal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.policy.Decision.Allowed;
import groundwork.rehearsal.policy.Decision.ExplicitlyDenied;
import groundwork.rehearsal.policy.Decision.ImplicitlyDenied;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rules and examples from the IAM User Guide: policy evaluation logic, and the pages of the elements Action, NotAction,
 * Resource, NotResource, Principal and NotPrincipal.
 */
class PolicyDecisionTest {
    private static final Principal ROLE = new Principal.Identity("arn:aws:iam::111122223333:role/check");
    private static final Principal EVENTS = new Principal.Service("events.amazonaws.com");

    @Test
    void whatNoStatementAllowsIsDenied() {
        assertThat(decide("{'Effect': 'Allow', 'Action': 'sqs:SendMessage', 'Resource': '*'}", "sqs:DeleteQueue", "*"))
                .isInstanceOf(ImplicitlyDenied.class);
    }

    @Test
    void anExplicitDenyWinsInAnyOrder() {
        String allow = "{'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*'}";
        String deny = "{'Sid': 'NoDelete', 'Effect': 'Deny', 'Action': 's3:Delete*', 'Resource': '*'}";

        assertThat(decide("[%s, %s]".formatted(allow, deny), "s3:DeleteBucket", "arn:aws:s3:::b"))
                .isInstanceOfSatisfying(
                        ExplicitlyDenied.class,
                        denied -> assertThat(denied.by().statement().id()).isEqualTo("role/policy.NoDelete"));
        assertThat(decide("[%s, %s]".formatted(deny, allow), "s3:DeleteBucket", "arn:aws:s3:::b"))
                .isInstanceOf(ExplicitlyDenied.class);
        assertThat(decide("[%s, %s]".formatted(deny, allow), "s3:ListBucket", "arn:aws:s3:::b"))
                .isInstanceOf(Allowed.class);
    }

    @Test
    void anAllowNamesEveryStatementAndThePatternsThatMatched() {
        Decision decision = decide("""
                [{'Sid': 'Read', 'Effect': 'Allow', 'Action': ['dynamodb:GetItem', 'dynamodb:Get*', 'dynamodb:Query'],
                  'Resource': ['arn:aws:dynamodb:*:*:table/a', 'arn:aws:dynamodb:*:*:table/b']},
                 {'Effect': 'Allow', 'NotAction': 'iam:*', 'Resource': '*'}]
                """, "dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:111122223333:table/b");

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Allowed.class,
                        allowed -> assertThat(allowed.by())
                                .extracting(match ->
                                        "%s %s %s".formatted(match.statement(), match.actions(), match.resources()))
                                .containsExactly(
                                        "role/policy.Read [dynamodb:GetItem, dynamodb:Get*] [arn:aws:dynamodb:*:*:table/b]",
                                        "role/policy[1] [] [*]"));
    }

    @ParameterizedTest
    @CsvSource({
        "iam:ListAccessKeys,     IAM:listaccesskeys,     true",
        "iam:*AccessKey*,        iam:CreateAccessKey,    true",
        "iam:*AccessKey*,        iam:UpdateAccessKey,    true",
        "iam:*AccessKey*,        iam:CreateUser,         false",
        "s3:Get?bject,           s3:GetObject,           true",
        "s3:Get?bject,           s3:GetBject,            false",
        "s3:*,                   s3express:GetObject,    false",
        "*,                      sns:Publish,            true",
    })
    void actionPatternsMatchWithoutRegardToCase(String pattern, String action, boolean allowed) {
        String policy = "{'Effect': 'Allow', 'Action': '%s', 'Resource': '*'}".formatted(pattern);

        assertThat(decide(policy, action, "*") instanceof Allowed).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::111122223333:user/accounting/*, arn:aws:iam::111122223333:user/accounting/ada,   true",
        "arn:aws:iam::111122223333:user/Bob,          arn:aws:iam::111122223333:user/bob,              false",
        "arn:aws:s3:::b/*/test/*,                     arn:aws:s3:::b/1/test/object.jpg,                true",
        "arn:aws:s3:::b/*/test/*,                     arn:aws:s3:::b/1/2/3/test/4/object.jpg,          true",
        "arn:aws:s3:::b/*/test/*,                     arn:aws:s3:::b//test/object.jpg,                 true",
        "arn:aws:s3:::b/*/test/*,                     arn:aws:s3:::b/1/test/,                          true",
        "arn:aws:s3:::b/*/test/*,                     arn:aws:s3:::b/1-test/object.jpg,                false",
        "arn:aws:s3:::b/*/test/*,                     arn:aws:s3:::b/test/object.jpg,                  false",
        "arn:aws:s3:::b/*/test/*,                     arn:aws:s3:::b/1/2/test.jpg,                     false",
        // A * that ends a segment goes on past the colon, one inside a segment does not.
        "arn:aws:logs:us-east-1:111122223333:log-group:/g*, arn:aws:logs:us-east-1:111122223333:log-group:/g:log-stream:s, true",
        "arn:aws:logs:us-east-1:111122223333:log-group:/g*z, arn:aws:logs:us-east-1:111122223333:log-group:/g:z,           false",
        "arn:aws:sqs:us-*-1:111122223333:q,           arn:aws:sqs:us-east-1:111122223333:q,            true",
        "arn:aws:sqs:us-east-?:111122223333:q,        arn:aws:sqs:us-east-2:111122223333:q,            true",
        "arn:aws:sqs:us-east-1?111122223333:q,        arn:aws:sqs:us-east-1:111122223333:q,            false",
    })
    void resourcePatternsMatchByArnSegment(String pattern, String resource, boolean allowed) {
        String policy = "{'Effect': 'Allow', 'Action': '*', 'Resource': '%s'}".formatted(pattern);

        assertThat(decide(policy, "any:Action", resource) instanceof Allowed).isEqualTo(allowed);
    }

    @Test
    void notActionIsEveryOtherAction() {
        String policy = "{'Effect': 'Allow', 'NotAction': 'iam:*', 'Resource': '*'}";

        assertThat(decide(policy, "sns:Publish", "*")).isInstanceOf(Allowed.class);
        assertThat(decide(policy, "iam:CreateUser", "*")).isInstanceOf(ImplicitlyDenied.class);
    }

    @Test
    void notResourceIsEveryOtherResource() {
        String policy = "{'Effect': 'Deny', 'Action': 's3:*', 'NotResource': ['arn:aws:s3:::b', 'arn:aws:s3:::b/*']}";

        assertThat(decide(policy, "s3:GetObject", "arn:aws:s3:::other/o")).isInstanceOf(ExplicitlyDenied.class);
        assertThat(decide(policy, "s3:GetObject", "arn:aws:s3:::b/o")).isInstanceOf(ImplicitlyDenied.class);
    }

    @Test
    void aTrustPolicyAdmitsTheServiceItNames() {
        PolicyDocument trust = PolicyDocument.ofTrust(
                "trust",
                PolicyText.document(
                        "[{'Effect': 'Allow', 'Principal': {'Service': ['events.amazonaws.com']}, 'Action': 'sts:AssumeRole'}]"));

        assertThat(assume(trust, EVENTS)).isInstanceOf(Allowed.class);
        assertThat(assume(trust, new Principal.Service("lambda.amazonaws.com"))).isInstanceOf(ImplicitlyDenied.class);
        assertThat(assume(trust, ROLE)).isInstanceOf(ImplicitlyDenied.class);
    }

    @ParameterizedTest
    @CsvSource({
        "111122223333,                          true",
        "arn:aws:iam::111122223333:root,        true",
        "arn:aws:iam::111122223333:role/check,  true",
        "arn:aws:iam::111122223333:role/other,  false",
        "444455556666,                          false",
        "*,                                     true",
    })
    void anAccountStandsForEveryIdentityInIt(String principal, boolean allowed) {
        PolicyDocument trust = PolicyDocument.ofTrust(
                "trust",
                PolicyText.document("{'Effect': 'Allow', 'Principal': {'AWS': '%s'}, 'Action': 'sts:AssumeRole'}"
                        .formatted(principal)));

        assertThat(assume(trust, ROLE) instanceof Allowed).isEqualTo(allowed);
    }

    @Test
    void notPrincipalDeniesEveryoneElse() {
        PolicyDocument policy = PolicyDocument.ofResource("bucket", PolicyText.document("""
                [{'Effect': 'Allow', 'Principal': '*', 'Action': 's3:GetObject', 'Resource': '*'},
                 {'Effect': 'Deny', 'NotPrincipal': {'AWS': 'arn:aws:iam::111122223333:role/check'}, 'Action': '*',
                  'Resource': '*'}]
                """));

        assertThat(decide(policy, ROLE, "s3:GetObject")).isInstanceOf(Allowed.class);
        assertThat(decide(policy, EVENTS, "s3:GetObject")).isInstanceOf(ExplicitlyDenied.class);
    }

    @Test
    void statementsOfEqualContentAtDifferentPlacesAreDifferent() {
        String statement = "{'Effect': 'Allow', 'Action': 'sns:Publish', 'Resource': '*'}";
        List<Statement> statements =
                identity("[%s, %s]".formatted(statement, statement)).statements();

        assertThat(statements.get(0)).isNotEqualTo(statements.get(1));
        assertThat(statements.get(0)).isEqualTo(identity(statement).statements().getFirst());
    }

    private static Decision decide(String statements, String action, String resource) {
        return PolicyDocument.decide(
                List.of(identity(statements)), new AccessRequest(ROLE, action, resource, Map.of()));
    }

    private static Decision decide(PolicyDocument policy, Principal principal, String action) {
        return PolicyDocument.decide(
                List.of(policy), new AccessRequest(principal, action, "arn:aws:s3:::b/o", Map.of()));
    }

    private static Decision assume(PolicyDocument trust, Principal principal) {
        String role = "arn:aws:iam::111122223333:role/assumed";
        return PolicyDocument.decide(List.of(trust), new AccessRequest(principal, "sts:AssumeRole", role, Map.of()));
    }

    private static PolicyDocument identity(String statements) {
        return PolicyDocument.ofIdentity("role/policy", PolicyText.document(statements));
    }
}
