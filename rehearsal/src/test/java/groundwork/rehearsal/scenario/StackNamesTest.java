package groundwork.rehearsal.scenario;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.rehearsal.stack.LocalTables;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.regions.Region;

/** Whatever the stack is called, a new account comes to its administrator. */
@Tag("slow")
class StackNamesTest {

    @AutoClose
    private static final LocalTables TABLES = new LocalTables();

    static Stream<Arguments> names() {
        return Stream.of(Region.US_EAST_1, Region.EU_CENTRAL_1)
                .flatMap(region -> Stream.of("g", Scenario.LONGEST_STACK_NAME, Scenario.STACK_OF_A_STACK_SET)
                        .map(name -> Arguments.of(region, name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNewAccountBecomesReady(Region region, String name) {
        Scenario scenario = SetUpScenarios.newAccount(region).called(name);

        try (World world = new World(scenario, TEMPLATE, TABLES)) {
            scenario.play().accept(world);

            assertThat(world.expectations().broken()).isEmpty();
            assertThat(world.seen().wokenByItself()).isEqualTo(List.of());
            assertThat(world.seen().checklistStatus()).isEqualTo("READY");
            assertThat(world.stack().template().deployment().stackName()).isEqualTo(name);
        }
    }

    @Test
    void theLongestNameIsAsLongAsCloudFormationAllows() {
        assertThat(Scenario.LONGEST_STACK_NAME).hasSize(128);
    }
}
