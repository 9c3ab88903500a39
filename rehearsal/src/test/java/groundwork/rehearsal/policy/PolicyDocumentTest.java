package groundwork.rehearsal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                                                      | p: has no Statement
            {'Effect': 'allow', 'Action': '*', 'Resource': '*'}                     | p[0]: Effect must be Allow or Deny
            {'Sid': 'S', 'Effect': 'Allow', 'Resource': '*'}                        | p.S: needs Action or NotAction
            {'Effect': 'Allow', 'Action': '*', 'NotAction': 's3:*', 'Resource': '*'} | p[0]: has both Action and NotAction
            {'Effect': 'Allow', 'Action': '*'}                                      | p[0]: needs a Resource in this kind of policy
            {'Effect': 'Allow', 'Action': 'GetItem', 'Resource': '*'}               | p[0]: GetItem is not an action
            {'Effect': 'Allow', 'Action': '*', 'Resource': 'table/t'}               | p[0]: table/t is neither an ARN nor *
            {'Effect': 'Allow', 'Action': '*', 'Resource': 'arn:aws:s*:::b'}        | p[0]: arn:aws:s*:::b must not have a wildcard in its service
            {'Effect': 'Allow', 'Action': '*', 'Resource': 'arn:aws:s3:::${aws:username}'} | p[0].Resource: policy variables are not implemented: arn:aws:s3:::${aws:username}
            {'Effect': 'Allow', 'Action': [], 'Resource': '*'}                      | p[0].Action: must not be empty
            {'Effect': 'Allow', 'Action': {}, 'Resource': '*'}                      | p[0].Action: must be a string or a list of strings
            {'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Conditions': {}}   | p[0]: Conditions is not known here
            {'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Principal': '*'}   | p[0]: must not have a Principal in this kind of policy
            5                                                                       | p[0]: must be an object
            """)
    void aPolicyThatAwsWouldRefuseIsRefused(String statement, String message) {
        assertThatThrownBy(() -> PolicyDocument.ofIdentity("p", PolicyText.document(statement)))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'Action': '*'                                                          | t[0]: needs a Principal in this kind of policy
            'Action': '*', 'Principal': '*', 'Resource': '*'                       | t[0]: must not have a Resource in this kind of policy
            'Action': '*', 'Principal': {'AWS': 'arn:aws:iam::111122223333:role/*'} | t[0]: arn:aws:iam::111122223333:role/* is not a principal; wildcards match all or nothing
            'Action': '*', 'Principal': {'Service': 'lambda'}                      | t[0]: lambda is not a service principal
            'Action': '*', 'Principal': {'Federated': 'x'}                         | t[0].Principal: Federated is not known here
            'Action': '*', 'NotPrincipal': {'AWS': '111122223333'}                 | t[0]: NotPrincipal is for Deny, and without a Principal
            """)
    void aTrustPolicyThatAwsWouldRefuseIsRefused(String elements, String message) {
        String statement = "{'Effect': 'Allow', %s}".formatted(elements);

        assertThatThrownBy(() -> PolicyDocument.ofTrust("t", PolicyText.document(statement)))
                .hasMessage(message);
    }

    @Test
    void aSidIsGivenOnce() {
        String statement = "{'Sid': 'S', 'Effect': 'Allow', 'Action': '*', 'Resource': '*'}";

        assertThatThrownBy(() ->
                        PolicyDocument.ofIdentity("p", PolicyText.document("[%s, %s]".formatted(statement, statement))))
                .hasMessage("p: the Sid S is given twice");
    }

    @Test
    void theVersionIsTheCurrentOne() {
        assertThatThrownBy(() -> PolicyDocument.ofIdentity("p", JsonNodeFactory.instance.objectNode()))
                .hasMessage("p: Version must be 2012-10-17");
    }

    @Test
    void aStatementSaysWhatItGrants() {
        Statement statement = PolicyDocument.ofIdentity(
                        "p",
                        PolicyText.document(
                                "{'Effect': 'Deny', 'Action': ['s3:Get*', 's3:List*'], 'NotResource': 'arn:aws:s3:::b'}"))
                .statements()
                .getFirst();

        assertThat(statement.actions()).containsExactly("s3:Get*", "s3:List*");
        assertThat(statement.resources()).isEmpty();
        assertThat(statement.denies()).isTrue();
    }
}
