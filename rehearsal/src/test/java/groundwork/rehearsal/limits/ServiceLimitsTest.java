package groundwork.rehearsal.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceLimitsTest {
    /** A long text is written as its length: 65! stands for 65 times the letter a. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            AWS::Events::Rule                ; {"Name": "65!"}                                     ; Name has 65 characters, 64 at most
            AWS::Events::Rule                ; {"Name": "a b"}                                     ; Name "a b" does not match
            AWS::Events::Rule                ; {"Description": "513!"}                             ; Description has 513 characters, 512 at most
            AWS::Events::Rule                ; {"EventPattern": {"source": ["2100!"]}}             ; EventPattern has 2115 characters, 2048 at most
            AWS::Events::Rule                ; {"Targets": [{}, {}, {}, {}, {}, {}]}               ; Targets has 6 entries, 5 at most
            AWS::Events::Rule                ; {"Targets": [{"Input": "8193!"}]}                   ; Targets[].Input has 8193 characters, 8192 at most
            AWS::Events::Rule                ; {"Targets": [{"Id": ""}]}                           ; Targets[].Id has 0 characters, 1 at least
            AWS::Events::Rule                ; {"Targets": [{"RetryPolicy": {"MaximumRetryAttempts": "186"}}]} ; Targets[].RetryPolicy.MaximumRetryAttempts has 186 as its value, 185 at most
            AWS::Events::Rule                ; {"Targets": [{"InputTransformer": {"InputPathsMap": {"a b": "$.c"}}}]} ; Targets[].InputTransformer.InputPathsMap{key} "a b" does not match
            AWS::IAM::Role                   ; {"AssumeRolePolicyDocument": {"Version": "2040!"}}  ; AssumeRolePolicyDocument has 2054 characters, 2048 at most
            AWS::IAM::Role                   ; {"InlinePolicies": "10241!"}                        ; InlinePolicies has 10241 characters, 10240 at most
            AWS::IAM::Role                   ; {"Path": "groundwork"}                              ; Path "groundwork" does not match
            AWS::IAM::Role                   ; {"Description": "Zürich €"}                         ; Description "Zürich €" does not match
            AWS::Lambda::Function            ; {"FunctionName": "65!"}                             ; FunctionName has 65 characters, 64 at most
            AWS::Lambda::Function            ; {"Environment": {"Variables": {"A": "x"}}}          ; Environment.Variables{key} "A" does not match
            AWS::Lambda::Function            ; {"Environment": {"Variables": {"AB": "4097!"}}}     ; Environment.Variables has 4106 bytes, 4096 at most
            AWS::StepFunctions::StateMachine ; {"RoleArn": "257!"}                                 ; RoleArn has 257 characters, 256 at most
            AWS::SQS::Queue                  ; {"QueueName": "81!"}                                ; QueueName has 81 characters, 80 at most
            AWS::SQS::QueuePolicy            ; {"PolicyDocument": {"Statement": [{"Action": ["1", "2", "3", "4", "5", "6", "7", "8"]}]}} ; PolicyDocument.Statement[].Action has 8 entries, 7 at most
            AWS::SNS::Topic                  ; {"DisplayName": "101!"}                             ; DisplayName has 101 characters, 100 at most
            AWS::CloudFormation::StackSet    ; {"StackSetName": "129!"}                            ; StackSetName has 129 characters, 128 at most
            AWS::CloudFormation::StackSet    ; {"TemplateBody": "51201!"}                          ; TemplateBody has 51201 characters, 51200 at most
            AWS::CloudFormation::StackSet    ; {"Tags": [{"Key": "groundwork:stack", "Value": ""}]} ; Tags[].Value has 0 characters, 1 at least
            AWS::CloudFormation::Stack       ; {"StackName": "129!"}                               ; StackName has 129 characters, 128 at most
            AWS::CloudFormation::Stack       ; {"StackName": "1st"}                                ; StackName "1st" does not match
            AWS::CloudFormation::Stack       ; {"ParameterValue": "4097!"}                         ; ParameterValue has 4097 bytes, 4096 at most
            AWS::CloudFormation::Stack       ; {"TemplateBody": "1048577!"}                        ; TemplateBody has 1048577 bytes, 1048576 at most
            """)
    void whatAServiceRefuses_isSaidWithItsLimit(String type, String properties, String violation) {
        assertThat(ServiceLimits.published().violations(type, json(properties)))
                .hasSize(1)
                .allSatisfy(found -> assertThat(found).startsWith(violation));
    }

    @Test
    void aViolation_saysWhoseLimitItIs() {
        assertThat(ServiceLimits.published().violations("AWS::Events::Rule", json("{\"Name\": \"65!\"}")))
                .containsExactly("Name has 65 characters, 64 at most (events PutRule, resource schema)");
    }

    @Test
    void aPropertyWithoutLimits_isTaken() {
        assertThat(ServiceLimits.published().violations("AWS::Events::Rule", json("{\"State\": \"ENABLED\"}")))
                .isEmpty();
    }

    @Test
    void aTypeOfWhichNothingIsKnown_isAnError() {
        assertThatThrownBy(() ->
                        ServiceLimits.published().violations("AWS::Pipes::Pipe", JsonNodeFactory.instance.objectNode()))
                .hasMessage("The limits of AWS::Pipes::Pipe are not known; add it to .ci/service_limits.py");
    }

    private static JsonNode json(String text) {
        Matcher length = Pattern.compile("(\\d+)!").matcher(text);
        try {
            return new ObjectMapper()
                    .readTree(length.replaceAll(match -> "a".repeat(Integer.parseInt(match.group(1)))));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
