package groundwork.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionSubstitutionsTest {
    @TempDir
    private Path directory;

    @Test
    void aPlaceholderIsReplacedEverywhere() {
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

    private String definition(String text, String substitutions) {
        String template = """
                Transform: AWS::Serverless-2016-10-31
                Resources:
                  M:
                    Type: AWS::Serverless::StateMachine
                    Properties:
                      Role: arn:aws:iam::111122223333:role/StateMachine
                      DefinitionSubstitutions: %s
                      DefinitionUri: definition.asl.json
                """.formatted(substitutions);
        try {
            Files.writeString(directory.resolve("definition.asl.json"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ExpandedTemplate expanded = Template.parse(template, directory).expand(Map.of(), TemplateText.VIRGINIA);
        return expanded.substitutedDefinition(expanded.resource("M")).toString();
    }
}
