package groundwork.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            { Type: String }                                        |       | Parameter P: needs a value
            { Type: String, AllowedValues: [a, b] }                 | c     | Parameter P: "c" must be one of a, b
            { Type: String, AllowedPattern: '[a-z]+' }              | a1    | Parameter P: "a1" must match pattern [a-z]+
            { Type: String, AllowedPattern: 'a', ConstraintDescription: must be a } | b | Parameter P: "b" must be a
            { Type: String, AllowedPattern: 'a', ConstraintDescription: be a } | b | Parameter P: "b" must be a
            { Type: String, MinLength: 2 }                          | a     | Parameter P: "a" must have at least 2 characters
            { Type: String, MaxLength: 2 }                          | abc   | Parameter P: "abc" must have at most 2 characters
            { Type: String, MaxLength: 2, NoEcho: true }            | abc   | Parameter P: "****" must have at most 2 characters
            { Type: Number }                                        | ten   | Parameter P: "ten" must be a number
            { Type: Number, MinValue: 1 }                           | 0.5   | Parameter P: "0.5" must be at least 1
            { Type: Number, MaxValue: 10 }                          | 11    | Parameter P: "11" must be at most 10
            { Type: Number, MaxValue: 10, Default: 11 }             |       | Parameter P: "11" must be at most 10
            { Type: CommaDelimitedList, AllowedValues: [a, b] }     | "a,c" | Parameter P: "a,c" must be one of a, b
            { Type: CommaDelimitedList, AllowedPattern: '[a-z]' }   | "a,1" | Parameter P: "a,1" must match pattern [a-z]
            { Type: 'AWS::SSM::Parameter::Value<String>' }          | a     | Parameters.P: the type AWS::SSM::Parameter::Value<String> is not known here
            { Type: String, Minimum: 2 }                            | a     | Parameters.P: Minimum is not known here
            { Type: String, AllowedPattern: '[' }                   | a     | Parameters.P.AllowedPattern: is not a regular expression, Unclosed character class
            { Type: String, MinLength: few }                        | a     | Parameters.P.MinLength: must be a number
            """)
    void aValueThatBreaksTheDeclarationIsRefused(String declaration, String value, String message) {
        Map<String, String> given = value == null ? Map.of() : Map.of("P", value);

        assertThatThrownBy(() -> expand(declaration, "!Ref P", given)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            { Type: String, Default: a }             | !Ref P                | a
            { Type: Number, Default: 5 }             | !Ref P                | 5
            { Type: Number, Default: 0.5, MinValue: 0.5, MaxValue: 0.5 } | !Ref P | 0.5
            { Type: CommaDelimitedList, Default: ' a , b ' } | "!Join ['-', !Ref P]"  | a-b
            { Type: CommaDelimitedList, Default: 'a,b' } | "!Select [1, !Ref P]" | b
            { Type: String, Default: 'a/b' } | "!Select [1, !Split [/, !Ref P]]"    | b
            { Type: String, MinLength: 1, MaxLength: 1, AllowedPattern: '[a-z]', AllowedValues: [a], Default: a } | !Ref P | a
            """)
    void aReferenceReturnsTheValue(String declaration, String expression, String value) {
        assertThat(expand(declaration, expression, Map.of())).isEqualTo(value);
    }

    @Test
    void aNumberIsAStringWhereItIsReferredTo() {
        ExpandedTemplate expanded = TemplateText.expand("""
                Parameters: { Days: { Type: Number, Default: 30 } }
                Resources: { Logs: { Type: AWS::Logs::LogGroup, Properties: { RetentionInDays: !Ref Days } } }
                """);

        assertThat(expanded.resource("Logs").properties().get("RetentionInDays").isTextual())
                .isTrue();
    }

    @Test
    void expand_whenTheTemplateHasNoSuchParameter_refuses() {
        assertThatThrownBy(() -> expand("{ Type: String, Default: a }", "!Ref P", Map.of("Q", "x")))
                .hasMessage("Parameter Q: does not exist in the template");
    }

    private static String expand(String declaration, String expression, Map<String, String> given) {
        String template = """
                Parameters:
                  P: %s
                Resources:
                  Topic: { Type: AWS::SNS::Topic }
                Outputs:
                  Value:
                    Value: %s
                """.formatted(declaration, expression);
        return TemplateText.expand(template, given).outputs().get("Value").value();
    }
}
