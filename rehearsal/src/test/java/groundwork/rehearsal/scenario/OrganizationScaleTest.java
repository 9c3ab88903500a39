package groundwork.rehearsal.scenario;

import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Template;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrganizationScaleTest {
    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    @ParameterizedTest
    @ValueSource(ints = {10, 100})
    void x(int n) {
        long t = System.nanoTime();
        try (OrganizationStory story = new OrganizationStory(
                Template.read(Path.of("../template.yaml")), TABLES, n, 7000, System.out::println)) {
            story.play().forEach(System.out::println);
            System.out.println(story.withoutAccess().size());
            System.out.println((System.nanoTime() - t) / 1e9);
        }
    }
}
