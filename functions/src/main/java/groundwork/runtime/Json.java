package groundwork.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.stream.Collectors;

/** How records are written as JSON: instants as ISO-8601 text, absent values left out, unknown fields ignored. */
public final class Json {
    /**
     * The most characters of a payload from Step Functions, 256 KiB. A name of any length within it can be read, so that the
     * function can say what is wrong with it.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step Functions service quotas</a>
     */
    private static final int PAYLOAD = 256 * 1024;

    /** Thread-safe, as nothing configures it after this. */
    public static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNameLength(PAYLOAD)
                            .build())
                    .build())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private static final int PROBLEM_LIMIT = 300;

    private Json() {}

    /** What is wrong with a text that was to be read: one short printable line, which names the field if there is one. */
    public static String problem(JacksonException failure) {
        String field = failure instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
        String line = ((field.isEmpty() ? "" : field + ": ") + failure.getOriginalMessage())
                .replaceAll("[\\p{C}\\p{Z}]+", " ");
        return line.codePointCount(0, line.length()) <= PROBLEM_LIMIT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, PROBLEM_LIMIT)) + "...";
    }

    /** The value as JSON text. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not writable as JSON: " + value.getClass(), e);
        }
    }
}
