package groundwork.rehearsal.stack;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groundwork.rehearsal.template.Deployment;
import groundwork.rehearsal.template.ExpandedTemplate;
import groundwork.rehearsal.template.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleUsesTest {
    private static final Deployment FRANKFURT = Deployment.of("111122223333", "eu-central-1", "groundwork");

    private static final String ROLES = """
            Resources:
              Administration:
                Type: AWS::IAM::Role
                Properties: { AssumeRolePolicyDocument: {} }
              Execution:
                Type: AWS::IAM::Role
                Properties: { AssumeRolePolicyDocument: { Statement: [{ Principal: { AWS: !GetAtt Administration.Arn } }] } }
              AssumeExecution:
                Type: AWS::IAM::Policy
                Properties:
                  Roles: [!Ref Administration]
                  PolicyName: AssumeExecution
                  PolicyDocument: { Statement: [{ Resource: !GetAtt Execution.Arn }] }
              Between:
                Type: AWS::Events::Rule
                DependsOn: AssumeExecution
                Properties: { ScheduleExpression: rate(1 day) }
              StackSet:
                Type: AWS::CloudFormation::StackSet
                %s
                Properties:
                  StackSetName: forwarding
                  AdministrationRoleARN: !GetAtt Administration.Arn
                  ExecutionRoleName: !Ref Execution
            """;

    @Test
    void aStackSet_thatDoesNotWaitForThePolicyOfItsRole_isRefused() {
        assertThat(RoleUses.tooEarly(expand(ROLES.formatted(""))))
                .containsExactly(
                        "StackSet uses AssumeExecution in AdministrationRoleARN and depends on it in no way",
                        "StackSet uses Execution in ExecutionRoleName, 0 seconds after it was made");
    }

    @Test
    void aStackSet_thatComesRightAfterItsRoles_isRefused() {
        assertThat(RoleUses.tooEarly(expand(ROLES.formatted("DependsOn: AssumeExecution"))))
                .containsExactly(
                        "StackSet uses AssumeExecution in AdministrationRoleARN, 0 seconds after it was made",
                        "StackSet uses Execution in ExecutionRoleName, 6 seconds after it was made");
    }

    @Test
    void aStackSet_thatComesLate_isTaken() {
        assertThat(RoleUses.tooEarly(expand(ROLES.formatted("DependsOn: Between"))))
                .isEmpty();
    }

    @Test
    void aUse_ofWhichNothingIsKnown_isAnError() {
        String trail = """
                Resources:
                  Role:
                    Type: AWS::IAM::Role
                    Properties: { AssumeRolePolicyDocument: {} }
                  Trail:
                    Type: AWS::CloudTrail::Trail
                    Properties: { CloudWatchLogsRoleArn: !GetAtt Role.Arn }
                """;

        assertThatThrownBy(() -> RoleUses.tooEarly(expand(trail)))
                .hasMessage(
                        "What becomes of \"AWS::CloudTrail::Trail CloudWatchLogsRoleArn\" when the role is young is not known");
    }

    @Test
    void resourcesAreCreatedAsSoonAsThoseTheyDependOnAreThere() {
        CreationTimes times = new CreationTimes(expand(ROLES.formatted("DependsOn: Between")));

        assertThat(times.begins("Administration")).isZero();
        assertThat(times.begins("Execution")).isEqualTo(Duration.ofSeconds(16));
        assertThat(times.begins("AssumeExecution")).isEqualTo(Duration.ofSeconds(32));
        assertThat(times.begins("Between")).isEqualTo(Duration.ofSeconds(38));
        assertThat(times.begins("StackSet")).isEqualTo(Duration.ofSeconds(88));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-central-1", "us-gov-east-1", "cn-north-1"})
    void theForwardingStackSetIsDeletedBeforeWhatItNeeds(String region) {
        ExpandedTemplate stack = TEMPLATE.expand(
                Map.of("AdministratorEmail", "ada@example.com", "GivenName", "Ada", "FamilyName", "Lovelace"),
                Deployment.of("111122223333", region, "groundwork"));
        CreationTimes times = new CreationTimes(stack);

        assertThat(RoleUses.tooEarly(stack)).isEmpty();
        assertThat(new String[] {
                    "ForwardingAdministrationRole",
                    "ForwardingExecutionRole",
                    "UseForwardingExecutionRole",
                    "ForwardRole"
                })
                .allMatch(needed -> times.dependsOn("Forwarding", needed));
    }

    private static ExpandedTemplate expand(String template) {
        return Template.parse(template, Path.of(".")).expand(Map.of(), FRANKFURT);
    }
}
