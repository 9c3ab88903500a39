package groundwork.rehearsal.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.scenario.OrganizationTally.Chapter;
import groundwork.rehearsal.stack.LocalTables;
import groundwork.rehearsal.template.Template;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An organization of any size is set up and looked after within AWS's rates and quotas. */
class OrganizationScaleTest {
    private static final Template TEMPLATE = Template.read(Path.of("../template.yaml"));

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    private static OrganizationStory story(int accounts) {
        return story(accounts, OrganizationStory.QUOTA);
    }

    private static OrganizationStory story(int accounts, int quota) {
        return new OrganizationStory(TEMPLATE, TABLES, accounts, quota, unused -> {});
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100})
    @Tag("slow")
    void noAccountIsLost(int accounts) {
        try (OrganizationStory story = story(accounts)) {
            List<Chapter> chapters = story.play();
            OrganizationTable.lines(chapters, accounts).forEach(System.out::println);
            assertThat(story.withoutAccess()).isEmpty();
            assertThat(quietDay(story).calls().get(AwsService.SSO_ADMIN)).isLessThan(100);
        }
    }

    private static Chapter quietDay(OrganizationStory story) {
        return story.chapters().get(3);
    }
}
