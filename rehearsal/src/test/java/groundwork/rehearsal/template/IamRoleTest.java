package groundwork.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IamRoleTest {
    private static final String POLICY = "PolicyDocument: { Version: '2012-10-17',"
            + " Statement: [{ Effect: Allow, Action: sns:Publish, Resource: '*' }] }";

    private final IamRole role =
            TemplateText.expand("""
                    Resources:
                      Sender:
                        Type: AWS::IAM::Role
                        Properties:
                          AssumeRolePolicyDocument:
                            Version: '2012-10-17'
                            Statement:
                              - { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }
                          ManagedPolicyArns:
                            - arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess
                          Policies: [{ PolicyName: inline, POLICY }]
                      Policy: { Type: AWS::IAM::Policy, Properties: { PolicyName: p, Roles: [!Ref Sender], POLICY } }
                      Elsewhere: { Type: AWS::IAM::Policy, Properties: { PolicyName: p, Roles: [other], POLICY } }
                    """.replace("POLICY", POLICY)).roles().getFirst();

    @Test
    void aRoleHasTheInlinePoliciesAndThoseAttachedInTheTemplate() {
        assertThat(role.policies()).extracting("name").containsExactly("Sender/inline", "Policy");
    }

    @Test
    void aManagedPolicyKeepsItsArn() {
        assertThat(role.managedPolicyArns()).containsExactly("arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess");
    }
}
