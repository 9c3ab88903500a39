package groundwork.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
    private record Look(List<Entry> entries) {}

    private record Entry(Instant at) {}

    @Test
    void aProblem_namesTheFieldItIsIn() {
        assertThat(problemOf("{\"entries\": [{\"at\": \"2026-11-20T10:15:30Z\"}, {\"at\": \"yesterday\"}]}"))
                .startsWith("entries.[1].at: Cannot deserialize value of type `java.time.Instant`");
    }

    @Test
    void aProblemInNoField_isSaidWithoutOne() {
        assertThat(problemOf("[]")).startsWith("Cannot deserialize value of type");
        assertThat(problemOf("{")).startsWith("Unexpected end-of-input");
    }

    @Test
    void aProblem_isOnePrintableLine() {
        assertThat(Json.problem(problem("one\r\n two\u0007\u2028three"))).isEqualTo("one two three");
    }

    @Test
    void aProblem_isCutWhenItIsLongAndBetweenCharacters() {
        String longest = "x".repeat(299) + "\uD83D\uDC69";

        assertThat(Json.problem(problem(longest))).isEqualTo(longest);
        assertThat(Json.problem(problem(longest + "x"))).isEqualTo(longest + "...");
    }

    private static String problemOf(String json) {
        return Json.problem(
                catchThrowableOfType(JacksonException.class, () -> Json.MAPPER.readValue(json, Look.class)));
    }

    private static JacksonException problem(String message) {
        return new JsonParseException((JsonParser) null, message);
    }
}
