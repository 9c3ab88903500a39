package groundwork.rehearsal.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.report.Page;
import groundwork.rehearsal.report.ReportPage;
import groundwork.rehearsal.stack.LocalTables;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole workflow, as the command plays it. */
@Tag("slow")
class ScenariosTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    static List<String> names() {
        return Scenarios.all().stream().map(Scenario::name).toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void endsAsExpected(String name) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Rehearsal rehearsal = new Rehearsal(
                ROOT, TABLES, Page.plain(new PrintStream(told, true, StandardCharsets.UTF_8)), true, new ReportPage());

        List<String> broken = rehearsal.play(Scenarios.named(name).orElseThrow());

        assertThat(broken).as(told.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
