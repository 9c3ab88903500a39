package groundwork.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StateMachineDefinitionTest {
    @Test
    void aPlaceholderOfADefinitionStringIsReplacedEverywhere() {
        assertThat(definition("{ \"A\": \"${Name} and ${Name}\" }", "{ Name: x }"))
                .isEqualTo("{\"A\":\"x and x\"}");
    }

    @Test
    void aJsonataExpressionIsNotAPlaceholder() {
        assertThat(definition("{ \"A\": \"{% {'a': $states.input} %}\" }", "{}"))
                .isEqualTo("{\"A\":\"{% {'a': $states.input} %}\"}");
    }

    @Test
    void aPlaceholderWithoutSubstitutionIsRefused() {
        assertThatThrownBy(() -> definition("{ \"A\": \"${Name}\" }", "{}"))
                .hasMessage("Resources.M: DefinitionSubstitutions has no string for the placeholder ${Name}");
    }

    @Test
    void aSubstitutionWithoutPlaceholderIsRefused() {
        assertThatThrownBy(() -> definition("{}", "{ Name: x }"))
                .hasMessage("Resources.M: the definition has no placeholder ${Name} for its DefinitionSubstitutions");
    }

    @Test
    void aSubstitutionThatWouldNeedEscapingIsRefused() {
        assertThatThrownBy(() -> definition("{ \"A\": \"${Name}\" }", "{ Name: 'a\"b' }"))
                .hasMessage("Resources.M: the substitution Name has a quote, backslash or control character");
    }

    @Test
    void aDefinitionThatIsNotJsonIsRefused() {
        assertThatThrownBy(() -> definition("{ \"A\": ${Name} }", "{ Name: x }"))
                .hasMessageStartingWith("Resources.M: the definition is not JSON, Unrecognized token 'x'");
    }

    @Test
    void aKeyGivenTwiceIsRefused() {
        assertThatThrownBy(() -> definition("{ \"A\": 1, \"A\": 2 }", "{}"))
                .hasMessageStartingWith("Resources.M: the definition is not JSON, Duplicate field 'A'");
    }

    private static String definition(String text, String substitutions) {
        ExpandedTemplate expanded = TemplateText.expand("""
                Resources:
                  M:
                    Type: AWS::StepFunctions::StateMachine
                    Properties:
                      DefinitionSubstitutions: %s
                      DefinitionString: |
                        %s
                """.formatted(substitutions, text));
        return expanded.substitutedDefinition(expanded.resource("M")).toString();
    }
}
