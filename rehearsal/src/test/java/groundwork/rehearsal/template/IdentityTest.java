package groundwork.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AWS::DynamoDB::Table               | {}                      | !Ref X               | hub-X
            AWS::DynamoDB::Table               | {TableName: n}          | !GetAtt X.Arn        | arn:aws:dynamodb:us-east-1:111122223333:table/n
            AWS::SNS::Topic                    | {}                      | !Ref X               | arn:aws:sns:us-east-1:111122223333:hub-X
            AWS::SNS::Topic                    | {}                      | !GetAtt X.TopicName  | hub-X
            AWS::SNS::TopicPolicy              | {}                      | !Ref X               | hub-X
            AWS::Events::Rule                  | {}                      | !Ref X               | hub-X
            AWS::Events::Rule                  | {}                      | !GetAtt X.Arn        | arn:aws:events:us-east-1:111122223333:rule/hub-X
            AWS::IAM::Role                     | {}                      | !Ref X               | hub-X
            AWS::IAM::Role                     | {Path: /p/}             | !GetAtt X.Arn        | arn:aws:iam::111122223333:role/p/hub-X
            AWS::Logs::LogGroup                | {LogGroupName: /n}      | !Ref X               | /n
            AWS::Logs::LogGroup                | {}                      | !GetAtt X.Arn        | arn:aws:logs:us-east-1:111122223333:log-group:hub-X:*
            AWS::CloudWatch::Alarm             | {}                      | !GetAtt X.Arn        | arn:aws:cloudwatch:us-east-1:111122223333:alarm:hub-X
            AWS::SQS::Queue                    | {}                      | !Ref X               | https://sqs.us-east-1.amazonaws.com/111122223333/hub-X
            AWS::SQS::Queue                    | {}                      | !GetAtt X.Arn        | arn:aws:sqs:us-east-1:111122223333:hub-X
            AWS::CloudTrail::Trail             | {}                      | !GetAtt X.Arn        | arn:aws:cloudtrail:us-east-1:111122223333:trail/hub-X
            AWS::S3::Bucket                    | {}                      | !Ref X               | hub-x
            AWS::S3::Bucket                    | {BucketName: n}         | !GetAtt X.Arn        | arn:aws:s3:::n
            """)
    void refAndGetAttReturnWhatAwsDocuments(String type, String properties, String expression, String value) {
        assertThat(output(type, properties, expression)).isEqualTo(value);
    }

    @Test
    void aStackSetIsKnownByNameAndId() {
        assertThat(output("AWS::CloudFormation::StackSet", "{StackSetName: n}", "!Ref X"))
                .matches("n:[0-9a-f-]{36}");
    }

    @Test
    void aSubscriptionContinuesTheArnOfItsTopic() {
        assertThat(output("AWS::SNS::Subscription", "{TopicArn: 'arn:aws:sns:us-east-1:111122223333:t'}", "!Ref X"))
                .matches("arn:aws:sns:us-east-1:111122223333:t:[0-9a-f-]{36}");
    }

    @Test
    void aGeneratedName_thatWouldBeTooLong_isShortenedAndStaysUnique() {
        Deployment deployment = Deployment.of("111122223333", "us-east-1", "s".repeat(128));
        ObjectNode none = JsonNodeFactory.instance.objectNode();

        assertThat(Identity.of("Queue", "AWS::SQS::Queue", none, deployment)
                        .attributes()
                        .get("QueueName"))
                .matches("s{33}-Queue-[0-9a-f]{12}");
        assertThat(Identity.of("ProvisionAdministratorRole", "AWS::IAM::Role", none, deployment)
                        .ref()
                        .orElseThrow())
                .hasSizeLessThanOrEqualTo(64)
                .isNotEqualTo(Identity.of("ProvisionAdministratorRoles", "AWS::IAM::Role", none, deployment)
                        .ref()
                        .orElseThrow());
    }

    @Test
    void arnsAndUrlsBelongToThePartitionOfTheRegion() {
        Deployment beijing = Deployment.of("111122223333", "cn-north-1", "hub");
        Identity queue = Identity.of("X", "AWS::SQS::Queue", JsonNodeFactory.instance.objectNode(), beijing);

        assertThat(queue.ref()).contains("https://sqs.cn-north-1.amazonaws.com.cn/111122223333/hub-X");
        assertThat(queue.attributes()).containsEntry("Arn", "arn:aws-cn:sqs:cn-north-1:111122223333:hub-X");
    }

    private static String output(String type, String properties, String expression) {
        String template = """
                Resources:
                  X: { Type: %s, Properties: %s }
                Outputs:
                  Value:
                    Value: %s
                """.formatted(type, properties, expression);
        return TemplateText.expand(template).outputs().get("Value").value();
    }
}
