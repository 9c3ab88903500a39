package groundwork.rehearsal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTextTest {
    static Stream<Path> definitions() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "statemachine"))) {
            return files.toList().stream();
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void aDefinitionIsAsItIsPrinted(Path definition) throws IOException {
        assertThat(Files.readString(definition))
                .withFailMessage("%s is not as it is printed; run .ci/print_definition", definition)
                .isEqualTo(DefinitionText.of(PrintDefinition.read(definition)));
    }

    // Their texts are compared because they also show the order of fields.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\": 1, \"a\": {\"d\": [], \"c\": {}}}",
                "[null, true, -1, 0.5, 1e-7, 12345678901234567890, \"\", [[]]]",
                "{\"\\\"key\\\"\": \"\\\"\\\\\\n\\u0001\\u00e9\\ud83d\\ude00\"}"
            })
    void whatIsPrintedIsTheSameJson(String text) {
        JsonNode value = json(text);
        JsonNode wide = json("[" + text + ", \"" + "x".repeat(150) + "\"]");

        assertThat(json(DefinitionText.of(value))).hasToString(value.toString());
        assertThat(json(DefinitionText.of(wide))).hasToString(wide.toString());
    }

    @Test
    void whatFitsStandsOnOneLine() {
        assertThat(DefinitionText.of(json("{\"a\":[1,{\"b\":\"x\"}],\"c\":{}}")))
                .isEqualTo("{\"a\": [1, {\"b\": \"x\"}], \"c\": {}}\n");
    }

    @Test
    void whatDoesNotFitIsBrokenWhereItDoesNot() {
        String longText = "x".repeat(150);

        assertThat(DefinitionText.of(json("{\"a\": {\"b\": [1, \"" + longText + "\"]}, \"c\": {\"d\": [2]}}")))
                .isEqualTo("""
                        {
                          "a": {
                            "b": [
                              1,
                              "%s"
                            ]
                          },
                          "c": {"d": [2]}
                        }
                        """.formatted(longText));
    }

    @Test
    void noLineThatCouldBeBrokenIsLongerThanItMayBe() {
        for (int length = 100; length < 160; length++) {
            String text =
                    DefinitionText.of(json("{\"a\": {\"b\": {\"c\": \"" + "x".repeat(length) + "\"}}, \"d\": 1}"));

            assertThat(text.lines().filter(line -> line.contains("{\"")))
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(150));
        }
    }
}
