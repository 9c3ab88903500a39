package groundwork.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases of IAM's evaluation: wildcards, NotAction, NotResource, Resource, Condition. */
class AdministratorRightsTest {
    private static final URI LINK = URI.create("https://console.aws.amazon.com/");

    private final AdministratorRights rights = new AdministratorRights(NeededAction.in("aws", "111122223333"));

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Everything, or what an administrator needs.
                "'Action': '*', 'Resource': '*' | LIMIT",
                "'Action': ['*'], 'Resource': ['*'] | LIMIT",
                "'Action': '*:*', 'Resource': '*' | LIMIT",
                "'Action': 'iam:CreateRole', 'Resource': '*' | LIMIT",
                "'Action': 'IAM:createrole', 'Resource': '*' | LIMIT",
                "'Action': 'iam:*', 'Resource': '*' | LIMIT",
                "'Action': 'iam:Create*', 'Resource': '*' | LIMIT",
                "'Action': '*Role', 'Resource': '*' | LIMIT",
                "'Action': 'iam:?reateRole', 'Resource': '*' | LIMIT",
                "'Action': ['s3:GetObject', 'ec2:Run*'], 'Resource': '*' | LIMIT",
                "'Action': '*', 'Resource': '*', 'Condition': {} | LIMIT",
                "'Action': '*', 'Resource': '*', 'Condition': {'StringEquals': {}} | LIMIT",
                // NotAction denies all but these.
                "'NotAction': 's3:*', 'Resource': '*' | LIMIT",
                "'NotAction': ['iam:*', 'ec2:*', 'lambda:*', 's3:*'], 'Resource': '*' | LIMIT",
                "'NotAction': ['iam:*', 'ec2:*', 'lambda:*', 's3:*', 'cloudtrail:*'], 'Resource': '*' | REMARK",
                "'NotAction': '*', 'Resource': '*' | REMARK",
                // All roles of the account are all roles; some are not.
                "'Action': 'iam:CreateRole', 'Resource': 'arn:aws:iam::111122223333:role/*' | LIMIT",
                "'Action': 'iam:CreateRole', 'Resource': 'arn:aws:iam::*:role/*' | LIMIT",
                "'Action': 'iam:CreateRole', 'Resource': 'arn:aws:iam::*' | LIMIT",
                "'Action': 'iam:CreateRole', 'Resource': 'arn:aws:iam::111122223333:role/protected/*' | REMARK",
                "'Action': 'iam:CreateRole', 'Resource': 'arn:aws:iam::444455556666:role/*' | REMARK",
                "'Action': 'iam:CreateRole', 'Resource': 'arn:aws:iam::111122223333:policy/*' | REMARK",
                "'Action': 'iam:CreateRole', 'Resource': 'arn:aws:iam::111122223333:role/of-*-name' | LIMIT",
                "'Action': 'iam:CreateRole', 'Resource': 'arn:aws:iam::111122223333:role/of-no-particular-nam?' | LIMIT",
                "'Action': 'iam:CreateRole', 'Resource': 'arn:aws:iam:?111122223333:role/*' | REMARK",
                "'Action': 'iam:CreateRole', 'Resource': 'arn:aws:iam:*role/*' | REMARK",
                "'Action': '*', 'Resource': 'arn:aws:s3:::payroll/*' | REMARK",
                "'Action': '*', 'Resource': 'arn:aws:ec2:eu-central-1:*:*' | REMARK",
                "'Action': '*', 'Resource': 'arn:aws:s3:::${aws:username}*' | REMARK",
                "'Action': 's3:*', 'Resource': 'arn:aws:s3:::${*}' | REMARK",
                // NotResource denies on all but these.
                "'Action': '*', 'NotResource': 'arn:aws:s3:::payroll/*' | LIMIT",
                "'Action': 's3:*', 'NotResource': 'arn:aws:s3:::${aws:username}' | LIMIT",
                "'Action': 's3:PutBucketPolicy', 'NotResource': 'arn:aws:s3:::*' | REMARK",
                "'Action': '*', 'NotResource': '*' | REMARK",
                // Other actions than an administrator needs.
                "'Action': 's3:DeleteBucket', 'Resource': '*' | REMARK",
                "'Action': ['organizations:LeaveOrganization', 'iam:CreateUser', 'iam:CreateAccessKey'], 'Resource': '*' | REMARK",
                "'Action': 'iam:CreateRoles', 'Resource': '*' | REMARK",
                // Under conditions, whichever they are.
                "'Action': '*', 'Resource': '*', 'Condition': {'StringNotEquals': {'aws:RequestedRegion': 'eu-central-1'}} | REMARK",
                "'Action': '*', 'Resource': '*', 'Condition': {'Bool': {'aws:MultiFactorAuthPresent': 'false'}} | REMARK",
            })
    void aDenial_limitsIfItTakesWhatAnAdministratorNeedsWhateverTheCircumstances(String statement, Found found) {
        String document = "{'Version': '2012-10-17', 'Statement': [{'Effect': 'Deny', %s}]}".formatted(statement);

        assertThat(found(rights.policy("It", document.replace('\'', '"'), LINK)))
                .isEqualTo(found);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'Effect': 'Allow', 'Action': '*', 'Resource': '*'} | NOTHING",
                "[{'Effect': 'Allow', 'Action': ['*'], 'Resource': ['*']}] | NOTHING",
                "[{'Effect': 'Allow', 'Action': '*:*', 'Resource': '*'}] | NOTHING",
                "[{'Effect': 'Allow', 'NotAction': 'iam:*', 'Resource': '*'}] | LIMIT",
                "[{'Effect': 'Allow', 'Action': ['s3:*', 'ec2:*'], 'Resource': '*'}] | LIMIT",
                "[{'Effect': 'Allow', 'Action': '*', 'Resource': 'arn:aws:s3:::payroll/*'}] | LIMIT",
                "[{'Effect': 'Allow', 'Action': '*', 'NotResource': 'arn:aws:iam::*:role/*'}] | LIMIT",
                "[{'Effect': 'Allow', 'Action': '*', 'NotResource': 'arn:aws:s3:::payroll/*'}] | REMARK",
                "[{'Effect': 'Allow', 'NotAction': 'organizations:LeaveOrganization', 'Resource': '*'}] | REMARK",
                "[{'Effect': 'Allow', 'NotAction': 'iam:*', 'Resource': '*'}, {'Effect': 'Allow', 'Action': 'iam:*', 'Resource': '*'}] | REMARK",
                "[{'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Condition': {'Bool': {'aws:SecureTransport': 'true'}}}] | REMARK",
                "[{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}, {'Effect': 'Deny', 'Action': 's3:*', 'Resource': '*'}] | LIMIT",
                "[{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}, {'Effect': 'Deny', 'Action': 's3:*', 'Resource': 'arn:aws:s3:::payroll'}] | REMARK",
                "[{'Effect': 'Deny', 'Action': 's3:DeleteBucket', 'Resource': '*'}] | LIMIT",
                "[{'Effect': 'Deny', 'Action': '*', 'Resource': '*', 'Condition': {'Bool': {'aws:SecureTransport': 'false'}}}] | LIMIT",
                "[] | LIMIT",
            })
    void aBoundary_limitsIfItDoesNotAllowWhatAnAdministratorNeeds(String statements, Found found) {
        String document = "{'Version': '2012-10-17', 'Statement': %s}".formatted(statements);

        assertThat(found(rights.boundary("It", document.replace('\'', '"'), LINK)))
                .isEqualTo(found);
    }

    @Test
    void aPolicyThatOnlyAllows_takesNothing() {
        assertThat(found(rights.policy(
                        "It",
                        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}",
                        LINK)))
                .isEqualTo(Found.NOTHING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iam:CreateRole | It denies iam:CreateRole, which an administrator needs.",
                "iam:?reateRole iam:PassRole | It denies iam:CreateRole and one more action that an administrator needs.",
                "lambda:* s3:* | It denies lambda:CreateFunction and 4 more actions that an administrator needs."
            })
    void aLimit_namesTheFirstActionAndCountsTheOthers(String actions, String what) {
        String document = "{\"Statement\": [{\"Effect\": \"Deny\", \"Action\": [\"%s\"], \"Resource\": \"*\"}]}"
                .formatted(String.join("\", \"", List.of(actions.split(" "))));

        assertThat(rights.policy("It", document, LINK)).isEqualTo(Examination.limit(what, LINK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "",
                "{\"Statement\": [{\"Action\": \"*\", \"Resource\": \"*\"}]}",
                "{\"Statement\": [{\"Effect\": \"deny\", \"Action\": \"*\", \"Resource\": \"*\"}]}",
                "{\"Statement\": [{\"Effect\": \"Deny\", \"Resource\": \"*\"}]}",
                "{\"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"*\"}]}"
            })
    void whatIsNoPolicy_isNotGuessedAt(String document) {
        assertThat(rights.policy("It", document, LINK).unread())
                .singleElement()
                .asString()
                .startsWith("It cannot be understood: ")
                .endsWith(".");
        assertThat(rights.boundary("It", document, LINK).unread()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Effect': 'Allow', 'Action': '*', 'Resource': '*' | true",
                "'Effect': 'Allow', 'Action': ['s3:*', '*:*'], 'Resource': ['arn:aws:s3:::a', '*'] | true",
                "'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Condition': {} | true",
                "'Effect': 'Deny', 'Action': '*', 'Resource': '*' | false",
                "'Effect': 'Allow', 'Action': 'iam:*', 'Resource': '*' | false",
                "'Effect': 'Allow', 'NotAction': 'iam:*', 'Resource': '*' | false",
                "'Effect': 'Allow', 'NotAction': '*', 'Resource': '*' | false",
                "'Effect': 'Allow', 'Action': '*', 'NotResource': 'arn:aws:s3:::a' | false",
                "'Effect': 'Allow', 'Action': '*', 'Resource': 'arn:aws:s3:::*' | false",
                "'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Condition': {'Bool': {'aws:SecureTransport': 'true'}} | false",
            })
    void aStatementAllowsEverything_ifNothingNarrowsIt(String statement, boolean everything) {
        String document = "{'Version': '2012-10-17', 'Statement': [{%s}]}".formatted(statement);

        assertThat(StaticPolicy.parse(document.replace('\'', '"')).allowsEverything())
                .isEqualTo(everything);
    }

    @Test
    void aDocumentThatIsNoJson_isRefusedWithTheProblem() {
        assertThatThrownBy(() -> StaticPolicy.parse("{"))
                .isInstanceOf(UnreadablePolicyException.class)
                .hasMessage("End of input at line 1 column 2.");
    }

    private enum Found {
        LIMIT,
        REMARK,
        NOTHING
    }

    private static Found found(Examination examination) {
        assertThat(examination.unread()).isEmpty();
        if (examination.isLimited()) {
            return Found.LIMIT;
        }
        return examination.remarks().isEmpty() ? Found.NOTHING : Found.REMARK;
    }
}
