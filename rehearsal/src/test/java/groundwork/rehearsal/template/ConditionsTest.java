package groundwork.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            !Equals [a, a]                                        | true
            !Equals [a, A]                                        | false
            !Equals [1, '1']                                      | true
            !Equals [!Join ['', [a, b]], ab]                      | true
            !Not [!Equals [a, a]]                                 | false
            !And [!Equals [a, a], !Equals [b, b]]                 | true
            !And [!Equals [a, a], !Equals [a, b]]                 | false
            !Or [!Equals [a, b], !Equals [b, b]]                  | true
            !Or [!Equals [a, b], !Equals [a, b]]                  | false
            !Or [!Equals [a, b], !Condition Always]               | true
            { 'Fn::Not': [{ Condition: Always }] }                | false
            !Equals [!FindInMap [M, !Ref AWS::Region, Home], yes-home] | true
            """)
    void aConditionDecidesWhetherItsResourceExists(String condition, boolean exists) {
        ExpandedTemplate expanded = TemplateText.expand("""
                Mappings: { M: { us-east-1: { Home: yes-home } } }
                Conditions:
                  Always: !Equals [a, a]
                  Tested: %s
                Resources:
                  Always: { Type: AWS::SNS::Topic }
                  Tested: { Type: AWS::SNS::Topic, Condition: Tested }
                """.formatted(condition));

        assertThat(expanded.resources().containsKey("Tested")).isEqualTo(exists);
    }

    @Test
    void theBranchNotTakenMayReferToAResourceThatDoesNotExist() {
        ExpandedTemplate expanded = TemplateText.expand("""
                Conditions: { Never: !Equals [a, b] }
                Resources:
                  Absent: { Type: AWS::SNS::Topic, Condition: Never }
                  Present:
                    Type: AWS::SNS::Topic
                    Properties: { TopicName: !If [Never, !GetAtt Absent.TopicName, present] }
                """);

        assertThat(expanded.resource("Present").attributes()).containsEntry("TopicName", "present");
    }

    @Test
    void aDependencyOnAResourceThatDoesNotExistIsNone() {
        ExpandedTemplate expanded = TemplateText.expand("""
                Conditions: { Never: !Equals [a, b] }
                Resources:
                  Absent: { Type: AWS::SNS::Topic, Condition: Never }
                  Present: { Type: AWS::SNS::Topic, DependsOn: [Absent] }
                """);

        assertThat(expanded.resources()).containsOnlyKeys("Present");
    }
}
