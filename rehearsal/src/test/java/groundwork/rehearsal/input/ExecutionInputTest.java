package groundwork.rehearsal.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.stack.LambdaFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an execution is started with: it is understood, or refused in a sentence that names what is wrong. */
@Tag("slow")
class ExecutionInputTest {
    private static final Path EVENTS = Path.of("..", "events");
    private static final int HAND_WRITTEN = 4_000;
    private static final int MUTATIONS_OF_EACH_EVENT = 12;

    private final List<Call> calls = new ArrayList<>();
    private final LambdaFunction readRequest = Functions.readRequest(calls);

    @Test
    void anyHandWrittenInput_isUnderstoodOrRefused() {
        Strange strange = new Strange(20261122);
        for (int i = 0; i < HAND_WRITTEN; i++) {
            JsonNode input = strange.chance(8) ? strange.value() : handWritten(strange);

            Optional<String> refusal = Functions.refusal(readRequest, input);

            refusal.ifPresent(said -> assertClear(said, input));
            if (refusal.isEmpty()) {
                assertThat(input.path("accountId").asText(Functions.ACCOUNT)).matches("[0-9]{12}");
            }
        }
        assertThat(calls).noneMatch(Call::isWrite);
    }

    @Test
    void aFieldOfAnotherType_isNamed() {
        Strange strange = new Strange(7);
        for (int i = 0; i < 500; i++) {
            JsonNode value = strange.value();
            String field = strange.one(List.of("accountId", "plan"));
            if (field.equals("plan") ? value.isBoolean() : value.asText().matches("[0-9]{12}")) {
                continue;
            }
            ObjectNode input = JsonNodeFactory.instance.objectNode().set(field, value);

            assertThat(Functions.refusal(readRequest, input).orElse("accepted"))
                    .as(Functions.shortened(input))
                    .containsAnyOf("\"" + field + "\"", "cannot be read");
        }
    }

    static List<Path> events() throws IOException {
        try (Stream<Path> files = Files.walk(EVENTS)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void aMutatedEvent_isUnderstoodOrRefused(Path file) {
        JsonNode event = read(file);
        Strange strange = new Strange(file.getFileName().toString().hashCode());
        for (int i = 0; i < MUTATIONS_OF_EACH_EVENT; i++) {
            JsonNode mutated = strange.mutated(event);

            Functions.refusal(readRequest, mutated).ifPresent(said -> assertClear(said, mutated));
        }
        assertThat(calls).noneMatch(Call::isWrite);
    }

    private static ObjectNode handWritten(Strange strange) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        for (int i = strange.number(4); i > 0; i--) {
            String name = strange.chance(3)
                    ? strange.text()
                    : strange.one(List.of(
                            "accountId",
                            "plan",
                            "Comment",
                            "selfTest",
                            "detail-type",
                            "source",
                            "account",
                            "detail",
                            "time"));
            input.set(name, strange.value());
        }
        if (strange.chance(3)) {
            input.put("accountId", strange.one(List.of(Functions.ACCOUNT, "444455556666", "999999999999")));
        }
        return input;
    }

    /** One printable sentence of reasonable length. */
    static void assertClear(String said, JsonNode input) {
        assertThat(said)
                .as(Functions.shortened(input))
                .matches(text -> text.codePointCount(0, text.length()) <= 400, "is short")
                .hasSizeGreaterThan(20)
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]")
                .doesNotContain("com.fasterxml", "java.lang", "groundwork.");
    }

    private static JsonNode read(Path file) {
        try {
            return Functions.JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
