package groundwork.rehearsal.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The table in docs/events.md and the samples it names. */
public final class EventCatalogue {
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventCatalogue() {}

    /**
     * A row of the table.
     *
     * @param atTheNextLook what the change makes of the line, in backquotes, or in words why it makes nothing
     * @param nativeEvent whether the event comes without CloudTrail
     */
    public record Row(
            String prerequisite,
            String source,
            String eventName,
            String detailType,
            String region,
            String rule,
            String atTheNextLook,
            String sample,
            boolean nativeEvent) {
        @Override
        public String toString() {
            return sample;
        }
    }

    public static List<Row> rows() {
        return text("docs/events.md")
                .lines()
                .filter(line -> line.startsWith("| `") && line.contains("`events/"))
                .map(EventCatalogue::row)
                .toList();
    }

    private static Row row(String line) {
        String[] cells = Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
        if (cells.length != 12) {
            throw new IllegalStateException("A row has eleven cells: " + line);
        }
        return new Row(
                code(cells[1]),
                code(cells[3].replace("(native)", "").strip()),
                code(cells[4]),
                code(cells[5]),
                cells[6],
                code(cells[7]),
                cells[8],
                code(cells[9]),
                cells[3].endsWith("(native)"));
    }

    private static String code(String cell) {
        if (!cell.startsWith("`") || !cell.endsWith("`")) {
            throw new IllegalStateException("A name is in backquotes: " + cell);
        }
        return cell.substring(1, cell.length() - 1);
    }

    /** All files under a folder, as the table writes them. */
    static List<String> files(String folder) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> ROOT.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode read(String sample) {
        return json(text(sample));
    }

    public static String text(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
