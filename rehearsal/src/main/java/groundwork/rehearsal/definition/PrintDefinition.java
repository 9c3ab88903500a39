package groundwork.rehearsal.definition;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints a definition again as {@link DefinitionText}, and its {@link Flowchart} into a page. */
public final class PrintDefinition {

    /** A field that is there twice would be lost without a word. */
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private static final Pattern FLOWCHART =
            Pattern.compile("(<!-- flowchart of [^>]*-->\n).*(<!-- end of the flowchart -->)", Pattern.DOTALL);

    private PrintDefinition() {}

    /**
     * Writes both files anew.
     *
     * @param files the definition, and the page in Markdown with the two comments between which the flowchart stands
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String... files) throws IOException {
        Path definition = Path.of(files[0]);
        Path page = Path.of(files[1]);
        JsonNode json = read(definition);
        Files.writeString(definition, DefinitionText.of(json));
        Files.writeString(page, withFlowchart(Files.readString(page), json));
    }

    static JsonNode read(Path definition) throws IOException {
        return JSON.readTree(definition.toFile());
    }

    /**
     * Returns the page with the flowchart of a definition.
     *
     * @throws IllegalArgumentException if the page has no place for it
     */
    static String withFlowchart(String page, JsonNode definition) {
        Matcher place = FLOWCHART.matcher(page);
        if (!place.find()) {
            throw new IllegalArgumentException("The page has no comments between which a flowchart could stand.");
        }
        String flowchart = "```mermaid\n" + Flowchart.of(definition) + "```\n";
        return place.replaceFirst("$1" + Matcher.quoteReplacement(flowchart) + "$2");
    }
}
