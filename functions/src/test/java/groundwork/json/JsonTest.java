package groundwork.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonElement;
import groundwork.checklist.Findings;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private record Look(List<Entry> entries) {}

    record Entry(Instant at, Prerequisite line, Outcome.Done done, int count) {
        Entry {
            if (count < 0) {
                throw new IllegalArgumentException("count is negative");
            }
        }
    }

    @Test
    void aProblem_namesTheFieldItIsIn() {
        assertThat(problemOf("{\"entries\": [{\"at\": \"2026-11-20T10:15:30Z\"}, {\"at\": \"yesterday\"}]}"))
                .isEqualTo("No point in time: \"yesterday\" at $.entries[1].at");
        assertThat(problemOf("{\"entries\": [{\"line\": \"LUCK\"}]}"))
                .isEqualTo("No Prerequisite: \"LUCK\" at $.entries[0].line");
        assertThat(problemOf("{\"entries\": {}}"))
                .isEqualTo("Expected a list but was an object at line 1 column 14 path $.entries");
        assertThat(problemOf("{\"entries\": [{\"count\": \"many\"}]}")).contains("many");
        assertThat(problemOf("{\"entries\": [{\"done\": {\"status\": \"WAITING\"}}]}"))
                .isEqualTo(
                        "\"status\" must be one of [BLOCKED, DONE, NOT_APPLICABLE, PLANNED, UNKNOWN, WAITING], but is"
                                + " \"WAITING\" at $.entries[0].done");
    }

    @Test
    void whatARecordRefuses_isSaidInItsWords() {
        assertThat(problemOf("{\"entries\": [{\"count\": -1}]}")).isEqualTo("count is negative");
        assertThat(problemOf(Findings.class, "[{\"notice\": \"x\"}]")).isEqualTo("A value is missing.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\": }", "{a: 1}", "['a']", "[1] 2", "[1, 2", "tru", "[\"\u0001\"]"})
    void whatIsNoJson_isRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(UnreadableJsonException.class);
    }

    @Test
    void whatIsNoJson_isSaidWithoutAdviceForWhoeverWritesPrograms() {
        assertThat(problemOf(JsonElement.class, "{a: 1}")).isEqualTo("This is no JSON text at line 1 column 3");
    }

    @Test
    void aNestingThatNobodyMeans_isRefused() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);

        assertThatThrownBy(() -> Json.parse(deep)).isInstanceOf(UnreadableJsonException.class);
    }

    @Test
    void aProblem_isOnePrintableLine() {
        assertThat(new UnreadableJsonException(new IllegalArgumentException("one\r\n two\u0007\u2028three")))
                .hasMessage("one two three");
    }

    @Test
    void aProblem_isCutWhenItIsLongAndBetweenCharacters() {
        String longest = "x".repeat(299) + "\uD83D\uDC69";

        assertThat(new UnreadableJsonException(new IllegalArgumentException(longest)))
                .hasMessage(longest);
        assertThat(new UnreadableJsonException(new IllegalArgumentException(longest + "x")))
                .hasMessage(longest + "...");
    }

    private static String problemOf(String json) {
        return problemOf(Look.class, json);
    }

    private static String problemOf(Class<?> type, String json) {
        return catchThrowableOfType(UnreadableJsonException.class, () -> Json.read(json, type))
                .getMessage();
    }
}
