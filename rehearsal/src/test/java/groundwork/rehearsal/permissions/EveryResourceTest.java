package groundwork.rehearsal.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.policy.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Where the template gives a permission on every resource. */
class EveryResourceTest {
    /**
     * Actions for which the Service Authorization Reference names no resource type.
     *
     * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">
     *     Service Authorization Reference</a>
     */
    private static final Set<String> WITHOUT_RESOURCE_TYPE = Set.of(
            "cloudtrail:DescribeTrails",
            "cloudtrail:LookupEvents",
            "events:ListRuleNamesByTarget",
            "events:ListRules",
            "iam:GetAccountSummary",
            "iam:ListPolicies",
            "iam:ListRoles",
            "iam:ListVirtualMFADevices",
            "logs:CreateLogDelivery",
            "logs:DeleteLogDelivery",
            "logs:DescribeLogGroups",
            "logs:DescribeResourcePolicies",
            "logs:GetLogDelivery",
            "logs:ListLogDeliveries",
            "logs:PutResourcePolicy",
            "logs:UpdateLogDelivery",
            "organizations:DescribeOrganization",
            "organizations:ListAccounts",
            "organizations:ListDelegatedAdministrators",
            "ses:GetAccount",
            "sso:ListInstances");

    /** What StackSets uses of buckets that AWS does not document; the statement leaves out those of the account. */
    private static final Set<String> WITHOUT_KNOWN_RESOURCE =
            Set.of("cloudformation:GetTemplateSummary", "cloudformation:ValidateTemplate", "s3:*");

    @Test
    void onlyActionsForWhichAwsOffersNothingNarrower() {
        Set<String> everywhere = new TreeSet<>();
        Deployed.TEMPLATE
                .roles()
                .forEach(role -> role.policies()
                        .forEach(policy -> policy.statements().stream()
                                .filter(statement -> statement.resources().contains("*"))
                                .map(Statement::actions)
                                .forEach(everywhere::addAll)));

        Set<String> expected = new TreeSet<>(WITHOUT_RESOURCE_TYPE);
        expected.addAll(WITHOUT_KNOWN_RESOURCE);
        assertThat(everywhere).isEqualTo(expected);
    }

    @Test
    void eachIsExplainedByACommentAboveItsStatement() throws IOException {
        List<String> unexplained = new ArrayList<>();
        List<String> lines = Files.readAllLines(Played.ROOT.resolve("template.yaml"));
        int explained = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals("Resource: \"*\"")) {
                int statement = i;
                while (!lines.get(statement).strip().startsWith("- Sid:")) {
                    statement--;
                }
                if (lines.get(statement - 1).strip().startsWith("# ")) {
                    explained++;
                } else {
                    unexplained.add(lines.get(statement).strip());
                }
            }
        }

        assertThat(unexplained).isEmpty();
        assertThat(explained).isPositive();
    }
}
