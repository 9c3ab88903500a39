package groundwork.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** What CloudFormation refuses, or what is not known here, is an error that names the place. */
class TemplateErrorsTest {
    private static final String TOPIC = "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n";
    private static final String TOPIC_NAME = TOPIC + "    Properties:\n      TopicName: ";
    private static final String SAM = "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n";

    static final List<Arguments> MISTAKES = List.of(
            mistake("[]", "Template: must be a mapping of sections"),
            mistake("Resources: {", "Template: is not well-formed YAML"),
            mistake("Hooks: {}\n" + TOPIC, "Template: Hooks is not known here"),
            mistake("Description: nothing", "Template: has no Resources"),
            mistake(
                    "Transform: AWS::LanguageExtensions\n" + TOPIC,
                    "Transform: only AWS::Serverless-2016-10-31 is known here"),
            mistake(
                    "Rules: { R: { Assertions: [{ Assert: !Equals [a, b], AssertDescription: a is b }] } }\n" + TOPIC,
                    "Rules.R: a is b"),
            mistake(
                    "Rules: { R: { Assertions: [{ Assert: !Equals [a, a] }, { Assert: !Equals [a, b] }] } }\n" + TOPIC,
                    "Rules.R: does not hold"),
            mistake(
                    "Rules: { R: { RuleCondition: !Equals [a, a], Assertions: [{ Assert: !Equals [a, b] }] } }\n"
                            + TOPIC,
                    "Rules.R: does not hold"),
            mistake("Rules: { R: { Assertion: [] } }\n" + TOPIC, "Rules.R"),
            mistake(
                    "Rules: { R: { Assertions: [{ Assert: !Equals [!Ref Nothing, b] }] } }\n" + TOPIC,
                    "there is no parameter or resource Nothing"),
            mistake("Globals: {}\n" + TOPIC, "Globals: needs the Transform"),
            mistake(
                    TOPIC_NAME + "!Base64 x",
                    "Resources.Topic.Properties.TopicName: !Base64 is not an intrinsic function known here"),
            mistake(
                    TOPIC_NAME + "{ 'Fn::ImportValue': x }",
                    "Resources.Topic.Properties.TopicName: Fn::ImportValue is not"),
            mistake(
                    TOPIC_NAME + "{ Ref: Topic, Other: 1 }",
                    "Resources.Topic.Properties.TopicName: Ref must be the only key"),
            mistake(
                    TOPIC_NAME + "!Ref Nothing",
                    "Resources.Topic.Properties.TopicName: there is no parameter or resource Nothing"),
            mistake(
                    TOPIC_NAME + "!Ref AWS::NotificationARNs",
                    "there is no parameter or resource AWS::NotificationARNs"),
            mistake(TOPIC_NAME + "!GetAtt Nothing.Arn", "there is no resource Nothing"),
            mistake(TOPIC_NAME + "!GetAtt Topic", "Fn::GetAtt takes a logical id and an attribute name"),
            mistake(TOPIC_NAME + "!Sub '${Nothing}'", "there is no parameter or resource Nothing"),
            mistake(TOPIC_NAME + "!Sub '${Nothing.Arn}'", "there is no resource Nothing"),
            mistake(
                    TOPIC_NAME + "!Sub '${ Topic }'",
                    "Fn::Sub cannot refer to ${ Topic }; a literal is written ${! Topic }"),
            mistake(TOPIC_NAME + "!If [Never, !Ref Nothing, x]", "there is no condition Never"),
            mistake(TOPIC_NAME + "!Ref Topic", "Resources.Topic: circular dependency Topic -> Topic"),
            mistake(TOPIC_NAME + "!Equals [a, b]", "Fn::Equals is allowed in the Conditions section only"),
            mistake(TOPIC_NAME + "!Condition x", "there is no condition x"),
            mistake(TOPIC_NAME + "!Join [',', text]", "expected a list but found \"text\""),
            mistake(TOPIC_NAME + "!Join ['-', [a, !Ref AWS::NoValue, [b]]]", "expected a string but found [\"b\"]"),
            mistake(TOPIC_NAME + "!Select [2, [a, b]]", "Fn::Select has no element 2 in [\"a\",\"b\"]"),
            mistake(TOPIC_NAME + "!FindInMap [M, a, b]", "there is no mapping M.a.b"),
            mistake(TOPIC_NAME + "!FindInMap [M, a]", "Fn::FindInMap takes a list of 3 arguments"),
            mistake(TOPIC_NAME + "!Sub ['${A}', { A: !Ref AWS::NoValue }]", "expected a string but found no value"),
            mistake(
                    TOPIC_NAME + "yes",
                    "Resources.Topic.Properties.TopicName: the plain scalar yes is ambiguous in YAML; quote it"),
            mistake(TOPIC_NAME + "0123", "the plain scalar 0123 is ambiguous in YAML; quote it"),
            mistake(
                    TOPIC_NAME,
                    "Resources.Topic.Properties.TopicName: has no value; CloudFormation does not allow null"),
            mistake(TOPIC_NAME + "&name x\n      DisplayName: *name", "CloudFormation does not support YAML aliases"),
            mistake(TOPIC_NAME + "x\n      TopicName: y", "Resources.Topic.Properties.TopicName: is given twice"),
            mistake(TOPIC + "    Condition: Never", "Resources.Topic: there is no condition Never"),
            mistake(TOPIC + "    DependsOn: Nothing", "Resources.Topic.DependsOn: there is no resource Nothing"),
            mistake(TOPIC + "    DependsOn: [Topic]", "Resources.Topic: circular dependency Topic -> Topic"),
            mistake(
                    TOPIC + "    DeletionPolicy: Keep",
                    "Resources.Topic.DeletionPolicy: must be one of Delete, Retain"),
            mistake(TOPIC + "    Connectors: {}", "Resources.Topic: Connectors is not known here"),
            mistake(
                    "Conditions: { A: !Equals [!Ref Topic, x] }\n" + TOPIC + "    Condition: A",
                    "Conditions.A: Topic is not a parameter, as it must be here"),
            mistake(
                    "Resources: { T: { Type: AWS::SNS::Tropic } }",
                    "Resources.T: the resource type AWS::SNS::Tropic is not known here"),
            mistake("Resources: { T: { Properties: {} } }", "Resources.T: needs a Type"),
            mistake("Resources: { T: { Type: AWS::Serverless::Function } }", "Resources.T: needs the Transform"),
            mistake(
                    TOPIC + "Outputs: { X: { Value: !GetAtt Topic.Arn } }",
                    "Outputs.X.Value: the attribute Arn of AWS::SNS::Topic is not known here"),
            mistake(
                    TOPIC + "  B: { Type: AWS::S3::BucketPolicy }\nOutputs: { X: { Value: !Ref B } }",
                    "Outputs.X.Value: what Ref returns for B is not known here"),
            mistake(
                    TOPIC
                            + "    Condition: Never\nConditions: { Never: !Equals [a, b] }\nOutputs: { X: { Value: !Ref Topic } }",
                    "Outputs.X.Value: refers to Topic, which does not exist because the condition Never is false"),
            mistake(
                    "Conditions: { A: !Condition B, B: !Not [!Condition A] }\n" + TOPIC + "    Condition: A",
                    "Conditions.A: circular dependency A -> B -> A"),
            mistake(
                    TOPIC_NAME + "!Sub '${Queue.QueueName}'\n  Queue: { Type: AWS::SQS::Queue, DependsOn: Topic }",
                    "Resources.Topic: circular dependency Topic -> Queue -> Topic"),
            mistake(
                    "Metadata: { AWS::CloudFormation::Interface: { ParameterLabels: { A: { default: a } } } }\n"
                            + TOPIC,
                    "Metadata.AWS::CloudFormation::Interface: there is no parameter A"),
            mistake(
                    SAM + "    Type: AWS::Serverless::Function\n    Properties: { Handler: h, Events: {} }",
                    "Resources.F.Properties: Events is not supported; write rules, schedules and permissions as resources"),
            mistake(
                    SAM + "    Type: AWS::Serverless::StateMachine\n    Properties: { Policies: [] }",
                    "Resources.F.Properties: Policies is not supported; write the role as a resource and name it in Role"),
            mistake(
                    SAM + "    Type: AWS::Serverless::Function\n    Properties: { AutoPublishAlias: live }",
                    "Resources.F.Properties: the property AutoPublishAlias is not known here"),
            mistake(
                    SAM + "    Type: AWS::Serverless::Function\n    Properties: { CodeUri: c, Handler: h, Runtime: r }",
                    "Resources.F.Properties: needs the property Role"),
            mistake(TOPIC + "    Properties: !If [A, {}, {}]", "Resources.Topic.Properties: must be an object"),
            mistake("Parameters: { P: { Type: Number, Default: x } }\n" + TOPIC, "Parameter P: \"x\" must be a number"),
            mistake(
                    SAM + "    Type: AWS::Serverless::Api",
                    "Resources.F.Properties: the resource type AWS::Serverless::Api is not known here"),
            mistake(
                    "Globals: { Function: { Role: r } }\n" + SAM + "    Type: AWS::SNS::Topic",
                    "Globals.Function: Role is not known here"));

    @ParameterizedTest
    @FieldSource("MISTAKES")
    void aMistakeIsNamedWithItsPlace(String template, String message) {
        assertThatThrownBy(() -> TemplateText.expand(template))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(message);
    }

    private static Arguments mistake(String template, String message) {
        return Arguments.of(template, message);
    }
}
