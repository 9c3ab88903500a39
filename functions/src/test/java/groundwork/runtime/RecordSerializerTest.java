package groundwork.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.google.gson.JsonElement;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordSerializerTest {
    private final RecordSerializer serializer = new RecordSerializer();

    private record Look(String accountId, boolean plan, Instant observedAt, List<String> names) {}

    @Test
    void theLambdaRuntimeFindsThisSerializerAndNoOther() {
        assertThat(ServiceLoader.load(CustomPojoSerializer.class))
                .singleElement()
                .isInstanceOf(RecordSerializer.class);
    }

    @Test
    void fromJson_readsARecord() {
        Look look = serializer.fromJson("""
                {"accountId": "111122223333", "plan": true, "observedAt": "2026-11-20T10:15:30.123Z", "names": ["a"]}
                """, Look.class);

        assertThat(look)
                .isEqualTo(new Look("111122223333", true, Instant.parse("2026-11-20T10:15:30.123Z"), List.of("a")));
    }

    @Test
    void fromJson_readsAStreamAsItReadsText() {
        Look look = serializer.fromJson(stream("{\"accountId\": \"111122223333\"}"), Look.class);

        assertThat(look.accountId()).isEqualTo("111122223333");
    }

    @Test
    void fromJson_whenTheStateMachineAddsAField_ignoresIt() {
        Look look = serializer.fromJson("{\"accountId\": \"1\", \"later\": {}}", Look.class);

        assertThat(look.accountId()).isEqualTo("1");
    }

    @Test
    void fromJson_readsAnyJsonAsATree() {
        JsonElement tree = serializer.fromJson("[1, null]", JsonElement.class);

        assertThat(tree.getAsJsonArray()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"accountId\": ", "{\"accountId\": {}}", "{\"observedAt\": \"yesterday\"}", "[]", "\"text\""})
    void fromJson_whenItIsNotTheFunctionsInput_saysSo(String input) {
        assertThatThrownBy(() -> serializer.fromJson(input, Look.class))
                .isInstanceOf(UnreadableInputException.class)
                .hasMessageStartingWith("The function's input cannot be read: ");
        assertThatThrownBy(() -> serializer.fromJson(stream(input), Look.class))
                .isInstanceOf(UnreadableInputException.class);
    }

    @Test
    void fromJson_whenTheStreamBreaks_doesNotBlameTheInput() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();

        assertThatThrownBy(() -> serializer.fromJson(broken, Look.class)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void toJson_writesInstantsAsTextAndLeavesOutWhatIsAbsent() {
        assertThat(json(new Look("1", false, Instant.parse("2026-11-20T10:15:30Z"), null)))
                .isEqualTo("{\"accountId\":\"1\",\"plan\":false,\"observedAt\":\"2026-11-20T10:15:30Z\"}");
    }

    @Test
    void toJson_whenTheStreamBreaks_fails() throws IOException {
        OutputStream broken = OutputStream.nullOutputStream();
        broken.close();

        assertThatThrownBy(() -> serializer.toJson(new Look("1", false, null, null), broken, Look.class))
                .isInstanceOf(UncheckedIOException.class);
    }

    @ParameterizedTest
    @MethodSource("everyOutcome")
    void anOutcomeSaysItsStatusAndComesBackTheSame(String status, Outcome outcome) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        serializer.toJson(outcome, json, Outcome.class);

        assertThat(json.toString(StandardCharsets.UTF_8)).startsWith("{\"status\":\"" + status + "\"");
        assertThat(serializer.<Outcome>fromJson(json.toString(StandardCharsets.UTF_8), Outcome.class))
                .isEqualTo(outcome);
    }

    static Stream<Arguments> everyOutcome() {
        return Stream.of(
                Arguments.of("DONE", new Outcome.Done("It is.")),
                Arguments.of(
                        "WAITING", new Outcome.Waiting("No.", "Do it.", URI.create("https://example.com/#/a?b=c"))),
                Arguments.of("NOT_APPLICABLE", new Outcome.NotApplicable("Not here.")),
                Arguments.of("BLOCKED", Outcome.Blocked.because(BlockedReason.ACCESS_DENIED, "sso:ListInstances")),
                Arguments.of("UNKNOWN", new Outcome.Unknown("Unread.")),
                Arguments.of("PLANNED", new Outcome.Planned("It will be.")));
    }

    private String json(Object value) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        serializer.toJson(value, json, value.getClass());
        return json.toString(StandardCharsets.UTF_8);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
