package groundwork.rehearsal.scenario;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.scenario.OrganizationTally.Chapter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A table in Markdown of what the chapters of an organization's story took, a chapter in a row. */
public final class OrganizationTable {
    private OrganizationTable() {}

    private record Column(String title, Function<Chapter, Object> value) {}

    /**
     * The lines of the table.
     *
     * @param accounts how many member accounts there are
     */
    public static List<String> lines(List<Chapter> chapters, int accounts) {
        List<Column> columns = new ArrayList<>(List.of(
                new Column("what happens", Chapter::name),
                new Column(
                        "time",
                        chapter -> chapter.duration().toString().substring(2).toLowerCase(Locale.ROOT)),
                new Column("sweeps", Chapter::sweeps),
                new Column("looks at accounts", Chapter::looks),
                new Column("state transitions", Chapter::transitions),
                new Column("calls", Chapter::allCalls),
                new Column(
                        "calls an account",
                        chapter -> String.format(Locale.ROOT, "%.1f", (double) chapter.allCalls() / accounts)),
                new Column("throttled", Chapter::throttled),
                new Column("digests", Chapter::digests)));
        Arrays.stream(AwsService.values())
                .filter(service ->
                        chapters.stream().anyMatch(chapter -> chapter.calls().containsKey(service)))
                .forEach(service -> columns.add(new Column(
                        "calls of " + service.prefix(),
                        chapter -> chapter.calls().getOrDefault(service, 0))));
        List<String> lines = new ArrayList<>();
        lines.add(row(columns, Column::title));
        lines.add("|" + String.join("", Collections.nCopies(columns.size(), "---|")));
        chapters.forEach(
                chapter -> lines.add(row(columns, column -> column.value().apply(chapter))));
        return lines;
    }

    private static String row(List<Column> columns, Function<Column, Object> cell) {
        return columns.stream()
                .map(column -> cell.apply(column).toString())
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
