package groundwork.json;

import com.google.gson.JsonParseException;
import java.util.Objects;

/** A text is no JSON text, or not of the value that was to be read. The message is one short printable line, which names the field. */
public final class UnreadableJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int LIMIT = 300;

    UnreadableJsonException(RuntimeException problem) {
        super(line(problem), problem);
    }

    /** Gson wraps what its reader and the constructors of records throw, and advises programmers on the next line. */
    private static String line(RuntimeException problem) {
        Throwable cause = problem.getCause();
        boolean isWrapped = cause != null
                && (!(problem instanceof JsonParseException) || cause.toString().equals(problem.getMessage()));
        String line = Objects.toString((isWrapped ? cause : problem).getMessage(), "A value is missing.")
                .replaceFirst("(?s)\\R?See https://.*", "")
                .replaceFirst(" path \\$\\.?$", "")
                .replace(
                        "Use JsonReader.setStrictness(Strictness.LENIENT) to accept malformed JSON",
                        "This is no JSON text")
                .replace("BEGIN_OBJECT", "an object")
                .replace("BEGIN_ARRAY", "a list")
                .replaceAll("[\\p{C}\\p{Z}]+", " ");
        return line.codePointCount(0, line.length()) <= LIMIT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LIMIT)) + "...";
    }
}
