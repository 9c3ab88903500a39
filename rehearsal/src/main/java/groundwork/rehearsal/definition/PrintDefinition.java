package groundwork.rehearsal.definition;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints definitions again as {@link DefinitionText}, and the {@link Flowchart} of one into a page. */
public final class PrintDefinition {

    /** A field that is there twice would be lost without a word. */
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private static final Pattern FLOWCHART =
            Pattern.compile("(<!-- flowchart of [^>]*-->\n).*(<!-- end of the flowchart -->)", Pattern.DOTALL);

    private PrintDefinition() {}

    /**
     * Writes all files anew.
     *
     * @param files the page in Markdown with the two comments between which the flowchart stands, the definition that it
     *     shows, and the other definitions
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String... files) throws IOException {
        Path page = Path.of(files[0]);
        Files.writeString(page, withFlowchart(Files.readString(page), read(Path.of(files[1]))));
        for (String definition : List.of(files).subList(1, files.length)) {
            Files.writeString(Path.of(definition), DefinitionText.of(read(Path.of(definition))));
        }
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
